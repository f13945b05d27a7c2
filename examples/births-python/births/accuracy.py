"""How far forecasts are from what happened."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite, sqrt


@dataclass(frozen=True)
class Accuracy:
    """`mape` is a ratio, 0.03 being 3 %; `mae` and `rmse` are births."""

    mape: float
    mae: float
    rmse: float

    @classmethod
    def of(cls, forecasts: Sequence[float], actual: Sequence[float]) -> "Accuracy":
        if not actual:
            raise ValueError("there are no rows, which say nothing about accuracy")
        for row, (forecast, births) in enumerate(zip(forecasts, actual, strict=True), start=1):
            if not isfinite(forecast) or not isfinite(births) or births < 1:
                raise ValueError(f"row {row}: a forecast of {forecast} for {births} births says nothing about accuracy")
        errors = [abs(forecast - births) for forecast, births in zip(forecasts, actual, strict=True)]
        relative = [error / births for error, births in zip(errors, actual, strict=True)]
        return cls(mean(relative), mean(errors), sqrt(mean([error**2 for error in errors])))

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def mean(numbers: Sequence[float]) -> float:
    return float(sum(numbers) / len(numbers))
