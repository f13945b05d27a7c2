"""Boosted trees of scikit-learn, and their way into ONNX."""

from dataclasses import dataclass

import numpy as np
import onnx
from skl2onnx import to_onnx
from skl2onnx.common.data_types import FloatTensorType
from sklearn.ensemble import HistGradientBoostingRegressor

from births.forecaster import forecast, matrix
from births.pawl_step import Metrics
from births.table import Table

LABEL = "births"
OPSETS = {"": 15, "ai.onnx.ml": 3}

# What 32-bit floats may add up to over all trees, in births.
MOST_DIFFERENCE = 0.05


@dataclass(frozen=True)
class Learner:
    """Equal rows give an equal model, byte for byte."""

    columns: tuple[str, ...]
    eta: float
    rounds: int
    depth: int

    def train(self, table: Table, metrics: Metrics) -> bytes:
        """An ONNX model that forecasts what the trees forecast; anything else is an error."""
        trees = self.boost(table, metrics)
        model = self.onnx(trees)
        require_equal(forecast(model, table), trees.predict(self.rows(table)))
        return model

    def boost(self, table: Table, metrics: Metrics) -> HistGradientBoostingRegressor:
        """Logs the loss (root mean squared error in births, on the training rows) of every round."""
        rows, births = self.rows(table), np.array(table.numbers(LABEL))
        trees = self.trees().fit(rows, births)
        for number, forecasts in enumerate(trees.staged_predict(rows), start=1):
            metrics.log("loss", np.sqrt(np.mean((forecasts - births) ** 2)), number)
        return trees

    def rows(self, table: Table) -> np.ndarray:
        return matrix(table, list(self.columns))

    def trees(self) -> HistGradientBoostingRegressor:
        return HistGradientBoostingRegressor(
            learning_rate=self.eta,
            max_iter=self.rounds,
            max_depth=self.depth,
            min_samples_leaf=10,
            early_stopping=False,
            random_state=1,
        )

    def onnx(self, trees: HistGradientBoostingRegressor) -> bytes:
        """Input `features` is FP32 [-1, columns], output `births` FP32 [-1, 1]; the metadata names the columns."""
        model = to_onnx(
            trees,
            initial_types=[("features", FloatTensorType([None, len(self.columns)]))],
            final_types=[(LABEL, FloatTensorType([None, 1]))],
            target_opset=OPSETS,
        )
        settle(model)
        onnx.helper.set_model_props(model, {"features": ",".join(self.columns)})
        return model.SerializeToString(deterministic=True)


def settle(model: onnx.ModelProto) -> None:
    """By themselves the name of the graph is random, and the order of the opsets that of a set."""
    model.graph.name = LABEL
    opsets = sorted(model.opset_import, key=lambda opset: opset.domain)
    del model.opset_import[:]
    model.opset_import.extend(opsets)


def require_equal(exported: list[float], learned: np.ndarray) -> None:
    difference = float(np.max(np.abs(np.array(exported) - learned)))
    if difference > MOST_DIFFERENCE:
        raise ValueError(f"The exported model differs from scikit-learn's by up to {difference} births")
