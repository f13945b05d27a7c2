"""What the model knows about a day: the calendar, and births of days at least `lag_days` earlier.

Training and live traffic compute it here, both, so that they cannot differ.
"""

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil

from births.history import History

# The Uniform Monday Holiday Act took effect in 1971; Memorial Day was a fixed date before.
UNIFORM_MONDAYS = 1971
MONDAY, THURSDAY = 0, 3
FIXED_HOLIDAYS = {(1, 1), (7, 4), (12, 25)}

Feature = Callable[[History, date, int], float]

# In the order of the model's columns; each is told the history, the day and how old the news is.
FEATURES: dict[str, Feature] = {
    "day_of_week": lambda history, day, lag: day.isoweekday(),
    "day_of_year": lambda history, day, lag: day.timetuple().tm_yday,
    "month": lambda history, day, lag: day.month,
    "day_of_month": lambda history, day, lag: day.day,
    "holiday": lambda history, day, lag: float(is_holiday(day)),
    "weekday_lag_1": lambda history, day, lag: same_weekday(history, day, lag, 0),
    "weekday_lag_2": lambda history, day, lag: same_weekday(history, day, lag, 1),
    "weekday_lag_3": lambda history, day, lag: same_weekday(history, day, lag, 2),
    "weekday_lag_4": lambda history, day, lag: same_weekday(history, day, lag, 3),
    "mean_7": lambda history, day, lag: mean(history, day, lag, 7),
    "mean_28": lambda history, day, lag: mean(history, day, lag, 28),
}
NAMES = tuple(FEATURES)


def features(history: History, day: date, lag_days: int) -> list[float]:
    """The features of a day in the order of `NAMES`; NaN where the history does not reach."""
    return [feature(history, day, lag_days) for feature in FEATURES.values()]


def same_weekday(history: History, day: date, lag_days: int, weeks_before: int) -> float:
    """The births of the latest same weekday that is known, or of one some weeks before it."""
    weeks = ceil(lag_days / 7) + weeks_before
    return history.on(day - timedelta(weeks=weeks))


def mean(history: History, day: date, lag_days: int, days: int) -> float:
    """The mean of the latest days that are known."""
    return sum(history.on(day - timedelta(days=lag_days + back)) for back in range(days)) / days


def is_holiday(day: date) -> bool:
    memorial_day = date(day.year, 5, 30) if day.year < UNIFORM_MONDAYS else first(MONDAY, date(day.year, 5, 25))
    labor_day = first(MONDAY, date(day.year, 9, 1))
    thanksgiving = first(THURSDAY, date(day.year, 11, 22))
    fixed = (day.month, day.day) in FIXED_HOLIDAYS
    return fixed or day in (memorial_day, labor_day, thanksgiving)


def first(weekday: int, day: date) -> date:
    """The first such weekday that is not before the day."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
