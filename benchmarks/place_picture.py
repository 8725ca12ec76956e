"""Quality against speed as an SVG picture."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 380, 60, 130, 30, 50
SLOWEST, FASTEST = 1.0, 100.0
COLOURS = ("#1b6ca8", "#c8553d")
SPEEDS = (1, 3, 10, 30, 100)
SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def picture(points: Mapping[tuple[str, str], tuple[float, float]]) -> str:
    """Draw end-to-end F1 against megabytes a CPU second, by tool and corpus."""
    corpora = list(dict.fromkeys(corpus for _, corpus in points))
    marks = [
        _mark(speed, f1, f"{tool}, {corpus}: {f1:.2f}", COLOURS[corpora.index(corpus)])
        for (tool, corpus), (speed, f1) in points.items()
    ]
    grid = [_line(_x(v), _y(0), "V", _y(1)) for v in SPEEDS]
    grid += [_line(LEFT, _y(v), "H", _x(FASTEST)) for v in SHARES]
    across = [_text(_x(v), HEIGHT - BOTTOM + 18, f"{v}", "middle") for v in SPEEDS]
    up = [_text(LEFT - 8, _y(v) + 4, f"{v:.1f}", "end") for v in SHARES]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-label="End-to-end F1 against megabytes of text a CPU second" '
        'font-family="sans-serif" font-size="12" fill="#333">'
    )
    below = _text(WIDTH / 2, HEIGHT - 10, "MB of text a CPU second", "middle")
    above = _text(LEFT, 18, "Names found and placed within 161 km, F1", "start")
    ground = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    return "\n".join((head, ground, *grid, *across, *up, above, below, *marks, "</svg>\n"))


def _x(speed: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log(speed / SLOWEST) / math.log(FASTEST / SLOWEST)


def _y(f1: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * f1


def _mark(speed: float, f1: float, words: str, colour: str) -> str:
    dot = f'<circle cx="{_x(speed):.1f}" cy="{_y(f1):.1f}" r="6" fill="{colour}"/>'
    return dot + _text(_x(speed) + 10, _y(f1) + 4, words, "start")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _line(x: float, y: float, way: str, to: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f}{way}{to:.1f}" stroke="#ddd"/>'
