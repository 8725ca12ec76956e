"""Foreign tables in: recognised, converted, nothing lost, mistakes told by row."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import project
from geo.errors import ReportError
from geo.exchange import mapping
from geo.exchange.cells import UnfitError
from geo.exchange.convert import converted
from geo.exchange.read import joined, read, recalled, write_rejected
from geo.exchange.write import export
from geo.pipeline import link_all
from geo.tables import tables
from tests.geo import builders

if TYPE_CHECKING:
    from geo.exchange.read import Imported
    from geo.records import Event

GED = Path(__file__).parents[4] / "shared" / "data" / "events" / "ged_syria_2018q1.csv.gz"

UCDP = {
    "id": "256433.0",
    "type_of_violence": "1.0",
    "side_a": "Government of Syria",
    "side_b": "IS, Ahrar al-Sham",
    "source_headline": "Shelling on two villages",
    "where_prec": "1.0",
    "where_coordinates": "Al Qariya town",
    "adm_1": "As Suwayda Governorate",
    "latitude": "32.546257",
    "longitude": "36.599692",
    "country": "Syria",
    "date_prec": "1.0",
    "date_start": "2018-02-08",
    "date_end": "2018-02-08",
    "deaths_civilians": "0.0",
    "low": "1.0",
    "best": "2.0",
    "high": "3.0",
    "something else": "kept",
}
ACLED = {
    "event_id_cnty": "SYR28712",
    "event_date": "2018-02-07",
    "year": "2018",
    "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike",
    "actor1": "Military Forces of the United States (2017-2021)",
    "assoc_actor_1": "Global Coalition Against Daesh; Third",
    "inter1": "External/Other forces",
    "actor2": "Pro-government militia",
    "assoc_actor_2": "",
    "inter2": "Political militia",
    "country": "Syria",
    "admin1": "Deir ez-Zor",
    "location": "Khasham",
    "latitude": "35.3009",
    "longitude": "40.2892",
    "geo_precision": "2",
    "notes": "On 7 February, strikes hit Khasham.",
    "fatalities": "100",
}
ANY = {
    "day": "07.02.2018",
    "y": "35,3009",
    "x": "40,2892",
    "what": "bombing",
    "dead": "1 200",
    "words": "Bombs fell.",
}
ANY_MAPPING = """
source = "My archive"
dates = ["%d.%m.%Y"]
[columns]
date_from = "day"
lat = "y"
lon = "x"
type = "what"
sub_type = "what"
killed_low = "dead"
text = ["words"]
[values.type]
bombing = "Explosions/Remote violence"
[values.sub_type]
bombing = "Air/drone strike"
[constants]
country = "Syria"
"""


def as_csv(*rows: dict[str, str], delimiter: str = ",") -> str:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def imported(tmp_path: Path, *rows: dict[str, str], name: str = "table.csv") -> Imported:
    (tmp_path / name).write_text(as_csv(*rows), "utf-8", newline="")
    return read(tmp_path / name)


def only(found: Imported) -> Event:
    assert found.rejected == ()
    (event,) = found.coded().events
    return event


class TestUcdp:
    def test_row_becomes_an_event(self, tmp_path: Path) -> None:
        found = imported(tmp_path, UCDP)
        event, report = only(found), found.coded().report
        assert (report.source, event.id, event.report) == ("UCDP GED", "ucdp:256433", report.id)
        assert (event.type, event.sub_type) == ("Battles", "Armed clash")
        assert (event.when.first, event.when.precision) == (date(2018, 2, 8), "day")
        assert [(actor.id, actor.kind) for actor in event.initiators] == [("sy-gov", "government")]
        assert [actor.text for actor in event.targets] == ["IS", "Ahrar al-Sham"]
        (claim,) = event.claims
        assert (claim.measure, claim.count.low, claim.count.high, claim.count.words) == (
            "killed",
            1,
            3,
            "1\u20133",
        )
        assert claim.claimant is None
        assert event.place is not None
        assert event.place.place is not None
        assert (event.place.place.name, event.place.place.country) == ("Al Qariya town", "SY")
        assert (event.place.lat, event.place.lon, event.place.where_prec) == (32.546257, 36.599692, 1)

    def test_offsets_point_into_the_text(self, tmp_path: Path) -> None:
        rows = [UCDP | {"id": str(number), "where_coordinates": f"Place\n{number}"} for number in range(3)]
        coded = imported(tmp_path, *rows).coded()
        text = coded.report.text
        assert [text[event.start : event.end] for event in coded.events] == text.split("\n")
        for number, ref in enumerate(coded.mentions):
            assert text[ref.mention.start : ref.mention.end] == f"Place {number}" == ref.mention.text

    def test_keeps_all_its_columns(self, tmp_path: Path) -> None:
        (row,) = imported(tmp_path, UCDP).rows
        assert json.loads(row.attributes) == UCDP
        assert (row.row, row.title) == (2, "Shelling on two villages")

    @pytest.mark.parametrize(
        ("changes", "first", "last", "precision"),
        [
            ({"date_end": "2018-02-10", "date_prec": "2"}, date(2018, 2, 8), date(2018, 2, 10), "days"),
            ({"date_prec": "3"}, date(2018, 2, 5), date(2018, 2, 11), "week"),
            ({"date_prec": "4"}, date(2018, 2, 1), date(2018, 2, 28), "month"),
            (
                {"date_start": "2018-01-01 00:00:00.000", "date_end": "2018-12-31", "date_prec": "5"},
                date(2018, 1, 1),
                date(2018, 12, 31),
                "year",
            ),
        ],
    )
    def test_dates(
        self, tmp_path: Path, changes: dict[str, str], first: date, last: date, precision: str
    ) -> None:
        when = only(imported(tmp_path, UCDP | changes)).when
        assert (when.first, when.last, when.precision) == (first, last, precision)

    @pytest.mark.parametrize(
        ("changes", "of"),
        [
            ({"deaths_civilians": "2", "low": "2", "high": "2"}, "civilians"),
            ({"deaths_civilians": "1"}, None),
        ],
    )
    def test_civilians_are_said_where_all_are(
        self, tmp_path: Path, changes: dict[str, str], of: str | None
    ) -> None:
        assert [claim.of for claim in only(imported(tmp_path, UCDP | changes)).claims] == [of]

    def test_one_sided_violence(self, tmp_path: Path) -> None:
        event = only(imported(tmp_path, UCDP | {"type_of_violence": "3", "side_b": "Civilians"}))
        assert (event.type, event.targets[0].kind) == ("Violence against civilians", "civilians")

    @pytest.mark.skipif(
        not GED.exists(), reason="the shared data lie beside the project only where it is developed"
    )
    def test_every_row_of_a_real_table(self, tmp_path: Path) -> None:
        found = read(GED)
        assert len(found.rows) == 1166
        assert found.rejected == found.notes == ()
        coded = found.coded()
        made = tables([coded], link_all([coded]), found.rows)
        assert len(made["events"]) == len(made["imported"]) == 1166
        project.write(tmp_path / "ged.gpkg", made, found.meta)
        assert export(made, tmp_path / "back.csv", "events", "ucdp") == 1166
        with gzip.open(GED, "rt", encoding="utf-8", newline="") as file:
            theirs = {f"ucdp:{row['id'].removesuffix('.0')}": row for row in csv.DictReader(file)}
        with (tmp_path / "back.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                own = theirs[row["relid"]]
                for column in (
                    "priogrid_gid",
                    "low",
                    "high",
                    "where_prec",
                    "country_id",
                    "latitude",
                    "longitude",
                ):
                    assert float(row[column]) == float(own[column]), (row["relid"], column)
                assert row["date_start"] == own["date_start"] or own["date_prec"] in {"3.0", "4.0", "5.0"}


class TestAcled:
    def test_present_columns(self, tmp_path: Path) -> None:
        event = only(imported(tmp_path, ACLED))
        assert (event.id, event.type, event.sub_type) == (
            "acled:SYR28712",
            "Explosions/Remote violence",
            "Air/drone strike",
        )
        assert event.place is not None
        assert (event.place.where_prec, event.place.geo_precision) == (2, 2)
        assert [actor.text for actor in event.initiators][1:] == ["Global Coalition Against Daesh", "Third"]
        assert event.targets[0].kind == "militia"
        assert (event.claims[0].count.low, event.claims[0].count.high) == (100, 100)
        assert event.quote == "Khasham, 2018-02-07: On 7 February, strikes hit Khasham."

    def test_old_columns(self, tmp_path: Path) -> None:
        old = (
            {"data_id": "1", "iso": "760"}
            | ACLED
            | {"event_date": "07 February 2018", "inter1": "8", "inter2": "3"}
        )
        event = only(imported(tmp_path, old))
        assert event.when.first == date(2018, 2, 7)
        assert event.targets[0].kind == "militia"

    def test_types_we_do_not_know_are_told(self, tmp_path: Path) -> None:
        found = imported(tmp_path, ACLED, ACLED | {"event_id_cnty": "2", "event_type": "Remote violence"})
        assert [(rejected.row, rejected.reason[:24]) for rejected in found.rejected] == [
            (3, "type 'Remote violence' i")
        ]

    def test_our_own_export_comes_back(self, tmp_path: Path) -> None:
        made = tables(builders.coded(), builders.incidents())
        export(made, tmp_path / "x.csv", "incidents", "acled")
        found = read(tmp_path / "x.csv")
        assert [event.id for event in found.coded().events] == ["acled:i2", "acled:i1", "acled:i4"]
        assert [rejected.reason for rejected in found.rejected] == ["event_date is blank"]


class TestGdelt:
    def row(self, **changes: str) -> list[str]:
        layout = next(layout for layout in mapping.known() if layout.name == "gdelt")
        cells = dict.fromkeys(layout.header, "")
        cells |= {
            "GLOBALEVENTID": "720000001",
            "SQLDATE": "20180207",
            "Actor1Name": "UNITED STATES",
            "Actor2Name": "SYRIA",
            "EventCode": "195",
            "ActionGeo_Type": "4",
            "ActionGeo_FullName": "Khusham, Dayr Az Zawr, Syria",
            "ActionGeo_Lat": "35.3",
            "ActionGeo_Long": "40.2833",
            "SOURCEURL": "https://example.org/strike",
        }
        return list((cells | changes).values())

    def test_file_without_header(self, tmp_path: Path) -> None:
        rows = [self.row(), self.row(GLOBALEVENTID="2", EventCode="042")]
        with zipfile.ZipFile(tmp_path / "20180208.export.CSV.zip", "w") as archive:
            archive.writestr("20180208.export.CSV", "".join("\t".join(row) + "\n" for row in rows))
        found = read(tmp_path / "20180208.export.CSV.zip")
        (event,) = found.coded().events
        assert (event.id, event.sub_type, event.when.first) == (
            "gdelt:720000001",
            "Air/drone strike",
            date(2018, 2, 7),
        )
        assert event.place is not None
        assert event.place.place is not None
        assert event.place.place.country == "SY"
        assert found.rows[0].url == "https://example.org/strike"
        assert [(rejected.row, rejected.reason) for rejected in found.rejected] == [
            (2, "type '042' is no conflict event")
        ]


class TestMapping:
    def read(
        self, tmp_path: Path, *rows: dict[str, str], text: str = ANY_MAPPING, delimiter: str = ";"
    ) -> Imported:
        (tmp_path / "any.csv").write_text(as_csv(*rows, delimiter=delimiter), "utf-8", newline="")
        (tmp_path / "any.toml").write_text(text, "utf-8")
        return read(tmp_path / "any.csv", tmp_path / "any.toml")

    def test_any_csv(self, tmp_path: Path) -> None:
        event = only(self.read(tmp_path, ANY))
        assert (event.id, event.type, event.sub_type) == (
            "my-archive:2",
            "Explosions/Remote violence",
            "Air/drone strike",
        )
        assert event.place is not None
        assert (event.place.lat, event.place.lon) == (35.3009, 40.2892)
        assert event.place.place is not None
        assert event.place.place.country == "SY"
        assert (event.claims[0].count.low, event.claims[0].count.high) == (1200, None)

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_any_delimiter(self, tmp_path: Path, delimiter: str) -> None:
        only(self.read(tmp_path, ANY, delimiter=delimiter))

    def test_geojson(self, tmp_path: Path) -> None:
        mapped = 'source = "S"\n[columns]\ndate_from = "day"\nlat = "_lat"\nlon = "_lon"\n'
        mapped += '[constants]\ntype = "Battles"\n'
        box = [[[40, 35], [41, 35], [41, 36], [40, 36], [40, 35]]]
        day = {"day": "2018-02-07"}
        point = {"type": "Point", "coordinates": [40.28916, 35.30088, 3]}
        features = [
            {
                "type": "Feature",
                "id": 7,
                "geometry": point,
                "properties": {**day, "n": 5, "deep": {"a": [1]}},
            },
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": box}, "properties": day},
            {"type": "Feature", "geometry": None, "properties": day},
        ]
        (tmp_path / "x.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        (tmp_path / "m.toml").write_text(mapped)
        found = read(tmp_path / "x.geojson", tmp_path / "m.toml")
        first, second = found.coded().events
        assert first.place is not None
        assert (first.place.lat, first.place.lon) == (35.30088, 40.28916)
        assert second.place is not None
        assert (second.place.lat, second.place.lon) == (35.5, 40.5)
        assert json.loads(found.rows[0].attributes)["deep"] == '{"a":[1]}'
        assert [(rejected.row, rejected.reason) for rejected in found.rejected] == [(3, "_lat is blank")]

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("source = ", "is no mapping"),
            ("[columns]\nlat = 'y'", "source is missing"),
            ("source = 's'\n[colums]", "no key is called 'colums'. Did you mean 'columns'"),
            (
                "source = 's'\n[columns]\nlatitude = 'y'",
                r"no field in \[columns\] is called 'latitude'. Did you mean 'lat",
            ),
            ("source = 's'\ncolumns = 3", r"columns must be a table: write \[columns\]"),
            (
                "source = 's'\n[columns]\nlat = 'Y'",
                r"lacks date_from from no column.*lat from 'Y' \(is it 'y'\?\).* columns are day, y",
            ),
        ],
    )
    def test_mistakes(self, tmp_path: Path, text: str, words: str) -> None:
        with pytest.raises(ReportError, match=words):
            self.read(tmp_path, ANY, text=text)

    def test_shipped_mappings_fill_what_is_required(self) -> None:
        for layout in mapping.known():
            assert layout.missing([name for names in layout.columns.values() for name in names]) == []
            assert layout.recognise


class TestRowsThatAreNoEvents:
    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            ({"latitude": ""}, "latitude is blank"),
            ({"latitude": "north"}, "latitude 'north' is no number of degrees"),
            ({"latitude": "nan"}, "latitude 'nan' is no number of degrees"),
            ({"latitude": "0", "longitude": "0.0"}, "latitude and longitude are 0: the place is unknown"),
            ({"latitude": "140.3", "longitude": "35.1"}, "latitude 140.3 and longitude 35.1 are swapped"),
            ({"latitude": "95", "longitude": "200"}, "latitude 95.0 or longitude 200.0 is out of range"),
            ({"date_start": ""}, "date_start is blank"),
            ({"date_start": "yesterday"}, "date_start 'yesterday' is no date in a known form"),
            ({"date_start": "2018-02-30"}, "date_start '2018-02-30' is no date in a known form"),
            ({"date_end": "2018-02-01"}, "it ends on 2018-02-01 before it begins on 2018-02-08"),
            ({"type_of_violence": "9"}, "type '9' is no conflict event"),
            ({"low": "many"}, "low 'many' is no whole number"),
            ({"where_prec": "8"}, "precision 8 is none of 1, 2, 3, 4, 5, 6, 7"),
            ({"id": "256433"}, "its id is that of row 2 too"),
        ],
    )
    def test_reasons(self, tmp_path: Path, changes: dict[str, str], reason: str) -> None:
        found = imported(tmp_path, UCDP, UCDP | {"id": "2"} | changes)
        assert [(rejected.row, rejected.reason) for rejected in found.rejected] == [(3, reason)]
        assert len(found.rows) == 1

    def test_swapped_within_range_shows_by_the_others(self, tmp_path: Path) -> None:
        rows = [UCDP | {"id": str(number), "latitude": "5.5", "longitude": "45.2"} for number in range(9)]
        found = imported(tmp_path, *rows, UCDP | {"id": "x", "latitude": "45.2", "longitude": "5.5"})
        assert [rejected.row for rejected in found.rejected] == [11]
        assert "look swapped" in found.rejected[0].reason

    def test_rows_of_another_length(self, tmp_path: Path) -> None:
        text = as_csv(UCDP) + "1,2,3\r\n\r\n" + as_csv(UCDP | {"id": "3"}).split("\r\n", 1)[1]
        (tmp_path / "x.csv").write_text(text, "utf-8", newline="")
        found = read(tmp_path / "x.csv")
        assert len(found.rows) == 2
        assert [(rejected.row, rejected.reason) for rejected in found.rejected] == [
            (3, "3 cells for 19 columns")
        ]

    def test_are_kept_aside_whole(self, tmp_path: Path) -> None:
        bad = UCDP | {"id": "2", "latitude": "x", "something else": 'a "quoted",\ncell'}
        found = imported(tmp_path, UCDP, bad)
        write_rejected(found, tmp_path / "rejected.csv")
        with (tmp_path / "rejected.csv").open(encoding="utf-8", newline="") as file:
            (row,) = csv.DictReader(file)
        assert row == {"row": "4", "reason": "latitude 'x' is no number of degrees"} | bad

    @settings(deadline=None, max_examples=60)
    @given(st.dictionaries(st.sampled_from(sorted(UCDP)), st.text(max_size=12)))
    def test_nothing_is_lost(self, changes: dict[str, str]) -> None:
        layout = next(layout for layout in mapping.known() if layout.name == "ucdp")
        try:
            account = converted(layout, UCDP | changes, 2)
        except UnfitError as error:
            told = str(error)
        else:
            told = account.line
            assert account.event.place is not None
            assert told[: account.event.place.mention.end] == account.event.place.mention.text
        assert told
        assert len(told.splitlines()) == 1


class TestFiles:
    def mistake(self, path: Path, words: str) -> None:
        with pytest.raises(ReportError, match=words) as caught:
            read(path)
        assert "\n" not in str(caught.value)

    def test_missing(self, tmp_path: Path) -> None:
        self.mistake(tmp_path / "no.csv", "there is no such file")

    @pytest.mark.parametrize(
        ("name", "data", "words"),
        [
            ("x.csv", b"", "is empty"),
            (
                "x.csv",
                b"a,b\n1,2\n",
                "has the columns of none of ACLED, GDELT, UCDP GED: give a mapping file",
            ),
            ("x.csv.gz", b"no gzip", "cannot be read"),
            ("x.zip", b"no zip", "cannot be read"),
            ("x.geojson", b"{", "is no GeoJSON"),
            ("x.geojson", b"[]", "is no GeoJSON"),
            ("x.geojson", b'{"features": [3]}', "is no GeoJSON"),
        ],
    )
    def test_unreadable(self, tmp_path: Path, name: str, data: bytes, words: str) -> None:
        (tmp_path / name).write_bytes(data)
        self.mistake(tmp_path / name, words)

    def test_zip_of_two(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
            archive.writestr("a.csv", "")
            archive.writestr("b.csv", "")
        self.mistake(tmp_path / "x.zip", "holds 2 files: unpack it")

    def test_other_encodings_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_bytes(as_csv(UCDP | {"where_coordinates": "Alépö Café"}).encode("cp1252"))
        found = read(tmp_path / "x.csv")
        assert "is not UTF-8: read as" in found.notes[0]
        assert found.accounts[0].line.startswith("Alépö Café")

    def test_byte_order_mark(self, tmp_path: Path) -> None:
        (tmp_path / "x.csv").write_bytes(as_csv(UCDP).encode("utf-8-sig"))
        assert read(tmp_path / "x.csv").notes == ()

    def test_columns_of_one_name_are_both_kept(self, tmp_path: Path) -> None:
        text = as_csv(UCDP).replace("something else", "side_a")
        (tmp_path / "x.csv").write_text(text, "utf-8", newline="")
        assert json.loads(read(tmp_path / "x.csv").rows[0].attributes)["side_a.2"] == "kept"


class TestProject:
    def written(self, tmp_path: Path, *imports: Imported) -> dict[str, Any]:
        coded = [*builders.coded(), *(found.coded() for found in imports)]
        rows = [row for found in imports for row in found.rows]
        meta = {key: value for found in imports for key, value in found.meta.items()}
        project.write(tmp_path / "p.gpkg", tables(coded, link_all(coded), rows), meta)
        return project.read(tmp_path / "p.gpkg")

    def test_rows_keep_headline_and_columns(self, tmp_path: Path) -> None:
        made = self.written(tmp_path, imported(tmp_path, UCDP, UCDP | {"id": "2"}))
        events = made["events"].set_index("id")
        assert events.loc["ucdp:2", "title"] == "Shelling on two villages"
        assert Counter(made["imported"]["source"]) == {"UCDP GED": 2}
        assert json.loads(made["imported"]["attributes"][0])["something else"] == "kept"
        assert made["reports"].set_index("id").loc["ucdp", "copy_of"] is None

    def test_imports_come_back_for_linking_anew(self, tmp_path: Path) -> None:
        found = [imported(tmp_path, ACLED), imported(tmp_path, UCDP, UCDP | {"id": "2"})]
        again = recalled(self.written(tmp_path, *found))
        assert [one.coded() for one in again] == [one.coded() for one in found]
        assert [set(one.rows) for one in again] == [set(one.rows) for one in found]
        assert [one.meta for one in again] == [one.meta for one in found]

    def test_new_rows_replace_old_ones_of_their_id(self, tmp_path: Path) -> None:
        old = imported(tmp_path, UCDP, UCDP | {"id": "2"})
        new = imported(tmp_path, UCDP | {"id": "2", "low": "3"}, UCDP | {"id": "3"})
        (both,) = joined([old], new)
        lows = {event.id: event.claims[0].count.low for event in both.coded().events}
        assert lows == {"ucdp:256433": 1, "ucdp:2": 3, "ucdp:3": 1}
        assert [one.layout.name for one in joined([old], imported(tmp_path, ACLED))] == ["acled", "ucdp"]

    def test_dataset_and_press_meet_in_one_incident(self, tmp_path: Path) -> None:
        made = self.written(tmp_path, imported(tmp_path, ACLED))
        incident = made["events"].set_index("id").loc["acled:SYR28712", "incident"]
        assert "ACLED" in made["incidents"].set_index("id").loc[incident, "sources"].split("; ")
