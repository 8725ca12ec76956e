from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer import Gazetteer, GazetteerError
from gazetteer.build import build
from gazetteer.keying import ALTERNATE, ARTICLE, CODE, DEMONYM, MAIN, SHORTENED
from gazetteer.names import fold
from gazetteer.sources.alternates import AlternateNames
from gazetteer.sources.entry import Entry
from gazetteer.sources.files import recognise
from gazetteer.sources.geonames import DivisionNames, GeonamesDump

from .conftest import FIXTURES, tiny_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer.sources.entry import Source


class Rows:
    """A source of given rows."""

    licence = "none"

    def __init__(self, *rows: Entry, name: str = "rows") -> None:
        self._rows, self.name = rows, name

    def entries(self) -> Iterator[Entry]:
        return iter(self._rows)

    def fingerprint(self) -> str:
        return repr(self._rows)


def compiled(tmp_path: Path, *sources: Rows) -> Gazetteer:
    path = tmp_path / "some.gaz"
    build(list(sources), path, title="test")
    return Gazetteer.open(path)


def village(number: int, name: str, lat: float = 35.0, lon: float = 40.0, **more: object) -> Entry:
    return Entry(id=f"test:{number}", name=name, feature="P.PPL", country="SY", lat=lat, lon=lon, **more)  # type: ignore[arg-type]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path, tiny_path: Path) -> None:
    path = tmp_path / "again.gaz"
    build(tiny_sources(tmp_path), path, title="tiny")
    assert path.read_bytes() == tiny_path.read_bytes()


def test_workers_give_the_same_bytes(tmp_path: Path, tiny_path: Path) -> None:
    path = tmp_path / "two.gaz"
    build(tiny_sources(tmp_path), path, title="tiny", workers=2)
    assert path.read_bytes() == tiny_path.read_bytes()


def test_curated_rows_win(tiny: Gazetteer) -> None:
    [row] = tiny.rows("khusham").tolist()
    place = tiny.place(row)
    assert (place.id, place.name, place.source) == ("conflictmap:khusham", "Khusham", "conflictmap")
    assert tiny.info()["sources"][1]["places"] == tiny.info()["sources"][1]["rows"] - 1


def test_population_zero_hides_nothing(tiny: Gazetteer) -> None:
    assert tiny.place(tiny.rows("somosomo")[0]).population == 0


def test_machine_transliterations_are_dropped_and_codes_flagged(tiny: Gazetteer) -> None:
    assert not len(tiny.rows("khaleb"))
    assert tiny.flags("alp").tolist() == [CODE]
    assert tiny.flags("halab").tolist()[0] & ALTERNATE
    assert tiny.flags("tanf").tolist() == [ARTICLE]
    assert tiny.flags("aleppo").tolist()[0] & MAIN


def test_rows_of_two_sources_are_joined(tmp_path: Path) -> None:
    one = Rows(village(1, "Marrat", population=0), name="one")
    two = Rows(
        village(2, "Marrāt", 35.005, alternates=("Mrat",), population=900),
        village(3, "Marrat", 36.0),
        name="two",
    )
    gazetteer = compiled(tmp_path, one, two)
    ids = [gazetteer.place(row).id for row in gazetteer.rows("marrat")]
    assert sorted(ids) == ["test:1", "test:3"]
    first = gazetteer.by_id("test:1")
    assert first is not None
    assert gazetteer.names(first) == ["Marrat", "Marrāt", "Mrat"]
    assert gazetteer.place(first).population == 900
    assert gazetteer.rows("mrat").tolist() == [first]


def test_rows_with_one_id_are_one(tmp_path: Path) -> None:
    gazetteer = compiled(
        tmp_path, Rows(village(7, "A b"), name="one"), Rows(village(7, "C d", 36.0), name="two")
    )
    assert len(gazetteer) == 1
    assert gazetteer.names(0) == ["A b", "C d"]


def test_divisions_are_resolved(tiny: Gazetteer) -> None:
    assert tiny.find("Aleppo")[0].place.admin1 == "Ḩalab"
    assert tiny.find("Khusham")[0].place.admin1 == "Deir ez-Zor"
    assert tiny.find("Paris, Texas")[0].place.admin1 == "Texas"


def test_flags_of_derived_names(tmp_path: Path) -> None:
    entry = village(1, "Some County", shortened=("Some",), demonyms=("Somean",), codes=("SC",))
    gazetteer = compiled(tmp_path, Rows(entry))
    flags = {key: gazetteer.flags(key).tolist() for key in ("some county", "some", "somean", "sc")}
    assert flags == {"some county": [MAIN], "some": [SHORTENED], "somean": [DEMONYM], "sc": [CODE]}
    assert gazetteer.names(0) == ["Some County", "SC", "Some", "Somean"]


def test_a_compiled_index_is_a_source(tmp_path: Path, tiny_path: Path, tiny: Gazetteer) -> None:
    sources, _ = recognise([tiny_path])
    path = tmp_path / "copy.gaz"
    build(sources, path, title="copy")
    copy = Gazetteer.open(path)
    assert {copy.place(row).id for row in range(len(copy))} == {
        tiny.place(row).id for row in range(len(tiny))
    }
    for key in ("alp", "tanf", "khusham", "deir ez zor", "asia"):
        assert copy.flags(key).tolist() == tiny.flags(key).tolist()
    assert copy.find("Khusham")[0].place == tiny.find("Khusham")[0].place


def test_alternate_names_and_division_names(tmp_path: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text(
        "1\t170063\tku\tHelebê\t\t\t\t\n2\t170063\tlink\thttps://example.org\t\t\t\t\n3\t99\ten\tNowhere\t\t\t\t\n",
        encoding="utf-8",
    )
    codes = tmp_path / "admin1CodesASCII.txt"
    codes.write_text("SY.09\tAleppo Province\tAleppo Province\t170062\n", encoding="utf-8")
    path = tmp_path / "more.gaz"
    sources: list[Source] = [GeonamesDump(FIXTURES / "dump.txt"), DivisionNames(codes, level=1)]
    build(sources, path, title="more", alternate_names=[AlternateNames(names)])
    gazetteer = Gazetteer.open(path)
    assert gazetteer.find("Helebe")[0].place.id == "geonames:170063"
    assert gazetteer.find("Aleppo Province")[0].place.id == "geonames:170062"
    assert not gazetteer.find("Nowhere")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    build([Rows(village(1, "A b"))], tmp_path / "p.gaz", title="p", progress=lambda *step: told.append(step))
    assert told == [("rows", 1)]


def test_no_rows_at_all(tmp_path: Path) -> None:
    gazetteer = compiled(tmp_path, Rows())
    assert len(gazetteer) == 0
    assert gazetteer.find("Aleppo") == []
    assert list(gazetteer.scan("Aleppo")) == []
    assert gazetteer.by_id("test:1") is None


def test_coordinates_off_the_globe(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"test:1 .*91"):
        compiled(tmp_path, Rows(village(1, "A b", 91.0)))


NAMES = st.text(min_size=1, max_size=20).filter(lambda name: bool(fold(name)) and bool(name.split()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(names=st.lists(NAMES, min_size=1, max_size=12))
def test_what_is_built_is_found(tmp_path: Path, names: list[str]) -> None:
    rows = [village(i, name, lat=i * 5.0 - 40) for i, name in enumerate(names)]
    gazetteer = compiled(tmp_path, Rows(*rows))
    for i, name in enumerate(names):
        row = gazetteer.by_id(f"test:{i}")
        assert row is not None
        assert row in gazetteer.rows(fold(name)).tolist()
        assert row in [gazetteer.by_id(one.place.id) for one in gazetteer.find(name, limit=99)]
