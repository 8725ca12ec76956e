"""What a sentence tells of: voice and roles, what only may happen, what words of war say elsewhere."""

from __future__ import annotations

import pytest

from geo.events.occurrences import Occurrence
from tests.geo.events.builders import told


def initiators(o: Occurrence) -> set[str]:
    return {a.actor.text for a in o.roles.initiators}


def targets(o: Occurrence) -> set[str]:
    return {a.actor.text for a in o.roles.targets}


def one(text: str, lemma: str) -> Occurrence:
    return next(o for o in told(text) if o.lemma == lemma)


def test_the_subject_of_an_active_verb_did_it() -> None:
    o = one("Rebels ambushed soldiers on the road.", "ambush")
    assert (initiators(o), targets(o)) == ({"Rebels"}, {"soldiers"})


def test_the_subject_of_a_passive_verb_suffered_it() -> None:
    o = one("Soldiers were ambushed by rebels on the road.", "ambush")
    assert (initiators(o), targets(o)) == ({"rebels"}, {"Soldiers"})


def test_a_noun_has_its_doer_before_it_or_behind_by() -> None:
    assert initiators(one("An attack by rebels killed two people.", "attack")) == {"rebels"}
    assert initiators(one("Troops carried out an attack on the camp.", "attack")) == {"Troops"}


def test_joined_subjects_did_it_together() -> None:
    o = one("Government troops and their allies shelled the camp.", "shell")
    assert initiators(o) == {"troops", "allies"}


def test_a_pronoun_stands_for_who_announced_it() -> None:
    o = one("The army announced that it had shelled the camp.", "shell")
    assert initiators(o) == {"army"}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels threatened to shell the town.",
        "If the army shells the town, many will leave.",
        "The army may shell the town.",
        "The army did not shell the town.",
        "The army is expected to shell the town.",
    ],
)
def test_what_did_not_happen_is_not_told(text: str) -> None:
    assert [o for o in told(text) if o.lemma == "shell"] == []


def test_a_denied_attack_is_told_as_denied() -> None:
    assert one("The army denied having shelled the town.", "shell").denied


def test_land_as_a_noun_is_no_strike() -> None:
    assert told("Farmers wanted land near the river.") == []


@pytest.mark.parametrize(
    ("text", "sub_type"),
    [
        ("Gunmen abducted two teachers.", "Abduction/forced disappearance"),
        ("A roadside bomb hit a convoy.", "Remote explosive/landmine/IED"),
        ("Fighters exchanged fire with soldiers.", "Armed clash"),
        ("Both sides swapped prisoners at the bridge.", "Agreement"),
        ("A man threw a grenade into the mosque.", "Grenade"),
        ("Police fired tear gas at the crowd.", "Protest with intervention"),
    ],
)
def test_words_stand_for_their_sub_type(text: str, sub_type: str) -> None:
    assert sub_type in {o.sub_type for o in told(text)}
