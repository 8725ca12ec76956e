from __future__ import annotations

from pathlib import Path

import pytest

from gazetteer import GazetteerError, rules
from gazetteer.names import fold
from gazetteer.tiers import TIERS, worth

TABLES = sorted(path.stem for path in Path(rules.__file__).parent.glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_read_and_says_what_it_is(name: str) -> None:
    assert rules.table(name)
    head = (Path(rules.__file__).parent / f"{name}.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert head.startswith("# ")


@pytest.mark.parametrize(
    ("name", "column"),
    [("types", "word"), ("articles", "article"), ("generics", "word"), ("regions", "region")],
)
def test_words_are_folded(name: str, column: str) -> None:
    for row in rules.table(name):
        for word in row[column].split("|"):
            assert fold(word) == word


def test_tiers_are_ever_less_certain() -> None:
    assert all(0 < worth(tier).sparse <= worth(tier).precision < 1 for tier in TIERS)
    assert worth("exact").precision == max(worth(tier).precision for tier in TIERS)


def test_a_bad_row_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.csv").write_text("# head\na,b\n1,2\n1,2,3\n", encoding="utf-8")
    monkeypatch.setattr(rules, "_FOLDER", tmp_path)
    with pytest.raises(GazetteerError, match=r"some\.csv, line 4: 3 cells, the header names 2"):
        rules.table("some")
