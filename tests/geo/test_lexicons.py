"""Every data file loads; a bad row is told with file and line; verbs are inflected."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import lexicons
from geo.errors import LexiconError
from geo.lexicons import (
    DATA,
    OPEN,
    choice,
    noun_forms,
    ontology,
    rows,
    speech,
    table,
    triggers,
    verb_forms,
    weights_of,
    words,
)

TABLES = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*.csv"))
CONFIGS = sorted(p.relative_to(DATA).as_posix() for p in DATA.rglob("*.toml"))
WEIGHTS = [name for name in TABLES if name.endswith("_weights.csv")]
VERBS = st.from_regex(r"[a-z]{0,4}[bcdfgklmnprstvz][aeiou][bcdfgklmnprtvz]?[aeiouy]?", fullmatch=True).filter(
    lambda v: len(v) > 2 and v[-1] not in "ioau"
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    return tmp_path


def test_there_are_files() -> None:
    assert len(TABLES) > 30
    assert CONFIGS


@pytest.mark.parametrize("name", TABLES)
def test_table_loads(name: str) -> None:
    found = list(rows(name))
    assert found, "no rows"
    head = set(found[0][1])
    assert all(set(row) == head for _, row in found)
    assert all(column == column.strip() and column for column in head)


@pytest.mark.parametrize("name", [*TABLES, *CONFIGS])
def test_file_begins_with_words_that_explain_it(name: str) -> None:
    first = (DATA / name).read_text("utf-8").splitlines()[0]
    assert first.startswith("#")
    assert len(first) > 20


@pytest.mark.parametrize("name", TABLES)
def test_numbers_of_lines_are_the_files_own(name: str) -> None:
    lines = (DATA / name).read_text("utf-8").splitlines()
    for number, row in rows(name):
        assert next(csv.reader([lines[number - 1]])) == list(row.values())


@pytest.mark.parametrize("name", CONFIGS)
def test_config_loads(name: str) -> None:
    assert tomllib.loads((DATA / name).read_text("utf-8"))


@pytest.mark.parametrize("name", WEIGHTS)
def test_weights_are_numbers_and_no_feature_stands_twice(name: str) -> None:
    found = [(row["feature"], float(row["weight"])) for _, row in rows(name, "feature", "weight")]
    assert len({f for f, _ in found}) == len(found)
    assert all(abs(w) < 50 for _, w in found)


def test_missing_column_is_told(data: Path) -> None:
    (data / "x.csv").write_text("# About x.\nword,kind\na,b\n", "utf-8")
    with pytest.raises(LexiconError, match=r"geo/data/x\.csv: no column weight; the header has word, kind\."):
        list(rows("x.csv", "word", "weight"))


@pytest.mark.parametrize("row", ["a", "a,b,c"])
def test_bad_row_is_told_with_file_and_line(data: Path, row: str) -> None:
    (data / "x.csv").write_text(f"# About x.\nword,kind\n\na,b\n# aside\n{row}\n", "utf-8")
    with pytest.raises(LexiconError, match=r"geo/data/x\.csv:6: \d values for 2 columns; mend the row\."):
        list(rows("x.csv", "word"))


def test_empty_file_lacks_its_columns(data: Path) -> None:
    (data / "x.csv").write_text("# Nothing.\n", "utf-8")
    with pytest.raises(LexiconError, match="no column word"):
        list(rows("x.csv", "word"))


def test_quoted_comma_is_part_of_the_value(data: Path) -> None:
    (data / "x.csv").write_text('# About x.\nword,kind\n"a, b",c\n', "utf-8")
    assert list(rows("x.csv")) == [(3, {"word": "a, b", "kind": "c"})]


def test_choice_names_what_is_allowed() -> None:
    assert choice("x.csv", 3, "pos", "v", frozenset("vn")) == "v"
    with pytest.raises(LexiconError, match=r"geo/data/x\.csv:3: pos is 'q'; use one of n, v\."):
        choice("x.csv", 3, "pos", "q", frozenset("vn"))


def test_bad_trigger_is_told(data: Path) -> None:
    header = "lemma,pos,sub_type,strength,frame,forms"
    (data / "triggers.csv").write_text(f"# x\n{header}\nbomb,v,Air/drone strike,3,throw,\n", "utf-8")
    with pytest.raises(LexiconError, match=r"geo/data/triggers\.csv:3: frame is 'throw'"):
        triggers.__wrapped__()


@pytest.mark.parametrize(
    ("lemma", "irregular", "forms"),
    [
        ("bomb", "", {"bomb", "bombs", "bombed", "bombing"}),
        ("kill", "", {"kill", "kills", "killed", "killing"}),
        ("ambush", "", {"ambush", "ambushes", "ambushed", "ambushing"}),
        ("seize", "", {"seize", "seizes", "seized", "seizing"}),
        ("raid", "", {"raid", "raids", "raided", "raiding"}),
        ("stab", "", {"stab", "stabs", "stabbed", "stabbing"}),
        ("destroy", "", {"destroy", "destroys", "destroyed", "destroying"}),
        ("bury", "", {"bury", "buries", "buried", "burying"}),
        ("free", "", {"free", "frees", "freed", "freeing"}),
        ("hit", "hit", {"hit", "hits", "hitting"}),
        ("strike", "struck|struck", {"strike", "strikes", "struck", "striking"}),
        ("shoot down", "shot down", {"shoot down", "shoots down", "shot down", "shooting down"}),
        ("admit", "", {"admit", "admits", "admitted", "admitting"}),
        ("expel", "", {"expel", "expels", "expelled", "expelling"}),
        ("target", "", {"target", "targets", "targeted", "targeting"}),
        ("overrun", "overran|overrun", {"overrun", "overruns", "overran", "overrunning"}),
    ],
)
def test_verb_forms(lemma: str, irregular: str, forms: set[str]) -> None:
    assert set(verb_forms(lemma, irregular)) == forms


def test_parts_of_an_irregular_verb() -> None:
    assert verb_forms("take", "took|taken") == {
        "take": "base",
        "takes": "s",
        "taking": "ing",
        "took": "past",
        "taken": "participle",
    }


@given(VERBS)
def test_forms_of_any_verb(verb: str) -> None:
    forms = verb_forms(verb)
    parts = {part: form for form, part in forms.items()}
    assert forms[verb] == "base"
    assert parts["s"].endswith("s")
    assert parts["ing"].endswith("ing")
    assert parts["past"].endswith("ed")
    assert all(form[: len(verb) - 1] == verb[:-1] for form in forms)


@given(VERBS, st.sampled_from(["down", "back at", "off"]))
def test_only_the_first_word_is_inflected(verb: str, tail: str) -> None:
    assert set(verb_forms(f"{verb} {tail}")) == {f"{form} {tail}" for form in verb_forms(verb)}


def test_noun_forms() -> None:
    assert noun_forms("strike") == ("strike", "strikes")
    assert noun_forms("ambush") == ("ambush", "ambushes")
    assert noun_forms("casualty") == ("casualty", "casualties")


def test_triggers_tell_of_known_sub_types() -> None:
    known = set(ontology()) | OPEN
    found = triggers()
    assert {t.sub_type for ts in found.values() for t in ts} <= known
    assert {t.form for t in found["bombed"]} == {"past"}
    assert all(w == w.lower() for w in found)


def test_ontology_is_acled() -> None:
    found = ontology()
    assert len(found) == 25
    assert {row["type"] for row in found.values()} == {
        "Battles",
        "Explosions/Remote violence",
        "Protests",
        "Riots",
        "Strategic developments",
        "Violence against civilians",
    }
    assert found["Air/drone strike"]["type"] == "Explosions/Remote violence"


def test_speech_knows_forms_and_phrases() -> None:
    assert speech()["said"][1] == "past"
    assert speech()["according to"] == ("phrase", "")


def test_word_sets_and_tables() -> None:
    assert "against" in words("literal.side")
    assert all("_" not in w for w in words("literal.side"))
    assert table("literal_cues.csv", "word", "kind")["army"] == ("forces",)


@pytest.mark.parametrize("value", ["", "much", "nan", "inf"])
def test_weight_that_is_no_number_is_told(data: Path, value: str) -> None:
    (data / "x.csv").write_text(f"# About x.\nfeature,weight\na,1.5\nb,{value}\n", "utf-8")
    with pytest.raises(LexiconError, match=rf"geo/data/x\.csv:4: weight is '{value}'; write a number\."):
        weights_of.__wrapped__("x.csv")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("bomb,v,Air/drone strike,9,strike,", "strength is '9'"),
        ("bomb,v,Air strike,3,strike,", "sub_type is 'Air strike'"),
        ("bomb,q,Air/drone strike,3,strike,", "pos is 'q'"),
    ],
)
def test_every_cell_of_a_trigger_is_checked(data: Path, row: str, told: str) -> None:
    ontology()
    (data / "triggers.csv").write_text(f"# x\nlemma,pos,sub_type,strength,frame,forms\n{row}\n", "utf-8")
    with pytest.raises(LexiconError, match=rf"geo/data/triggers\.csv:3: {told}"):
        triggers.__wrapped__()


def test_code_asks_for_every_set_of_words_and_uses_it() -> None:
    code = [p.read_text(encoding="utf-8") for p in sorted(DATA.parent.rglob("*.py"))]
    kept = {f"{s}.{entry}" for s, sets in lexicons.toml("wordsets.toml").items() for entry in sets}
    asked = {name for text in code for name in re.findall(r'\bwords\("([\w.]+)"\)', text)}
    assert asked == kept
    constants = {c for text in code for c in re.findall(r"^(\w+) = words\(", text, re.MULTILINE)}
    assert not [c for c in sorted(constants) if sum(len(re.findall(rf"\b{c}\b", t)) for t in code) < 2]
