"""Count in how many news reports a word stands: the rarity by which linking weighs what two reports share.

python training/link_words.py CORPORA EVENTS
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from geo.incidents.words import forms

LEAST_REPORTS = 6
HEADER = (
    "Words and pairs of capitalised words that are common in news reports, with the number of reports they stand in.",
    "word: folded as by geo/incidents/words.py. reports: of {total} reports. A word that is not listed is rare.",
    "Counted by training/link_words.py on LGL, TR-News, the Syrian war articles of Zenodo record 2607278, and the",
    "development reports of gun violence and of strikes in Syria.",
)


def main(corpora: Path, events: Path) -> None:
    """Count and write."""
    seen: Counter[str] = Counter()
    total = 0
    for text in _texts(corpora, events):
        seen.update(forms(text).keys())
        total += 1
    listed = sorted((w, n) for w, n in seen.items() if n >= LEAST_REPORTS)
    head = [f"# {h.format(total=total)}" for h in HEADER]
    body = [f"{w},{n}" for w, n in listed]
    Path("geo/data/link_words.csv").write_text(
        "\n".join([*head, "word,reports", f"*,{total}", *body]) + "\n", "utf-8"
    )
    print(total, len(listed))


def _texts(corpora: Path, events: Path) -> Iterator[str]:
    for name in ("lgl", "trnews"):
        yield from (d["text"] for d in _lines(corpora / f"{name}.jsonl.gz"))
    with gzip.open(corpora / "fakes.csv.gz", "rt", encoding="utf-8", newline="") as f:
        yield from (row["article_content"] for row in csv.DictReader(f))
    for d in _lines(events / "gva_dev.jsonl.gz"):
        yield from (x["text"] for x in d["docs"][:1])
    yield from (d["text"] for d in _lines(events / "airwars_syria_dev.jsonl.gz"))


def _lines(path: Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
