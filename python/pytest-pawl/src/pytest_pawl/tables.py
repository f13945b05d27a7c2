"""CSV as Pawl reads it: RFC 4180, commas, a header with distinct names; a quoted cell is a text, always."""

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_NEEDS_QUOTES = re.compile(r'[,"\r\n]|^[ \t\x0b\f]|[ \t\x0b\f]\Z')


@dataclass(frozen=True)
class Cell:
    text: str
    quoted: bool

    def written(self) -> str:
        return quote(self.text) if self.quoted else self.text

    def is_number(self) -> bool:
        return not self.quoted and (self.text == "" or _NUMBER.fullmatch(self.text) is not None)


@dataclass(frozen=True)
class Row:
    line: int
    cells: tuple[Cell, ...]


def quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def quote_if_needed(text: str) -> str:
    return quote(text) if _NEEDS_QUOTES.search(text) else text


def parse(text: str, name: str) -> list[Row]:
    """All rows, the header first; ValueError with name and line where it is no table."""
    rows = _Parser(text, name).rows()
    if not rows:
        raise ValueError(f"{name}:1: empty: a table starts with a header")
    header = [cell.text for cell in rows[0].cells]
    if any(not cell.strip() for cell in header) or len(set(header)) < len(header):
        raise ValueError(f"{name}:1: the header has a column without a name, or one twice: {header}")
    for row in rows[1:]:
        if len(row.cells) != len(header):
            raise ValueError(f"{name}:{row.line}: {len(row.cells)} cells where the header has {len(header)}")
    return rows


class _Parser:
    def __init__(self, text: str, name: str) -> None:
        self.text, self.name, self.at, self.line = text, name, 0, 1

    def rows(self) -> list[Row]:
        rows = []
        while self.at < len(self.text):
            rows.append(self.row())
        return rows

    def row(self) -> Row:
        start, cells = self.line, [self.cell()]
        while self.taken(","):
            cells.append(self.cell())
        self.taken("\r")
        if self.at < len(self.text) and not self.taken("\n"):
            raise ValueError(
                f"{self.name}:{self.line}: a comma or the end of the line is missing after a quoted cell"
            )
        self.line += 1
        return Row(start, tuple(cells))

    def cell(self) -> Cell:
        if self.here('"'):
            return self.quoted()
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in ",\r\n":
            if self.text[self.at] == '"':
                raise ValueError(f"{self.name}:{self.line}: a quote within a cell: quote the whole cell and double it")
            self.at += 1
        return Cell(self.text[start : self.at], False)

    def quoted(self) -> Cell:
        start, out = self.line, []
        self.at += 1
        while not self.taken('"') or self.here('"'):
            if self.at >= len(self.text):
                raise ValueError(f"{self.name}:{start}: a quoted cell does not end")
            self.line += self.here("\n")
            out.append(self.text[self.at])
            self.at += 1
        return Cell("".join(out), True)

    def here(self, char: str) -> bool:
        return self.at < len(self.text) and self.text[self.at] == char

    def taken(self, char: str) -> bool:
        here = self.here(char)
        self.at += here
        return here
