from pathlib import Path

import pytest

from births import steps
from births.table import Table

DATA = Path(__file__).parent.parent / "data" / "births.csv"


@pytest.fixture(scope="session")
def births() -> Table:
    return steps.ingest(Table.read(DATA))


@pytest.fixture(scope="session")
def features(births: Table) -> Table:
    """What was known at the end of 1970."""
    return steps.features(births.first(716), lag_days=14)
