"""Makes a hostile table that fails smaller (delta debugging: Zeller and Hildebrandt, 2002)."""

from collections.abc import Callable

from pytest_pawl.hostile import HostileTable

MOST_TO_SHRINK = 40


def smallest(failing: HostileTable, fails: Callable[[HostileTable], bool], most: int = MOST_TO_SHRINK) -> HostileTable:
    """One column if one is enough, and few rows; `fails` is asked so often at the most."""
    left = most

    def still_fails(table: HostileTable) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and fails(table)

    if len(failing.columns) > 1:
        single = (failing.only(columns=[column]) for column in failing.columns)
        failing = next((table for table in single if still_fails(table)), failing)
    parts = 2
    while len(failing.rows) > 1 and left > 0:
        smaller = next((table for table in _without_a_part(failing, parts) if still_fails(table)), None)
        if smaller is not None:
            failing, parts = smaller, max(2, parts - 1)
        elif parts >= len(failing.rows):
            break
        else:
            parts = min(len(failing.rows), 2 * parts)
    return failing


def _without_a_part(table: HostileTable, parts: int):
    count = len(table.rows)
    for part in range(parts):
        kept = table.rows[: count * part // parts] + table.rows[count * (part + 1) // parts :]
        if kept:
            yield table.only(rows=kept)
