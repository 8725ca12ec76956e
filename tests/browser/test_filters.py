"""Sources, dates, text and the other filters; counts that follow; the address that remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.maps.build import ARABIC, HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from tests.browser.conftest import Opened

    Show = Callable[..., Opened]
    Tables = dict[str, pd.DataFrame]

EVERYTHING = ["arrests", "clash", "ford", "hostile", "nowhere"]


def test_a_source_is_hidden_and_shown(show: Show, tables: Tables) -> None:
    opened = show(tables)
    assert opened.count() == "5 incidents"
    opened.value("source", "North Bank Post").locator("input").uncheck()
    assert opened.shown() == ["clash", "ford", "hostile", "nowhere"]
    assert opened.count() == "4 of 5 incidents"
    opened.value("source", "Harbour Wire").locator("input").uncheck()
    assert opened.shown() == ["ford", "hostile", "nowhere"]
    opened.value("source", "North Bank Post").locator("input").check()
    assert opened.shown() == EVERYTHING


def test_a_source_is_shown_alone_and_all_again(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.value("source", "State Agency").hover()
    opened.value("source", "State Agency").locator(".cm-only").click()
    assert opened.shown() == ["ford"]
    opened.value("source", "State Agency").locator(".cm-only").click()
    assert opened.shown() == EVERYTHING


def test_one_click_resets(show: Show, tables: Tables) -> None:
    opened = show(tables)
    assert not opened.page.locator(".cm-reset").is_visible()
    opened.value("type", "Battles").locator("input").uncheck()
    opened.value("actors", "Army").locator("input").check()
    opened.page.fill(".cm-search", "march")
    opened.page.wait_for_timeout(200)
    assert opened.shown() == ["arrests"]
    opened.page.click(".cm-reset")
    assert opened.shown() == EVERYTHING
    assert opened.page.input_value(".cm-search") == ""


def test_counts_follow_the_other_filters(show: Show, tables: Tables) -> None:
    opened = show(tables)
    assert opened.value("source", "North Bank Post").locator(".cm-count").inner_text() == "3"
    opened.value("type", "Battles").locator("input").uncheck()
    opened.settle()
    assert opened.value("source", "North Bank Post").locator(".cm-count").inner_text() == "2"
    assert opened.value("type", "Battles").locator(".cm-count").inner_text() == "1"


def test_claimants_actors_and_sides_are_picked(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.value("claimants", "Hospital").locator("input").check()
    assert opened.shown() == ["clash"]
    opened.value("claimants", "Ministry").locator("input").check()
    assert opened.shown() == ["clash", "ford"]
    opened.value("sides", "opposition").locator("input").check()
    assert opened.shown() == ["clash"]
    opened.page.click(".cm-facet-claimants .cm-text-button")
    opened.page.click(".cm-facet-sides .cm-text-button")
    opened.value("actors", "Army").locator("input").check()
    assert opened.shown() == ["arrests", "clash", "ford"]


def test_precision_and_agreement(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.value("agreement", "Sources disagree").hover()
    opened.value("agreement", "Sources disagree").locator(".cm-only").click()
    assert opened.shown() == ["ford"]
    opened.page.click(".cm-reset")
    opened.value("precision", "Province or wider").locator("input").uncheck()
    opened.value("precision", "No place given").locator("input").uncheck()
    assert opened.shown() == ["clash", "ford", "hostile"]


def test_text_is_found_in_quotes_titles_names_and_without_accents(show: Show, tables: Tables) -> None:
    opened = show(tables)
    for words, found in {
        "salt village": ["ford"],
        "ministry denies": ["ford"],
        "HOSPITAL": ["clash"],
        "hill province": ["arrests", "clash"],
        "syria arrests": ["arrests"],
        ARABIC.split()[1]: ["clash"],
        "سبعه": [],
        "قتل سبعة": ["clash"],
        "onerror": ["hostile"],
        "{{ 7*7 }}": ["hostile"],
        "img'\"": ["hostile"],
    }.items():
        opened.page.fill(".cm-search", words)
        opened.page.wait_for_timeout(170)
        assert opened.shown() == found, words


def test_days_by_keyboard_by_field_and_by_hand(show: Show, tables: Tables) -> None:
    opened = show(tables)
    late = opened.page.get_by_role("slider", name="Last day shown")
    late.focus()
    for _ in range(43):
        late.press("PageDown")
    assert opened.shown() == ["arrests", "clash", "ford", "nowhere"]
    late.press("Home")
    assert opened.shown() == ["nowhere"]
    opened.page.click(".cm-reset")
    fields = opened.page.locator(".cm-time input[type=date]")
    fields.nth(0).fill("2018-02-08")
    fields.nth(0).dispatch_event("change")
    fields.nth(1).fill("2018-02-20")
    fields.nth(1).dispatch_event("change")
    assert opened.shown() == ["ford", "nowhere"]
    opened.page.click(".cm-reset")
    box = opened.page.locator(".cm-time-track").bounding_box()
    assert box
    opened.page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 20)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20, steps=5)
    opened.page.mouse.up()
    assert opened.shown() == ["nowhere"]
    assert "from=2018-0" in opened.hash()


def test_play_walks_through_time_and_stops(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.page.click(".cm-time .cm-round")
    opened.page.wait_for_timeout(700)
    assert opened.run("app.state.from !== null && app.state.to < app.bins.high")
    first = opened.run("app.state.from")
    opened.page.wait_for_timeout(700)
    assert opened.run("app.state.from") > first
    opened.page.get_by_role("button", name="Pause").click()
    held = opened.run("app.state.from")
    opened.page.wait_for_timeout(400)
    assert opened.run("app.state.from") == held


def test_the_address_reproduces_the_view(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.value("source", "State Agency").locator("input").uncheck()
    opened.value("source", "window.ran").locator("input").uncheck()
    opened.settle()
    opened.value("claimants", "Monitors").locator("input").check()
    opened.page.fill(".cm-search", "salt & village")
    opened.page.fill(".cm-search", "salt")
    opened.page.wait_for_timeout(200)
    opened.page.select_option("#conflictmap-by", "type")
    opened.run("app.map.setView([35.3, 40.2], 9, { animate: false })")
    opened.run("app.select(app.find('ford'))")
    remembered = opened.hash()
    again = show(tables, at=remembered)
    assert again.shown() == ["ford"]
    assert again.run("[...app.state.source].map((k) => app.filter.names().source[k]).sort()") == sorted(
        ["State Agency", HOSTILE]
    )
    assert again.run("app.state.by") == "type"
    assert again.run("app.map.getZoom()") == 9
    assert again.page.inner_text(".cm-title") == "Air strike, Old Ford, 7\u20138 February 2018"
    assert again.hash() == remembered


def test_a_changed_address_is_followed(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.run("(window.location.hash = '#q=hospital&id=clash')")
    opened.page.wait_for_timeout(100)
    assert opened.shown() == ["clash"]
    assert "Armed clash" in opened.page.inner_text(".cm-title")


def test_an_address_of_nonsense_shows_everything(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=a/b/c&-source=none&from=never&by=x&sort=y&id=gone&theme=z")
    assert opened.shown() == EVERYTHING
    assert opened.faults == []
