"""The actor registry: its data hold together, names are found, sides change with the day."""

import csv
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import lexicons
from geo.actors import ActorMatch, Registry, UnknownActorError, registry
from geo.actors.cells import day, spell
from geo.actors.files import read_files
from geo.actors.folding import fold, level, lower
from geo.actors.names import Finder
from geo.errors import LexiconError

KNOWN: Registry = registry()


def named(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.actor_ids[0]) for m in KNOWN.find(text)]


def test_the_registry_is_wide_enough() -> None:
    actors = [a for a in KNOWN.files.actors.values() if a.kind != "media"]
    assert len(actors) >= 450
    assert len(KNOWN.files.actors) - len(actors) >= 150
    assert len(KNOWN.files.descriptors) >= 200
    assert len(KNOWN.files.countries) >= 190


def test_every_actor_has_a_source_and_every_side_an_actor() -> None:
    assert all(a.source and a.name for a in KNOWN.files.actors.values())
    assert all(KNOWN.by_id(a).kind for a in KNOWN.files.sides)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Houthis' missiles", [("Houthis", "houthis")]),
        ("Hezbollah's men", [("Hezbollah", "hezbollah")]),
        ("Hay’at Tahrir al-Sham said", [("Hay’at Tahrir al-Sham", "hts")]),
        ("Peoples Protection Units", [("Peoples Protection Units", "ypg")]),
        ("the Free Syrian army", [("Free Syrian army", "fsa")]),
        ("FREE SYRIAN ARMY", [("FREE SYRIAN ARMY", "fsa")]),
        ("the US‑led coalition", [("US‑led coalition", "cjtf-oir")]),
        (
            "human rights office of the United Nations",
            [("human rights office of the United Nations", "ohchr")],
        ),
        ("تنظيم داعش", [("داعش", "is")]),
        ("боевики ИГИЛ", [("ИГИЛ", "is")]),
        ("YPG/PKK terrorists", [("YPG/PKK", "ypg")]),
        ("Assad's forces", [("Assad's forces", "sy-army")]),
    ],
)
def test_names_in_the_spellings_of_the_press(text: str, found: list[tuple[str, str]]) -> None:
    assert named(text) == found


@pytest.mark.parametrize("article", ["al-", "Al-", "al ", "ash-", "As-"])
def test_the_article_before_a_name_may_take_any_form(article: str) -> None:
    assert named(f"fighters of {article}Shabaab") == [(f"{article}Shabaab", "al-shabaab")]


def test_an_english_word_is_no_article() -> None:
    assert named("known as Nusra Front") == [("Nusra Front", "nusra")]


@pytest.mark.parametrize(
    "text",
    [
        "who is there",
        "This is group therapy",
        "gave us military aid",
        "let them go",
        "an amnesty was declared",
        "THE SIEGE IS OVER",
        "the guardian of the shrine",
        "The National Gallery",
        "the southern front collapsed",
        "http://www.reuters.com/article",
        "IDFs",
        "SANA'A, 3 May",
        "Washington and Moscow",
    ],
)
def test_what_only_looks_like_a_name(text: str) -> None:
    assert named(text) == []


def test_a_short_acronym_stands_where_the_words_beside_it_are_not_in_capitals() -> None:
    assert named("IS said on Friday") == [("IS", "is")]
    assert named("the WHO and UNICEF") == [("WHO", "who"), ("UNICEF", "unicef")]


def test_the_longest_name_wins() -> None:
    assert named("al-Qaeda in the Arabian Peninsula") == [("al-Qaeda in the Arabian Peninsula", "aqap")]
    assert named("Islamic State Khorasan Province") == [("Islamic State Khorasan Province", "iskp")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Russian Defence Ministry", "ru-mod"),
        ("Russia's defense ministry", "ru-mod"),
        ("the Ministry of Defence of the Russian Federation", "ru-mod"),
        ("Chadian army", "td-army"),
        ("the government of South Sudan", "ss-gov"),
        ("the U.S. Coast Guard", "us-coast-guard"),
        ("Peruvian police", "pe-police"),
        ("Kenya's interior ministry", "ke-moi"),
    ],
)
def test_bodies_that_every_country_has(text: str, actor: str) -> None:
    assert [i for _, i in named(text)] == [actor]
    assert KNOWN.by_id(actor).country == actor[:2].upper()


def test_a_body_without_a_row_is_made_from_its_country() -> None:
    body = KNOWN.national("PE", "special-forces")
    assert (body.id, body.name, body.kind, body.parent) == (
        "pe-special-forces",
        "Peruvian special forces",
        "state forces",
        "pe-army",
    )


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(UnknownActorError, match=r"nearest ids: .*hezbollah"):
        KNOWN.by_id("hizbollah")


@pytest.mark.parametrize(
    ("actor", "on", "theatre", "label"),
    [
        ("rsf", date(2022, 6, 1), None, "army and allies"),
        ("rsf", date(2023, 4, 15), None, "RSF and allies"),
        ("rsf", None, None, None),
        ("nusra", date(2015, 6, 1), None, "opposition"),
        ("nusra", date(2017, 6, 1), None, None),
        ("sy-army", date(2018, 2, 7), "syria", "government and allies"),
        ("sy-gov", date(2025, 2, 1), "syria", "transitional government"),
        ("wagner", date(2018, 2, 7), "syria", "government and allies"),
        ("wagner", date(2018, 2, 7), "ukraine", "Russia"),
        ("us-marines", date(2018, 2, 7), "syria", "SDF and coalition"),
        ("ru-special-forces", date(2018, 2, 7), "syria", "government and allies"),
        ("peshmerga", date(2017, 10, 16), "iraq", "Kurdistan Region"),
        ("iq-army", date(2017, 10, 16), "iraq", "government and allies"),
        ("hezbollah", date(2018, 2, 7), "lebanon", "Hezbollah and allies"),
        ("media:reuters", date(2018, 2, 7), None, None),
    ],
)
def test_sides_change_with_day_and_theatre(
    actor: str, on: date | None, theatre: str | None, label: str | None
) -> None:
    side = KNOWN.side(actor, on, theatre)
    assert (side.label if side else None) == label


def test_countries_lead_to_their_conflicts() -> None:
    assert KNOWN.theatres("SY") == ("syria",)
    assert "lebanon" in KNOWN.theatres("IL")
    assert KNOWN.theatres("IS") == ()


def test_a_shared_name_is_decided_by_country_and_day() -> None:
    (match,) = KNOWN.find("The SNA advanced")
    assert len(match.actor_ids) > 1
    assert KNOWN.pick(match, on=date(2022, 1, 1), countries=frozenset({"SO"})) == "so-army"
    assert KNOWN.pick(match, on=date(2022, 1, 1), countries=frozenset({"SY"})) == "sna"
    (army,) = KNOWN.find("the Syrian army")
    assert KNOWN.pick(army, on=date(2018, 1, 1)) == "sy-army"
    assert KNOWN.pick(army, on=date(2025, 6, 1)) == "sy-army-2024"


def test_a_weak_name_needs_the_actors_country() -> None:
    (match,) = KNOWN.find("the Federal Police advanced")
    assert match.weak
    assert KNOWN.pick(match, countries=frozenset({"IQ"})) == "iq-fedpol"
    assert KNOWN.pick(match, countries=frozenset({"MX"})) is None


def test_metonyms_are_kept_apart() -> None:
    assert KNOWN.metonym("Moscow") == ("ru-gov",)
    assert KNOWN.metonym("Assad") == ("sy-gov",)
    assert KNOWN.metonym("Khusham") == ()
    text = "Moscow told Washington"
    assert [text[m.start : m.end] for m in KNOWN.find_metonyms(text)] == ["Moscow", "Washington"]


@pytest.mark.parametrize(
    ("word", "kind", "of", "single"),
    [
        ("soldiers", "state forces", "soldiers", False),
        ("Militiaman", "militia", "fighters", True),
        ("girls", "civilians", "children", False),
        ("policeman", "police", "police", True),
        ("army", "state forces", "soldiers", False),
        ("defence ministry", "ministry", None, False),
    ],
)
def test_descriptors(word: str, kind: str, of: str | None, single: bool) -> None:  # noqa: FBT001
    found = KNOWN.descriptor(word)
    assert found is not None
    assert (found.kind, found.of, found.single) == (kind, of, single)


def test_a_weapon_stands_for_a_body_of_its_country() -> None:
    jets = KNOWN.descriptor("jets")
    assert jets is not None
    assert (jets.sort, jets.institution) == ("weapon", "airforce")
    assert KNOWN.national("RU", jets.institution or "").country == "RU"


def test_words_that_denote_no_actor() -> None:
    assert KNOWN.descriptor("metres") is None
    assert KNOWN.descriptor("rockets") is None


def test_adjectives_and_peoples() -> None:
    assert (KNOWN.demonym("Russian"), KNOWN.demonym("u.s."), KNOWN.demonym("Martian")) == ("RU", "US", None)
    assert (KNOWN.people("Turks"), KNOWN.people("Turkish")) == ("TR", None)
    assert (KNOWN.country("Syria"), KNOWN.country("United Arab Emirates")) == ("SY", "AE")


def test_allegiances_name_sides_that_exist() -> None:
    labels = {s.label for spells in KNOWN.files.sides.values() for s in spells}
    strange = {a.phrase for a in KNOWN.files.allegiances.values() if a.side and a.side not in labels}
    assert strange == set()
    hint = KNOWN.allegiance("Pro-Regime")
    assert hint is not None
    assert hint.kind == "militia"


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("www.reuters.com", "Reuters"),
        ("arabic.rt.com", "RT"),
        ("edition.cnn.com", "CNN"),
        ("bbc.co.uk", "BBC"),
    ],
)
def test_an_outlet_is_known_by_its_host(host: str, name: str) -> None:
    found = KNOWN.medium(host)
    assert found is not None
    assert found.name == name


def test_an_unknown_host_is_no_outlet() -> None:
    assert KNOWN.medium("example.org") is None
    assert KNOWN.medium("com") is None


def test_no_host_belongs_to_two_outlets() -> None:
    hosts = [h for a in KNOWN.files.actors.values() for h in a.hosts]
    assert len(hosts) == len(set(hosts))
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", h) for h in hosts)


Spoil = Callable[[list[dict[str, str]]], None]


def _set(column: str, value: str) -> Spoil:
    def spoil(rows: list[dict[str, str]]) -> None:
        rows[0][column] = value

    return spoil


@pytest.mark.parametrize(
    ("name", "spoil", "message"),
    [
        ("actors.csv", _set("kind", "army"), r"actors\.csv:2: kind is 'army'"),
        ("actors.csv", _set("wikidata", "42"), r"actors\.csv:2: wikidata is '42'"),
        ("actors.csv", _set("parent", "nobody"), r"actors\.csv:2: no parent 'nobody'"),
        ("actors.csv", _set("active_from", "May"), r"actors\.csv:2: 'May' is no date"),
        ("actors.csv", _set("active_from", "2030"), r"actors\.csv:2: ends .* before it begins 2030"),
        ("actors.csv", _set("aliases", "Hamas"), r"actors\.csv:2: 'Hamas' also names 'hamas'"),
        ("actors.csv", _set("id", "hamas"), r"a second 'hamas'"),
        ("sides.csv", _set("actor", "nobody"), r"sides\.csv:2: no actor 'nobody'"),
        ("sides.csv", _set("theatre", "moon"), r"sides\.csv:2: theatre is 'moon'"),
        ("descriptors.csv", _set("sort", "thing"), r"descriptors\.csv:2: sort is 'thing'"),
        ("descriptors.csv", _set("plural", "fighters"), r"descriptors\.csv:\d+: a second row for 'fighters'"),
        ("media.csv", _set("id", "afp"), r"media\.csv:3: a second 'afp'"),
    ],
)
def test_a_bad_row_is_named_with_file_and_line(
    name: str,
    spoil: Spoil,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for source in lexicons.DATA.glob("*.csv"):
        (tmp_path / source.name).write_bytes(source.read_bytes())
    kept = [x for x in (tmp_path / name).read_text("utf-8").splitlines() if not x.startswith("#")]
    rows = list(csv.DictReader(kept))
    spoil(rows)
    with (tmp_path / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    with pytest.raises(LexiconError, match=message):
        read_files()


def test_a_year_or_a_month_is_an_interval() -> None:
    assert spell("x.csv", 1, "2016", "2016") == (date(2016, 1, 1), date(2016, 12, 31))
    assert day("x.csv", 1, "2016-02", last=True) == date(2016, 2, 29)
    assert day("x.csv", 1, "", last=True) is None
    with pytest.raises(LexiconError, match=r"geo/data/x\.csv:7: '2016-02-30' is no date"):
        day("x.csv", 7, "2016-02-30", last=False)


@given(st.text(max_size=80))
def test_levelling_moves_no_offset(text: str) -> None:
    assert len(level(text)) == len(text) == len(lower(text)) == len(fold(text))


PARTS = [
    "al-",
    "Nusra ",
    "U.S.",
    "-led ",
    "coalition",
    "Russian ",
    "army",
    "IS ",
    "\u2019s ",
    "\u0131",
    "\u0130",
]


@given(st.lists(st.sampled_from(PARTS)))
def test_matches_are_in_order_apart_and_whole_words(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for m in KNOWN.find(text):
        assert end <= m.start < m.end <= len(text)
        assert not text[m.end : m.end + 1].isalnum()
        assert not text[max(0, m.start - 1) : m.start].isalnum()
        end = m.end


def test_a_finder_of_its_own() -> None:
    finder = Finder({"?=Guard": ("g",)}, [("Freedonia", "FR", True)], {"Army of": "army"}, {"army": "army"})
    assert list(finder.find("the Guard and the guard")) == [ActorMatch(4, 9, ("g",), weak=True)]
    assert [m.actor_ids for m in finder.find("Freedonia's army, the Army of Freedonia")] == [("fr-army",)] * 2


def test_finding_is_fast() -> None:
    text = "Syrian troops and Hezbollah fought Islamic State near the town on Friday, residents said. " * 4000
    begin = time.process_time()
    count = sum(1 for _ in KNOWN.find(text))
    assert count == 8000
    assert len(text) / (time.process_time() - begin) > 2e6
