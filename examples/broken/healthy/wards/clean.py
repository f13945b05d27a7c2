"""Leaves out the days of which nobody knows the births."""

from wards import step

UNKNOWN = ("", "n/a")


def clean(rows):
    known = [row for row in rows if row["births"] not in UNKNOWN]
    return [(row["date"], int(row["births"])) for row in known]


if __name__ == "__main__":
    step.write("days", ["date", "births"], clean(step.read("births")))
