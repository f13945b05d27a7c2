"""Whether a function gives the same again."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def assert_repeatable(function: Callable[[], Any]) -> Any:
    """Calls the function twice and requires equal results; gives the first one."""
    first = function()
    found = difference(first, function(), "result")
    if found:
        raise AssertionError(f"it gave something else the second time ({found}): fix its seeds, leave clock and network out")
    return first


def difference(before: Any, after: Any, name: str) -> str | None:
    """Where two values first differ, in words; NaN is equal to NaN."""
    if isinstance(before, Path) and isinstance(after, Path) and before.is_file() and after.is_file():
        return _bytes(before.read_bytes(), after.read_bytes(), name)
    if isinstance(before, bytes) and isinstance(after, bytes):
        return _bytes(before, after, name)
    if hasattr(before, "to_dict") and hasattr(before, "columns"):
        return difference(before.to_dict("list"), after.to_dict("list"), name)
    if hasattr(before, "tolist") and hasattr(after, "tolist"):
        return difference(before.tolist(), after.tolist(), name)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        if list(before) != list(after):
            return f"{name} has {list(before)}, then {list(after)}"
        return next((d for key in before if (d := difference(before[key], after[key], f"{name}.{key}"))), None)
    if isinstance(before, Sequence) and isinstance(after, Sequence) and not isinstance(before, str):
        if len(before) != len(after):
            return f"{name} has {len(before)} elements, then {len(after)}"
        pairs = enumerate(zip(before, after, strict=True))
        return next((d for i, (one, other) in pairs if (d := difference(one, other, f"{name}[{i}]"))), None)
    if before == after or (before != before and after != after) or _same_state(before, after):
        return None
    return f"{name} is {_brief(before)}, then {_brief(after)}"


def _bytes(before: bytes, after: bytes, name: str) -> str | None:
    if before == after:
        return None
    try:
        lines = [content.decode("utf-8").splitlines() for content in (before, after)]
    except UnicodeDecodeError:
        at = next((i for i, (a, b) in enumerate(zip(before, after)) if a != b), min(len(before), len(after)))
        return f"{name} differs from byte {at + 1} on"
    for number, (one, other) in enumerate(zip(*lines), start=1):
        if one != other:
            return f"{name}, line {number} is '{_brief(one)}', then '{_brief(other)}'"
    return f"{name} has {len(lines[0])} lines, then {len(lines[1])}"


def _same_state(before: Any, after: Any) -> bool:
    """Of objects that do not define what it is to be equal, such as a trained model."""
    if type(before).__eq__ is not object.__eq__:
        return False
    try:
        return pickle.dumps(before) == pickle.dumps(after)
    except Exception:
        return False


def _brief(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:80] + "..."
