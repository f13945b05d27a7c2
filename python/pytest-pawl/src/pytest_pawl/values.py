"""What of a result is not there, or not finite."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from pathlib import Path
from typing import Any

from pytest_pawl.tables import parse

_NAN = {"", "nan", "null", "none", "na"}
_INFINITE = {"inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"}


@dataclass
class Values:
    """`missing` counts by column; `wrong` tells the first value that may not be, in words."""

    missing: dict[str, int] = field(default_factory=dict)
    wrong: str | None = None

    def more_than(self, before: "Values") -> str | None:
        """What is missing here and was not before, in words."""
        for column, lacks in sorted(self.missing.items()):
            lacked = before.missing.get(column)
            if lacked is not None and lacks > lacked:
                return (
                    f"column '{column}' lacks {lacks} values where it lacked {lacked}, though the data lack none:"
                    " was something divided by zero?"
                )
        return None

    def add(self, name: str, value: Any) -> "Values":
        """Looks at any value: numbers, mappings, sequences, arrays, data frames, Paths of CSV files."""
        if isinstance(value, Path) and value.suffix == ".csv":
            self.add_csv(name, value.read_text(encoding="utf-8"))
        elif isinstance(value, Mapping):
            for key, one in value.items():
                self.add(f"{name}.{key}", one)
        elif hasattr(value, "to_dict") and hasattr(value, "columns"):
            self.add(name, value.to_dict("list"))
        elif hasattr(value, "tolist"):
            self.add(name, value.tolist())
        elif isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
            self._add_all(name, value)
        elif isinstance(value, Real) and not math.isfinite(value):
            self._say(f"{name} is {value}")
        return self

    def add_csv(self, table: str, text: str) -> "Values":
        """Looks at a table."""
        head, *body = parse(text, table)
        names = [cell.text for cell in head.cells]
        for column in names:
            self.missing.setdefault(f"{table}.{column}", 0)
        for row in body:
            for column, cell in zip(names, row.cells, strict=True):
                word = cell.text.strip().lower()
                if word in _NAN:
                    self.missing[f"{table}.{column}"] += 1
                elif word in _INFINITE:
                    self._say(f"the table '{table}' has {word} in column '{column}', line {row.line}")
        return self

    def _add_all(self, name: str, values: Sequence[Any]) -> None:
        """NaN and None within many values are missing ones, as the empty cell of a table is."""
        self.missing.setdefault(name, 0)
        for i, one in enumerate(values):
            if one is None or (isinstance(one, Real) and math.isnan(one)):
                self.missing[name] += 1
            else:
                self.add(f"{name}[{i}]" if isinstance(one, Real) else name, one)

    def _say(self, words: str) -> None:
        self.wrong = self.wrong or words
