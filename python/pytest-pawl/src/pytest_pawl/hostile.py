"""Hostile tables made of a good one: what real data will look like one day. The same table and seed give the same ones,
here and in Pawl's CI."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from os import PathLike
from pathlib import Path

from pytest_pawl.tables import parse, quote_if_needed

MOST_ROWS = 1_000
_FAR = 1_000
_EVERY = 3
_LONG = 100_000
_MOST_NAMED = 3
_MASK = (1 << 64) - 1


class Kind(Enum):
    """A way in which data may be hostile: in words, what of a table it changes, whether results may then lack values."""

    NAN = ("NaN in a third of the numbers", "numbers", True)
    INFINITY = ("Infinity in a third of the numbers", "numbers", True)
    NEGATIVE_INFINITY = ("-Infinity in a third of the numbers", "numbers", True)
    MISSING = ("no value in a third of the cells", "cells", True)
    EMPTY_COLUMN = ("no value at all", "numbers", True)
    ZERO = ("nothing but 0", "numbers", False)
    DENORMAL = ("nothing but the smallest number above 0", "numbers", False)
    TINY = ("nothing but 1E-30", "numbers", False)
    HUGE = ("1E30 in a third of the numbers", "numbers", False)
    HUGE_NEGATIVE = ("-1E30 in a third of the numbers", "numbers", False)
    OUT_OF_RANGE = ("numbers a thousand times as far out as any", "numbers", False)
    CONSTANT = ("one value in every row", "cells", False)
    UNSEEN_CATEGORY = ("texts that were never seen", "texts", True)
    WRONG_TYPE = ("texts where numbers belong", "numbers", True)
    LONG_TEXT = ("a text of 100,000 characters", "texts", True)
    EMPTY_TABLE = ("no rows", "table", True)
    ONE_ROW = ("one row", "table", True)
    DUPLICATE_ROWS = ("every row twice", "table", True)

    def __init__(self, words: str, where: str, may_lose_values: bool) -> None:
        self.words, self.where, self.may_lose_values = words, where, may_lose_values


@dataclass(frozen=True)
class HostileTable:
    """A table that is hostile in one way, in these columns and of these rows of the good one."""

    kind: Kind
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    source: "_Source" = field(repr=False, compare=False)

    def words(self) -> str:
        """For people, such as `nothing but 0 in column births, 3 rows`."""
        where = ""
        if self.kind.where != "table":
            names = ", ".join(self.columns[:_MOST_NAMED])
            more = f" and {len(self.columns) - _MOST_NAMED} more" if len(self.columns) > _MOST_NAMED else ""
            where = f" in column {names}" if len(self.columns) == 1 else f" in the columns {names}{more}"
        return f"{self.kind.words}{where}, {len(self.rows)} row{'' if len(self.rows) == 1 else 's'}"

    def csv(self) -> str:
        """The table as CSV, with a header."""
        times = 2 if self.kind is Kind.DUPLICATE_ROWS else 1
        rows = () if self.kind is Kind.EMPTY_TABLE else self.rows
        lines = [self.source.header, *([self._cell(i, row) for i in self._indices] for row in rows for _ in range(times))]
        return "".join(",".join(line) + "\n" for line in lines)

    def write(self, path: "str | PathLike[str]") -> Path:
        """Writes `csv` to a file, and gives it back."""
        file = Path(path)
        file.write_bytes(self.csv().encode())
        return file

    def as_it_was(self) -> str:
        """The same rows of the good table, as CSV."""
        return replace(self, kind=Kind.ONE_ROW, columns=()).csv()

    def only(self, columns: Sequence[str] | None = None, rows: Sequence[int] | None = None) -> "HostileTable":
        """Hostile in fewer columns, or with fewer rows."""
        return replace(
            self,
            columns=self.columns if columns is None else tuple(columns),
            rows=self.rows if rows is None else tuple(rows),
        )

    @property
    def _indices(self) -> range:
        return range(len(self.source.header))

    def _cell(self, column: int, row: int) -> str:
        name, cell = self.source.header[column], self.source.cells[row][column]
        if name not in self.columns:
            return cell
        match self.kind:
            case Kind.EMPTY_COLUMN:
                return ""
            case Kind.ZERO:
                return "0"
            case Kind.DENORMAL:
                return "4.9E-324"
            case Kind.TINY:
                return "1E-30"
            case Kind.CONSTANT:
                return self.source.first_value(column)
            case Kind.LONG_TEXT:
                return "x" * _LONG if row == column % len(self.source.cells) else cell
            case Kind.EMPTY_TABLE | Kind.ONE_ROW | Kind.DUPLICATE_ROWS:
                return cell
            case _:
                return self._value(column, row) if self.source.chance(self.kind, name, row) else cell

    def _value(self, column: int, row: int) -> str:
        match self.kind:
            case Kind.NAN:
                return "NaN"
            case Kind.INFINITY:
                return "Infinity"
            case Kind.NEGATIVE_INFINITY:
                return "-Infinity"
            case Kind.HUGE:
                return "1E30"
            case Kind.HUGE_NEGATIVE:
                return "-1E30"
            case Kind.OUT_OF_RANGE:
                return as_java_writes(self.source.far_out(column))
            case Kind.UNSEEN_CATEGORY:
                return f"never-seen-{row}"
            case Kind.WRONG_TYPE:
                return "no-number"
            case _:  # Kind.MISSING
                return ""


def hostile_tables(csv: "str | PathLike[str]", seed: int = 1) -> list[HostileTable]:
    """One table for each kind of hostility that fits the columns of a good one.

    `csv` is a file, or the text itself (which has a line break); its first 1,000 rows are used.
    """
    if isinstance(csv, str) and "\n" in csv:
        text, name = csv, "table.csv"
    else:
        text, name = Path(csv).read_bytes().decode("utf-8"), str(csv)
    source = _Source(_first_rows(text), name, seed)
    return [HostileTable(kind, hit, source.rows_of(kind), source) for kind in Kind if (hit := source.hit(kind)) is not None]


def _first_rows(text: str) -> str:
    """A row with a line break in quotes is not cut."""
    text = text.removeprefix("\ufeff")
    quoted, rows = False, 0
    for at, letter in enumerate(text):
        quoted ^= letter == '"'
        if letter == "\n" and not quoted:
            rows += 1
            if rows > MOST_ROWS:
                return text[: at + 1]
    return text


class _Source:
    def __init__(self, text: str, name: str, seed: int) -> None:
        head, *body = parse(text, name)
        if not body:
            raise ValueError(f"{name}: a table without rows shows nothing of what its data are like")
        self.seed = seed & _MASK
        self.header = [quote_if_needed(cell.text) for cell in head.cells]
        self.cells = [[cell.written() for cell in row.cells] for row in body]
        self.numeric = [all(row.cells[i].is_number() for row in body) for i in range(len(self.header))]
        for row in body:
            for i, cell in enumerate(row.cells):
                if self.numeric[i] and cell.text and math.isinf(float(cell.text)):
                    raise ValueError(f"{name}:{row.line}: {cell.text} is too large a number")

    def rows_of(self, kind: Kind) -> tuple[int, ...]:
        return tuple(range({Kind.EMPTY_TABLE: 0, Kind.ONE_ROW: 1}.get(kind, len(self.cells))))

    def hit(self, kind: Kind) -> tuple[str, ...] | None:
        """The columns, None where there is nothing to hit."""
        if kind.where == "table":
            return ()
        wanted = {"numbers": (True,), "texts": (False,), "cells": (True, False)}[kind.where]
        return tuple(name for name, numeric in zip(self.header, self.numeric) if numeric in wanted) or None

    @cached_property
    def _far_out(self) -> list[float]:
        columns = ([float(row[i]) for row in self.cells if self.numeric[i] and row[i]] for i in range(len(self.header)))
        return [max(c, default=0.0) + _FAR * max(1.0, max(c, default=0.0) - min(c, default=0.0)) for c in columns]

    def far_out(self, column: int) -> float:
        """As far above all others as a thousand times the way from the least to the greatest."""
        return self._far_out[column]

    def first_value(self, column: int) -> str:
        """The first one that is there, so that a constant column lacks no more than before; empty if there is none."""
        values = (row[column] for row in self.cells)
        return next((value for value in values if value and value.lower() != "nan"), "")

    def chance(self, kind: Kind, column: str, row: int) -> bool:
        """The same for the same cell whatever other rows and columns there are; the first row is always hit."""
        mixed = self.seed
        for letter in f"{kind.name}/{column}".encode():
            mixed = _mix(mixed + letter - (256 if letter > 127 else 0))
        return row == 0 or _mix(mixed + row) % _EVERY == 0


def _mix(z: int) -> int:
    """The finaliser of SplittableRandom (Stafford's variant 13), on 64 bits."""
    z &= _MASK
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & _MASK
    return z ^ (z >> 31)


def as_java_writes(number: float) -> str:
    """As Java's Double.toString: the same digits as Python's, with an exponent of its own outside of 0.001 to 10 million."""
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        return repr(float(number))
    mantissa, _, power = repr(float(number)).partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    exponent = int(power or 0) + len(whole) - 1
    figures = whole + fraction
    leading = len(figures) - len(figures.lstrip("0"))
    figures, exponent = figures.strip("0"), exponent - leading
    return f"{sign}{figures[0]}.{figures[1:] or '0'}E{exponent}"
