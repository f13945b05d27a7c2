"""What a step reads and writes, and how it refuses data."""

import csv
import json
import math
import os
import sys


def refuse(why):
    """Exit code 65 says that the data are wrong, not the step."""
    print(why, file=sys.stderr)
    sys.exit(65)


def parameters():
    with open(os.environ["PAWL_STEP"]) as file:
        return json.load(file)["parameters"]


def read(name):
    csv.field_size_limit(10_000_000)
    with open(given(name + ".csv"), newline="") as file:
        return list(csv.DictReader(file))


def number(row, column, most):
    try:
        value = float(row[column])
    except ValueError:
        refuse(f"'{row[column][:20]}' in column {column} is no number")
    if not math.isfinite(value) or not 0 <= value <= most:
        refuse(f"{value} in column {column} is not from 0 to {most}")
    return value


def write(name, header, rows):
    with open(output(name + ".csv"), "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def write_json(name, value):
    with open(output(name + ".json"), "w") as file:
        json.dump(value, file)


def given(name):
    return os.path.join(os.environ["PAWL_INPUTS"], name)


def output(name):
    return os.path.join(os.environ["PAWL_OUTPUTS"], name)


def log(metric, step, value):
    with open(os.environ["PAWL_METRICS"], "a") as file:
        file.write(json.dumps({"name": metric, "step": step, "value": value}) + "\n")
