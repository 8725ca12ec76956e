"""Whole reports: one event or several, whose, where, when, with which figures; and reports that are quiet."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from geo.records import Event
from tests.geo.events.builders import events, names


def main(found: list[Event]) -> Event:
    (event,) = [e for e in found if e.main]
    return event


def test_a_strike_has_place_day_kind_and_toll(world: Gazetteer) -> None:
    text = (
        "Russian warplanes bombed a market in Idlib on Wednesday, killing at least 12 people, "
        "the Syrian Observatory for Human Rights said."
    )
    event = main(events(world, text))
    assert event.sub_type == "Air/drone strike"
    assert event.place is not None
    assert event.place.place is not None
    assert event.place.place.name == "Idlib"
    assert (str(event.when.first), str(event.when.last)) == ("2022-04-06", "2022-04-06")
    assert "civilians" in names(event.targets)
    (claim,) = event.claims
    assert (claim.measure, claim.count.low, claim.count.bound) == ("killed", 12, "at least")
    assert claim.claimant is not None
    assert claim.claimant.id == "sohr"


def test_two_towns_on_two_days_are_two_events(world: Gazetteer) -> None:
    text = (
        "Government artillery shelled Idlib on Wednesday, killing three people.\n\n"
        "On Monday a roadside bomb in Aleppo killed two soldiers."
    )
    places = {e.place.place.name for e in events(world, text) if e.place and e.place.place}
    assert places == {"Idlib", "Aleppo"}


def test_arrests_after_a_crime_are_part_of_it(world: Gazetteer) -> None:
    text = "Gunmen killed seven people in Idlib on Wednesday. Eight suspects were arrested."
    (event,) = events(world, text)
    assert {c.measure for c in event.claims} == {"killed", "captured"}


def test_live_fire_on_a_protest_is_excessive_force(world: Gazetteer) -> None:
    text = (
        "Security forces opened fire on protesters in Baghdad on Thursday. "
        "Four protesters were killed, medics said, as the demonstrators crossed a bridge."
    )
    assert main(events(world, text)).sub_type == "Excessive force against protesters"


def test_a_crowd_that_kills_is_mob_violence(world: Gazetteer) -> None:
    text = "A man was attacked and killed by villagers in Idlib on Wednesday, police said."
    assert main(events(world, text)).sub_type == "Mob violence"


def test_who_claims_it_did_it(world: Gazetteer) -> None:
    text = (
        "A suicide bombing in Mogadishu killed ten people on Wednesday. "
        "Al-Shabaab claimed responsibility for the attack."
    )
    assert "Al-Shabaab" in names(main(events(world, text)).initiators)


def test_a_figure_that_is_replaced_is_marked(world: Gazetteer) -> None:
    text = (
        "A car bomb went off in Mogadishu on Wednesday. "
        "The government on Friday raised the death toll to 358 from 276."
    )
    replaced = {c.count.low: c.superseded for e in events(world, text) for c in e.claims}
    assert replaced == {358: False, 276: True}


def test_a_question_tells_of_nothing(world: Gazetteer) -> None:
    assert events(world, "Who bombed the market in Idlib on Wednesday?") == []


SPORT = """City attacked from the first whistle in Manchester on Saturday. The striker fired wide, the keeper
saved a penalty, and the coach said his team had shot itself in the foot. The match ended 2-2."""
TRADE = """The retailer launched a price war in Paris on Monday. Its shares fell, investors said;
rivals fought back with a hostile bid of their own."""
FILM = """The film, shown at the festival in Cannes on Tuesday, opens with an ambush. The director said it
took eleven nights; critics and the audience met it with applause."""
BUDGET = (
    """Parliament in Nairobi debated the budget on Tuesday. The treasury came under fire from senators."""
)


@pytest.mark.parametrize("text", [SPORT, TRADE, FILM, BUDGET])
def test_borrowed_words_of_war_tell_of_nothing(world: Gazetteer, text: str) -> None:
    assert events(world, text) == []


def test_the_same_report_gives_the_same_events(world: Gazetteer) -> None:
    text = "Rebels shelled Idlib on Wednesday, killing three people, officials said."
    assert events(world, text) == events(world, text)


def test_a_communique_is_the_word_of_who_issues_it(world: Gazetteer) -> None:
    text = (
        "COMMUNIQUÉ OF THE GENERAL STAFF\n\n"
        "On Wednesday an operation was carried out in Idlib. Eleven terrorists were killed in the fighting."
    )
    (claim,) = main(events(world, text)).claims
    assert claim.claimant is not None
    assert "general staff" in claim.claimant.text.lower()


def test_a_report_without_its_day_keeps_its_events_undated(world: Gazetteer) -> None:
    text = (
        "Russian warplanes bombed a market in Idlib on Wednesday, killing at least 12 people, residents said."
    )
    event = main(events(world, text, published=None))
    assert (event.when.first, event.when.last, event.when.precision) == (None, None, "unknown")
    assert [c.count.low for c in event.claims] == [12]


def test_a_toll_of_a_longer_time_is_kept_apart(world: Gazetteer) -> None:
    text = (
        "Shells killed nine people in Idlib on Wednesday. "
        "The hospital said 226 people had been killed there since 10 March."
    )
    claims = {c.count.low: c.cumulative for e in events(world, text) for c in e.claims}
    assert claims == {9: False, 226: True}


def test_a_toll_since_the_day_of_the_event_is_its_own(world: Gazetteer) -> None:
    text = "Shells hit Idlib on Wednesday. Nine people have been killed there since Wednesday, doctors said."
    assert [c.cumulative for e in events(world, text) for c in e.claims] == [False]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Al-Shabaab claimed responsibility.", "Al-Shabaab"),
        ("The government blamed al-Shabaab for it.", "al-Shabaab"),
        ("Police held al-Shabaab responsible.", "al-Shabaab"),
        ("It was the work of al-Shabaab, police believe.", "al-Shabaab"),
    ],
)
def test_who_answers_for_it_did_it(world: Gazetteer, sentence: str, name: str) -> None:
    text = f"A car bomb went off in Mogadishu on Wednesday, killing 12 people. {sentence}"
    assert name in names(main(events(world, text)).initiators)


def test_nobody_answers_where_nobody_has_claimed_it(world: Gazetteer) -> None:
    text = "A car bomb went off in Mogadishu on Wednesday, killing 12 people. Al-Shabaab has not claimed it."
    assert not main(events(world, text)).initiators or "Al-Shabaab" not in names(
        main(events(world, text)).initiators
    )


def test_its_gunmen_are_the_gunmen_of_whom_the_sentence_names(world: Gazetteer) -> None:
    text = "Al-Shabaab said that on Wednesday its gunmen killed nine soldiers in Mogadishu."
    assert "Al-Shabaab" in names(main(events(world, text)).initiators)


def test_a_line_with_place_and_day_is_a_dateline(world: Gazetteer) -> None:
    text = (
        "DAMASCUS, 8 April 2022\n\nGunmen attacked a checkpoint on the outskirts of Idlib on Wednesday "
        "and killed nine soldiers, the army said."
    )
    place = main(events(world, text)).place
    assert place is not None
    assert place.place is not None
    assert place.place.name == "Idlib"


def test_what_left_people_dead_is_an_event(world: Gazetteer) -> None:
    text = "A feud between two gangs left at least 23 people dead in Mogadishu on Wednesday, police said."
    event = main(events(world, text))
    assert {c.count.low for c in event.claims} == {23}


def test_forces_of_order_that_kill_protesters_use_excessive_force(world: Gazetteer) -> None:
    text = "Security forces shot dead 32 protesters in Idlib on Wednesday, hospital sources said."
    assert main(events(world, text)).sub_type == "Excessive force against protesters"


def test_what_would_happen_later_is_no_event(world: Gazetteer) -> None:
    text = (
        "Gunmen killed nine soldiers in Idlib on Wednesday, the army said. "
        "In Aleppo a car bomb would go off, the police feared."
    )
    assert {e.place.mention.text for e in events(world, text) if e.place} == {"Idlib"}


def test_here_is_the_town_of_the_dateline(world: Gazetteer) -> None:
    text = (
        "IDLIB, Syria, April 8 (Test) - A bomb killed nine soldiers in this town of Syria on Wednesday, "
        "the army said."
    )
    place = main(events(world, text)).place
    assert place is not None
    assert place.mention.text == "IDLIB"


@pytest.mark.parametrize(
    "head", ["ALEPPO, May 3 - ", "ALEPPO, Syria, May 3 (Wire) — ", "On 3 May in Aleppo, "]
)
def test_the_month_of_may_is_no_perhaps(world: Gazetteer, head: str) -> None:
    text = f"{head}An air strike killed five people, residents said."
    event = main(events(world, text, published="2022-05-04"))
    assert event.place is not None
    assert event.place.mention.text.casefold() == "aleppo"
    assert [c.count.low for c in event.claims] == [5]


def test_a_day_before_a_dash_begins_no_range(world: Gazetteer) -> None:
    text = "IDLIB, May 3 - Twelve soldiers were killed when gunmen ambushed their convoy, the army said."
    event = main(events(world, text, published="2022-05-04"))
    assert [(c.count.low, c.count.high) for c in event.claims] == [(12, 12)]
