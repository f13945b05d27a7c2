from datetime import date

import pytest

from births.history import History
from births.traffic import replay

HISTORY = History(date(1969, 1, 1), tuple(9000.0 + day for day in range(100)))


class Server:
    """Notes what it is asked, and is 10 % off."""

    def __init__(self):
        self.events = []

    def forecast(self, day, features):
        self.events.append(("forecast", day))
        return HISTORY.on(day) * 1.1

    def label(self, births):
        self.events.append(("label", births))

    def rest(self):
        self.events.append(("rest", None))

    def all(self, kind):
        return [what for event, what in self.events if event == kind]


@pytest.fixture
def server():
    server = Server()
    replay(server, HISTORY, date(1969, 1, 20), date(1969, 2, 20))
    return server


def test_every_day_is_forecast_and_every_label_follows_when_it_is_known(server):
    assert len(server.all("forecast")) == 32
    labels = server.all("label")
    assert [len(known) for known in labels] == [1, 7, 7, 17]
    assert labels[0] == {date(1969, 1, 20): (9019.0, date(1969, 2, 3))}
    assert sum(map(len, labels)) == 32


def test_after_labels_the_loop_comes_to_rest_before_the_next_day(server):
    kinds = [kind for kind, _ in server.events]
    assert kinds[13:17] == ["forecast", "label", "rest", "forecast"]


def test_the_error_of_a_year_is_told(capsys):
    replay(Server(), HISTORY, date(1969, 1, 20), date(1969, 1, 24))
    assert capsys.readouterr().out == "1969-01-20 to 1969-01-24: 5 forecasts, 10.00% off (MAPE)\n"
