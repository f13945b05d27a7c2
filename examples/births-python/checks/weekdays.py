"""A check of the project's own: no weekday may be forecast badly. A mean over all days would hide it, and wards are staffed every day."""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

from births.accuracy import Accuracy
from births.forecaster import forecast
from births.table import Table

WORST = 0.1


def mape_of_weekdays(days: list[str], forecasts: list[float], actual: list[float]) -> dict[str, float]:
    """How far off forecasts are on each weekday, as a ratio."""
    names = [date.fromisoformat(day).strftime("%A") for day in days]
    rows = list(zip(names, forecasts, actual, strict=True))
    return {
        name: Accuracy.of([row[1] for row in rows if row[0] == name], [row[2] for row in rows if row[0] == name]).mape
        for name in dict.fromkeys(names)
    }


def verdict(mape: dict[str, float]) -> dict[str, Any]:
    worst = max(mape, key=lambda name: mape[name])
    return {"summary": f"{mape[worst]:.1%} off on {worst}s, the worst weekday", "evidence": {"mape": mape}}


def main() -> None:
    check = json.loads(Path(os.environ["PAWL_CHECK"]).read_text(encoding="utf-8"))
    steps = check["steps"]
    holdout = Table.read(Path(steps["holdout"]["outputs"]["holdout"]))
    forecasts = forecast(Path(steps["train"]["outputs"]["model"]).read_bytes(), holdout)
    mape = mape_of_weekdays(holdout.texts("date"), forecasts, holdout.numbers("births"))
    Path(check["verdict"]).write_text(json.dumps(verdict(mape)), encoding="utf-8")
    if max(mape.values()) > WORST:
        sys.exit(65)


if __name__ == "__main__":
    main()
