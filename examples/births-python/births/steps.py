"""The steps of the pipeline: from the births of every day to a model that forecasts them 14 days ahead.

Learner and model runtime are imported where they are needed: that takes a second, which the other steps need not wait.
"""

from datetime import date, timedelta
from typing import Any

from births.accuracy import Accuracy
from births.features import NAMES
from births.features import features as features_of
from births.history import History
from births.pawl_step import Metrics
from births.plot import plot
from births.table import Table

LABEL = "births"


def ingest(births: Table) -> Table:
    """The births of every day, each day once, without gaps."""
    days, counts = births.texts("date"), births.numbers(LABEL)
    for row, (day, count) in enumerate(zip(days, counts, strict=True)):
        expected = date.fromisoformat(days[0]) + timedelta(days=row)
        if day != expected.isoformat() or not count > 0:
            raise ValueError(f"births.csv, row {row + 1}: expected the births of {expected}, got {count} on {day}")
    return Table.of({"date": days, LABEL: counts})


def features(days: Table, lag_days: int) -> Table:
    """What was known `lag_days` before each day, and the calendar; the label comes last."""
    history = History.of(days)
    rows = [features_of(history, day, lag_days) for day in history.days()]
    columns = dict(zip(NAMES, zip(*rows, strict=True), strict=True))
    return Table.of({"date": days.texts("date")} | columns | {LABEL: history.births})


def holdout(features: Table, holdout_days: int) -> Table:
    """The last days: no training sees them, the quality gate measures on them."""
    return features.last(holdout_days)


def train(
    features: Table,
    holdout_days: int,
    window_days: int,
    eta: float,
    rounds: int,
    depth: int,
    metrics: Metrics,
) -> bytes:
    """Learns from the window of days before the held-out ones: older days tell of another world."""
    from births.learner import Learner

    window = features.first(len(features) - holdout_days).last(window_days)
    if not window:
        raise ValueError(f"{len(features)} days of data leave nothing to train on: {holdout_days} are held out")
    print(f"learning from {len(window)} days, {window.texts('date')[0]} to {window.texts('date')[-1]}")
    return Learner(NAMES, eta, rounds, depth).train(window, metrics)


def evaluate(model: bytes, holdout: Table, metrics: Metrics) -> dict[str, Any]:
    """How good the model is on the held-out days, beside simply taking the same weekday two weeks ago."""
    from births.forecaster import forecast

    dates, actual, forecasts = holdout.texts("date"), holdout.numbers(LABEL), forecast(model, holdout)
    accuracy = Accuracy.of(forecasts, actual)
    naive = Accuracy.of(holdout.numbers("weekday_lag_1"), actual)
    for name, value in accuracy.as_dict().items():
        metrics.log(name, value)
    said = f"{dates[0]} to {dates[-1]}: {accuracy.mape:.1%} off, {naive.mape:.1%} without a model"
    print(said)
    span = {"from": dates[0], "to": dates[-1], "days": len(holdout)}
    scores = span | accuracy.as_dict() | {"naive_mape": naive.mape}
    return {"scores": scores, "plot": plot(f"Births a day, {said}", dates, actual, forecasts)}


STEPS = {step.__name__: step for step in (ingest, features, holdout, train, evaluate)}
