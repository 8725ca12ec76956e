"""Recognisers of place names: the project's own and plugged-in ones feed the same resolver."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geo.errors import RecognizerError
from geo.mentions.recognizers import ENVIRONMENT, GROUP, OWN, held, in_order, open_recognizer
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym, find_toponyms
from geo.places.refer import find_places
from tests.geo.conftest import ROOT, document

TEXT = "Shells hit Deir Ezzor. In Homs, shops closed."


@dataclass
class Named:
    """Takes some words for place names."""

    gazetteer: Gazetteer
    words: str

    def recognize(self, document: Document) -> Sequence[Toponym]:
        text = document.report.text
        starts = [(text.index(w), w) for w in self.words.split("|") if w in text]
        return [held(self.gazetteer, text, at, at + len(w), 0.8) for at, w in starts]


def name(start: int, end: int) -> Toponym:
    return Toponym(start=start, end=end, text="", key="", belief=1.0)


def test_metadata_registers_what_a_source_tree_knows() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["entry-points"][GROUP] == OWN


def test_own_recogniser_is_registered_like_any_other(world: Gazetteer) -> None:
    text = document(TEXT)
    assert open_recognizer(world, "gazetteer").recognize(text) == find_toponyms(world, text)


def test_what_is_plugged_in_feeds_the_resolver(world: Gazetteer) -> None:
    found = find_places(world, document(TEXT), Named(world, "Homs"))
    (homs,) = [r for r in found if r.mention.text == "Homs"]
    assert homs.place is not None
    assert (homs.place.country, homs.place.name) == ("SY", "Homs")
    assert homs.confidence <= 0.8
    assert "Deir Ezzor" not in {r.mention.text for r in found}


def test_entry_points_of_others_are_found(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    point = metadata.EntryPoint("named", "tests.geo.mentions.test_recognizers:Named", GROUP)
    monkeypatch.setattr(metadata, "entry_points", lambda *, group: [point] if group == GROUP else [])
    found = find_places(world, document(TEXT), open_recognizer(world, "named:Homs"))
    assert [r.mention.text for r in found] == ["Homs"]


def test_environment_chooses(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OWN, "named", "tests.geo.mentions.test_recognizers:Named")
    monkeypatch.setenv(ENVIRONMENT, "named:Homs")
    assert [r.mention.text for r in find_places(world, document(TEXT))] == ["Homs"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [("nobody", "there are gazetteer, spacy"), ("gazetteer:x", "takes no argument"), ("", "there are")],
)
def test_wrong_names_say_what_exists(world: Gazetteer, asked: str, words: str) -> None:
    with pytest.raises(RecognizerError, match=words):
        open_recognizer(world, asked)


@pytest.mark.parametrize(
    ("words", "expected", "key"),
    [
        ("Homs", "Homs", "homs"),
        ("Homs hospital quarter", "Homs", "homs"),
        ("Deir ez-Zor", "Deir ez-Zor", "deir ez zor"),
        ("Qwertabad", "Qwertabad", ""),
    ],
)
def test_stretch_is_narrowed_to_the_name_that_is_held(
    world: Gazetteer, words: str, expected: str, key: str
) -> None:
    text = f"In {words} nothing."
    found = held(world, text, 3, 3 + len(words), 0.5)
    assert (found.text, found.key, text[found.start : found.end]) == (expected, key, expected)


def test_hostile_recognisers_do_no_harm(world: Gazetteer) -> None:
    wild = [name(3, 2), name(-4, 3), name(5, 900), name(0, 4), name(2, 9), name(9, 12), name(9, 12)]
    kept = in_order(wild, "twelve signs")
    assert [(t.start, t.end) for t in kept] == [(2, 9), (9, 12)]
    assert find_places(world, document("twelve signs"), Named(world, "signs"))[0].place is None


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install 'conflictmap[spacy]'")
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "Homs"},
            {"label": "LOC", "pattern": "the Euphrates's"},
            {"label": "FAC", "pattern": "Qwertabad dam"},
            {"label": "PERSON", "pattern": "Jordan"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipelines") / "ruler"
    nlp.to_disk(folder)
    return folder


def test_spacy_entities_are_places(world: Gazetteer, pipeline: Path) -> None:
    text = "Jordan saw the Euphrates's banks. Homs and Hama. The Qwertabad dam broke."
    recognizer = open_recognizer(world, f"spacy:{pipeline}")
    found = recognizer.recognize(document(text))
    assert [(t.text, t.key) for t in found] == [
        ("Euphrates", "euphrates"),
        ("Homs", "homs"),
        ("Qwertabad dam", ""),
    ]
    assert all(text[t.start : t.end] == t.text for t in found)
    places = find_places(world, document(text), recognizer)
    assert [r.place.name if r.place else None for r in places] == ["Euphrates", "Homs", None]


def test_spacy_reads_long_texts_in_stretches(
    world: Gazetteer, pipeline: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.mentions.spacy_recognizer.LONGEST", 40)
    text = "Homs fell. " * 9 + "and so on " * 20 + "in Homs it rained.\n\nHoms."
    found = open_recognizer(world, f"spacy:{pipeline}").recognize(document(text))
    assert [t.start for t in found] == [i for i in range(len(text)) if text.startswith("Homs", i)]


@pytest.mark.usefixtures("pipeline")
@pytest.mark.parametrize(
    ("argument", "words"), [("", "Name a spaCy pipeline"), ("no_such", "download no_such")]
)
def test_missing_pipelines_say_the_mend(world: Gazetteer, argument: str, words: str) -> None:
    with pytest.raises(RecognizerError, match=words):
        open_recognizer(world, f"spacy:{argument}")


@pytest.mark.usefixtures("pipeline")
def test_pipeline_without_entities_is_refused(world: Gazetteer, tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(RecognizerError, match="finds no entities: it has nothing"):
        open_recognizer(world, f"spacy:{tmp_path / 'blank'}")
