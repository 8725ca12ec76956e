"""Tables in, a Folium map out: every source's version on one offline page.

`draw(tables)` gives a `folium.Map`, `save(map_or_tables, path)` one HTML file, `screenshot(html,
png)` its picture. The package knows only the tables it draws (`data/columns.csv`).
"""

from __future__ import annotations

from maps.draw import draw
from maps.errors import MapError
from maps.picture import picture, screenshot
from maps.write import save

__all__ = ["MapError", "draw", "picture", "save", "screenshot"]
