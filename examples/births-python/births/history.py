"""The births of consecutive days."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import nan

from births.table import Table


@dataclass(frozen=True)
class History:
    """What is known: the births of the first day, of the one after it, and so on."""

    first: date
    births: tuple[float, ...]

    @classmethod
    def of(cls, table: Table) -> "History":
        if not table:
            raise ValueError("a history without days")
        return cls(date.fromisoformat(table.texts("date")[0]), tuple(table.numbers("births")))

    def day(self, index: int) -> date:
        return self.first + timedelta(days=index)

    def days(self) -> list[date]:
        return [self.day(index) for index in range(len(self.births))]

    def on(self, day: date) -> float:
        """The births of a day; NaN before the first and after the last."""
        index = (day - self.first).days
        return self.births[index] if 0 <= index < len(self.births) else nan
