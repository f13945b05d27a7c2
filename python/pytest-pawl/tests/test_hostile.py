import hashlib
import json
from pathlib import Path

import pytest

from pytest_pawl import hostile_tables, smallest
from pytest_pawl.hostile import Kind, as_java_writes

GOLDEN = Path(__file__).parent / "golden"
CASES = json.loads((GOLDEN / "golden.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["tables"], ids=lambda case: f"{case['table']}-{case['seed']}")
def test_the_tables_are_those_that_java_makes(case):
    tables = hostile_tables(GOLDEN / case["table"], case["seed"])
    assert [table.kind.name for table in tables] == [one["kind"] for one in case["cases"]]
    for table, expected in zip(tables, case["cases"], strict=True):
        csv = table.csv()
        assert table.words() == expected["words"]
        assert csv == expected.get("csv", csv)
        assert hashlib.sha256(csv.encode()).hexdigest() == expected["sha256"]


def test_only_what_fits_the_columns_is_there():
    kinds = {table.kind for table in hostile_tables("a\n1\n")}
    assert Kind.UNSEEN_CATEGORY not in kinds and Kind.LONG_TEXT not in kinds
    assert Kind.NAN in kinds and Kind.EMPTY_TABLE in kinds


@pytest.mark.parametrize(
    "number, written",
    [(0.0, "0.0"), (1e-3, "0.001"), (5e-4, "5.0E-4"), (9999999.5, "9999999.5"), (1e7, "1.0E7"), (-1.065542e7, "-1.065542E7"),
     (1.5e300, "1.5E300"), (float("inf"), "Infinity")],
)
def test_numbers_are_written_as_in_java(number, written):
    assert as_java_writes(number) == written


def test_a_failing_table_is_made_small():
    rows = "".join(f"{i},{i},t{i}\n" for i in range(100))
    zeros = next(t for t in hostile_tables("a,b,c\n" + rows) if t.kind is Kind.ZERO)
    tried = []

    def fails(table):
        tried.append(table)
        return "b" in table.columns and {70, 71} <= set(table.rows)

    small = smallest(zeros, fails, 100)
    assert small.csv() == "a,b,c\n70,0,t70\n71,0,t71\n"
    assert len(tried) < 60
    tried.clear()
    smallest(zeros, lambda table: tried.append(table) or True, 5)
    assert len(tried) == 5


def test_what_is_no_table_is_refused():
    with pytest.raises(ValueError, match="without rows"):
        hostile_tables("a,b\n")
    with pytest.raises(ValueError, match="table.csv:3: 1 cells where the header has 2"):
        hostile_tables("a,b\n1,2\n3\n")
    with pytest.raises(ValueError, match="does not end"):
        hostile_tables('a,b\n1,"2\n')
