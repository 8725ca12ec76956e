"""Places read out of news: quality on unseen texts, speed, memory, and how sure a reference is, beside peers.

Usage: python -m benchmarks.places [--data FOLDER] [--write]

FOLDER holds lgl.jsonl.gz and trnews.jsonl.gz (documents with gold toponyms, not part of the project); the
project's figures come from models that are made anew for each of five folds without the texts of that fold.
Peers have learnt from none of them. flashgeotext and geotext give no points: a name gets the best known
place's of our gazetteer. `--write` keeps the section in benchmarks/RESULTS.md, the picture in
docs/pictures and the reliability table in docs/places.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.place_picture import picture
from benchmarks.place_readers import READERS
from benchmarks.results import keep, table
from benchmarks.toponyms import Tally
from gazetteer import Gazetteer
from geo.mentions.recognizers import GazetteerRecognizer
from geo.places.refer import find_places
from training.common import Text, corpus, gold_reports
from training.confidence import Case, cases, crossed, gap, reliability
from training.folds import folds

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "data" / "corpora"
GOLD = ROOT / "tests" / "gold"
PAGE = ROOT / "docs" / "places.md"
PICTURE = ROOT / "docs" / "pictures" / "places.svg"
ALONE = "conflictmap, recognition and resolution alone"
NAMES = {"lgl": "LGL", "trnews": "TR-News", "gold": "gold, train"}
QUALITY = """Made by `python -m benchmarks.places --write`. conflictmap's figures on LGL, TR-News and the gold
train split are those of five folds, each read by models made without it; on the gold test split, of the
packaged models. Recognition: F1 by overlap, all names, governments and peoples among them; resolution: share
within 161 km (gold: its own tolerance) of names found; end to end: F1 of both."""
SPEED = """Speed on LGL, one process, MB of text a CPU second: the first pass over it, and the best of three,
when every name was met before. Cold: user + sys seconds to the first result, and resident MB then. MB:
resident after the passes, the corpus itself and the mapped pages of the gazetteer among it."""
Tallies = dict[str, dict[str, Tally]]


def main() -> None:
    """Measure, print and perhaps keep the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the corpora")
    parser.add_argument("--write", action="store_true", help="keep section and picture")
    asked = parser.parse_args()
    tallies, told = quality(asked.data)
    alone = {name: child(name, asked.data) for name in READERS}
    section = written(tallies, told, alone)
    print(section)
    if asked.write:
        keep("places", section)
        keep("reliability", reliability_table(told), PAGE)
        points = {
            (tool, NAMES[c]): (alone[tool]["steady"], of[c].end_to_end)
            for tool, of in tallies.items()
            for c in ("lgl", "trnews")
        }
        PICTURE.write_text(picture(points), "utf-8")


def quality(data: Path) -> tuple[Tallies, list[tuple[Case, float]]]:
    """Score every reader by corpus, and the project's confidence, on texts its models have not seen."""
    gazetteer = Gazetteer.open()
    texts = [*corpus(data, "lgl"), *corpus(data, "trnews"), *gold_reports(GOLD, "train")]
    tallies: Tallies = {name: {c: Tally() for c in NAMES} for name in READERS if name != ALONE}
    found: list[Case] = []
    for fold in folds(gazetteer, texts):
        own = GazetteerRecognizer(gazetteer, fold.recognition)
        found += cases(gazetteer, fold)
        for t in fold.unseen:
            refs = find_places(gazetteer, t.document, own, fold.resolution)
            placed = [(r.mention.start, r.mention.end, r.place.lat, r.place.lon) for r in refs if r.place]
            tallies["conflictmap"][t.corpus].add(t, placed)
    for name in ("flashgeotext", "geotext"):
        read = READERS[name]()
        for t in texts:
            tallies[name][t.corpus].add(t, read(t.document.report.text))
    tallies["conflictmap"]["gold, test"] = held_out(gazetteer, list(gold_reports(GOLD, "test")))
    return tallies, crossed(found)


def held_out(gazetteer: Gazetteer, texts: Sequence[Text]) -> Tally:
    """Score the packaged models on texts that neither they nor a rule was made from."""
    tally = Tally()
    for t in texts:
        refs = [r for r in find_places(gazetteer, t.document) if r.place]
        tally.add(t, [(r.mention.start, r.mention.end, r.place.lat, r.place.lon) for r in refs if r.place])
    return tally


def child(name: str, data: Path) -> dict[str, float]:
    """Measure the speed and memory of one reader in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.place_speed", name, str(data / "lgl.jsonl.gz")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout))


def written(tallies: Tallies, told: list[tuple[Case, float]], alone: dict[str, dict[str, float]]) -> str:
    """Write the section."""
    quality_rows = [
        (name, NAMES.get(c, c), f"{t.recognition:.2f}", f"{t.resolution:.2f}", f"{t.end_to_end:.2f}")
        for name, of in tallies.items()
        for c, t in of.items()
    ]
    speed_rows = [
        (
            name,
            f"{a['first']:.1f}",
            f"{a['steady']:.1f}",
            f"{a['cold_s']:.2f}",
            f"{a['cold_mb']:.0f}",
            f"{a['mb']:.0f}",
        )
        for name, a in alone.items()
    ]
    quality_table = table(("tool", "corpus", "recognition", "resolution", "end to end"), quality_rows)
    speed_table = table(("tool", "first", "steady", "cold s", "cold MB", "MB"), speed_rows)
    sure = f"Confidence on unseen folds (mean gap to the share right: {gap(told):.3f}):"
    parts = ("## Places", QUALITY, quality_table, SPEED, speed_table, sure, reliability_table(told))
    return "\n\n".join(parts)


def reliability_table(told: list[tuple[Case, float]]) -> str:
    """Write how many references of each confidence are right, by corpus."""
    by_corpus = {
        c: {row[:2]: row for row in reliability([x for x in told if x[0].corpus == c])} for c in NAMES
    }
    rows = []
    for low, high, n, mean, right in reliability(told):
        cells = [by_corpus[c].get((low, high)) for c in NAMES]
        shares = [f"{cell[4]:.2f} of {cell[2]:,}" if cell else "–" for cell in cells]
        rows.append((f"{low:.2f}–{high:.2f}", f"{n:,}", f"{mean:.2f}", f"{right:.2f}", *shares))
    return table(("confidence", "references", "mean", "right", *NAMES.values()), rows)


if __name__ == "__main__":
    main()
