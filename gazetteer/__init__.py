"""The local gazetteer: the world's place names in one mapped file.

>>> from gazetteer import Gazetteer
>>> with_names = Gazetteer.open()
>>> with_names.find("Khusham")[0].place.country
'SY'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.errors import GazetteerError, IndexFileError, SourceError
from gazetteer.place import Candidate, Place

if TYPE_CHECKING:
    from gazetteer.geocoder import LocalGeocoder
    from gazetteer.lookup import Gazetteer

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "IndexFileError",
    "LocalGeocoder",
    "Place",
    "SourceError",
]


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for."""
    if name == "Gazetteer":
        from gazetteer.lookup import Gazetteer

        return Gazetteer
    if name == "LocalGeocoder":
        from gazetteer.geocoder import LocalGeocoder

        return LocalGeocoder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
