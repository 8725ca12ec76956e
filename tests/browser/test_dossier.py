"""What the page says of one incident, and the keyboard's way to it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.maps.build import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from tests.browser.conftest import Opened

    Show = Callable[..., Opened]
    Tables = dict[str, pd.DataFrame]


def test_each_claimant_has_a_row_on_a_common_axis(show: Show, tables: Tables) -> None:
    page = show(tables, at="#id=ford").page
    killed = page.locator(".cm-measure", has=page.locator("h4", has_text="Killed"))
    rows = killed.locator(".cm-chart-row")
    assert [row.split("\n") for row in rows.all_inner_texts()] == [
        ["Coalition", "about 100"],
        ["Monitors", "73"],
        ["North Bank Post", "“dozens”"],
        ["Ministry", "none"],
    ]
    assert killed.locator(".cm-axis span").all_inner_texts() == ["0", "50", "100"]
    places = "(nodes) => nodes.map((node) => parseFloat(node.style.insetInlineStart))"
    dots = killed.locator(".cm-dot").evaluate_all(places)
    assert dots == [100, 73, 24, 0]
    assert killed.locator(".cm-open-end").count() == 1


def test_facts_come_with_their_precision(show: Show, tables: Tables) -> None:
    page = show(tables, at="#id=arrests").page
    facts = page.locator(".cm-facts").first.inner_text()
    assert "March 2018" in facts
    assert "1 March" not in facts
    assert "province, within about 60 km" in facts
    assert "Fair 0.5" in facts


def test_quotes_stand_with_source_date_and_a_link_to_the_sentence(show: Show, tables: Tables) -> None:
    page = show(tables, at="#id=ford").page
    claim = page.locator(".cm-claim").first
    assert "Coalition aircraft struck the column near Old Ford" in claim.locator("blockquote").inner_text()
    assert "Harbour Wire" in claim.inner_text()
    assert "9 February 2018" in claim.inner_text()
    link = claim.locator("a")
    assert link.get_attribute("rel") == "noopener noreferrer"
    address = link.get_attribute("href") or ""
    page_part, _, sentence = unquote(address).partition("#:~:text=")
    assert page_part == "https://example.org/ford"
    assert sentence == "Coalition aircraft struck the column,said, killing about 100 fighters."
    second = page.locator(".cm-claim a").nth(1).get_attribute("href") or ""
    assert second.startswith("https://example.org/salt#top:~:text=Monitors%20counted")


def test_denials_copies_and_corrections_are_marked(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#id=ford")
    body = opened.page.locator(".cm-dossier-body")
    assert "denied" in body.locator(".cm-claim.cm-denied").first.inner_text()
    assert "later replaced in the same report" in body.inner_text()
    assert "Somebody in this report denies that it happened." in body.inner_text()
    corrections = body.locator(".cm-corrections").inner_text()
    assert "low: 73" in corrections
    assert "corrected by Reader, 2 January 2020" in corrections
    assert "The sources disagree on the toll and the place." in body.inner_text()
    opened.run("app.select(app.find('clash'))")
    assert "Repeats the text of North Bank Post" in body.locator(".cm-copy").inner_text()


def test_a_corrected_account_says_so_and_by_whom(show: Show, tables: Tables) -> None:
    events = tables["events"]
    tables["events"] = events.assign(corrected=["place" if k == 0 else None for k in range(len(events))])
    tables["corrections"] = tables["corrections"].assign(
        target=events["id"].iloc[0], field="place", value="Raqqa", author=None, at=None, note=None
    )
    body = show(tables, at=f"#id={events['incident'].iloc[0]}").page.locator(".cm-dossier-body")
    assert "corrected by hand" in body.locator(".cm-account").first.inner_text()
    assert body.inner_text().count("corrected by hand") == 1
    assert body.locator(".cm-corrections").inner_text() == "Place: Raqqa"


def test_hidden_accounts_are_told_of(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#id=ford&-source=State+Agency")
    text = opened.page.inner_text(".cm-dossier-body")
    assert "1 account is hidden by the filters" in text
    assert "Ministry denies" not in text


def test_hostile_text_is_shown_as_written_and_nothing_runs(show: Show, tables: Tables) -> None:
    opened = show(tables, title=HOSTILE, at="#id=hostile")
    page = opened.page
    written = " ".join(HOSTILE.replace("\u2028", " ").replace("\x00", "\ufffd").split())
    shown = " ".join(page.inner_text(".cm-title").replace("\u2028", " ").replace("\x00", "\ufffd").split())
    assert shown == written
    assert page.locator(".cm-dossier blockquote").count() >= 1
    page.click("#cm-tab-list")
    page.locator(".cm-item").last.hover()
    page.mouse.move(700, 400)
    assert page.evaluate("window.ran") is None
    assert page.locator(".cm-shell img").count() == 0
    assert page.locator(".cm-dossier a").count() == 0
    assert opened.faults == []
    assert opened.outside == []


def test_every_incident_can_be_reached_by_keyboard(show: Show, tables: Tables) -> None:
    page = show(tables).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "cm-skip"
    page.keyboard.press("Enter")
    seen = []
    for _ in range(5):
        page.keyboard.press("Enter")
        seen.append(page.inner_text(".cm-title")[:20])
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.classList.contains('cm-item')")
        assert not page.locator(".cm-dossier").is_visible()
        page.keyboard.press("ArrowDown")
    assert len(set(seen)) == 5


def test_the_list_is_sorted_and_paged(show: Show, tables: Tables) -> None:
    opened = show(tables)
    page = opened.page
    page.click("#cm-tab-list")
    first = page.locator(".cm-item").first
    assert "Armed clash" in first.inner_text()
    for sort, words in {
        "date_up": "Protest",
        "killed": "Old Ford",
        "sources": "Old Ford",
        "place": "</script>",
    }.items():
        page.select_option("#conflictmap-sort", sort)
        assert words in first.inner_text(), sort
    assert not page.locator(".cm-pages").is_visible()


def test_many_incidents_are_paged(show: Show, tables: Tables) -> None:
    import pandas as pd

    many = [
        tables["events"].assign(id=lambda part, k=k: part["id"] + str(k), incident=None) for k in range(12)
    ]
    page = show({"incidents": tables["incidents"].iloc[:0], "events": pd.concat(many)}).page
    page.click("#cm-tab-list")
    assert page.inner_text(".cm-page") == "Page 1 of 3"
    page.locator(".cm-item").last.focus()
    page.keyboard.press("ArrowDown")
    assert page.inner_text(".cm-page") == "Page 2 of 3"
    assert page.evaluate("document.activeElement.classList.contains('cm-item')")


def test_arrows_of_the_dossier_walk_the_list(show: Show, tables: Tables) -> None:
    page = show(tables, at="#id=clash").page
    page.get_by_role("button", name="Next incident").click()
    assert "Arrests" in page.inner_text(".cm-title")
    page.get_by_role("button", name="Previous incident").click()
    assert "Armed clash" in page.inner_text(".cm-title")


def test_excerpts_run_in_their_own_direction(show: Show, tables: Tables) -> None:
    page = show(tables, at="#id=clash").page
    quote = page.locator(".cm-dossier blockquote").first
    assert quote.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert quote.get_attribute("lang") == "ar"
    assert page.locator(".cm-title").evaluate("(node) => getComputedStyle(node).direction") == "ltr"
