"""Learns a number for each weekday, by stochastic gradient descent."""

import math
import random

from wards import step


def train(rows, seed, rounds, eta):
    """The weights, and the loss of every round."""
    order = random.Random(seed
    weights = [0.0] * 8
    losses = []
    for _ in range(rounds):
        for weekday, relative in order.sample(rows, len(rows)):
            weights[weekday] += eta * (relative - weights[weekday])
        losses.append(math.sqrt(sum((y - weights[weekday]) ** 2 for weekday, y in rows) / len(rows)))
    return weights, losses


def read():
    rows = [(step.number(row, "weekday", 7), step.number(row, "relative", 1000)) for row in step.read("features")]
    if not rows or not all(weekday in range(1, 8) for weekday, _ in rows):
        step.refuse("every row needs a weekday from 1 to 7, and there must be rows")
    return [(int(weekday), relative) for weekday, relative in rows]


if __name__ == "__main__":
    weights, losses = train(read(), **step.parameters())
    for number, loss in enumerate(losses, start=1):
        step.log("loss", number, loss)
    step.write_json("weekdays", {"weights": weights[1:]})
