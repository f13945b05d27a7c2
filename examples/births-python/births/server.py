"""Pawl over HTTP, as the application that wants forecasts sees it."""

import json
import time
from collections.abc import Mapping
from datetime import date
from math import isnan
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

MOST_TRIES = 60
SECONDS_BETWEEN_TRIES = 0.5
SECONDS_TO_REST = 120


class Refused(Exception):
    """The server said no, or nothing at all."""


class PawlServer:
    """A server that is down or starting is asked again with the same ids: what it has taken it does not take twice."""

    def __init__(self, url: str, model: str) -> None:
        self.url = url.rstrip("/")
        self.model = model
        self.opener = build_opener(ProxyHandler({}))

    def forecast(self, day: date, features: list[float]) -> float:
        """Asks for the births of a day. JSON has no NaN: a missing value is null."""
        data = [None if isnan(value) else value for value in features]
        answer = self.send(
            f"/v2/models/{self.model}/infer",
            {
                "id": self.id(day),
                "parameters": {"event_time": day.isoformat()},
                "inputs": [{"name": "features", "shape": [1, len(data)], "datatype": "FP32", "data": data}],
            },
        )
        return float(answer["outputs"][0]["data"][0])

    def label(self, births: Mapping[date, tuple[float, date]]) -> None:
        """Says how many births there really were on which days, and when each became known."""
        labels = [
            {"prediction": self.id(day), "value": count, "known_at": known_at.isoformat()}
            for day, (count, known_at) in births.items()
        ]
        self.send(f"/api/models/{self.model}/labels", {"labels": labels})

    def rest(self) -> None:
        """Waits until Pawl has digested everything: windows closed, models trained, champions changed."""
        self.send(f"/api/quiet?within={SECONDS_TO_REST}")

    def id(self, day: date) -> str:
        return f"{self.model}-{day}"

    def send(self, path: str, body: dict[str, Any] | None = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"Content-Type": "application/json"})
        for _ in range(MOST_TRIES):
            try:
                with self.opener.open(request, timeout=SECONDS_TO_REST + 30) as response:
                    return json.load(response)
            except HTTPError as error:
                failure = f"{path}: {error.code} {error.read().decode().strip()}"
                if error.code != 503 or body is None:
                    raise Refused(failure) from None
            except (URLError, ConnectionError) as error:
                failure = f"{self.url} does not answer: {error}"
            time.sleep(SECONDS_BETWEEN_TRIES)
        raise Refused(failure)
