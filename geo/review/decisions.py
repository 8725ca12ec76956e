"""The table an analyst filled in, read into corrections; a row that cannot be understood costs no other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geo.review.corrections import Correction, CorrectionError, Field, Key, Target, read_key
from geo.review.doubts import DECIDED
from geo.review.rows import Project
from geo.review.store import UNDO
from geo.review.values import read_sub_type, read_when, write_keys, write_place

Row = Mapping[str, str]
YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui"})
ALL = "all"
"""In "apart": every other version of its incident."""
PIN = ("set_lat", "set_lon", "set_place")
DAYS = ("set_date_from", "set_date_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What a filled-in table says."""

    corrections: tuple[Correction, ...]
    """In order of their ids; of two for one thing the later row counts."""
    faults: tuple[str, ...]
    """For each row that cannot be understood, file and line, what is wrong and the mend."""


def read_decisions(path: Path, project: Project) -> Decisions:
    """Read a filled-in table.

    Parameters
    ----------
    path
        CSV with the columns of `geo.review.HEADER`; comma, semicolon or tab.
    project
        The project it was made from, whose ids "with" and "apart" name.

    Raises
    ------
    CorrectionError
        The file cannot be read or is no table of review.
    """
    found: dict[str, Correction] = {}
    faults = []
    listed = list(_rows(path))
    named = _Named(project, [row for _, row in listed])
    for line, row in listed:
        try:
            found.update({c.identity: c for c in _decided(row, named)})
        except CorrectionError as fault:
            faults.append(f"{path}:{line}: {fault}")
    return Decisions(corrections=tuple(found[k] for k in sorted(found)), faults=tuple(faults))


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise CorrectionError(f"{path} cannot be read ({fault}): name a UTF-8 CSV made by review.") from fault
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=mark)
    missing = [c for c in ("kind", "id", "key") if c not in (reader.fieldnames or ())]
    if missing:
        raise CorrectionError(
            f"{path} has no column {', '.join(missing)}: keep the columns that review wrote."
        )
    try:
        for row in reader:
            yield reader.line_num, {k: _bare(v) for k, v in row.items() if k and not isinstance(v, list)}
    except csv.Error as fault:
        raise CorrectionError(
            f"{path}:{reader.line_num}: no CSV ({fault}): save the table as CSV again."
        ) from fault


def _bare(cell: str | None) -> str:
    """Return a cell without the apostrophe that keeps a spreadsheet from running it."""
    words = (cell or "").strip()
    return words[1:] if words[:1] == "'" and words[1:2] in {"=", "+", "-", "@"} else words


class _Named:
    """Events by the ids that a table names: those of the project, else those of the table itself.

    An incident that an earlier review joined to another is no more in the project; the table still
    knows its versions.
    """

    def __init__(self, project: Project, listed: list[Row]) -> None:
        self.project = project
        self.keys: dict[str, list[str]] = {}
        for row in listed:
            if row["kind"] == "event":
                for name in (row["id"], row.get("incident", "")):
                    self.keys.setdefault(name, []).append(row["key"])

    def events(self, identity: str) -> dict[str, Key]:
        """Return the keys of the events an id stands for, by their JSON; empty where it stands for none."""
        members = self.project.members(identity)
        keys = [k for e in members if (k := self.project.key(e))] or [
            read_key(k) for k in self.keys.get(identity, ())
        ]
        return {k.write(): k for k in keys}


def _decided(row: Row, named: _Named) -> Iterator[Correction]:
    if not any(row.get(c) for c in DECIDED if c not in {"author", "at", "note"}):
        return
    target = _target(row)
    key = read_key(row["key"])
    for field, value in _values(row, target, named):
        if field == "reject" and target == "incident":
            for own in named.events(row["id"]).values():
                yield _correction(row, "event", row["id"], own, field, value)
        else:
            yield _correction(row, target, row["id"], key, field, value)


def _target(row: Row) -> Target:
    match row["kind"]:
        case "event":
            return "event"
        case "incident":
            return "incident"
        case kind:
            raise CorrectionError(f"kind is {kind!r}: leave it event or incident.")


def _correction(row: Row, target: Target, identity: str, key: Key, field: Field, value: str) -> Correction:
    return Correction(
        target=target,
        id=identity,
        key=key,
        field=field,
        value=value,
        author=row.get("author") or None,
        at=_moment(row.get("at") or ""),
        note=row.get("note") or None,
    )


def _moment(words: str) -> datetime | None:
    if not words:
        return None
    try:
        found = datetime.fromisoformat(words)
    except ValueError as fault:
        raise CorrectionError(f"at is {words!r}: write 2018-02-07T12:30, or leave it empty.") from fault
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _values(row: Row, target: Target, named: _Named) -> Iterator[tuple[Field, str]]:
    """Yield field and value of each thing decided in a row."""
    if words := row.get("reject"):
        yield "reject", _yes(words)
    if words := row.get("set_sub_type"):
        yield "sub_type", words if words == UNDO else read_sub_type(words)[1]
    if any(row.get(c) for c in DAYS):
        yield "when", _when(*(row.get(c, "") for c in DAYS))
    if any(row.get(c) for c in PIN):
        yield "place", _place(*(row.get(c, "") for c in PIN))
    if words := row.get("with"):
        yield "with", _others(row, words, named, whole=True)
    if words := row.get("apart"):
        if target == "incident":
            raise CorrectionError(
                "apart is for events: write it in the rows of the versions that do not belong."
            )
        yield "apart", _others(row, words, named, whole=False)


def _yes(words: str) -> str:
    if words == UNDO:
        return UNDO
    if words.casefold() not in YES:
        raise CorrectionError(f"reject is {words!r}: write yes, or leave it empty.")
    return "yes"


def _when(first: str, last: str) -> str:
    if UNDO in {first, last}:
        return UNDO
    value = f"{first or last}/{last or first}"
    read_when(value)
    return value


def _place(lat: str, lon: str, name: str) -> str:
    return UNDO if UNDO in {lat, lon, name} else write_place(lat, lon, name)


def _others(row: Row, words: str, named: _Named, *, whole: bool) -> str:
    """Return the keys of the events that "with" or "apart" names, ids parted by spaces or semicolons."""
    if words == UNDO:
        return UNDO
    own = named.events(row["id"]) or {row["key"]: read_key(row["key"])}
    found: dict[str, Key] = {}
    for identity in words.replace(";", " ").split():
        members = named.events(row.get("incident", "") if identity == ALL and not whole else identity)
        if not members:
            raise CorrectionError(f"{identity!r} is no incident or event of this project: see the column id.")
        found |= members
    if not found.keys() - own.keys():
        raise CorrectionError(f"{words!r} names no other event than its own.")
    others = {**found, **own} if whole else {k: v for k, v in found.items() if k not in own}
    return write_keys(list(others.values()))
