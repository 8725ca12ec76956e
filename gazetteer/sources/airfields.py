"""Airfields and air bases from the package airportsdata."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

from gazetteer.sources.entry import Entry, distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

_MILITARY = re.compile(r"\b(?:air base|air force|airbase|army|naval|military|aaf|afb|raf)\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:international|regional|municipal|county|airport|city|air|air force|army|naval|heliport)\b",
    re.IGNORECASE,
)


class Airfields:
    """Rows of airportsdata by ICAO code."""

    name = "airportsdata"
    licence = "MIT"

    def entries(self) -> Iterator[Entry]:
        """Yield the airfields, sorted by ICAO code."""
        import airportsdata

        for icao, row in sorted(airportsdata.load("ICAO").items()):
            name = str(row["name"]).strip()
            if not name:
                continue
            codes = (icao, str(row["iata"]))
            yield Entry(
                id=f"icao:{icao}", name=name, alternates=_forms(name, str(row["city"]).strip()),
                codes=distinct(codes),
                feature="S.AIRB" if _MILITARY.search(name) else "S.AIRP", country=str(row["country"]),
                lat=float(row["lat"]), lon=float(row["lon"]),
            )  # fmt: skip

    def fingerprint(self) -> str:
        """Name the version of the package."""
        return f"airportsdata {version('airportsdata')}"


def _forms(name: str, city: str) -> tuple[str, ...]:
    """Other words for the same: without "International", without the city, "Air Base" as one word."""
    plain = re.sub(r"\s+(?:International|Regional|Municipal)(?= Airport)", "", name)
    local = [
        form.removeprefix(city).strip(" -\u2013/")
        for form in (name, plain)
        if city and form.startswith(f"{city} ")
    ]
    own = [form for form in local if len(form.split()) > 1 and not _GENERIC.match(form)]
    joined = name.replace("Air Base", "Airbase")
    return tuple(form for form in distinct((plain, joined, *own)) if form != name)
