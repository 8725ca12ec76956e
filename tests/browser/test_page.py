"""The page as a whole: offline, layers, marks, phone, Arabic, dark, paper, access, files beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import folium
import geopandas as gpd
import pytest

import maps
from maps import blocks

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from tests.browser.conftest import Opened

    Show = Callable[..., Opened]
    Tables = dict[str, pd.DataFrame]

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")


def test_nothing_is_asked_of_a_network(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#id=ford")
    opened.page.mouse.move(700, 400)
    opened.page.mouse.wheel(0, -400)
    opened.page.wait_for_timeout(400)
    assert opened.asked == [opened.page.url.split("#")[0]]
    assert opened.faults == []


def test_stock_markers_work_offline(show: Show, tables: Tables) -> None:
    drawn = maps.draw(tables)
    folium.Marker([35.0, 38.0], tooltip="mine").add_to(drawn)
    opened = show(drawn)
    assert opened.page.locator(".leaflet-marker-icon").count() == 1
    assert (
        opened.page.locator(".leaflet-marker-icon").evaluate("(node) => node.complete && node.naturalWidth")
        == 25
    )
    assert opened.outside == []
    assert opened.faults == []


def test_a_layer_control_and_the_panel_say_the_same(show: Show, tables: Tables) -> None:
    drawn = maps.draw(tables)
    folium.LayerControl(collapsed=False).add_to(drawn)
    opened = show(drawn)
    control = opened.page.locator(
        ".leaflet-control-layers-overlays label", has_text="North Bank Post"
    ).locator("input")
    control.uncheck()
    assert "arrests" not in opened.shown()
    assert not opened.value("source", "North Bank Post").locator("input").is_checked()
    opened.value("source", "North Bank Post").locator("input").check()
    opened.settle()
    assert control.is_checked()
    assert opened.page.evaluate("window.ran") is None


def test_a_source_layer_may_start_hidden(show: Show, tables: Tables) -> None:
    drawn = maps.draw(tables)
    layer = next(
        child for child in drawn._children.values() if getattr(child, "layer_name", "") == "North Bank Post"
    )
    layer.show = False
    opened = show(drawn)
    assert "arrests" not in opened.shown()


def test_every_placed_incident_is_in_a_mark_or_a_donut(show: Show, tables: Tables) -> None:
    opened = show(tables)
    groups = {}
    for zoom in (3, 6):
        opened.run(f"app.map.setView([35, 40], {zoom}, {{ animate: false }})")
        groups[zoom] = opened.run("app.marks.groups.map((group) => group.count)")
        assert sum(groups[zoom]) == 4
    assert max(groups[3]) > 1
    assert len(groups[3]) < len(groups[6])


def test_a_mark_is_pointed_at_and_opened(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=8/35.3/40.3")
    x, y = opened.run("place('ford')")
    opened.page.mouse.move(x, y)
    opened.settle()
    assert "Old Ford" in opened.page.inner_text(".cm-tip")
    opened.page.mouse.click(x, y)
    assert "Old Ford" in opened.page.inner_text(".cm-title")


def test_a_donut_is_zoomed_into(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=3/35/40")
    x, y = opened.run("donut(0)")
    opened.page.mouse.click(x, y)
    opened.page.wait_for_timeout(600)
    assert opened.run("app.map.getZoom()") > 3
    assert opened.run("app.marks.groups.length") > 1


def test_incidents_at_one_point_are_offered_as_a_list(show: Show, tables: Tables) -> None:
    tables["incidents"].geometry = [tables["incidents"].geometry.iloc[0]] * 5
    opened = show(tables, at="#map=9/35.3/40.29")
    x, y = opened.run("place('ford')")
    opened.page.mouse.click(x, y)
    assert opened.page.locator(".cm-dossier .cm-item").count() == 5
    opened.page.locator(".cm-dossier .cm-item", has_text="Armed clash").click()
    assert "Armed clash" in opened.page.inner_text(".cm-title")


def test_marks_tell_precision_and_source(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=10/35.8/36.9&-source=Harbour+Wire")
    assert opened.run("pixel('clash', 0, 0)") == [0x00, 0x72, 0xB2]
    assert opened.run("pixel('arrests', 0, 0)") != [0x00, 0x72, 0xB2]
    opened = show(tables, at="#map=10/35.3/40.2")
    colours = {tuple(opened.run(f"pixel('ford', {dx}, {dy})")) for dx, dy in ((3, -2), (-3, -2), (0, 4))}
    assert len(colours) == 3


def test_legs_lead_to_where_each_source_puts_it(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=11/35.33/40.23&id=ford")
    assert opened.run("legs('ford')") == ["Salt Village"]
    opened.value("source", "North Bank Post").locator("input").uncheck()
    opened.settle()
    assert opened.run("legs('ford')") == []


def test_a_link_to_an_incident_shows_all_its_places(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#id=ford")
    assert opened.run("legs('ford')") == ["Salt Village"]
    opened.run("app.map.setView([35, 40], 4, { animate: false })")
    assert opened.run("legs('ford')") == []
    opened.page.get_by_role("button", name="Show where each source puts it").click()
    opened.page.wait_for_timeout(600)
    assert opened.run("legs('ford')") == ["Salt Village"]
    assert "Show where each" not in show(tables, at="#id=clash").page.inner_text(".cm-dossier-body")


def test_an_area_wider_than_the_map_is_shown_whole(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#map=11/35.8/36.9")
    opened.run("app.select(app.find('arrests'))")
    opened.page.wait_for_timeout(600)
    assert opened.run("app.map.getZoom()") < 11
    radius_deg = 60 / 111
    for lat in (35.8 - radius_deg, 35.8 + radius_deg):
        assert opened.run(f"app.map.getBounds().contains([{lat}, 36.6])")


def test_names_keep_clear_of_marks_and_of_each_other(show: Show, tables: Tables) -> None:
    towns = gpd.GeoDataFrame(
        {"name": ["Hidden", "Free", "Crowded"], "rank": [1, 1, 2], "kind": "town"},
        geometry=gpd.points_from_xy([40.29, 43.0, 43.0005], [35.3, 33.0, 33.0]),
        crs=4326,
    )
    opened = show(tables | {"basemap": towns}, at="#map=8/34.5/41.5")
    written = opened.run(
        """(() => {
            const boxes = app.marks.covered(app.marks.frame, null);
            const marks = boxes.length;
            const context = document.createElement("canvas").getContext("2d");
            app.base.paintNames(context, app.marks.frame, app.inks(), boxes, []);
            const apart = (a, b) => a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3];
            const names = boxes.slice(marks);
            return {
                free: names.every((a) => boxes.every((b) => a === b || apart(a, b))),
                names: names.length,
            };
        })()"""
    )
    assert written["free"]
    assert written["names"] >= 4


def test_nothing_found_is_said_on_the_map(show: Show, tables: Tables) -> None:
    opened = show(tables, at="#q=zebra")
    assert opened.count() == "0 of 5 incidents"
    opened.page.locator(".cm-nothing button").click()
    assert opened.count() == "5 incidents"
    assert not opened.page.locator(".cm-nothing").is_visible()


def test_colour_may_say_the_type_or_the_side(show: Show, tables: Tables) -> None:
    opened = show(tables)
    opened.page.select_option("#conflictmap-by", "type")
    opened.settle()
    assert opened.page.locator(".cm-facet-type .cm-swatch").first.is_visible()
    assert not opened.page.locator(".cm-facet-source .cm-swatch").first.is_visible()
    assert "by=type" in opened.hash()


def test_a_phone_of_390_pixels(show: Show, tables: Tables) -> None:
    opened = show(tables, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert opened.run("app.map.getSize().x") == 390
    assert opened.run("app.map.getSize().y") > 500
    page.tap("#cm-tab-list")
    page.wait_for_timeout(350)
    page.locator(".cm-item", has_text="Old Ford").tap()
    page.wait_for_timeout(350)
    assert page.locator(".cm-title").is_visible()
    box = page.locator(".cm-dossier").bounding_box()
    assert box
    assert box["width"] == 390
    x, y = opened.run("place('ford')")
    assert 0 < x < 390
    assert 0 < y < box["y"]
    assert opened.run("smallButtons()") == []
    assert opened.faults == []


def test_fingers_may_zoom_the_page(show: Show, tables: Tables) -> None:
    page = show(tables).page
    assert (
        page.locator("meta[name=viewport]").get_attribute("content") == "width=device-width, initial-scale=1"
    )


def test_the_page_speaks_arabic(show: Show, tables: Tables) -> None:
    opened = show(tables, lang="ar", at="#id=clash")
    page = opened.page
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    assert opened.count() == "5 حوادث"
    assert "القتلى" in page.inner_text(".cm-dossier-body")
    panel, dossier = (page.locator(name).bounding_box() for name in (".cm-panel", ".cm-dossier"))
    assert panel
    assert dossier
    assert panel["x"] > dossier["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert opened.run("app.base.countries.find((one) => one.name === 'سوريا') !== undefined")


def test_dark_follows_the_system_or_the_choice(show: Show, tables: Tables) -> None:
    look = "document.documentElement.dataset.theme"
    assert show(tables, color_scheme="dark").run(look) == "dark"
    assert show(tables, color_scheme="dark", theme="light").run(look) == "light"
    opened = show(tables)
    assert opened.run(look) == "light"
    opened.page.get_by_role("button", name="Switch between light and dark").click()
    assert opened.run(look) == "dark"
    assert "theme=dark" in opened.hash()


def test_paper_holds_map_key_and_list(show: Show, tables: Tables) -> None:
    opened = show(tables, color_scheme="dark", at="#-source=State+Agency&q=ford")
    printed = opened.page.pdf()
    assert printed[:4] == b"%PDF"
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.locator(".cm-paper tbody tr").count() == 1
    assert "Harbour Wire; North Bank Post" in opened.page.inner_text(".cm-paper tbody")
    assert opened.page.locator(".cm-paper > img").evaluate("(node) => node.naturalWidth") > 800
    assert not opened.page.locator(".cm-shell").is_visible()
    assert opened.run("document.documentElement.dataset.theme") == "light"
    opened.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert opened.run("document.documentElement.dataset.theme") == "dark"


def test_motion_is_left_out_where_the_reader_wants_none(show: Show, tables: Tables) -> None:
    opened = show(tables, reduced_motion="reduce")
    assert opened.run("app.calm")
    assert (
        opened.page.locator(".cm-panel").evaluate("(node) => getComputedStyle(node).transitionDuration")
        == "0s"
    )


@pytest.mark.parametrize(
    ("at", "options"),
    [
        ("", {}),
        ("#id=ford", {}),
        ("#id=clash&theme=dark", {}),
        ("#id=ford", {"lang": "ar"}),
        ("#id=ford", {"viewport": {"width": 390, "height": 844}}),
    ],
)
def test_axe_finds_nothing_serious(show: Show, tables: Tables, at: str, options: dict[str, Any]) -> None:
    page = show(tables, at=at, **options).page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for tab in ("filters", "list"):
        page.evaluate(f"document.getElementById('cm-tab-{tab}').click()")
        found = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        serious = [
            (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
            for fault in found["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
        assert serious == []


def test_long_texts_are_read_from_deflated_blocks(
    show: Show, tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "PACK_FROM", 10)
    opened = show(tables, at="#id=ford&q=salt")
    assert opened.shown() == ["ford"]
    assert "Monitors counted 73 dead" in opened.page.inner_text(".cm-dossier-body")
    assert opened.faults == []


def test_texts_beside_the_page_are_read_when_an_incident_is_opened(show: Show, tables: Tables) -> None:
    opened = show(tables, beside=True)
    assert [Path(url).name for url in opened.asked] == ["map.html"]
    opened.page.click("#cm-tab-list")
    opened.page.locator(".cm-item", has_text="Old Ford").click()
    opened.page.wait_for_selector(".cm-claim")
    assert "Monitors counted 73 dead" in opened.page.inner_text(".cm-dossier-body")
    assert sorted(Path(url).name for url in opened.asked) == ["events-0.js", "map.html", "reports-0.js"]
    assert opened.outside == []
    assert opened.faults == []


def test_a_missing_file_beside_the_page_is_told(show: Show, tables: Tables) -> None:
    opened = show(tables, beside=True, then=lambda path: (path.parent / "map.files" / "events-0.js").unlink())
    opened.run("app.select(app.find('ford'))")
    opened.page.wait_for_selector(".cm-dossier-body >> text=keep it beside the page")


def test_empty_tables_make_a_page_that_opens(show: Show, tables: Tables) -> None:
    opened = show({name: table.iloc[:0] for name, table in tables.items()})
    assert opened.count() == "0 incidents"
    assert opened.faults == []


def test_the_view_opens_on_what_is_placed_exactly(show: Show, tables: Tables) -> None:
    far = tables["incidents"].index[tables["incidents"]["id"] == "arrests"]
    tables["incidents"].loc[far, "geometry"] = gpd.points_from_xy([100.0], [60.0])
    opened = show(tables)
    assert opened.run(
        "app.map.getBounds().contains([35.3, 40.29]) && app.map.getBounds().contains([33.3, 44.4])"
    )
    assert not opened.run("app.map.getBounds().contains([60, 100])")
    assert opened.run("app.map.getZoom()") >= 6
    opened.value("type", "Strategic developments").hover()
    opened.value("type", "Strategic developments").locator(".cm-only").click()
    opened.settle()
    opened.page.get_by_role("button", name="Show all on the map").click()
    opened.page.wait_for_timeout(500)
    assert opened.run("app.map.getBounds().contains([60, 100])")
