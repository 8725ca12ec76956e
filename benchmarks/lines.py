"""A picture of how something grows: lines over two logarithmic axes, as SVG."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

LINES = (
    ("coding", "coding cpu s", "#1f5fa8"),
    ("linking", "linking cpu s", "#b3541e"),
    ("writing", "writing cpu s", "#5b7d2a"),
)
MEMORY = (
    ("coding", "coding resident MB", "#1f5fa8"),
    ("all", "writing resident MB", "#b3541e"),
)


def picture(found: list[dict[str, Any]]) -> str:
    """Draw time and memory against the number of reports, both on logarithmic axes."""
    panels = panel(found, LINES, 0, "CPU seconds") + panel(found, MEMORY, 380, "MB resident, so far")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 320" '
        'font-family="sans-serif" font-size="12">'
        f'<rect width="760" height="320" fill="white"/>{panels}</svg>\n'
    )


def panel(found: list[dict[str, Any]], lines: tuple[tuple[str, str, str], ...], left: int, title: str) -> str:
    """Draw one pair of axes with its lines."""
    x0, x1 = floor(log10(found[0]["reports"])), ceil(log10(found[-1]["reports"]))
    values = [max(0.1, told[key]) for told in found for _, key, _ in lines]
    y0, y1 = floor(log10(min(values))), ceil(log10(max(values)))

    def at(reports: float, value: float) -> tuple[float, float]:
        across = (log10(reports) - x0) / max(1, x1 - x0)
        up = (log10(max(0.1, value)) - y0) / max(1, y1 - y0)
        return round(left + 60 + across * 240, 1), round(270 - up * 210, 1)

    parts = [f'<text x="{left + 60}" y="30" font-weight="bold">{title}</text>']
    for power in range(x0, x1 + 1):
        x, _ = at(10.0**power, 10.0**y0)
        parts.append(f'<path d="M{x} 60V270" stroke="#ddd"/>')
        parts.append(f'<text x="{x}" y="288" text-anchor="middle">{10**power:,}</text>')
    for power in range(y0, y1 + 1):
        _, y = at(10.0**x0, 10.0**power)
        parts.append(f'<path d="M{left + 60} {y}H{left + 300}" stroke="#ddd"/>')
        parts.append(f'<text x="{left + 54}" y="{y + 4}" text-anchor="end">{10.0**power:,g}</text>')
    ends: dict[str, tuple[float, float, str]] = {}
    for name, key, colour in lines:
        points = [at(told["reports"], told[key]) for told in found]
        drawn = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        ends[name] = (points[-1][1] + 4, points[-1][0] + 6, colour)
    below = 0.0
    for name, (y, x, colour) in sorted(ends.items(), key=lambda end: end[1]):
        below = max(y, below + 14)
        parts.append(f'<text x="{x}" y="{below}" fill="{colour}">{name}</text>')
    parts.append(f'<text x="{left + 180}" y="308" text-anchor="middle">reports</text>')
    return "".join(parts)
