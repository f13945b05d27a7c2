"""Whether a function bears a hostile table: what it gives is finite and there, or it refuses the table on purpose."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pytest_pawl.hostile import HostileTable, Kind
from pytest_pawl.shrink import smallest
from pytest_pawl.values import Values

_MOST_CSV_TOLD = 500


class Refused(Exception):
    """The step refused its input on purpose."""


class BrokenContract(AssertionError):
    """The contract of a step was not kept."""


class Failed(AssertionError):
    """The step ended neither well nor by refusing its input; says how."""


def assert_finite(value: Any, name: str = "result") -> None:
    """Requires that no number within is NaN, None or infinite: numbers, mappings, sequences, arrays, data frames, CSV files."""
    values = Values().add(name, value)
    missing = next((f"{count} values of {column} are missing" for column, count in values.missing.items() if count), None)
    if values.wrong or missing:
        raise AssertionError(values.wrong or missing)


def assert_bears(
    table: HostileTable,
    function: Callable[[Path], Any],
    *,
    refusals: tuple[type[Exception], ...] = (ValueError,),
    folder: Path | None = None,
) -> None:
    """Calls the function with the path of the hostile table, as a CSV file.

    What it returns must be finite; it may lack values only where the table does, or where it lacks them of the same rows as they
    were. Or it raises one of `refusals`; any other exception is an accident. The smallest table that fails is written to `folder`.
    """
    with tempfile.TemporaryDirectory(prefix="pawl-") as made:

        def call(csv: str) -> Any:
            file = Path(made) / "table.csv"
            file.write_bytes(csv.encode())
            try:
                return function(file)
            except refusals as refusal:
                raise Refused(str(refusal)) from refusal

        judge(table, call, folder)


def judge(table: HostileTable, call: Callable[[str], Any], folder: Path | None) -> None:
    """Requires that a call with the text of the table bears it."""
    wrong, cause = _wrong(table, call)
    if wrong is None:
        return
    small = smallest(table, lambda smaller: _wrong(smaller, call)[0] is not None)
    wrong, cause = _wrong(small, call) if small != table else (wrong, cause)
    place = Path(folder) if folder else Path(tempfile.mkdtemp(prefix="pawl-hostile-"))
    place.mkdir(parents=True, exist_ok=True)
    file, csv = small.write(place / f"{small.kind.name}.csv"), small.csv()
    shown = "\n" + csv.rstrip() if len(csv) <= _MOST_CSV_TOLD else ""
    raise AssertionError(f"with {small.words()}: {wrong}\nthe table: {file}{shown}") from cause


def _wrong(table: HostileTable, call: Callable[[str], Any]) -> tuple[str | None, BaseException | None]:
    try:
        given = call(table.csv())
    except Refused:
        return None, None
    except BrokenContract as empty:
        # What passes on no rows need not say so itself as well.
        return (None, None) if table.kind is Kind.EMPTY_TABLE else (str(empty), empty)
    except Failed as failed:
        return str(failed), failed
    except Exception as accident:
        return f"it raised {type(accident).__name__}: {accident}", accident
    values = _values(given)
    if values.wrong or table.kind.may_lose_values:
        return values.wrong, None
    try:
        return values.more_than(_values(call(table.as_it_was()))), None
    except Exception:
        return None, None


def _values(given: Any) -> Values:
    return given if isinstance(given, Values) else Values().add("result", given)
