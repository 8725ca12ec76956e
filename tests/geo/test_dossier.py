"""An incident told for people: versions, sentences, figures, reasons; hostile words stay on their line."""

from __future__ import annotations

import pytest

from geo.dossier import dossier
from geo.errors import ProjectError
from geo.tables import tables
from tests.geo.builders import claim, coded, event, incidents, ref


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
