"""Whether a loss falls: the test of Mann and Kendall at rounds that lie further apart the later they are, as Pawl's check."""

import math
from collections import Counter
from collections.abc import Iterable

FEWEST = 6
_Z_AT_ALPHA = -2.3263478740408408  # alpha = 0.01
_MOST = 20
_PART_AT_THE_END = 10


def assert_converges(losses: Iterable[float], name: str = "loss") -> None:
    """Requires that a loss, round after round, falls, and that its end is below its beginning."""
    curve = _enough(losses, name)
    z, below = statistic(curve), ends_below(curve)
    if not (z is not None and z < _Z_AT_ALPHA and below):
        raise AssertionError(
            f"'{name}' does not fall: from {curve[0]:.4g} to {curve[-1]:.4g} in {len(curve)} rounds"
            f" (Mann-Kendall, z = {z or 0:.4g}, must be below {_Z_AT_ALPHA:.4g}"
            f"{'' if below else '; it ends where it began, or above'})"
        )


def assert_overfits(losses: Iterable[float], below: float, name: str = "loss") -> None:
    """Requires that a few records are learnt by heart: what cannot even do that will not learn more."""
    curve = _enough(losses, name)
    if not curve[-1] < below:
        raise AssertionError(
            f"'{name}' is {curve[-1]:.4g} after {len(curve)} rounds, not below {below:.4g}:"
            " it cannot even learn these records by heart"
        )


def statistic(curve: list[float]) -> float | None:
    """Standard normal where there is no trend; None where nothing can be said."""
    if len(curve) < FEWEST:
        return None
    values = _spread(curve)
    s = sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])
    variance = (_term(len(values)) - sum(_term(count) for count in Counter(values).values())) / 18
    return None if variance == 0 else (s + 1) / math.sqrt(variance)


def ends_below(curve: list[float]) -> bool:
    """Whether the median of the last tenth is below the first value."""
    count = max(1, len(curve) // _PART_AT_THE_END)
    return sorted(curve[-count:])[count // 2] < curve[0]


def _enough(losses: Iterable[float], name: str) -> list[float]:
    curve = [float(loss) for loss in losses]
    if len(curve) < FEWEST:
        raise AssertionError(f"'{name}' has {len(curve)} values; log one for each round, {FEWEST} at least")
    for round_number, loss in enumerate(curve):
        if not math.isfinite(loss):
            raise AssertionError(f"'{name}' is {loss} in round {round_number}")
    return curve


def _spread(curve: list[float]) -> list[float]:
    """The first values, then fewer and fewer, and the last one."""
    chosen = (math.floor(len(curve) ** (i / (_MOST - 1)) + 0.5) - 1 for i in range(_MOST))
    return [curve[i] for i in dict.fromkeys(chosen)]


def _term(count: int) -> float:
    return count * (count - 1) * (2 * count + 5)
