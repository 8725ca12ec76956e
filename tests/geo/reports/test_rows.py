from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.columns import aliases
from geo.reports.draft import Draft
from geo.reports.problem import RefusedError
from geo.reports.rows import Place, json_document, json_lines, table

from .tools import read_all, written

if TYPE_CHECKING:
    from pathlib import Path

PLACE = Place(name="x", path=None)


def one(line: str | bytes) -> Draft | RefusedError:
    data = line.encode() if isinstance(line, str) else line
    ((_, row),) = json_lines([(1, data)], PLACE)
    return row


@given(st.text(min_size=1).filter(lambda words: bool(words.strip())))
def test_json_text_is_kept_character_for_character(text: str) -> None:
    row = one(json.dumps({"text": text}))
    assert isinstance(row, Draft)
    assert row.text == text


def test_damage_in_json_text_is_left_alone() -> None:
    row = one(json.dumps({"text": "the army\u00e2\u20ac\u2122s line \u00e2\u20ac\u0153so\u00e2\u20ac"}))
    assert isinstance(row, Draft)
    assert row.text.startswith("the army\u00e2")


def test_lone_surrogates_keep_the_offsets() -> None:
    row = one(r'{"text": "a\ud800b"}')
    assert isinstance(row, Draft)
    assert row.text == "a\ufffdb"
    assert row.notes == ("half characters (lone surrogates) replaced",)


def test_fields_are_read_and_others_passed_over() -> None:
    row = one(
        '{"id": 7, "source": "A", "url": null, "published": 2018, "mood": [1], "title": "T", "text": "x"}'
    )
    assert isinstance(row, Draft)
    assert (row.id, row.source, row.title, row.url, row.published) == ("7", "A", "T", None, "2018")


def test_a_field_of_the_wrong_kind_does_not_lose_the_report() -> None:
    row = one('{"source": ["A"], "id": true, "text": "x"}')
    assert isinstance(row, Draft)
    assert row.source is None
    assert set(row.notes) == {"source left out: not a string", "id left out: not a string"}


@pytest.mark.parametrize(
    ("line", "what", "mend"),
    [
        (b'{"text": "a"', "broken JSON", "mend the JSON"),
        (b"[1, 2]", "not a JSON object", '{"text": "..."}'),
        (b"7", "not a JSON object", '{"text": "..."}'),
        (b'{"body": "Long text here", "n": "1"}', 'no "text"', 'rename "body" to "text"'),
        (b"{}", 'no "text"', 'add "text"'),
        (b'{"text": 5}', "not a string", "between quotes"),
        (b'{"text": " "}', "empty", "leave the row out"),
        (b'{"text": "\xff"}', "not valid UTF-8 at byte 10", "UTF-8"),
        (b'{"text": ' + b"[" * 200_000, "nested too deeply", "flat"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "a"}', "broken JSON", "mend the JSON"),
    ],
)
def test_a_broken_line_is_refused_with_the_mend(line: bytes, what: str, mend: str) -> None:
    row = one(line)
    assert isinstance(row, RefusedError)
    assert what in row.what
    assert mend in row.mend


def test_lines_are_numbered_as_an_editor_does(tmp_path: Path) -> None:
    path = written(tmp_path, "x.jsonl", '\n{"text": "a"}\n\nnonsense\r\n{"text": "b"}')
    reports, (problem,) = read_all(path)
    assert [report.text for report in reports] == ["a", "b"]
    assert problem.where == f"{path}, line 4"


def test_utf16_json_lines_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x.ndjson", '{"text": "Zwölf"}\n{"text": "ж"}\n'.encode("utf-16"))
    assert [report.text for report in read_all(path)[0]] == ["Zwölf", "ж"]


@pytest.mark.parametrize(
    ("document", "texts"),
    [
        ('[{"text": "a"}, {"text": "b"}]', ["a", "b"]),
        ('{"text": "a",\n "title": "T"}', ["a"]),
        ('{"text": "a"}\n{"text": "b"}\n', ["a", "b"]),
    ],
)
def test_a_json_document_is_one_or_a_list_or_lines(document: str, texts: list[str]) -> None:
    rows = [row for _, row in json_document(document.encode(), PLACE)]
    assert [row.text for row in rows if isinstance(row, Draft)] == texts


def rows_of(text: str, delimiter: str | None = None) -> list[Draft | RefusedError]:
    lines = text.splitlines(keepends=True)
    return [row for _, row in table(lines, PLACE, delimiter=delimiter, aliases=aliases())]


@given(st.text(min_size=1).filter(lambda words: bool(words.strip()) and "\0" not in words))
def test_csv_text_is_kept_character_for_character(text: str) -> None:
    quoted = text.replace('"', '""')
    lines = [line + "\n" for line in f'id,text\n1,"{quoted}"'.split("\n")]
    lines[-1] = lines[-1].removesuffix("\n")
    ((_, row),) = table(lines, PLACE, delimiter=None, aliases=aliases())
    assert isinstance(row, Draft)
    assert row.text == text


@pytest.mark.parametrize(
    "text",
    [
        'headline,content,date,outlet\nT,"a, b",2018-02-12,A\n',
        'Headline;Content;Date;Outlet\r\nT;"a, b";2018-02-12;A\r\n',
        "\ufeffcontent\tTitle\tdate\toutlet\na, b\tT\t2018-02-12\tA\n",
    ],
)
def test_columns_go_by_many_names_and_marks(text: str) -> None:
    (row,) = rows_of(text)
    assert isinstance(row, Draft)
    assert (row.text, row.title, row.published, row.source) == ("a, b", "T", "2018-02-12", "A")


def test_a_row_that_does_not_fit_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", 'id,text\n1,a\n2,b,c\n3,"d"e\n4,f\n')
    reports, problems = read_all(path)
    assert [report.text for report in reports] == ["a", "f"]
    assert [problem.where.rpartition(", ")[2] for problem in problems] == ["line 3", "line 4"]


def test_a_quote_never_closed_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", 'id,text\n1,a\n2,"b\nc\n')
    reports, (problem,) = read_all(path)
    assert [report.text for report in reports] == ["a"]
    assert "lines 3 to 4" in problem.what


def test_long_fields_are_read_and_the_limit_of_the_module_is_left_as_it_was(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    text = "word " * 100_000
    path = written(tmp_path, "x.csv", f'id,text\n1,"{text}"\n')
    assert read_all(path)[0][0].text == text
    assert csv.field_size_limit() == before


def test_a_table_in_a_code_page_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, "x.csv", "id,text\n1,plain\n2,Zwölf Tote in Köln\n".encode("cp1252"))
    assert [report.text for report in read_all(path)[0]] == ["plain", "Zwölf Tote in Köln"]
