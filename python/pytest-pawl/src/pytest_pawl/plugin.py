"""The marker `hostile`, and the fixtures `hostile` and `pawl_step`."""

from pathlib import Path

import pytest

from pytest_pawl.hostile import hostile_tables
from pytest_pawl.step import Step


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "hostile(table, seed=1): runs the test once with each hostile table made of a good one, a CSV file beside the"
        " configuration of pytest; the test gets it as the argument 'hostile'",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("hostile")
    if marker is None:
        return
    if "hostile" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: marked 'hostile', but has no argument 'hostile'")
    try:
        tables = _tables(metafunc.config.rootpath, *marker.args, **marker.kwargs)
    except (OSError, TypeError, ValueError) as error:
        raise pytest.UsageError(f"{metafunc.definition.nodeid}: @pytest.mark.hostile: {error}") from error
    metafunc.parametrize("hostile", tables, ids=[table.kind.name.lower() for table in tables])


def _tables(root: Path, table: "str | Path", seed: int = 1):
    return hostile_tables(table if "\n" in str(table) else root / table, seed)


@pytest.fixture
def pawl_step(request: pytest.FixtureRequest, tmp_path: Path):
    """Makes a `Step` whose files lie in the test's own folder; the project is where pytest's configuration is."""

    def make(command: str, **settings) -> Step:
        return Step(command, **{"project": request.config.rootpath, "folder": tmp_path, **settings})

    return make
