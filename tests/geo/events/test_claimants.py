"""Who says it: verbs and phrases of saying, colons, brackets, pronouns, and chains of voices."""

from __future__ import annotations

import pytest

from geo.events.claimants import Speakers, find_voices, voice_of
from tests.geo.events.builders import sentences, voices


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Defence Ministry said 20 people were killed.", "Defence Ministry"),
        ("Twenty people were killed, the Defence Ministry said.", "Defence Ministry"),
        ("Twenty people were killed, according to the Defence Ministry.", "Defence Ministry"),
        ("Twenty people were killed, said the Defence Ministry.", "Defence Ministry"),
        ("Security sources: 59 killed.", "sources"),
        ("At least 20 dead (state television)", "state television"),
        ("Twenty people were killed, by the army's count.", "army"),
        ("A farmer was killed, his cousin tells us.", "cousin"),
        ("Twenty people were killed, the governor of Darfur, Minni Arko Minawi, said.", "Minni Arko Minawi"),
        ("The Defence Ministry has also said 20 people were killed.", "Defence Ministry"),
        ("Shells killed two, the health ministry of the northern administration said.", "health ministry"),
        ("Nabta, the state news agency, spoke of 46 dead.", "Nabta"),
        ("Two guards died, according to a spokesman, General Leon Kasonga.", "Leon Kasonga"),
        ("The director, who would not be named, told The Courier that 26 had died.", "director"),
        ("No casualties, says the army's spokesman, Nabil Abdullah.", "Nabil Abdullah"),
    ],
)
def test_the_speaker_of_a_figure(text: str, speaker: str) -> None:
    assert any(speaker in v.speaker.text for v in voices(text))


@pytest.mark.parametrize(
    "text",
    [
        "No casualties were reported.",
        "Two men gave their lives.",
        "Militants set off suicide bombs.",
        "Soldiers put to death 300 men.",
        "Gunmen overran a gendarmerie post and killed nine guards.",
    ],
)
def test_other_senses_of_the_verbs_are_no_voice(text: str) -> None:
    assert voices(text) == []


def test_said_and_a_figure_does_not_make_the_counted_speak() -> None:
    (voice,) = voices("An officer said 27 militants were killed.")
    assert "militants" not in voice.speaker.text


def test_a_pronoun_goes_on_with_the_voice_before() -> None:
    (voice,) = voices("The Defence Ministry said the town was quiet. It said 20 people were killed.")
    assert "Defence Ministry" in voice.speaker.name or "Defence Ministry" in voice.speaker.text


def test_media_that_cite_pass_on_anothers_word() -> None:
    (voice,) = voices("American media, citing the coalition, say 100 fighters were killed.")
    assert "coalition" in voice.speaker.text.lower()
    assert any("media" in v.text.lower() for v in voice.via)


def test_a_ministry_that_cites_witnesses_speaks_itself() -> None:
    found = voices("The Interior Ministry said on Friday, citing witnesses, that 300 people were killed.")
    assert any("Ministry" in v.speaker.text for v in found)
    assert not any("witnesses" in v.speaker.text for v in found)


def test_a_denial_is_a_voice_that_denies() -> None:
    assert any(v.denies for v in voices("The Defence Ministry denied that 20 people were killed."))


def test_who_ends_the_sentence_speaks_for_all_of_it() -> None:
    text = (
        "Thirty men died, officials of two hospitals said they were full, when gunmen overran the camp, "
        "the security minister said."
    )
    (reading,) = sentences(text)
    found = find_voices(reading, Speakers())
    figure = reading.figures[0]
    voice = voice_of(reading, found, figure.first)
    assert voice is not None
    assert "minister" in voice.speaker.text


def test_figures_go_on_in_the_voice_of_the_sentence_before() -> None:
    first, second = sentences("The rescue service said 40 people died. Seventy-five were wounded.")
    speakers = Speakers()
    find_voices(first, speakers)
    assert find_voices(second, speakers) == []
    (voice,) = speakers.continued(second)
    assert "rescue service" in voice.speaker.text
