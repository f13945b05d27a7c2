import numpy as np
import onnx
import pytest

from births.features import NAMES
from births.forecaster import forecast
from births.learner import Learner, require_equal
from births.pawl_step import Metrics

LEARNER = Learner(NAMES, eta=0.07, rounds=150, depth=3)


def test_the_exported_model_forecasts_as_scikit_learn_does_also_where_values_are_missing(features):
    trees = LEARNER.boost(features, Metrics())
    exported = forecast(LEARNER.onnx(trees), features)
    assert np.isnan(features.numbers("mean_28")[20])
    assert np.allclose(exported, trees.predict(LEARNER.rows(features)), atol=0.05, rtol=0)


def test_the_model_says_what_it_wants_and_gives(features):
    model = onnx.load_from_string(LEARNER.train(features, Metrics()))
    assert [value.name for value in model.graph.input] == ["features"]
    assert [value.name for value in model.graph.output] == ["births"]
    assert [(prop.key, prop.value) for prop in model.metadata_props] == [("features", ",".join(NAMES))]


def test_an_export_that_differs_is_refused():
    with pytest.raises(ValueError, match="differs from scikit-learn's by up to 0.25 births"):
        require_equal([1.0, 2.25], np.array([1.0, 2.0]))
