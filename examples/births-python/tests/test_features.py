from datetime import date, timedelta
from math import isnan

import pytest

from births.features import NAMES, features, is_holiday
from births.history import History

FIRST = date(1969, 1, 1)

# The births of a day are its number.
COUNTING = History(FIRST, tuple(float(day) for day in range(400)))


def test_a_day_has_its_calendar_and_what_was_known_two_weeks_before():
    day = COUNTING.day(100)
    assert features(COUNTING, day, 14) == [5, 101, 4, 11, 0, 86, 79, 72, 65, (80 + 86) / 2, (59 + 86) / 2]


@pytest.mark.parametrize("lag", [1, 7, 13, 14, 20, 28])
def test_no_feature_knows_a_day_that_is_newer_than_the_lag(lag):
    blind = History(FIRST, COUNTING.births[: 200 - lag + 1])
    assert features(blind, COUNTING.day(200), lag) == features(COUNTING, COUNTING.day(200), lag)


@pytest.mark.parametrize("lag", [1, 7, 13, 14, 20, 28])
def test_lags_are_of_the_same_weekday(lag):
    known = dict(zip(NAMES, features(COUNTING, COUNTING.day(200), lag), strict=True))
    lags = [known[name] for name in NAMES if name.startswith("weekday_lag")]
    assert [(200 - day) % 7 for day in lags] == [0, 0, 0, 0]
    assert 200 - lags[0] - lag in range(7)


def test_what_lies_before_the_history_is_missing():
    known = features(COUNTING, FIRST + timedelta(days=13), 14)
    assert known[:5] == [2, 14, 1, 14, 0]
    assert all(isnan(value) for value in known[5:])


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("1970-05-30", True),
        ("1970-05-25", False),
        ("1971-05-31", True),
        ("1971-05-30", False),
        ("1972-09-04", True),
        ("1972-11-23", True),
        ("1972-11-30", False),
        ("1988-12-25", True),
        ("1988-12-26", False),
        ("1975-01-01", True),
    ],
)
def test_holidays_are_known(day, holiday):
    assert is_holiday(date.fromisoformat(day)) == holiday
