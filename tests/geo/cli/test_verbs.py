"""Every verb on the seeds: what it writes, what it prints."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import GOLD, SEEDS

FILES = ["events.geojson", "incidents.geojson", "map.html", "project.gpkg"]
VERBS = [
    "map",
    "demo",
    "add",
    "parse",
    "import",
    "render",
    "export",
    "review",
    "explain",
    "geocode",
    "score",
    "gazetteer",
]
GED = (
    "id,relid,year,type_of_violence,conflict_name,dyad_name,side_a,side_b,source_article,where_prec,"
    "where_coordinates,adm_1,latitude,longitude,country,date_prec,date_start,date_end,deaths_a,deaths_b,"
    "deaths_civilians,deaths_unknown,best,high,low\n"
)


def test_map_writes_its_files_and_tells_where(tmp_path: Path) -> None:
    done = conflictmap("map", SEEDS, "-o", "out/deep", "--title", "A <b>title</b>", cwd=tmp_path)
    assert (done.code, done.out) == (0, "")
    assert sorted(p.name for p in (tmp_path / "out" / "deep").iterdir()) == FILES
    assert done.told[-1].startswith("5 reports, ")
    assert done.told[-1].endswith("open out/deep/map.html")
    assert "<b>title" not in (tmp_path / "out" / "deep" / "map.html").read_text("utf-8")


def test_map_replaces_an_earlier_map(tmp_path: Path) -> None:
    (tmp_path / "map.html").write_text("old")
    assert conflictmap("map", SEEDS / "2018-02-09-rt.md", "-o", tmp_path).code == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == FILES
    assert (tmp_path / "map.html").stat().st_size > 1000


def test_geojson_is_rfc_7946(mapped: Path) -> None:
    for name in ("incidents", "events"):
        found = json.loads((mapped / f"{name}.geojson").read_text("utf-8"))
        assert found["type"] == "FeatureCollection"
        assert found["features"]
        for feature in found["features"]:
            lon, lat = feature["geometry"]["coordinates"][:2]
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90
            assert lon > lat, "Syria lies further east than north"


def test_render_one_source_without_the_reports(mapped: Path, tmp_path: Path) -> None:
    page = tmp_path / "rt.html"
    done = conflictmap("render", mapped / "project.gpkg", "-o", page, "--source", "RT", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.told == [f"1 incident; open {page}"]
    assert page.stat().st_size < (mapped / "map.html").stat().st_size


def test_render_lists_the_sources_there_are(mapped: Path, tmp_path: Path) -> None:
    done = conflictmap("render", mapped / "project.gpkg", "-o", tmp_path / "x.html", "--source", "Nobody")
    assert done.code == 2
    assert "No source 'Nobody'" in done.err
    assert "We Are The Mighty" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here: apt-get install chromium")
def test_render_a_picture(mapped: Path, tmp_path: Path) -> None:
    options = ("--size", "420x360", "--theme", "dark", "--view", "-source=RT")
    done = conflictmap("render", mapped / "project.gpkg", "-o", tmp_path / "map.png", *options)
    assert done.code == 0, done.err
    head = (tmp_path / "map.png").read_bytes()[:24]
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (420, 360)


def test_render_a_picture_without_a_browser(mapped: Path, tmp_path: Path) -> None:
    done = conflictmap("render", mapped / "project.gpkg", "-o", tmp_path / "map.png", PATH="/nowhere")
    assert done.code == 2
    assert done.told == [
        "conflictmap: no Chromium found; install it (Debian: apt-get install chromium) or write an .html page"
    ]


def test_render_a_picture_of_no_size(mapped: Path, tmp_path: Path) -> None:
    done = conflictmap("render", mapped / "project.gpkg", "-o", tmp_path / "map.png", "--size", "big")
    assert done.code == 2
    assert "'big' is not WIDTHxHEIGHT in pixels" in " ".join(done.err.replace("│", " ").split())


@pytest.mark.parametrize(
    "options",
    [
        ["--since", "2018-01-01", "--until", "2018-12-31"],
        ["--type", "Air/drone strike"],
        ["--bbox", "35,32,42,37"],
        ["--lang", "ar"],
    ],
)
def test_render_filters(mapped: Path, tmp_path: Path, options: list[str]) -> None:
    done = conflictmap("render", mapped / "project.gpkg", "-o", tmp_path / "x.html", *options)
    assert done.code == 0, done.err
    assert (tmp_path / "x.html").exists()


@pytest.mark.parametrize("name", ["x.geojson", "x.csv", "x.gpkg", "x.kml", "x.fgb"])
def test_export(mapped: Path, tmp_path: Path, name: str) -> None:
    done = conflictmap("export", mapped / "project.gpkg", tmp_path / name, "--layer", "events")
    assert done.code == 0, done.err
    assert re.fullmatch(rf"\d+ rows in {re.escape(str(tmp_path / name))}", done.told[-1])
    assert (tmp_path / name).stat().st_size > 100
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_explain_tells_versions_sentences_and_reasons(mapped: Path) -> None:
    done = conflictmap("explain", mapped / "project.gpkg", "Raqqa")
    assert done.code == 0, done.err
    assert done.out.startswith("# ")
    assert "The Duran" in done.out
    assert "> On the day of that air raid" in done.out
    for heading in ("- What: ", "- When: ", "- Where: ", "- Who: "):
        assert heading in done.out


def test_explain_by_the_id_of_an_event(mapped: Path) -> None:
    events = json.loads((mapped / "events.geojson").read_text("utf-8"))["features"]
    identity = events[0]["properties"]["id"]
    done = conflictmap("explain", mapped / "project.gpkg", identity)
    assert done.code == 0
    assert f"event {identity}" in done.out


def test_explain_lists_the_nearest(mapped: Path) -> None:
    done = conflictmap("explain", mapped / "project.gpkg", "Nowhere at all")
    assert done.code == 2
    assert "No incident or event is called 'Nowhere at all'; there are" in done.err


def test_geocode_near_a_place() -> None:
    done = conflictmap("geocode", "Khasham", "--near", "Deir ez-Zor", "--json")
    (line,) = done.out.splitlines()
    best = json.loads(line)["candidates"][0]
    assert (best["name"], best["country"], best["admin1"]) == ("Khusham", "SY", "Deir ez-Zor")
    assert best["reason"]
    assert done.code == 0


def test_geocode_prints_a_table_for_people() -> None:
    done = conflictmap("geocode", "Mosul", "--country", "iq", "--limit", "1")
    assert done.out.splitlines()[0] == "Mosul"
    assert re.match(r" +36\.\d+ +43\.\d+ .* Mosul \(", done.out.splitlines()[1])


def test_geocode_tells_what_it_does_not_find() -> None:
    done = conflictmap("geocode", "Qzxqzxqzx", "Mosul")
    assert done.code == 1
    assert "Qzxqzxqzx: not found." in done.err
    assert "Mosul" in done.out


def test_geocode_on_a_terminal_without_the_letters() -> None:
    done = conflictmap("geocode", "دير الزور", PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "Deir ez-Zor" in done.out


def test_gazetteer_info() -> None:
    done = conflictmap("gazetteer", "info")
    assert done.code == 0
    assert "fingerprint" in done.out
    assert "CC BY 4.0" in done.out


def test_add_codes_further_reports_and_links_anew(tmp_path: Path) -> None:
    first, *others = sorted(SEEDS.glob("20*.md"))
    assert conflictmap("map", *others, "-o", tmp_path).code == 0
    project = tmp_path / "project.gpkg"
    done = conflictmap("add", project, first)
    assert done.code == 0, done.err
    assert done.told[-1].startswith("5 reports, ")
    again = conflictmap("add", project, SEEDS)
    assert again.told[-1].startswith("5 reports, ")


def test_add_gives_what_map_gives(mapped: Path, tmp_path: Path) -> None:
    one, *others = sorted(SEEDS.glob("20*.md"))
    assert conflictmap("map", one, "-o", tmp_path).code == 0
    assert conflictmap("add", tmp_path / "project.gpkg", *others).code == 0
    assert conflictmap("export", tmp_path / "project.gpkg", tmp_path / "i.csv").code == 0
    assert conflictmap("export", mapped / "project.gpkg", tmp_path / "j.csv").code == 0
    ids = [
        {x.split(",")[0] for x in (tmp_path / n).read_text("utf-8").splitlines()} for n in ("i.csv", "j.csv")
    ]
    assert ids[0] == ids[1]


def test_import_makes_a_project_and_adds_to_one(mapped: Path, tmp_path: Path) -> None:
    table = tmp_path / "ged.csv"
    row = (
        '1,SYR-1,2018,1,Syria: Government,Government of Syria - SDF,Government of Syria,SDF,"Reuters",1,'
        "Khusham town,Deir ez-Zor,35.3,40.29,Syria,1,2018-02-07 00:00:00.000,2018-02-07 00:00:00.000,"
        "100,0,0,0,100,100,73\n"
    )
    table.write_text(GED + row, "utf-8")
    alone = conflictmap("import", table, "-o", tmp_path / "new.gpkg")
    assert alone.code == 0, alone.err
    assert alone.told[-1] == f"1 event of UCDP GED in {tmp_path / 'new.gpkg'}"
    shutil.copy(mapped / "project.gpkg", tmp_path / "both.gpkg")
    both = conflictmap("import", table, "-o", tmp_path / "both.gpkg")
    assert both.code == 0, both.err
    assert conflictmap("export", tmp_path / "both.gpkg", tmp_path / "r.csv", "--layer", "reports").code == 0
    assert "Igor Girkin" in (tmp_path / "r.csv").read_text("utf-8")


def test_score_prints_the_figures(tmp_path: Path) -> None:
    answers = json.loads((GOLD / "gold.json").read_text("utf-8"))
    kept = dict(list(answers["reports"].items())[:2])
    (tmp_path / "gold.json").write_text(json.dumps({**answers, "reports": kept}), "utf-8")
    lines = (GOLD / "reports.jsonl").read_text("utf-8").splitlines()
    (tmp_path / "reports.jsonl").write_text(
        "\n".join(x for x in lines if json.loads(x)["id"] in kept) + "\n", "utf-8"
    )
    done = conflictmap("score", tmp_path)
    assert done.code == 0, done.err
    assert re.search(r"^reports +2$", done.out, re.MULTILINE)
    assert re.search(r"^end_to_end +P \d\.\d{3}  R \d\.\d{3}  F1 \d\.\d{3}", done.out, re.MULTILINE)


def test_help_lists_the_verbs() -> None:
    done = conflictmap("--help")
    assert done.code == 0
    for verb in VERBS:
        assert re.search(rf"\b{verb}\b", done.out)


@pytest.mark.parametrize(
    "verb", [v for v in VERBS if v != "gazetteer"] + ["gazetteer info", "gazetteer build"]
)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    done = conflictmap(*verb.split(), "--help")
    assert done.code == 0
    assert "Usage:" in done.out
    assert f"Example: conflictmap {verb}" in done.out


def test_demo_maps_the_samples_without_arguments(tmp_path: Path) -> None:
    done = conflictmap("demo", cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.told[-1].startswith("5 reports, ")
    assert done.told[-1].endswith("open conflictmap-demo/map.html")
    assert sorted(p.name for p in (tmp_path / "conflictmap-demo").iterdir()) == FILES


def test_mistyped_verb_gets_a_suggestion() -> None:
    done = conflictmap("rendr", "out/project.gpkg")
    assert done.code == 2
    assert "Did you mean 'render'?" in done.err


@pytest.mark.parametrize("place", [0, 1, 3])
def test_quiet_tells_only_what_is_wrong(place: int, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n", "utf-8")
    words: list[str | Path] = ["map", SEEDS / "2018-02-09-rt.md", "bad.jsonl", "-o", "out"]
    done = conflictmap(*words[:place], "--quiet", *words[place:], cwd=tmp_path)
    assert done.code == 1
    assert [line.split(":")[0] for line in done.told] == ["conflictmap", "conflictmap"]
    assert "bad.jsonl" in done.told[0]


def test_verbose_tells_how() -> None:
    done = conflictmap("parse", SEEDS / "2018-02-09-rt.md", "--verbose")
    assert done.told[0].startswith("gazetteer: the packaged one, ")
    assert re.search(r"2018-02-09-rt\.md: \d+ place names, 1 event$", done.told[-1])


def test_options_after_two_dashes_are_names() -> None:
    done = conflictmap("geocode", "--json", "--", "--quiet")
    assert json.loads(done.out)["name"] == "--quiet"


@pytest.mark.parametrize("words", [("gazetteer", "info"), ("score", GOLD, "--split", "test")])
def test_machines_read_json(words: tuple[str | Path, ...]) -> None:
    done = conflictmap(*words, "--json")
    assert done.code == 0
    assert isinstance(json.loads(done.out), dict)
    assert "\x1b" not in done.out + done.err


def test_version() -> None:
    done = conflictmap("--version")
    assert done.code == 0
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*|unknown \(not installed\)", done.out.strip())


def test_no_verb_shows_help() -> None:
    done = conflictmap()
    assert "Usage:" in done.out + done.err


def test_reports_from_standard_input() -> None:
    done = conflictmap("parse", "-", stdin="A car bomb killed three people in Mosul on 5 May 2016.")
    assert done.code == 0
    assert json.loads(done.out)["mentions"][0]["text"] == "Mosul"
