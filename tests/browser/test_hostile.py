"""One page with every payload of the corpus in every field: nothing runs, nothing is asked, all is text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import maps
from maps import columns
from tests.hostile import Payload, payloads

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Opened

    Show = Callable[..., Opened]

LINKS = {"incident": "incidents", "event": "events", "report": "reports", "target": "incidents"}
"""Columns that hold the id of another table's row."""
LAYERS = {"incidents", "events", "footprints", "basemap"}

EVERY_DOSSIER = """(async () => {
  const told = [];
  const found = [];
  for (let i = 0; i < app.data.incidents.rows; i += 1) {
    app.pick(app.id(i));
    const node = document.querySelector(".cm-dossier");
    told.push([app.id(i), node.querySelector(".cm-title").textContent, node.textContent]);
    for (const a of node.querySelectorAll("a[href]")) found.push([a.getAttribute("href"), a.rel, a.target]);
  }
  return { told, found };
})()
"""


def hostile_tables(found: list[Payload]) -> dict[str, pd.DataFrame]:
    """Put each payload into every text column of a row of every table, its ids among them."""
    made = {}
    for table, known in columns.schema().items():
        rows = [
            {column.name: _cell(table, column, k, payload.text) for column in known}
            for k, payload in enumerate(found)
        ]
        frame = pd.DataFrame(rows, columns=[column.name for column in known])
        for column in known:
            if column.kind == "date":
                frame[column.name] = pd.to_datetime(frame[column.name]).astype("datetime64[ms]")
        spots = [shapely.Point(30 + k % 20, 20 + k // 20) for k in range(len(found))]
        shapes = spots if table != "footprints" else [spot.buffer(0.2) for spot in spots]
        made[table] = gpd.GeoDataFrame(frame, geometry=shapes, crs=4326) if table in LAYERS else frame
    return made


def _cell(table: str, column: columns.Column, k: int, text: str) -> Any:
    if column.name == "id":
        return f"{table} {k} {text}"
    if column.name in LINKS:
        return f"{LINKS[column.name]} {k} {text}"
    kinds = {"date": f"2018-02-{k % 28 + 1:02}", "count": k % 7 + 1, "number": 0.5, "flag": k % 2 == 0}
    return kinds.get(column.kind, text)


@pytest.fixture(scope="module")
def corpus() -> list[Payload]:
    return payloads()


def test_every_payload_in_every_field_stays_text(show: Show, corpus: list[Payload]) -> None:
    opened = show(hostile_tables(corpus), title=" ".join(payload.text for payload in corpus))
    dialogs: list[str] = []
    opened.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    told = opened.run(EVERY_DOSSIER)["told"]
    assert len(told) == len(corpus) >= 200
    shown = {key: (title, body) for key, title, body in told}
    for k, payload in enumerate(corpus):
        title, body = shown[f"incidents {k} {payload.text}"]
        assert title == payload.text
        assert body.count(payload.text) > 1, payload
    for selector in (".cm-more", ".cm-item"):
        for node in opened.page.locator(selector).all()[:12]:
            node.evaluate("(node) => node.click()")
    opened.settle()
    assert dialogs == []
    assert opened.page.evaluate("window.ran") is None
    assert opened.page.evaluate("({}).ran") is None
    assert opened.faults == []
    assert opened.asked == [opened.page.url.split("#")[0]]


def test_only_web_addresses_become_links(show: Show, corpus: list[Payload]) -> None:
    opened = show(hostile_tables([payload for payload in corpus if payload.kind == "link"]))
    found = opened.run(EVERY_DOSSIER)["found"]
    assert found
    for address, rel, target in found:
        assert address.lower().startswith(("http://", "https://"))
        assert "noopener" in rel.split()
        assert target == "_blank"


def test_a_page_of_payloads_is_the_same_in_files_beside_it(show: Show, corpus: list[Payload]) -> None:
    opened = show(hostile_tables(corpus[:60]), beside=True)
    opened.page.wait_for_timeout(100)
    assert opened.page.evaluate("window.ran") is None
    assert opened.faults == []
    assert opened.outside == []


def test_layer_names_of_a_layer_control(show: Show, corpus: list[Payload]) -> None:
    import folium

    drawn = maps.draw(hostile_tables(corpus))
    folium.LayerControl(collapsed=False).add_to(drawn)
    opened = show(drawn)
    labels = opened.page.locator(".leaflet-control-layers-overlays label").all_text_contents()
    assert {_squeezed(payload.text) for payload in corpus} <= {_squeezed(label) for label in labels}
    assert opened.page.evaluate("window.ran") is None
    assert opened.faults == []
    assert opened.outside == []


def test_a_payload_is_found_by_searching_for_it(show: Show, corpus: list[Payload]) -> None:
    asked = [payload for payload in corpus if payload.text.isascii() and payload.text.strip() == payload.text]
    opened = show(hostile_tables(corpus))
    for payload in asked[::40]:
        opened.run(f"(app.state.query = {json.dumps(payload.text)}, app.state.changed('filter'))")
        assert any(key.endswith(payload.text) for key in opened.shown()), payload


def _squeezed(words: str) -> str:
    return "".join(words.replace("\0", "").split())
