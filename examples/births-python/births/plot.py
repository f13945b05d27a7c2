"""Forecasts beside what happened, as a picture in SVG."""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 900, 320, 60
ACTUAL, FORECAST = "#8a94a3", "#c2410c"


def plot(title: str, dates: Sequence[str], actual: Sequence[float], forecasts: Sequence[float]) -> str:
    low, high = min(*actual, *forecasts), max(*actual, *forecasts)

    def points(births: Sequence[float]) -> str:
        across = (WIDTH - 2 * MARGIN) / max(1, len(births) - 1)
        up = (HEIGHT - 2 * MARGIN) / ((high - low) or 1)
        return " ".join(
            f"{MARGIN + across * day:.1f},{HEIGHT - MARGIN - up * (count - low):.1f}"
            for day, count in enumerate(births)
        )

    right, bottom = WIDTH - MARGIN, HEIGHT - MARGIN
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">
  <rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>
  <text x="{MARGIN}" y="24" font-size="16">{title}</text>
  <text x="{right}" y="24" text-anchor="end"><tspan fill="{ACTUAL}">actual</tspan>
    <tspan fill="{FORECAST}">forecast</tspan></text>
  <path d="M{MARGIN},{MARGIN} V{bottom} H{right}" fill="none" stroke="#d5d9e0"/>
  <text x="{MARGIN - 6}" y="{MARGIN + 5}" text-anchor="end">{high:,.0f}</text>
  <text x="{MARGIN - 6}" y="{bottom}" text-anchor="end">{low:,.0f}</text>
  <text x="{MARGIN}" y="{bottom + 20}">{dates[0]}</text>
  <text x="{right}" y="{bottom + 20}" text-anchor="end">{dates[-1]}</text>
  <polyline points="{points(actual)}" fill="none" stroke="{ACTUAL}" stroke-width="2"/>
  <polyline points="{points(forecasts)}" fill="none" stroke="{FORECAST}" stroke-width="2"/>
</svg>
"""
