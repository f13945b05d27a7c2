"""The weekday of each day, and its births compared with the mean of the seven days before it."""

from datetime import date

from wards import step

BEFORE = 7


def weekday(text):
    try:
        return date.fromisoformat(text).weekday()
    except ValueError:
        step.refuse(f"'{text[:20]}' is no day")


def features(days):
    rows = []
    for index in range(BEFORE, len(days)):
        day, births = days[index]
        mean = sum(n for _, n in days[index - BEFORE : index]) / BEFORE
        if mean == 0:
            step.refuse(f"no births in the week before {day}")
        rows.append((weekday(day), births / mean))
    return rows


if __name__ == "__main__":
    days = [(row["date"], step.number(row, "births", 1e9)) for row in step.read("days")]
    if len(days) <= BEFORE:
        step.refuse(f"{len(days)} days are too few")
    step.write("features", ["weekday", "relative"], features(days))
