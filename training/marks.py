"""Compare a table of gazetteer/data/lists with a copy of the map module that it was taken from.

Usage: python training/marks.py TABLE.csv MODULE

MODULE is the text of Wikipedia's "Module:... detailed map" as the wiki keeps it (Lua), or a copy in which
links are written as Markdown. Prints the rows that no mark bears out, and ends with 1 if there are any.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gazetteer.names import fold
from gazetteer.sphere import distance_km

_MARK = re.compile(
    r"lat\s*=\s*\"?(-?[\d.]+)\"?\s*,\s*long\s*=\s*\"?(-?[\d.]+)\"?[^{}]*?label\s*=\s*(.*?)\s*,\s*(?:link|label_size)",
    re.DOTALL,
)
_LINK = re.compile(r"\]\([^ ]*(?: \"wikilink\")?\)|\[\[[^\]|]*\||[\[\]`\"]")
_ROUNDED_KM = 0.2

Mark = tuple[str, float, float]


def marks(text: str) -> Iterator[Mark]:
    """Yield label, latitude and longitude of each mark that has a label."""
    for found in _MARK.finditer(text):
        label = " ".join(re.sub(r"`\s*`", " ", _LINK.sub(" ", found[3])).split())
        if label:
            yield label, float(found[1]), float(found[2])


def astray(table: list[dict[str, str]], known: list[Mark]) -> list[str]:
    """List the rows without a mark of their name and place, and how far the nearest of that name is."""
    by_name: dict[str, list[Mark]] = {}
    for mark in known:
        for part in re.split(r"[/()]", mark[0]):
            by_name.setdefault(_plain(part), []).append(mark)
    told = []
    for row in table:
        near = by_name.get(_plain(row["name"]), [])
        apart = min(
            (distance_km(float(row["lat"]), float(row["lon"]), lat, lon) for _, lat, lon in near),
            default=None,
        )
        if apart is None or apart > _ROUNDED_KM:
            told.append(
                f"{row['id']}: " + ("no mark of that name" if apart is None else f"{apart:.1f} km off")
            )
    return told


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(name))


def main() -> int:
    """Compare and print."""
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    with Path(sys.argv[1]).open(encoding="utf-8") as file:
        table = list(csv.DictReader(line for line in file if not line.startswith("#")))
    told = astray(table, list(marks(Path(sys.argv[2]).read_text(encoding="utf-8"))))
    print(*told, f"{len(table) - len(told)} of {len(table)} rows stand in the module", sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
