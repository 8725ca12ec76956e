"""What a figure counts: predicates, tolls, zeros, single persons, and figures of nobody harmed."""

from __future__ import annotations

import pytest

from tests.geo.events.builders import tolls, victims


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strikes killed 73 people.", {("killed", 73, 73)}),
        ("At least 52 villagers were killed.", {("killed", 52, None)}),
        ("The blast left 21 dead and 125 injured.", {("killed", 21, 21), ("injured", 125, 125)}),
        ("The raid killed 19 people and wounded 24.", {("killed", 19, 19), ("injured", 24, 24)}),
        ("The governor gave a toll of 215.", {("killed", 215, 215)}),
        ("The number of martyrs of the attack on the mosque has reached 305.", {("killed", 305, 305)}),
        ("Injured: 111.", {("injured", 111, 111)}),
        ("Fourteen of those who died were vendors.", {("killed", 14, 14)}),
        ("The month cost 179 soldiers their lives.", {("killed", 179, 179)}),
        ("Some 300 soldiers laid down their arms.", {("captured", 300, 300)}),
        ("Two men gave their lives.", {("killed", 2, 2)}),
        ("About 100,000 people have fled the city.", {("displaced", 100_000, 100_000)}),
        ("Police have five men in custody.", {("captured", 5, 5)}),
    ],
)
def test_the_predicate_decides_what_is_counted(
    text: str, expected: set[tuple[str, int | None, int | None]]
) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The pilot was killed.", {("killed", 1, 1)}),
        ("A guard was wounded.", {("injured", 1, 1)}),
        ("Elan Ganeles, 27, was shot dead.", {("killed", 1, 1)}),
        ("A farmer, Omar Samour, 27, was killed by a shell.", {("killed", 1, 1)}),
    ],
)
def test_one_person_needs_no_number(text: str, expected: set[tuple[str, int | None, int | None]]) -> None:
    assert tolls(text) == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("There were no casualties.", {"killed", "injured"}),
        ("Nobody was hurt.", {"injured"}),
        ("None of our soldiers was injured.", {"injured"}),
    ],
)
def test_none_is_a_figure(text: str, measures: set[str]) -> None:
    found = victims(text)
    assert {v.measure for v in found} == measures
    assert all((v.count.low, v.count.high, v.count.bound) == (0, 0, "none") for v in found)


@pytest.mark.parametrize(
    "text",
    [
        "The army fired 30 rockets.",
        "More than 200 people could have been killed had the troops stayed.",
        "They came to kill 350 men.",
        "The town has 5,000 inhabitants.",
        "A plane took 35 of the wounded to Ankara.",
        "The ministry gave no casualties.",
    ],
)
def test_what_harmed_nobody_is_no_toll(text: str) -> None:
    assert not {v.measure for v in victims(text)} & {"killed", "injured"}


def test_of_whom_is_kept() -> None:
    (found,) = victims("The shelling killed four children.")
    assert found.of == "children"


def test_an_earlier_figure_is_marked_as_old() -> None:
    found = {v.count.low: v.old for v in victims("The governor had first put the toll at 48.")}
    assert found == {48: True}


def test_a_part_of_a_toll_counts_the_same_thing() -> None:
    whole, part = victims("The shelling killed 127 people, 39 of them children.")
    assert (whole.part, part.part) == (False, True)
    assert part.measure == "killed"


@pytest.mark.parametrize(
    ("text", "toll"),
    [
        ("Sixteen guards embraced martyrdom near the post.", ("killed", 16, 16)),
        ("They took 20 people away with them.", ("captured", 20, 20)),
        ("A colonel, a nurse and a policeman were killed.", ("killed", 3, 3)),
        ("We lost 92 of our soldiers.", ("killed", 92, 92)),
    ],
)
def test_tolls_in_other_words(text: str, toll: tuple[str, int, int]) -> None:
    assert toll in tolls(text)


@pytest.mark.parametrize(
    "text",
    [
        "Twenty-four army vehicles were destroyed.",
        "Police arrested three men with two pistols and five grenades, four in the afternoon.",
    ],
)
def test_things_and_hours_are_no_toll(text: str) -> None:
    assert not tolls(text) & {("killed", 24, 24), ("captured", 2, 2), ("captured", 5, 5), ("captured", 4, 4)}
