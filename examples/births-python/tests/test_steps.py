import pytest

from births import steps
from births.features import NAMES
from births.pawl_step import Metrics
from births.table import Table


class Recorded(Metrics):
    """Keeps what is logged."""

    def __init__(self):
        super().__init__()
        self.points = {}

    def log(self, name, value, step=None):
        self.points.setdefault(name, []).append(float(value))


def train(features, window_days=730, metrics=None):
    return steps.train(features, 112, window_days, eta=0.07, rounds=150, depth=3, metrics=metrics or Metrics())


def with_births(table, births):
    return Table(table.columns, tuple((*row[:-1], str(count)) for row, count in zip(table.rows, births, strict=True)))


def test_the_bundled_data_is_complete(births):
    assert len(births) == 7305
    assert births.rows[-1] == ("1988-12-31", "9133")


def test_a_gap_in_the_data_is_refused(births):
    with_gap = Table(births.columns, births.rows[:4] + births.rows[5:])
    with pytest.raises(ValueError, match="row 5: expected the births of 1969-01-05, got 9560.0 on 1969-01-06"):
        steps.ingest(with_gap)


def test_the_table_has_a_row_of_features_for_every_day_and_the_births_last(features):
    assert features.columns == ("date", *NAMES, "births")
    assert len(features) == 716
    assert features.numbers("weekday_lag_1")[100] == features.numbers("births")[86]


def test_the_held_out_days_are_the_last_ones(features):
    holdout = steps.holdout(features, 112)
    assert len(holdout) == 112
    assert holdout.texts("date")[-1] == "1970-12-17"


def test_training_sees_neither_the_held_out_days_nor_those_before_its_window(features):
    births = features.numbers("births")
    births[-112:] = [1] * 112
    births[: 716 - 112 - 365] = [1] * (716 - 112 - 365)
    assert train(with_births(features, births), 365) == train(features, 365)


def test_the_same_days_give_the_same_model_byte_for_byte(features):
    assert train(features) == train(features)


def test_the_loss_falls_from_round_to_round(features):
    metrics = Recorded()
    train(features, metrics=metrics)
    loss = metrics.points["loss"]
    assert len(loss) == 150
    assert loss[-1] < loss[0] / 3
    assert loss == sorted(loss, reverse=True)


def test_too_few_days_to_train_on_are_refused(features):
    with pytest.raises(ValueError, match="100 days of data leave nothing to train on: 112 are held out"):
        train(features.first(100))


def test_the_first_model_is_good_enough_and_better_than_the_same_weekday_two_weeks_ago(features):
    metrics = Recorded()
    outputs = steps.evaluate(train(features), steps.holdout(features, 112), metrics)
    scores = outputs["scores"]
    assert scores["from"] == "1970-08-28"
    assert 0.02 < scores["mape"] == metrics.points["mape"][0] < 0.04
    assert scores["mape"] < scores["naive_mape"]
    assert outputs["plot"].startswith("<svg") and outputs["plot"].count("<polyline") == 2
