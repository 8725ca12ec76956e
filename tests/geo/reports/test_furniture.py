from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.furniture import spans

from .tools import gold, shared

if TYPE_CHECKING:
    from geo.records import Span

BODY = "Shells fell on Hatla on Monday and killed four people, a resident said."


def marked(text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Home > World > Middle East",
        "News » Syria",
        "READ ALSO: Lebanese traders shut shops * Storm closes airport",
        "Also Read: What comes next for the valley",
        "See too: Old friends come to blows",
        "PHOTO: Smoke over the old city, 21 June 2017 (file)",
        "[Photo, July 31, 2017: Recruits wait at a rifle range. (Army)]",
        "Recruits wait at a rifle range in the north, July 31, 2017. (U.S. Army photo by Sgt. A. Ryan)",
        "A man looks at the ruins of his house [File: Omar Sanadiki/Reuters]",
        "Newsletter - Latest News - Contact",
        "Newsletter | About | Latest News",
        "Enjoying the Herald? There is no paywall here and we need you.",
        "Liked it? Support The Herald on Patreon!",
        "Views are the author's own. NEXT: Five things about the metro",
        "TRENDING PRODUCTS AT THE HERALD STORE",
        "(Reporting by A. Clarke; writing by V. Aziz)",
        "(Additional reporting by V. Aziz in Amman; editing by A. Clarke)",
        "Reporting by Farouq Hamo",
        "OPINION: Who will pay for Raqqa?",
        "Like this:",
        "Latest News",
        "ADVERTISEMENT",
        "Follow us on Telegram",
        ">> Army goes after dens in the middle of the peninsula",
        "Subscribe to our newsletter",
        "Copyright 2018 The Herald. All rights reserved.",
    ],
)
def test_a_line_of_furniture_between_paragraphs_is_marked(line: str) -> None:
    text = f"Headline here\n\n{BODY}\n\n{line}\n\n{BODY}\n"
    assert marked(text) == [line]


@pytest.mark.parametrize(
    "line",
    [
        "Syrian army reaches encircled garrison",
        "The shop owners of Hatla were killed in their stalls.",
        "Shop owners said 20 people were killed.",
        "Donated blood ran out at the hospital, where 40 people died.",
        "Enjoying air cover from Moscow, the army took the town and killed 30 men.",
        "Related to the raid, three men were arrested in Hawija on Sunday.",
        "More in the north: shells killed two people in Saraqib.",
        "Follow-up strikes killed nine people.",
        "Reporting by the Observatory shows that 20 people were killed.",
        "Support from the air came late, and 12 soldiers were killed.",
        "Two civilians (both children) were killed in Douma (east of Damascus).",
        "Ten people died - four of them children - in Douma - medics said.",
        "17:30 Doctors say that nine people died.",
        "Home, they say, is where the bombs fell.",
        "- At least 12 people were killed in Idlib.",
        "Note on figures: this morning we gave nine soldiers killed.",
        "Photographs taken on Monday show 30 bodies.",
        "Background",
        '"Share the dead," he said.',
    ],
)
def test_sentences_of_reports_are_spared(line: str) -> None:
    assert marked(f"Headline here\n\n{BODY}\n\n{line}\n\n{BODY}\n") == []


@pytest.mark.parametrize(
    "headline", ["OPINION: Who will pay?", "Video: shells fall on Hatla", "More: toll rises"]
)
def test_a_label_in_the_first_lines_is_the_article_itself(headline: str) -> None:
    assert marked(f"{headline}\n\n{BODY}") == []


def test_a_headline_repeated_at_the_top_is_spared() -> None:
    assert marked(f"Shells fall on Hatla\n\nShells fall on Hatla\n\n{BODY}") == []


def test_a_teaser_takes_its_paragraph_with_it() -> None:
    teaser = ">> Army goes after dens in Sinai\nThe group said it killed many there."
    assert marked(f"{BODY}\n\n{teaser}\n\n{BODY}") == [teaser]


def test_marks_before_sentences_are_bullets() -> None:
    assert marked(f"{BODY}\n\n\u25ba A. Terry of Virginia. He was 40 and died at the scene.\n\n{BODY}") == []


def test_a_headline_glued_to_a_paragraph_about_something_else_is_another_story() -> None:
    stray = "Army targets hotbeds in the middle of Sinai\nSince then Wilayat Sinai has killed ten in Egypt."
    text = f"Strikes on Hatla\n\n{BODY}\n\n{BODY}\n\n{stray}\n\n{BODY}\n\n{BODY}\n\n{BODY}"
    assert marked(text) == [stray]
    assert marked(text.replace("Strikes on", "Sinai and")) == [], "a name shared with the text: a subheading"


@pytest.mark.parametrize(
    "block",
    [
        "ALSO IN THE DIGEST\n* A prize for a fisherman\n* Stars lose to Iraq\n* Georgia lifts visas",
        "RELATED HEADLINES\n> Port sees record cargo\n> Is Pemba ready?",
        "Related News\n\nMan killed in a raid, January 15, 2025\n\nTwo injured by a mine, January 14, 2025",
        "Prev Post\n\nRaid in the east\n\nNext Post\n\nShells in the west\n\nNine killed on Monday…",
    ],
)
def test_a_list_of_headlines_goes_with_its_heading(block: str) -> None:
    assert marked(f"Headline here\n\n{BODY}\n\n{block}\n\n{BODY}") == [block]


def test_bullets_that_are_sentences_are_news() -> None:
    text = f"Headline\n\n{BODY}\n\nMore news\n- Ten people were killed in Idlib.\n- Two died in Homs."
    assert marked(text) == ["More news"]


def test_comments_go_to_the_end() -> None:
    comments = "Leave a Reply\n\nNotify of\n\nThis war is a lie. I was there and 20 people died."
    assert marked(f"{BODY}\n\n{comments}") == [comments]


def test_menus_one_word_a_line_are_marked() -> None:
    menu = "Middle East\n\nAfrica\n\nAsia Pacific\n\nSports\n\nVideos\n\nHealth"
    assert marked(f"{menu}\n\n{BODY}") == [menu]


def test_a_list_of_names_with_marks_is_no_menu() -> None:
    names = "\n".join(f"- Person {letter}" for letter in "ABCDEFG")
    assert marked(f"{BODY}\n\n{names}") == []


@pytest.mark.parametrize("tail", ["Latest News", "Read Also", "Tweet"])
def test_only_the_last_words_of_a_line_are_marked(tail: str) -> None:
    assert marked(f"{BODY} {tail}") == [tail]


def test_the_credit_after_a_sentence_is_marked_alone() -> None:
    credit = "(Reporting by A. Clarke; editing by V. Aziz)"
    assert marked(f"{BODY} {credit}") == [credit]


def test_no_gold_claim_is_marked() -> None:
    answers = json.loads(gold("gold.json").read_text("utf-8"))["reports"]
    lost = []
    for report in map(json.loads, gold("reports.jsonl").read_text("utf-8").splitlines()):
        found = spans(report["text"])
        for claim in (claim for event in answers[report["id"]]["events"] for claim in event["claims"]):
            start = report["text"].index(claim["quote"])
            if any(overlap(span, start, start + len(claim["quote"])) for span in found):
                lost.append((report["id"], claim["quote"]))
    assert lost == []


def overlap(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end


def test_the_boilerplate_of_the_gold_reports_is_marked() -> None:
    reports = {
        r["id"]: r["text"] for r in map(json.loads, gold("reports.jsonl").read_text("utf-8").splitlines())
    }
    expected = {
        "seed-000": ["Latest News"],
        "seed-001": ["Egyptian army goes after", "Police and soldiers have been ordered", "Like this:"],
        "seed-002": ["Photo © Peter"],
        "seed-003": ["Arab recruits wait", "See too:", "What's hot in"],
        "seed-004": ["Liked it?", "NEXT: Five things"],
        "b01a": ["(Additional reporting"],
        "b02c": [
            "Home > World",
            "Vineyards of Georgia",
            "Smoke over the old city",
            "OPINION: Who",
            "Enjoying Newsloop",
        ],
        "b05c": ["Home > World", "rival militias quarrel", "An F-15 at an air show", "Sign up for"],
        "b12c": ["Rain at last in Garissa", "Villagers return"],
        "b13c": ["Kenya lose to Iraq", "Fishermen on the beach", "Newsletter | About"],
        "b15c": ["Mtwara port", "Cyclone season", "A dhow off"],
    }
    missed = [
        (name, words)
        for name, phrases in expected.items()
        for words in phrases
        if not any(words in part for part in marked(reports[name]))
    ]
    assert missed == []


def test_the_raw_articles() -> None:
    raw = sorted(shared("data", "seeds").glob("*.txt"))
    found = [" ".join(marked(path.read_text("utf-8"))) for path in raw]
    assert "Latest News" in found[0]
    assert "hotbeds" in found[1]
    assert "Police and troops have been put" in found[1]
    assert "rifle marksmanship range" in found[3]
    assert "Also Read" in found[3]
    assert "5 STRIKING facts" in found[4]
    assert "Patreon" in found[4]


@given(st.text(alphabet="ab .\n>*|-:[]()AB!?\u2026", max_size=300))
def test_spans_are_in_order_apart_and_inside(text: str) -> None:
    found = spans(text)
    edges = [edge for span in found for edge in (span.start, span.end)]
    assert edges == sorted(set(edges))
    assert all(0 <= edge <= len(text) for edge in edges)
    assert all(not text[span.start].isspace() and not text[span.end - 1].isspace() for span in found)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10**6,
        "[photo " * 10**5,
        "a\nb\n\n" * 10**5,
        "Related News\n" * 10**5,
        " " * 10**6,
        "Home > " * 10**5,
        "Reporting by " * 10**5,
        "Headline Of Four Words\nBody.\n\nx.\n\nx.\n\nx.\n\nx.\n\n" * 2 * 10**4,
        ("A" * 100 + "(photo)\n") * 10**4,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_rules_are_linear(text: str) -> None:
    # A rule that is not would run for hours on these, not seconds.
    assert all(span.end <= len(text) for span in spans(text))
