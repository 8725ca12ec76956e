"""An incident told for people: versions, sentences, figures, reasons; hostile words stay on their line."""

from __future__ import annotations

from datetime import date

import pytest

from geo.dossier import dossier
from geo.errors import ProjectError
from geo.records import Coded
from geo.review import Correction, renewed
from geo.review.corrections import key_of
from geo.tables import tables
from tests.geo.builders import claim, coded, days, event, incidents, ref
from tests.geo.incidents.accounts import KHUSHAM_TEXTS, World, killed


def test_versions_sentences_figures_and_reasons() -> None:
    told = dossier(tables(coded(), incidents()), "i1")
    assert told.startswith("# Air/drone strike, Khusham, 7-8 February 2018\n")
    assert "Killed 73 to 100 · injured not said" in told
    assert "Contested: toll" in told
    assert "## RT, 2018-02-12" in told
    assert "## Reuters, 2018-02-09" in told
    assert "> Jets struck Khusham." in told
    assert "says Syrian Observatory for Human Rights, via AP" in told
    assert "- When: 2018-02-07 to 2018-02-08 (days)" in told


def test_versions_stand_side_by_side() -> None:
    told = dossier(tables(coded(), incidents()), "i1").splitlines()
    head = told.index("| Source | Published | What | When | Where | Killed | Injured | Note |")
    rows = [line for line in told[head + 2 :] if line.startswith("|")]
    assert sorted(row.split(" | ")[0] for row in rows) == ["| RT", "| Reuters"]
    assert all(row.count(" | ") == 7 for row in rows)


def test_links_roll_ups_copies_and_corrections_are_told() -> None:
    story = " ".join([*KHUSHAM_TEXTS, *(f"Witness {n} saw {n} lorries." for n in range(20))])
    world = World()
    world.tell("0", story, claims=(killed("0", 100),))
    world.tell("1", story + " (Agency)", claims=(killed("1", 100),), published=days(date(2018, 2, 10)))
    world.tell("2", KHUSHAM_TEXTS[1], claims=(killed("2", 73),), published=days(date(2018, 2, 11)))
    reports = [
        Coded(report=r, events=tuple(e for e in world.events if e.report == r.id))
        for r in world.reports.values()
    ]
    first = world.events[0]
    correction = Correction(
        target="event",
        id=first.id,
        key=key_of(first, world.reports[first.report]),
        field="when",
        value="2018-02-07",
        author="A. N.",
        note="by the | and <b>",
    )
    made = renewed({}, reports, corrections=[correction]).tables
    told = dossier(made, first.id)
    assert "As others count: ACLED" in told
    assert "| copy of Paper 0 |" in told
    assert "| corrected: when |" in told
    assert "- when of e0 is 2018-02-07 by A. N.: by the | and \\<b>" in told
    assert "- Paper 0 and Paper 1, " in told


def test_unknowns_are_said() -> None:
    told = dossier(tables(coded(), incidents()), "i3")
    assert "- When: unknown" in told
    assert "- Where: unknown" in told
    assert "→ not said" in told
    assert "at least 55" in told


def test_by_event_and_by_word_of_the_title() -> None:
    made = tables(coded(), incidents())
    assert dossier(made, "e1") == dossier(made, "i1")
    assert dossier(made, "tanf").startswith("# Chemical weapon, At Tanf")


def test_unknown_id_lists_the_nearest() -> None:
    with pytest.raises(ProjectError, match=r"called 'Tanv strike'; there are .*\(4 in all\)"):
        dossier(tables(coded(), incidents()), "Tanv strike")


def test_hostile_words_stay_on_their_line() -> None:
    one, *others = coded()
    bad = "\x1b[31mJets\n# Fake heading\r\u202e"
    hostile = event("e1", "r1", ref(start=12), quote=bad, claims=(claim("e1", quote=bad),))
    made = tables(
        [type(one)(report=one.report, mentions=one.mentions, events=(hostile,)), *others], incidents()
    )
    told = dossier(made, "i1")
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert not any(row.startswith("# Fake") for row in told.splitlines())
