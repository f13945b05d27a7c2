"""Forecasts with a model as it will be served: ONNX in, ONNX Runtime over it."""

import numpy as np
import onnxruntime

from births.table import Table


def forecast(model: bytes, table: Table) -> list[float]:
    """A forecast for every row; the columns are those that the model names, in its order."""
    session = onnxruntime.InferenceSession(model, one_thread(), providers=["CPUExecutionProvider"])
    names = session.get_modelmeta().custom_metadata_map["features"].split(",")
    [births] = session.run(None, {"features": matrix(table, names)})
    return births[:, 0].astype(float).tolist()


def matrix(table: Table, columns: list[str]) -> np.ndarray:
    """Columns as learners and model runtimes want them: 32-bit floats, NaN where a value is missing."""
    return np.array([table.numbers(name) for name in columns], dtype=np.float32).T


def one_thread() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return options
