"""How well the gold reports are coded: `python -m benchmarks.gold` prints the figures, --write keeps them."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.results import keep, table
from gazetteer import Gazetteer
from geo import pipeline, reports
from geo.scoring import Ratio, Scores, read_gold, score_reports

GOLD = Path(__file__).parents[1] / "tests" / "gold"
SPLITS = ("train", "test", None)
TOLD = {
    "recognition": "place names found, F1",
    "literal": "a place or its government told apart",
    "resolution": "the right place, of literal names found (161 km)",
    "end_to_end": "places end to end, F1",
    "main_recall": "main event of a report found",
    "events": "all events, F1",
    "sub_type": "sub-type right, of events found",
    "initiator": "initiator right, of events found",
    "target": "target right, of events found",
    "claims": "casualty claims, F1",
    "claimant": "claimant right, of claims found",
    "links": "events of several reports linked, F1",
    "b_cubed": "incidents, B³",
    "quiet": "reports without an event left quiet",
}
NOTE = """58 reports in our own words (`tests/gold`), 18 of them held out as the test split. Rules and weights
were made on the train split and on the development reports in `tests/gold_dev`. Made by
`python -m benchmarks.gold --write`."""


def main() -> None:
    """Score every split, print and perhaps keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    asked = parser.parse_args()
    scores = scored()
    rows = [(words, *(figure(s, name) for s in scores)) for name, words in TOLD.items()]
    section = f"## Gold reports\n\n{NOTE}\n\n{table(('what', 'train', 'test', 'all'), rows)}"
    print(section)
    if asked.write:
        keep("gold", section)


def scored() -> list[Scores]:
    """Code the gold reports with the packaged gazetteer and score each split."""
    names = Gazetteer.open()
    read = reports.read([str(GOLD / "reports.jsonl")], on_problem=print)
    coded = [pipeline.code(names, report) for report in read]
    incidents = pipeline.link_all(coded)
    answers = read_gold(GOLD)
    return [score_reports(answers, coded, incidents, split=split) for split in SPLITS]


def figure(scores: Scores, name: str) -> str:
    """Write a share with two decimals; F1 where there are precision and recall."""
    value = getattr(scores, name)
    value = value.f1 if isinstance(value, Ratio) else value
    return f"{value:.2f}".removeprefix("0") if value is not None else "–"


if __name__ == "__main__":
    main()
