from checks.weekdays import mape_of_weekdays, verdict


def test_the_worst_weekday_is_named() -> None:
    # A Thursday, a Friday and the Thursday after.
    mape = mape_of_weekdays(["1970-01-01", "1970-01-02", "1970-01-08"], [110.0, 102.0, 130.0], [100.0, 100.0, 100.0])

    assert {day: round(value, 6) for day, value in mape.items()} == {"Thursday": 0.2, "Friday": 0.02}
    assert verdict(mape)["summary"] == "20.0% off on Thursdays, the worst weekday"
