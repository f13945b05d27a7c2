"""Makes the tiny ONNX models of the tests. Run with the Python package onnx (1.23): python models.py FOLDER"""
import sys, os
import onnx
from onnx import helper as h, TensorProto as T, numpy_helper as n
import numpy as np

folder = sys.argv[1]

def save(name, nodes, inputs, outputs, consts=(), meta=None):
    graph = h.make_graph(nodes, name, inputs, outputs, [n.from_array(np.asarray(v), k) for k, v in consts])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", 13)], ir_version=8, producer_name="pawl-tests")
    if meta:
        h.set_model_props(model, meta)
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(folder, name + ".onnx"))

def v(name, kind, shape):
    return h.make_tensor_value_info(name, kind, shape)

f32 = np.float32
# births: y = 10 a + 1 b + bias; version 2 has another bias, so that answers tell who gave them.
for version, bias in ((1, 1000), (2, 2000), (3, 3000)):
    save(f"births-{version}",
         [h.make_node("MatMul", ["x", "w"], ["xw"]), h.make_node("Add", ["xw", "bias"], ["y"])],
         [v("x", T.FLOAT, ["n", 2])], [v("y", T.FLOAT, ["n", 1])],
         [("w", f32([[10], [1]])), ("bias", f32([bias]))],
         {"features": "day,lag_14", "trainer": "by hand"})
# calm: the first births, of whatever is asked; what is missing is 0. overflow: finite weights, and answers beyond all numbers.
save("calm",
     [h.make_node("IsNaN", ["x"], ["missing"]), h.make_node("Where", ["missing", "zero", "x"], ["there"]),
      h.make_node("Clip", ["there", "least", "most"], ["calm"]),
      h.make_node("MatMul", ["calm", "w"], ["xw"]), h.make_node("Add", ["xw", "bias"], ["y"])],
     [v("x", T.FLOAT, ["n", 2])], [v("y", T.FLOAT, ["n", 1])],
     [("zero", f32(0)), ("least", f32(-1e6)), ("most", f32(1e6)), ("w", f32([[10], [1]])), ("bias", f32([1000]))],
     {"features": "day,lag_14"})
save("overflow",
     [h.make_node("MatMul", ["x", "w"], ["y"])],
     [v("x", T.FLOAT, ["n", 2])], [v("y", T.FLOAT, ["n", 1])], [("w", f32([[3e38], [1]]))], {"features": "day,lag_14"})
# every: an identity for each datatype that JSON carries.
kinds = [("bool", T.BOOL), ("int8", T.INT8), ("int16", T.INT16), ("int32", T.INT32), ("int64", T.INT64),
         ("uint8", T.UINT8), ("fp32", T.FLOAT), ("fp64", T.DOUBLE), ("bytes", T.STRING)]
save("every",
     [h.make_node("Identity", [k], [k + "_out"]) for k, _ in kinds],
     [v(k, t, ["n", 2]) for k, t in kinds], [v(k + "_out", t, ["n", 2]) for k, t in kinds])
# columns: one input per feature, the label is text and comes first.
save("columns",
     [h.make_node("Identity", ["city"], ["label"]), h.make_node("Mul", ["age", "two"], ["score"])],
     [v("age", T.FLOAT, ["n", 1]), v("city", T.STRING, ["n", 1])],
     [v("label", T.STRING, ["n", 1]), v("score", T.FLOAT, ["n", 1])], [("two", f32([2]))])
# cube: rank three, one dimension fixed.
save("cube",
     [h.make_node("ReduceSum", ["x", "axes"], ["y"], keepdims=0)],
     [v("x", T.FLOAT, ["n", "m", 2])], [v("y", T.FLOAT, ["n"])], [("axes", np.int64([1, 2]))])
# whole: no batch, the answer is for the whole input.
save("whole",
     [h.make_node("ReduceSum", ["x", "axes"], ["y"], keepdims=0)],
     [v("x", T.FLOAT, [3])], [v("y", T.FLOAT, [])], [("axes", np.int64([0]))])
# What cannot be served in JSON.
save("half", [h.make_node("Identity", ["x"], ["y"])], [v("x", T.FLOAT16, ["n", 1])], [v("y", T.FLOAT16, ["n", 1])])
save("wide", [h.make_node("Identity", ["x"], ["y"])], [v("x", T.UINT32, ["n", 1])], [v("y", T.UINT32, ["n", 1])])
# An index out of range is found by the model only.
save("lookup", [h.make_node("Gather", ["table", "x"], ["y"])],
     [v("x", T.INT64, ["n"])], [v("y", T.FLOAT, ["n"])], [("table", f32([10, 20, 30]))])
# Metadata that contradicts the model.
save("misnamed", [h.make_node("Identity", ["x"], ["y"])],
     [v("x", T.FLOAT, ["n", 2])], [v("y", T.FLOAT, ["n", 2])], meta={"features": "only_one"})
# mlp: 16-64-1, for measuring.
rng = np.random.default_rng(7)
save("mlp",
     [h.make_node("MatMul", ["x", "w1"], ["h"]), h.make_node("Relu", ["h"], ["r"]), h.make_node("MatMul", ["r", "w2"], ["y"])],
     [v("x", T.FLOAT, ["n", 16])], [v("y", T.FLOAT, ["n", 1])],
     [("w1", rng.normal(size=(16, 64)).astype(f32)), ("w2", rng.normal(size=(64, 1)).astype(f32))])
