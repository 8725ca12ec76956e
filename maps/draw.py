"""Tables in, a Folium map out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from maps import texts
from maps.basemap import base
from maps.blocks import blocks
from maps.columns import read
from maps.errors import TilesError
from maps.palette import palette
from maps.payload import Payload, payload

if TYPE_CHECKING:
    from collections.abc import Mapping

    import folium
    import pandas as pd

Theme = Literal["auto", "light", "dark"]
NOWHERE = (20.0, 20.0)
"""Latitude and longitude that a map without any place shows."""


def draw(
    tables: Mapping[str, pd.DataFrame],
    *,
    title: str | None = None,
    online: str | None = None,
    lang: str = "en",
    theme: Theme = "auto",
    beside: str | None = None,
) -> folium.Map:
    """Draw the tables as a Folium map, to which anything of Folium may be added.

    Parameters
    ----------
    tables
        Data frames by name; `data/columns.csv` says which columns they must and may have.
    title
        Heading of the page; the language's own where `None`.
    online
        Name of a tile provider as xyzservices has it ("OpenStreetMap Mapnik"), laid over the offline
        base; `None`: the page asks nothing of any network.
    lang
        Language of the page's own words.
    theme
        Light, dark, or as the reader's system is set.
    beside
        Name of a folder beside the page for the texts of accounts and reports, read when an
        incident is opened: for maps of more than some hundred thousand accounts. `maps.save`
        writes it; `None`: everything stands in the page.

    Raises
    ------
    TableError, LanguageError, TilesError, AssetError
        One line that says what is wrong and the mend.
    """
    from maps.elements import Conflict, ConflictMap, Land, Page, Source

    frames = read(tables)
    words = texts.load(lang)
    found = payload(frames)
    heading = title or words["page"]["title"]
    others = {
        "settings": {"title": heading, "theme": theme},
        "texts": words,
        "palette": palette(),
        "base": base(found.lon, found.lat, frames["basemap"], frames["places"]),
    }
    page = Page(blocks(found, others, folder=beside), lang=lang, direction=words["direction"])
    view = _view(found, tiled=online is not None)
    drawn = ConflictMap(page, title=heading, noscript=words["page"]["noscript"], view=view)
    Conflict().add_to(drawn)
    Land(words["page"]["attribution"], overlay=online is not None).add_to(drawn)
    if online is not None:
        _tiles(online).add_to(drawn)
    for number, source in enumerate(found.sources):
        Source(source or words["list"]["unknown_source"], number).add_to(drawn)
    return drawn


def _view(found: Payload, *, tiled: bool) -> dict[str, Any]:
    """Give Leaflet's options; the page fits the view to the data when it opens."""
    import numpy as np

    known = ~(np.isnan(found.lat) | np.isnan(found.lon))
    middle = (found.lat[known].mean(), found.lon[known].mean()) if known.any() else NOWHERE
    return {
        "location": [round(float(axis), 4) for axis in middle],
        "zoom_start": 5,
        "maxZoom": 17,
        "minZoom": 2,
        "zoomSnap": 1 if tiled else 0.5,
        "zoomDelta": 1,
        "worldCopyJump": True,
    }


def _tiles(provider: str) -> folium.TileLayer:
    import folium
    import xyzservices.providers as known  # type: ignore[import-untyped]

    try:
        found = known.query_name(provider)
    except ValueError as fault:
        raise TilesError(f"no tile provider is called {provider!r}; try 'OpenStreetMap Mapnik'") from fault
    if found.requires_token():
        raise TilesError(
            f"tiles of {found.name} need a key; add them to the map yourself as a folium.TileLayer"
        )
    layer = folium.TileLayer(found, overlay=False)
    layer._id = "online"  # noqa: SLF001 - branca draws ids by chance; the same page must be the same bytes
    return layer
