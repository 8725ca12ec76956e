"""A user's own table of actors stands above the packaged one."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.actors.files import read_files
from geo.actors.roll import VARIABLE
from geo.errors import LexiconError

ROW = "river-brigade,River Brigade,rebels\n"


def own(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Path:
    file = folder / "own.csv"
    file.write_text(text, "utf-8")
    monkeypatch.setenv(VARIABLE, str(file))
    return file


def test_three_columns_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, monkeypatch, f"# of my own\nid,name,kind\n{ROW}")
    actor = read_files().actors["river-brigade"]
    assert (actor.name, actor.aliases, actor.country) == ("River Brigade", ("River Brigade",), None)


def test_a_row_replaces_the_packaged_one_of_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = read_files().actors
    own(tmp_path, monkeypatch, "id,name,kind,aliases\nhamas,The movement,political,Hamas|The movement\n")
    found = read_files().actors
    assert found["hamas"].kind == "political" != packaged["hamas"].kind
    assert found.keys() == packaged.keys()


def test_the_packaged_parent_gives_the_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(tmp_path, monkeypatch, "id,name,kind,parent\nriver-brigade,River Brigade,militia,sy-army\n")
    assert read_files().actors["river-brigade"].parent == "sy-army"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,name\nx,y\n", r"own\.csv: no column kind; the header has id, name"),
        (f"id,name,kind\n{ROW}{ROW}", r"own\.csv:3: a second 'river-brigade'"),
        ("id,name,kind\nx,X,army\n", r"own\.csv:2: kind is 'army'; use one of"),
        ("id,name,kind\nx,X\n", r"own\.csv:2: 2 values for 3 columns"),
        ("id,name,kind\n,X,rebels\n", r"own\.csv:2: id or name is empty"),
        ("id,name,kind,parent\nx,X,rebels,nobody\n", r"own\.csv:2: no parent 'nobody'"),
        ("id,name,kind,active_from\nx,X,rebels,May\n", r"own\.csv:2: 'May' is no date"),
        ("id,name,kind,aliases\nx,X,rebels,A\ny,Y,rebels,A\n", r"own\.csv:2: 'A' also names 'y' \(line 3\)"),
    ],
)
def test_a_bad_row_is_told_with_its_line(
    text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, monkeypatch, text)
    with pytest.raises(LexiconError, match=message):
        read_files()


@pytest.mark.parametrize("spoilt", [None, b"id,name,kind\n\xff\xfe\xfa\n"])
def test_a_file_that_cannot_be_read_is_told(
    spoilt: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if spoilt is not None:
        (tmp_path / "own.csv").write_bytes(spoilt)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own.csv"))
    with pytest.raises(LexiconError, match=r"own\.csv cannot be read as a table of actors \("):
        read_files()
