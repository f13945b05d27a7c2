"""Tables as CSV files, the form in which steps hand them on. A missing value is an empty cell."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from math import isinf, isnan, nan
from pathlib import Path


@dataclass(frozen=True)
class Table:
    """Cells as texts, row after row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, columns: dict[str, Iterable[str | float]]) -> "Table":
        """From columns of texts and numbers."""
        cells = [[text(value) for value in column] for column in columns.values()]
        return cls(tuple(columns), tuple(zip(*cells, strict=True)))

    @classmethod
    def read(cls, path: Path) -> "Table":
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        return cls(tuple(header), tuple(map(tuple, rows)))

    def write(self, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.columns, *self.rows])

    def __len__(self) -> int:
        return len(self.rows)

    def texts(self, column: str) -> list[str]:
        place = self.columns.index(column)
        return [row[place] for row in self.rows]

    def numbers(self, column: str) -> list[float]:
        """NaN where a value is missing; infinite ones are refused."""
        numbers = [float(cell) if cell else nan for cell in self.texts(column)]
        if any(map(isinf, numbers)):
            raise ValueError(f"column '{column}' has an infinite number")
        return numbers

    def first(self, count: int) -> "Table":
        return Table(self.columns, self.rows[: max(0, count)])

    def last(self, count: int) -> "Table":
        return Table(self.columns, self.rows[max(0, len(self) - count) :])


def text(value: str | float) -> str:
    """A cell; numbers lose nothing."""
    if isinstance(value, str):
        return value
    if isnan(value):
        return ""
    return str(int(value)) if value == int(value) else repr(float(value))
