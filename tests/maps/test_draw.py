from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import pandas as pd
import pytest

import maps
from maps.errors import LanguageError, TableError, TilesError
from tests.maps.build import HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

Tables = dict[str, pd.DataFrame]


def rendered(drawn: folium.Map) -> str:
    return drawn.get_root().render()


def block(page: str, name: str) -> Any:
    found = re.search(
        rf'<script type="application/json" id="conflictmap-{name}">(.*?)</script>', page, re.DOTALL
    )
    assert found
    return json.loads(found[1])


def test_it_is_a_folium_map_with_a_layer_for_each_source(tables: Tables) -> None:
    drawn = maps.draw(tables)
    assert isinstance(drawn, folium.Map)
    layers = [
        child for child in drawn._children.values() if isinstance(child, folium.map.Layer) and child.control
    ]
    assert [layer.layer_name for layer in layers][:4] == [
        "Base: Natural Earth, GeoNames",
        "North Bank Post",
        "Harbour Wire",
        "Source unknown",
    ]


def test_the_same_tables_give_the_same_bytes(tables: Tables) -> None:
    one, other = maps.draw(tables), maps.draw(tables)
    first = rendered(one)
    assert first == rendered(other)
    assert first == rendered(one)


def test_nothing_outside_is_asked_for(tables: Tables) -> None:
    page = rendered(maps.draw(tables))
    asked = re.findall(
        r"""(?:src|href)=["'](?!data:)([^"']+)|url\((?!data:)([^)]+)\)""", page.split("<!-- data", 1)[0]
    )
    markup = [a or b for a, b in asked if "://" in (a or b) and "leafletjs.com" not in (a or b)]
    assert markup == []
    assert "user-scalable" not in page
    assert "Content-Security-Policy" in page


def test_folium_itself_is_left_as_it_was(tables: Tables) -> None:
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    rendered(maps.draw(tables))
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_hostile_text_stays_text(tables: Tables) -> None:
    drawn = maps.draw(tables, title=HOSTILE)
    folium.LayerControl().add_to(drawn)
    page = rendered(drawn)
    assert "window.ran='tag'</script>" not in page
    assert "49" not in re.findall(r"\{\{ ?(.*?) ?\}\}", page)
    assert HOSTILE in block(page, "events-0")[-1][0]
    assert block(page, "settings")["title"] == HOSTILE
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert all("window.ran" not in code or "\\u0026lt;" in code for code in scripts)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{% for %}", "{# x #}", "${1}", "`", "</script>"])
def test_a_source_may_be_called_anything(tables: Tables, text: str) -> None:
    tables["events"]["source"] = text
    drawn = maps.draw(tables)
    folium.LayerControl().add_to(drawn)
    assert block(rendered(drawn), "data")["events"]["source"]["names"] == [text]


def test_users_may_add_theirs(tables: Tables) -> None:
    drawn = maps.draw(tables)
    folium.Marker([35, 40], popup="mine").add_to(drawn)
    folium.plugins.MiniMap().add_to(drawn)
    page = rendered(drawn)
    assert "L.marker(" in page
    assert "awesome-markers" not in page
    folium.Marker([35, 40], icon=folium.Icon(color="red")).add_to(drawn)
    assert "awesome-markers" in rendered(drawn)


def test_tiles_are_laid_over_the_base(tables: Tables) -> None:
    page = rendered(maps.draw(tables, online="OpenStreetMap Mapnik"))
    assert "img-src data: blob: https://tile.openstreetmap.org;" in page
    assert rendered(maps.draw(tables, online="OpenStreetMap Mapnik")) == page
    with pytest.raises(TilesError, match=r"tiles of Jawg\.Streets need a key"):
        maps.draw(tables, online="Jawg Streets")
    with pytest.raises(TilesError, match="no tile provider is called 'Nowhere'; try"):
        maps.draw(tables, online="Nowhere")


def test_the_language_is_set_on_the_page(tables: Tables) -> None:
    page = rendered(maps.draw(tables, lang="ar"))
    assert '<html lang="ar" dir="rtl">' in page
    with pytest.raises(LanguageError):
        maps.draw(tables, lang="xx")


def test_what_is_wrong_with_a_table_is_told_in_one_line(tables: Tables) -> None:
    with pytest.raises(TableError) as told:
        maps.draw({"incidents": tables["incidents"]})
    assert "\n" not in str(told.value)


def test_a_small_map_stays_small(tables: Tables, tmp_path: Path) -> None:
    assert maps.save(tables, tmp_path / "map.html").stat().st_size <= 600_000


def test_empty_tables_make_a_page(tables: Tables) -> None:
    page = rendered(maps.draw({name: table.iloc[:0] for name, table in tables.items()}))
    assert block(page, "data")["incidents"]["rows"] == 0
