"""The tasks of a run on a cluster. Each may be run again, anywhere: it gives the same files once more.

survey    a piece of the input: ids and contents of its reports, so that what comes twice is known
code      a piece: its reports coded and kept
gather    all pieces: what linking and the search for copies read, as columns that tasks share
compare   some blocks of space, time and rare words, over all pieces: pairs of events with their scores
group     all pairs: which events are one incident, handed out to the piece of the first of them
settle    a piece: the records of its incidents
tabulate  a piece: its part of every table
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np

from gazetteer import Gazetteer
from geo.cluster.pieces import PieceLedger, Reports, read_coded, write_coded
from geo.cluster.store import WORK
from geo.incidents import saved
from geo.incidents.columns import Builder
from geo.incidents.copies import originals
from geo.incidents.link import link_scored
from geo.incidents.model import Scored, compare, merged
from geo.incidents.summarise import summarise
from geo.records import Incident, Link
from geo.reports.identity import content_digest, renamed
from geo.reports.read import read_source, repeated
from geo.runs import packed
from geo.runs.crew import result_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.cluster.store import Store
    from geo.incidents.copies import Passages
    from geo.records import Event, Report
    from geo.reports import Problem
    from geo.reports.pieces import Piece
    from geo.tables.tallies import Actors, Places

COLUMNS = f"{WORK}/columns"
PAIRS = f"{WORK}/pairs"
_HOMES = "homes.npy"
_ENCODER = msgspec.msgpack.Encoder()


class Survey(NamedTuple):
    """What must be known of a piece before it is coded."""

    rows: list[tuple[str, bytes]]
    """Id and content of each report."""


class Orders(NamedTuple):
    """What the survey of all pieces means for one."""

    dropped: frozenset[int]
    """Reports that came before."""
    ids: Mapping[int, str]
    """Reports whose id was taken, and their new one."""


class Summary(NamedTuple):
    """What came of a piece."""

    reports: int
    """Reports coded."""
    events: int
    """Events found."""
    sources: frozenset[str]
    """Publishers."""
    problems: list[Problem]
    """What is to be told."""


class Group(NamedTuple):
    """Events that are one incident, and why."""

    events: list[tuple[str, int]]
    """Event ids, and the piece of each."""
    links: list[Link]
    """The links between them."""


_GROUPS = msgspec.msgpack.Decoder(list[Group])
_INCIDENTS = msgspec.msgpack.Decoder(list[Incident])
_NAMES = msgspec.msgpack.Decoder(dict[str, str])
_NUMBERS = msgspec.msgpack.Decoder(list[int])


@cache
def _gazetteer(path: Path | None) -> Gazetteer:
    return Gazetteer.open(path)


def survey(piece: Piece) -> Survey:
    """Read a piece and tell what its reports are called and hold."""
    found = (report for source in piece for _, report in read_source(source, lambda _: None))
    return Survey([(report.id, content_digest(report)) for report in found])


def code(store: Store, number: int, piece: Piece, orders: Orders, gazetteer: Path | None) -> Summary:
    """Read a piece again, code it and keep it."""
    problems: list[Problem] = []
    kept = []
    for report in _ordered(piece, orders, problems):
        result = result_of(_gazetteer(gazetteer), report)
        kept.append(result.kept)
        if result.problem is not None:
            problems.append(result.problem)
    write_coded(store, number, kept)
    return Summary(
        reports=len(kept),
        events=sum(len(k.events) for k in kept),
        sources=frozenset(k.source for k in kept if k.source),
        problems=problems,
    )


def _ordered(piece: Piece, orders: Orders, problems: list[Problem]) -> Iterator[Report]:
    rows = (row for source in piece for row in read_source(source, problems.append))
    for row, (draft, report) in enumerate(rows):
        if row in orders.dropped:
            problems.append(repeated(draft.where))
        elif row in orders.ids:
            yield renamed(report, orders.ids[row])
        else:
            yield report


def gather(store: Store, pieces: int) -> int:
    """Put the columns of all pieces together, and mark copies; returns the number of events."""
    table = Builder()
    homes: dict[str, int] = {}
    for number in range(pieces):
        for kept in read_coded(store, number):
            table.add(packed.traits_of(kept.traits))
            homes.update((event.id, number) for event in kept.events)
    columns = table.done()
    with tempfile.TemporaryDirectory(prefix="conflictmap.") as folder:
        files = saved.save(columns, Path(folder))
        files.append(Path(folder, _HOMES))
        np.save(files[-1], np.array([homes[i] for i in columns.ids], np.int64))
        for file in files:
            store.put_file(file, f"{COLUMNS}/{file.name}")
    _mark_copies(store, pieces)
    return len(columns)


def _mark_copies(store: Store, pieces: int) -> None:
    coded = (kept for number in range(pieces) for kept in read_coded(store, number))
    copied = originals(packed.passages_of(kept.passages) for kept in coded)
    for number in range(pieces):
        own = {k.id: copied[k.id] for k in read_coded(store, number) if k.id in copied}
        store.put(f"{WORK}/copies/part-{number:05}", _ENCODER.encode(own))


def compare_part(store: Store, part: int, number: int) -> None:
    """Score the pairs of one part of the blocks."""
    with store.folder(COLUMNS) as folder, tempfile.TemporaryDirectory(prefix="conflictmap.") as scratch:
        found = compare(saved.load(folder), only=(part, number))
        file = Path(scratch, "pairs.npz")
        np.savez(file, left=found.left, right=found.right, scores=found.scores)
        store.put_file(file, f"{PAIRS}/part-{part:05}.npz")


def group(store: Store, pieces: int, parts: int) -> int:
    """Group all events, and hand each group to the piece of its first event; returns the number of groups."""
    with store.folder(COLUMNS) as folder, store.folder(PAIRS) as pairs:
        table = saved.load(folder)
        homes = dict(zip(table.ids, np.load(folder / _HOMES).tolist(), strict=True))
        found = (_pairs(pairs / f"part-{part:05}.npz") for part in range(parts))
        groups, links = link_scored(table, merged(table, found))
    _hand_out(store, pieces, groups, links, homes)
    return len(groups)


def _pairs(file: Path) -> Scored:
    with np.load(file) as kept:
        return Scored(left=kept["left"], right=kept["right"], scores=kept["scores"])


def _hand_out(
    store: Store,
    pieces: int,
    groups: Sequence[Sequence[str]],
    links: Sequence[Link],
    homes: Mapping[str, int],
) -> None:
    by_left: dict[str, list[Link]] = {}
    for found in links:
        by_left.setdefault(found.left, []).append(found)
    handed: list[list[Group]] = [[] for _ in range(pieces)]
    asked: list[set[int]] = [set() for _ in range(pieces)]
    for events in groups:
        home = homes[events[0]]
        why = [found for event in events for found in by_left.get(event, ())]
        handed[home].append(Group([(event, homes[event]) for event in events], why))
        for event in events:
            asked[homes[event]].add(home)
    for number in range(pieces):
        store.put(f"{WORK}/groups/part-{number:05}", _ENCODER.encode(handed[number]))
        store.put(f"{WORK}/asked/part-{number:05}", _ENCODER.encode(sorted(asked[number])))


def settle(store: Store, number: int) -> int:
    """Make a piece's incidents, whose versions may lie in others; returns how many are contested."""
    reports: dict[int, Reports] = {}
    groups = _GROUPS.decode(store.get(f"{WORK}/groups/part-{number:05}"))
    made = [_incident(store, group, reports) for group in groups]
    of = {event: incident.id for incident in made for event in incident.events}
    store.put(f"{WORK}/incidents/part-{number:05}", _ENCODER.encode(made))
    store.put(f"{WORK}/of/part-{number:05}", _ENCODER.encode(of))
    return sum(bool(incident.contested) for incident in made)


def _incident(store: Store, handed: Group, reports: dict[int, Reports]) -> Incident:
    """Make an incident; pieces are read as they are needed, and kept."""
    told: list[tuple[Event, Report]] = []
    read: dict[str, Passages] = {}
    for event, home in handed.events:
        if home not in reports:
            reports[home] = Reports(read_coded(store, home))
        told.append(reports[home].told(event))
        read[told[-1][1].id] = reports[home].passages(event)
    by_id = {report.id: report for _, report in told}
    return summarise(by_id, [event for event, _ in told], handed.links, lambda report: read[report.id])


def tabulate(store: Store, number: int) -> tuple[Places, Actors]:
    """Write a piece's part of every table; returns what is counted over all pieces."""
    from geo.tables.tallies import Actors, Places

    of: dict[str, str] = {}
    for home in _NUMBERS.decode(store.get(f"{WORK}/asked/part-{number:05}")):
        of |= _NAMES.decode(store.get(f"{WORK}/of/part-{home:05}"))
    ledger = PieceLedger(
        read_coded(store, number),
        _INCIDENTS.decode(store.get(f"{WORK}/incidents/part-{number:05}")),
        of,
        _NAMES.decode(store.get(f"{WORK}/copies/part-{number:05}")),
    )
    _write_tables(store, number, ledger)
    places, actors = Places(), Actors()
    for coded, _ in ledger.reports():
        places.add(coded)
        for event in coded.events:
            actors.add(event)
    return places, actors


SPLIT = ("incidents", "events", "mentions", "footprints", "reports", "claims", "event_actors")
"""Tables written in parts; places and actors are counted over all."""


def _write_tables(store: Store, number: int, ledger: PieceLedger) -> None:
    from itertools import groupby

    import pandas as pd

    from geo.tables import parts

    for table, found in groupby(parts(ledger, SPLIT), key=lambda part: part[0]):
        frames = [frame for _, frame in found]
        whole = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
        write_table(store, table, whole, number)


def write_table(store: Store, table: str, data: object, number: int = 0) -> None:
    """Write a part of a table as GeoParquet, or as plain Parquet where it has no geometry."""
    from geo.exchange.gis import write_parquet
    from geo.tables.sheet import of_layer

    sheet = of_layer({table: data}, table)  # type: ignore[dict-item]
    with tempfile.TemporaryDirectory(prefix="conflictmap.") as scratch:
        file = Path(scratch, "part.parquet")
        write_parquet(replace(sheet, watch=None), file)
        store.put_file(file, f"{table}/part-{number:05}.parquet")


def count(store: Store, tallies: Sequence[tuple[Places, Actors]]) -> None:
    """Write the tables that are counted over all pieces."""
    from geo.tables import frame

    places, actors = tallies[0]
    for more_places, more_actors in tallies[1:]:
        places.merge(more_places)
        actors.merge(more_actors)
    for table, found in (("places", list(places.rows())), ("actors", list(actors.rows()))):
        write_table(store, table, frame(table, [row for row, _ in found], [shape for _, shape in found]))
