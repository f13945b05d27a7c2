"""The hospital group's application: asks Pawl for a forecast of every day, and says what really happened once known.

It replays the past in event time: `python3 -m births.traffic --url URL --from 1971-01-01 --to 1988-12-31`.
"""

import argparse
import sys
from datetime import date, timedelta
from pathlib import Path

from births.accuracy import Accuracy
from births.features import features
from births.history import History
from births.server import PawlServer, Refused
from births.table import Table

DELAY = timedelta(days=14)
WEEK = 7


def main() -> None:
    options = parser().parse_args()
    history = History.of(Table.read(options.data))
    try:
        replay(PawlServer(options.url, options.model), history, options.first, options.last)
    except Refused as refused:
        sys.exit(str(refused))


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="births.traffic", description="Replays days gone by as live traffic.")
    parser.add_argument("--url", required=True, help="of the Pawl server")
    parser.add_argument(
        "--from", dest="first", required=True, type=date.fromisoformat, help="first day, such as 1971-01-01"
    )
    parser.add_argument("--to", dest="last", required=True, type=date.fromisoformat, help="last day")
    parser.add_argument("--data", default=Path("data/births.csv"), type=Path, help="what really happened")
    parser.add_argument("--model", default="births-python")
    return parser


def replay(server: PawlServer, history: History, first: date, last: date) -> None:
    """Asks for one day after the other, as if it were today."""
    forecasts: dict[date, float] = {}
    unlabelled: list[date] = []
    for day in days(first, last):
        if (day - first).days % WEEK == 0:
            unlabelled = post_known(server, history, unlabelled, today=day)
        forecasts[day] = server.forecast(day, features(history, day, DELAY.days))
        unlabelled.append(day)
        if day == last or day == date(day.year, 12, 31):
            print(said(history, forecasts), flush=True)
            forecasts.clear()
    post_known(server, history, unlabelled, today=last + DELAY)


def post_known(server: PawlServer, history: History, unlabelled: list[date], today: date) -> list[date]:
    """Posts the labels that are known today; gives the days that still have none.

    Then it waits until Pawl's loop has no work left: a retraining takes no event time, so the days must not rush past.
    """
    known = [day for day in unlabelled if day + DELAY <= today]
    if known:
        server.label({day: (history.on(day), day + DELAY) for day in known})
        server.rest()
    return unlabelled[len(known) :]


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def said(history: History, forecasts: dict[date, float]) -> str:
    mape = Accuracy.of(list(forecasts.values()), [history.on(day) for day in forecasts]).mape
    return f"{min(forecasts)} to {max(forecasts)}: {len(forecasts)} forecasts, {mape:.2%} off (MAPE)"


if __name__ == "__main__":
    main()
