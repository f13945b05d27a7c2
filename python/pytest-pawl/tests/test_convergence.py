import json
import math
from pathlib import Path

import pytest

from pytest_pawl import assert_converges, assert_overfits
from pytest_pawl.convergence import ends_below, statistic

CURVES = json.loads((Path(__file__).parent / "golden" / "golden.json").read_text(encoding="utf-8"))["curves"]


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve["name"])
def test_curves_are_judged_as_java_does(curve):
    losses = curve["losses"]
    assert statistic(losses) == (None if curve["z"] is None else pytest.approx(curve["z"], rel=1e-12))
    assert ends_below(losses) == curve["endsBelow"]
    if curve["falls"]:
        assert_converges(losses)
    else:
        with pytest.raises(AssertionError):
            assert_converges(losses)


def test_what_does_not_fall_is_told():
    with pytest.raises(AssertionError) as told:
        assert_converges(range(1, 21))
    assert str(told.value).startswith("'loss' does not fall: from 1 to 20 in 20 rounds (Mann-Kendall, z = ")
    assert str(told.value).endswith("must be below -2.326; it ends where it began, or above)")
    with pytest.raises(AssertionError, match="'mse' has 2 values"):
        assert_converges([2, 1], "mse")
    with pytest.raises(AssertionError, match="'loss' is nan in round 3"):
        assert_converges([5, 4, 3, math.nan, 2, 1, 0])


def test_a_few_records_are_learnt_by_heart():
    assert_overfits([6, 5, 4, 3, 2, 1], below=1.5)
    with pytest.raises(AssertionError, match="'loss' is 1 after 6 rounds, not below 1"):
        assert_overfits([6, 5, 4, 3, 2, 1], below=1)
