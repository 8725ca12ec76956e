from __future__ import annotations

import re

import pytest

from maps import assets
from maps.datafiles import toml
from maps.errors import DataFileError
from maps.palette import palette

LEAST = 3.0
"""Contrast that WCAG 2.1 (1.4.11) asks of what carries meaning."""
TEXT = 4.5
"""Contrast that it asks of text (1.4.3)."""


def luminance(colour: str) -> float:
    if len(colour) == 4:
        colour = "#" + "".join(2 * digit for digit in colour[1:])
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def inks(theme: str) -> dict[str, str]:
    light, dark = assets.style().split(':root[data-theme="dark"]', 1)
    part = light if theme == "light" else dark.split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", part))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_outlines_stand_out_from_land_and_sea(theme: str) -> None:
    ground = inks(theme)
    for entry in [*palette()["colour"], palette()["other"]]:
        for name in ("land", "water", "surface"):
            assert contrast(entry[theme], ground[name]) >= LEAST, (entry, name)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read(theme: str) -> None:
    found = inks(theme)
    for ink in ("text", "muted", "accent"):
        for ground in ("surface", "faint"):
            assert contrast(found[ink], found[ground]) >= TEXT, (ink, ground)
    assert contrast(found["town"], found["land"]) >= TEXT
    assert contrast(found["bar"], found["surface"]) >= LEAST


def test_every_event_type_has_a_shape_of_its_own() -> None:
    shapes = palette()["shape"]
    assert len(shapes) == 6
    assert len(set(shapes.values())) == 6


def test_an_unknown_shape_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = palette() | {"shape": {"Battles": "heart"}}
    monkeypatch.setattr("maps.palette.toml", lambda _: broken)
    with pytest.raises(DataFileError, match="no shape heart; there are"):
        palette()
    assert toml is not None
