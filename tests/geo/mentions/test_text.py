"""Sentences, tokens, quotes and datelines, in whatever script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mentions.text import LONGEST_SENTENCE, Document, headline, read_text
from geo.records import Report, Span, When


def cut(text: str, title: str | None = None, furniture: tuple[Span, ...] = ()) -> Document:
    return read_text(
        Report(id="r", source="Wire", title=title, published=When(), url=None, text=text, furniture=furniture)
    )


def sentences(text: str) -> list[str]:
    return [s.text for s in cut(text).sentences]


def tokens(text: str) -> list[str]:
    return [t.text for s in cut(text).sentences for t in s.tokens]


@pytest.mark.parametrize(
    "expected",
    [
        ["One fell.", "Two fell."],
        ["Who fell?", "Nobody!", "So they say..."],
        ["Col. Smith said so.", "Lt. Gen. Jones left."],
        ["Mr. J. Smith of St. Louis vs. Gen. Doe.", "End."],
        ["The U.S. Army moved on Jan. 5.", "It ended."],
        ["At 5 p.m. on Monday it began.", "It ended at 6 p.m.", "The raid was over."],
        ["It cost 3.5 million.", "About 1,300 men came."],
        ["No. 5 brigade fell.", "They left."],
        ["He asked: “Why?”", "Then he left."],
        ["“We struck.", "They fled,” he said."],
        ["(It was late.)", "Then it rained."],
        ["He fell... and rose again.", "Good."],
    ],
)
def test_sentence_borders(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_capital_after_an_abbreviation_that_ends_its_sentence() -> None:
    assert sentences("They were sent by the U.S. The army said so.") == [
        "They were sent by the U.S.",
        "The army said so.",
    ]


def test_list_numbers_stay_with_their_items() -> None:
    assert sentences("1. First item here.\n2. Second item here.\n- third\n* fourth") == [
        "1. First item here.",
        "2. Second item here.",
        "- third",
        "* fourth",
    ]


def test_year_at_the_end_ends_its_sentence() -> None:
    assert sentences("It began in 2018. Many fled.") == ["It began in 2018.", "Many fled."]


def test_headline_without_stop_is_a_sentence() -> None:
    document = cut("Headline without stop\nBody starts here.\n\nNext paragraph.")
    assert [s.text for s in document.sentences] == [
        "Headline without stop",
        "Body starts here.",
        "Next paragraph.",
    ]
    assert [s.paragraph for s in document.sentences] == [0, 1, 2]
    assert [s.index for s in document.sentences] == [0, 1, 2]


def test_line_broken_within_a_sentence_goes_on() -> None:
    assert sentences("Ten men were killed\nnear Homs. Later more.") == [
        "Ten men were killed\nnear Homs.",
        "Later more.",
    ]


@pytest.mark.parametrize(
    "expected",
    [
        ["قُتل عشرة أشخاص.", "هل هذا صحيح؟", "نعم."],
        ["Убито десять человек.", "Бои продолжаются."],
        ["דמשק הופצצה.", "עשרה נהרגו."],
        ["दस लोग मारे गए।", "लड़ाई जारी है।"],
    ],
)
def test_other_scripts(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_script_without_spaces() -> None:
    assert sentences("十人が死亡した。戦闘は続く。") == ["十人が死亡した。", "戦闘は続く。"]


@pytest.mark.parametrize(
    "word", ["قُتل", "Zürich", "Zu\u0308rich", "Й", "И\u0306ошкар", "pro-regime", "U.S.-led", "10th"]
)
def test_word_is_one_token(word: str) -> None:
    assert tokens(f"{word} x") == [word, "x"]


def test_possessive_is_a_token_of_its_own() -> None:
    document = cut("Moscow’s men")
    first, second, _ = document.sentences[0].tokens
    assert (first.text, second.text, second.low) == ("Moscow", "’s", "'s")
    assert (second.start, second.end) == (6, 8)


@pytest.mark.parametrize(
    ("text", "dateline"),
    [
        ("BEIRUT, Sept 5 (Meridian Wire) - Ten men were killed.", "BEIRUT, Sept 5 (Meridian Wire) - "),
        ("DAMASCUS — Ten men were killed.", "DAMASCUS — "),
        ("Kabul (Pajhwok): Ten men were killed.", "Kabul (Pajhwok): "),
        ("Ten men were killed - so they say.", None),
        ("Ten men were killed in Homs.", None),
    ],
)
def test_dateline(text: str, dateline: str | None) -> None:
    found = cut(text).dateline
    assert (text[found.start : found.end] if found else None) == dateline


def test_dateline_below_a_headline() -> None:
    text = "Ten killed in raid\n\nBEIRUT, Sept 5 (Meridian Wire) - Ten men were killed."
    found = cut(text).dateline
    assert found is not None
    assert text[found.start : found.end].startswith("BEIRUT")


def test_quotes() -> None:
    text = '“We struck. They fled,” he said. "It is over." «Oui.» An "open one'
    document = cut(text)
    assert [text[q.start : q.end] for q in document.quotes] == [
        "“We struck. They fled,”",
        '"It is over."',
        "«Oui.»",
    ]
    assert document.quoted(text.index("fled"))
    assert not document.quoted(text.index("he said"))
    assert not document.quoted(text.index("open one"))


def test_furniture_is_marked_not_cut() -> None:
    text = "Ten men fell. \nLatest News: Paris show opens.\nMore fell."
    start = text.index("Latest")
    document = cut(text, furniture=(Span(start=start, end=start + 31),))
    assert [s.furniture for s in document.sentences] == [False, True, False]


def test_headline_is_a_document_of_its_own() -> None:
    document = headline(read_text(cut("Body.", title="Ten killed in Homs").report).report)
    assert [s.text for s in document.sentences] == ["Ten killed in Homs"]
    assert headline(cut("Body.").report).sentences == ()


def test_sentence_at_a_position() -> None:
    document = cut("One fell.  Two fell.")
    assert document.sentence_at(0) is document.sentences[0]
    assert document.sentence_at(12) is document.sentences[1]
    assert document.sentence_at(9) is None
    assert document.sentence_at(99) is None


def test_empty_text() -> None:
    assert cut("").sentences == ()
    assert cut(" \n ").sentences == ()


@given(st.text(alphabet=st.sampled_from("aA1é.!?،؟。 \n\t“”\"'’-–«»()U.S\u0301\u200f👩")))
def test_cutting_loses_nothing(text: str) -> None:
    document = cut(text)
    end = 0
    for s in document.sentences:
        assert s.start >= end
        assert not text[end : s.start].strip()
        assert text[s.start : s.end] == s.text
        for t in s.tokens:
            assert text[t.start : t.end] == t.text
        end = s.end
    assert not text[end:].strip()


def test_hostile_lengths_do_not_hang() -> None:
    for text in (
        "a." * 20_000,
        "“" * 20_000,
        "A" * 50_000,
        ". " * 20_000,
        "x\u0301" * 20_000,
        "Mr. " * 5_000,
    ):
        assert cut(text).report.text == text


@pytest.mark.parametrize("unit", ["a", "word ", "12 February 2018 ", "killed 3 on Monday. "])
def test_what_is_too_long_for_a_sentence_is_cut_between_words(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    cut_ = cut(text).sentences
    assert max(len(s.text) for s in cut_) <= LONGEST_SENTENCE
    assert "".join(s.text.replace(" ", "") for s in cut_) == text.replace(" ", "")
    assert all(text[s.start : s.end] == s.text for s in cut_)
    if " " in unit:
        assert {t for s in cut_ for t in s.text.split()} == set(unit.split())
