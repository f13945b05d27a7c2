import csv
import itertools
import math

import pytest

from pytest_pawl import assert_bears, assert_finite, assert_repeatable, hostile_tables
from pytest_pawl.hostile import Kind

DAYS = "date,births\n1969-01-01,8486\n1969-01-02,9002\n1969-01-03,9542\n"


def births(path):
    with path.open(encoding="utf-8") as file:
        values = [float(row["births"] or "nan") for row in csv.DictReader(file)]
    if not values or not all(map(math.isfinite, values)):
        raise ValueError("births must be finite numbers")
    return values


def shares(path):
    values = births(path)
    total = sum(values)
    return [value / total if total else 0.0 for value in values]


def table(kind):
    return next(table for table in hostile_tables(DAYS) if table.kind is kind)


@pytest.mark.parametrize("hostile", hostile_tables(DAYS), ids=lambda table: table.kind.name)
def test_a_careful_function_bears_all(hostile):
    assert_bears(hostile, shares)


def test_a_division_by_zero_fails_with_the_smallest_table(tmp_path):
    with pytest.raises(AssertionError) as told:
        assert_bears(table(Kind.ZERO), lambda path: [1 / value for value in births(path)], folder=tmp_path / "kept")
    assert str(told.value) == (
        "with nothing but 0 in column births, 1 row: it raised ZeroDivisionError: float division by zero\n"
        f"the table: {tmp_path}/kept/ZERO.csv\ndate,births\n1969-01-03,0"
    )
    assert (tmp_path / "kept" / "ZERO.csv").read_text() == "date,births\n1969-01-03,0\n"


def test_values_that_get_lost_fail_unless_the_table_lacks_some():
    def lossy(path):
        return {"share": [value or math.nan for value in births(path)]}

    with pytest.raises(AssertionError, match="column 'result.share' lacks 1 values where it lacked 0"):
        assert_bears(table(Kind.ZERO), lossy)
    assert_bears(table(Kind.MISSING), lambda path: {"share": [math.nan]})


def test_infinite_values_and_a_score_of_nan_fail():
    with pytest.raises(AssertionError, match=r"result\[0\] is inf"):
        assert_bears(table(Kind.HUGE), lambda _: [math.inf])
    with pytest.raises(AssertionError, match="result.mape is nan"):
        assert_bears(table(Kind.NAN), lambda _: {"mape": math.nan})


def test_finite():
    assert_finite({"a": [1, 2.5], "b": "text", "c": True})
    with pytest.raises(AssertionError, match="weights.layer is inf"):
        assert_finite({"layer": math.inf}, "weights")
    with pytest.raises(AssertionError, match="1 values of result are missing"):
        assert_finite([1, math.nan])


def test_repeatable(tmp_path):
    assert assert_repeatable(lambda: {"a": [1, math.nan]})["a"][0] == 1
    counter = itertools.count()
    with pytest.raises(AssertionError, match=r"\(result.a\[1\] is 0, then 1\)"):
        assert_repeatable(lambda: {"a": [7, next(counter)]})
    with pytest.raises(AssertionError, match=r"\(result, line 2 is 'b', then 'c'\)"):
        texts = iter([b"a\nb\n", b"a\nc\n"])
        assert_repeatable(lambda: next(texts))
