"""Pawl's step contract, so that a step can be a plain function.

Pawl writes what a step gets into a file, and that file's path into the variable PAWL_STEP. The function gets each
parameter and each input by its name, and `metrics` if it wants to log some; what it returns is the step's output, or a
dictionary of outputs by name where the step has several.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

from births.table import Table

CONTRACT = 2

# EX_DATAERR of sysexits.h: by this exit code Pawl knows that a step refused its input, and did not break on it.
REFUSED = 65


class Metrics:
    """Numbers that a step logs while it works, one line of JSON each."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file

    def log(self, name: str, value: float, step: int | None = None) -> None:
        point = {"name": name, "value": float(value)} | ({} if step is None else {"step": step})
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as file:
                print(json.dumps(point), file=file)


def run(function: Callable[..., Any]) -> None:
    """Runs the function as the step that Pawl has started."""
    step = json.loads(Path(os.environ["PAWL_STEP"]).read_text(encoding="utf-8"))
    if step["contract"] != CONTRACT:
        raise SystemExit(f"Pawl speaks step contract {step['contract']}, and this step {CONTRACT}.")
    try:
        result = function(**arguments(function, step))
    except ValueError as error:
        traceback.print_exc()
        print(f"refused: {error}", file=sys.stderr)
        raise SystemExit(REFUSED) from error
    for name, value in by_name(result, step["outputs"]).items():
        write(value, Path(step["outputs"][name]))


def arguments(function: Callable[..., Any], step: dict[str, Any]) -> dict[str, Any]:
    inputs = {name: read(Path(path)) for name, path in step["inputs"].items()}
    metrics = {"metrics": Metrics(Path(step["metrics"]))} if takes_metrics(function) else {}
    return inputs | step["parameters"] | metrics


def takes_metrics(function: Callable[..., Any]) -> bool:
    return "metrics" in signature(function).parameters


def by_name(result: Any, outputs: dict[str, str]) -> dict[str, Any]:
    """A step with one output just returns it."""
    return result if len(outputs) > 1 else dict.fromkeys(outputs, result)


def read(path: Path) -> Any:
    """An input as what its ending says: a table, a model, or JSON."""
    match path.suffix:
        case ".csv":
            return Table.read(path)
        case ".json":
            return json.loads(path.read_text(encoding="utf-8"))
        case _:
            return path.read_bytes()


def write(value: Any, path: Path) -> None:
    match value:
        case Table():
            value.write(path)
        case bytes():
            path.write_bytes(value)
        case str():
            path.write_text(value, encoding="utf-8")
        case _:
            path.write_text(json.dumps(value), encoding="utf-8")
