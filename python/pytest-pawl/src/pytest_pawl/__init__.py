"""Pawl's checks as ordinary tests: hostile inputs, convergence, repeatability, the step contract.

They mean exactly what Pawl's CI checks and its test kit for Java mean; shared golden cases hold them together.
"""

from pytest_pawl.convergence import assert_converges, assert_overfits
from pytest_pawl.hostile import HostileTable, hostile_tables
from pytest_pawl.judge import assert_bears, assert_finite
from pytest_pawl.repeatable import assert_repeatable
from pytest_pawl.shrink import smallest
from pytest_pawl.step import Step, StepRun

__all__ = [
    "HostileTable",
    "Step",
    "StepRun",
    "assert_bears",
    "assert_converges",
    "assert_finite",
    "assert_overfits",
    "assert_repeatable",
    "hostile_tables",
    "smallest",
]
