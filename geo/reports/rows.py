"""Reports that stand many in a file: JSON Lines, a JSON document, CSV and TSV."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

import msgspec

from geo.reports.draft import Draft
from geo.reports.encoding import code_page
from geo.reports.files import MAX_DOCUMENT
from geo.reports.problem import RefusedError, printable

Row = tuple[int, Draft | RefusedError]
"""Number of the line or row, and what it holds."""
Lines = Iterable[tuple[int, bytes | None]]

_FIELDS = ("id", "source", "title", "published", "url", "language")
_DECODER = msgspec.json.Decoder()
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_TOO_LONG = RefusedError(f"longer than {MAX_DOCUMENT // 2**20} MB", "split the report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where rows come from."""

    name: str
    """The file, for messages."""
    path: str | None
    """The file, for the record."""

    def line(self, number: int) -> str:
        """Name a line of the file."""
        return f"{self.name}, line {number}"


def json_lines(lines: Lines, place: Place) -> Iterator[Row]:
    """Read JSON Lines: one object a line, empty lines passed over."""
    for number, line in lines:
        if line is None:
            yield number, _TOO_LONG
        elif line.strip():
            yield number, _tried(lambda line=line, number=number: _json_row(line, place, number))  # type: ignore[misc]


def json_document(data: bytes, place: Place) -> Iterator[Row]:
    """Read a JSON document: one object, or a list of objects; else take it for JSON Lines."""
    try:
        whole = _json(data)
    except RefusedError as refusal:
        lines = data.splitlines(keepends=True)
        if len(lines) > 1 and lines[0].strip().endswith(b"}"):
            yield from json_lines(enumerate(lines, 1), place)
        else:
            yield 1, refusal
        return
    for number, item in enumerate(whole if isinstance(whole, list) else [whole], 1):
        yield number, _tried(lambda item=item, number=number: _from_object(item, place, number))  # type: ignore[misc]


def _tried(make: Callable[[], Draft]) -> Draft | RefusedError:
    try:
        return make()
    except RefusedError as refusal:
        return refusal


def _json_row(line: bytes, place: Place, number: int) -> Draft:
    return _from_object(_json(line), place, number)


def _json(data: bytes) -> Any:
    try:
        return _DECODER.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _lenient(data)


def _lenient(data: bytes) -> Any:
    # The standard reader takes what others write though JSON forbids it (NaN, lone surrogates), and its
    # errors say where.
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RefusedError(f"not valid UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except RecursionError as error:
        raise RefusedError("JSON nested too deeply", "give one flat object a line") from error
    except json.JSONDecodeError as error:
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise RefusedError(
            f"broken JSON at {where} ({error.msg.lower()})", "mend the JSON or leave it out"
        ) from error
    except ValueError as error:
        raise RefusedError("broken JSON (a number is too long)", "mend the JSON or leave it out") from error


def _from_object(item: object, place: Place, number: int) -> Draft:
    if not isinstance(item, dict):
        raise RefusedError("not a JSON object", 'write {"text": "..."}')
    fields = cast("dict[str, object]", item)
    text = fields.get("text")
    if text is None:
        raise RefusedError('no "text"', _near_miss(fields))
    if not isinstance(text, str):
        raise RefusedError('"text" is not a string', "put the report's text between quotes")
    notes: list[str] = []
    values = {field: _word(field, fields.get(field), notes) for field in _FIELDS}
    return _draft(text, values, place, number, notes)


def _near_miss(fields: dict[str, object]) -> str:
    longest = max(
        (key for key, value in fields.items() if isinstance(value, str)),
        key=lambda k: len(str(fields[k])),
        default="",
    )
    return f'rename "{printable(longest, 40)}" to "text"' if longest else 'add "text"'


def _word(field: str, value: object, notes: list[str]) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if field in ("id", "published") and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    notes.append(f"{field} left out: not a string")
    return None


def _draft(text: str, values: dict[str, str | None], place: Place, number: int, notes: list[str]) -> Draft:
    if not text.strip():
        raise RefusedError("the text is empty", "give the report's text or leave the row out")
    clean = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text) if not text.isascii() else text
    if clean != text:
        notes.append("half characters (lone surrogates) replaced")
    return Draft(text=clean, where=place.line(number), origin=place.path, notes=tuple(notes), **values)


def table(
    lines: Iterable[str], place: Place, *, delimiter: str | None, aliases: dict[str, str]
) -> Iterator[Row]:
    """Read CSV or TSV with a header row; numbers are lines of the file.

    `delimiter` is found from the header where it is `None`; `aliases` maps folded column names to fields.
    """
    source = iter(lines)
    first = next(source, "")
    mark = delimiter or _delimiter(first, aliases)
    reader = csv.reader(_chain(first, source), delimiter=mark, strict=True)
    header = _next(reader)
    if not isinstance(header, list) or not header:
        missing = RefusedError("no header row", "add a first row that names the columns")
        yield 1, header if isinstance(header, RefusedError) else missing
        return
    columns = {
        aliases[name]: i for i, name in reversed(list(enumerate(map(_folded, header)))) if name in aliases
    }
    if "text" not in columns:
        yield 1, RefusedError('no column "text"', f"name the columns (found: {printable(', '.join(header))})")
        return
    yield from _rows(reader, columns, len(header), place)


def _rows(reader: Any, columns: dict[str, int], width: int, place: Place) -> Iterator[Row]:
    while True:
        number = reader.line_num + 1
        row = _next(reader)
        if row is None:
            return
        if isinstance(row, RefusedError):
            yield number, row
        elif row and len(row) != width:
            yield (
                number,
                RefusedError(
                    f"{len(row)} fields where the header names {width}", "mend the quotes of the rows before"
                ),
            )
        elif row:
            yield number, _tried(lambda row=row, number=number: _from_row(row, columns, place, number))  # type: ignore[misc]


def _from_row(row: list[str], columns: dict[str, int], place: Place, number: int) -> Draft:
    values = {field: row[i] for field, i in columns.items()}
    text = values.pop("text")
    return _draft(text, {field: values.get(field) or None for field in _FIELDS}, place, number, [])


def _next(reader: Any) -> list[str] | RefusedError | None:
    started = reader.line_num + 1
    with long_fields():
        try:
            row: list[str] | None = next(reader, None)
        except csv.Error as error:
            what = f"broken row, lines {started} to {reader.line_num} ({printable(str(error))})"
            return RefusedError(what, "mend the quotes or leave the row out")
    return row


@contextmanager
def long_fields() -> Iterator[None]:
    """Let the `csv` module read fields as long as an article."""
    # The module's limit holds for the whole process and is too short for an article: lift it only to read.
    before = csv.field_size_limit(MAX_DOCUMENT)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _folded(name: str) -> str:
    return name.strip().strip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def _delimiter(header: str, aliases: dict[str, str]) -> str:
    def known(mark: str) -> int:
        return sum(_folded(name.strip().strip('"')) in aliases for name in header.split(mark))

    return max(",;\t|", key=known)


def text_lines(lines: Lines) -> Iterator[str]:
    """Decode a table's lines: UTF-8, or the code page of the first line that is not.

    Raises
    ------
    RefusedError
        Where a line is too long or no text.
    """
    name = "utf-8-sig"
    for number, line in lines:
        if line is None:
            raise RefusedError(f"line {number} is longer than {MAX_DOCUMENT // 2**20} MB", "split the table")
        try:
            yield line.decode(name, errors="strict" if name.startswith("utf") else "replace")
        except UnicodeDecodeError:
            name = code_page(line)
            yield line.decode(name, errors="replace")
        name = "utf-8" if name == "utf-8-sig" else name
