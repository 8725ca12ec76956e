"""Syndicated copies: found by their passages, counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incidents import copies, find_incidents
from geo.records import Report
from tests.geo.builders import days, report
from tests.geo.incidents.accounts import KHUSHAM_TEXTS, World, killed

STORY = (
    " ".join(KHUSHAM_TEXTS) + " " + " ".join(f"Witness number {n} said so at {n} o'clock." for n in range(20))
)

OWN = "Fighters of Wagner died at the Conoco plant by the Euphrates near Khusham: 73, the Observatory says."


def told(ident: str, text: str, day: int = 9, **changes: object) -> Report:
    made = report(ident, f"Paper {ident}", title=None, text=text, published=days(date(2018, 2, day)))
    return replace(made, **changes)  # type: ignore[arg-type]


def found(*reports: Report) -> dict[str, str]:
    return copies({r.id: r for r in reports})


def test_the_earliest_is_the_original_whatever_the_order() -> None:
    first, later = told("b", STORY, 8), told("a", f"PARIS (Agency) - {STORY} Read more.", 9)
    assert found(first, later) == found(later, first) == {"a": "b"}


def test_an_own_story_with_one_quote_is_no_copy() -> None:
    own = " ".join(f"Line {n} of another story tells of village {n * 7} and its mill." for n in range(30))
    assert found(told("a", STORY, 8), told("b", own + " " + KHUSHAM_TEXTS[0])) == {}


def test_copies_of_copies_name_the_first() -> None:
    assert found(told("a", STORY, 7), told("b", STORY + " More.", 8), told("c", STORY + " Yet more.", 9)) == {
        "b": "a",
        "c": "a",
    }


def test_short_texts_are_copies_only_word_for_word() -> None:
    assert found(told("a", "Shells fell on Douma.", 8), told("b", "Shells fell  on\nDouma.")) == {"b": "a"}
    assert found(told("a", "Shells fell on Douma.", 8), told("b", "Shells fell on Duma.")) == {}


def test_texts_without_words_are_no_copies_of_each_other() -> None:
    assert found(told("a", ""), told("b", ""), told("c", " \n")) == {}


def test_page_furniture_makes_no_copy() -> None:
    menu = " ".join(f"Menu item {n} leads to section {n * 3}." for n in range(60))
    from geo.records import Span

    span = Span(start=0, end=len(menu))
    a = told("a", f"{menu} {KHUSHAM_TEXTS[0]}", furniture=(span,))
    b = told("b", f"{menu} Something quite different happened in Kobani that day.", furniture=(span,))
    assert found(a, b) == {}


def test_a_copy_counts_for_nothing_but_is_shown() -> None:
    world = World()
    for n, text in enumerate((STORY, f"{STORY} (Agency)", OWN)):
        published = days(date(2018, 2, 9 + n))
        world.tell(str(n), text, published=published, claims=(killed(str(n), (100, 90, 73)[n]),))
    incident = find_incidents(world.reports, world.events)[0]
    assert [v.copy_of for v in incident.versions] == [None, "r0", None]
    assert (incident.killed.low, incident.killed.high) == (73, 100)
    assert {t.claimant for t in incident.tolls} == {"Paper 0", "Paper 2"}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([STORY, STORY[:400], KHUSHAM_TEXTS[2], "", "x"]), max_size=7), st.randoms())
def test_the_order_of_reports_changes_nothing(texts: list[str], dice: object) -> None:
    reports = [told(f"r{n}", t, 1 + n % 5) for n, t in enumerate(texts)]
    shuffled = list(reports)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(*reports) == found(*shuffled)
    assert not set(found(*reports)) & set(found(*reports).values())
