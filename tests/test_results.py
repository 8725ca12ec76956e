"""The file of measured figures: sections by benchmark, parts by title."""

from __future__ import annotations

from pathlib import Path

from benchmarks import results


def test_a_section_takes_the_place_of_its_last_one(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    results.keep("maps", "## Maps\n\nslow", file)
    results.keep("gazetteer", "## Gazetteer\n\n### Speed\n\nfast\n\n### Big\n\n| a |\n| --- |\n| 1 |", file)
    results.keep("maps", "## Maps\n\nquick", file)
    told = file.read_text("utf-8")
    assert "slow" not in told
    assert told.index("quick") < told.index("## Gazetteer")


def test_part_of_a_section(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    assert results.part("gazetteer", "Big", file) == ""
    results.keep("gazetteer", "## Gazetteer\n\n### Speed\n\nfast\n\n### Big\n\n| 1 |", file)
    results.keep("maps", "## Maps\n\n### Big\n\nno", file)
    assert results.part("gazetteer", "Speed", file) == "### Speed\n\nfast"
    assert results.part("gazetteer", "Big", file) == "### Big\n\n| 1 |"
    assert results.part("gazetteer", "Small", file) == ""
