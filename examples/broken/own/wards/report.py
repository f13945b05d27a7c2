"""Tells in words what was learnt."""

import json

from wards import step

NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def summary(weights):
    return {"busiest": NAMES[weights.index(max(weights))], "quietest": NAMES[weights.index(min(weights))]}


if __name__ == "__main__":
    with open(step.given("weekdays.json")) as file:
        told = summary(json.load(file)["weights"])
    step.write_json("summary", told)
    with open(step.output("sentence"), "w") as file:
        file.write(f"{told['busiest']} is the busiest day, {told['busiest']} the quietest.\n")
