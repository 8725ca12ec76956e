"""The journal of a run: what is coded so far, in a file beside the project.

It is an SQLite database, written in transactions: a run may be killed at any moment and loses the reports
of the last second at most. A report is found again by all that was read of it, so that a run over the same
input goes on where it stopped, and input that has changed meanwhile is coded anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, Self

from geo import lexicons
from geo.errors import ProjectError
from geo.incidents.copies import originals
from geo.records import Account, Coded
from geo.runs import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from geo.incidents.copies import Passages
    from geo.incidents.reading import Traits
    from geo.records import Event, Incident, PlaceRef, Report

COMMIT_S = 1.0
"""Seconds of work that a killed run loses at most."""
SUFFIX = ".run"
"""Ends the name of a journal."""

_TABLES, _INDEXES = "journal.sql", "journal_indexes.sql"
_CACHE_KB = 64 * 1024
_RECENT = 256


class Sums(NamedTuple):
    """How much there is."""

    reports: int
    """Reports."""
    events: int
    """Events in them."""
    incidents: int
    """Incidents."""
    sources: int
    """Publishers."""
    contested: int
    """Incidents on which versions disagree."""


class Journal:
    """What a run has coded; a ledger from which tables are made (`geo.tables.build.Ledger`)."""

    def __init__(self, path: Path, stamp: Mapping[str, str], *, resume: bool = False) -> None:
        """Open the journal at a path.

        Parameters
        ----------
        path
            The file.
        stamp
            What the coding depends on beside the reports (version, gazetteer): a journal with another stamp
            is begun anew.
        resume
            Go on with what is there; else begin anew.

        Raises
        ------
        ProjectError
            If the file cannot be opened.
        """
        self.path = path
        self.resumed = False
        self.saved = 0
        self._saved_at = monotonic()
        try:
            self._database = sqlite3.connect(path, isolation_level=None)
            self.resumed = resume and self._fits(stamp)
            if not self.resumed:
                self._begin(stamp)
            self._database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._database.execute("BEGIN")
            self._database.execute("UPDATE reports SET place = NULL")
        except sqlite3.Error as error:
            raise ProjectError(
                f"{path}: the journal of the run cannot be opened ({error}): remove it, or free the disk."
            ) from error
        self._report = lru_cache(_RECENT)(self._read_report)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(sqlite3.Error):
            self.save()
        self._database.close()

    def _fits(self, stamp: Mapping[str, str]) -> bool:
        try:
            return dict(self._database.execute("SELECT key, value FROM meta")) == dict(stamp)
        except sqlite3.Error:
            return False

    def _begin(self, stamp: Mapping[str, str]) -> None:
        self._database.close()
        for name in (self.path, self.path.with_name(f"{self.path.name}-journal")):
            name.unlink(missing_ok=True)
        self._database = sqlite3.connect(self.path, isolation_level=None)
        self._database.executescript((lexicons.DATA / _TABLES).read_text("utf-8"))
        self._database.executemany("INSERT INTO meta VALUES (?, ?)", sorted(stamp.items()))

    def save(self) -> None:
        """Make sure of what was kept so far."""
        self._database.execute("COMMIT")
        self._database.execute("BEGIN")
        self.saved += 1
        self._saved_at = monotonic()

    def remove(self) -> None:
        """Close the journal and delete it: all that it holds is in the project."""
        self._database.close()
        self.path.unlink(missing_ok=True)

    def recalls(self, key: bytes, place: int) -> bool:
        """Tell whether a report is coded already; if so, it counts for this run at its place in the input."""
        found = self._database.execute("UPDATE reports SET place = ? WHERE key = ?", (place, key))
        return found.rowcount > 0

    def keep(self, key: bytes, place: int, kept: packed.Kept) -> None:
        """Keep a coded report."""
        row = self._database.execute(
            "INSERT INTO reports (key, place, id, day, source, report, mentions, traits, passages) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                place,
                kept.id,
                kept.day,
                kept.source,
                kept.report,
                kept.mentions,
                kept.traits,
                kept.passages,
            ),
        ).lastrowid
        self._database.executemany(
            "INSERT OR REPLACE INTO events (id, row, day, event) VALUES (?, ?, ?, ?)",
            [(event.id, row, event.day, event.event) for event in kept.events],
        )
        if monotonic() - self._saved_at >= COMMIT_S:
            self.save()

    def seal(self, *, whole: bool = True) -> None:
        """End the reading: copies are marked, all can be given in order.

        What this run has not read goes, if it has read the `whole` input.
        """
        database = self._database
        stale = "place IS NULL"
        if not whole:
            stale += " AND id IN (SELECT id FROM reports WHERE place IS NOT NULL)"
        database.execute(f"DELETE FROM events WHERE row IN (SELECT row FROM reports WHERE {stale})")
        database.execute(f"DELETE FROM reports WHERE {stale}")
        for statement in (lexicons.DATA / _INDEXES).read_text("utf-8").split(";"):
            database.execute(statement)
        database.execute("UPDATE reports SET copy_of = NULL WHERE copy_of IS NOT NULL")
        rows = database.execute("SELECT passages FROM reports")
        copied = originals(packed.passages_of(data) for (data,) in rows)
        marks = ((original, copy) for copy, original in copied.items())
        database.executemany("UPDATE reports SET copy_of = ? WHERE id = ?", marks)
        database.execute("DELETE FROM incidents")
        database.execute("UPDATE events SET incident = NULL WHERE incident IS NOT NULL")
        self.save()

    def traits(self) -> Iterator[Traits]:
        """Give what linking reads, report by report."""
        rows = self._database.execute("SELECT traits FROM reports ORDER BY day, id")
        return (packed.traits_of(data) for (data,) in rows)

    def told(self, events: Iterable[str]) -> list[tuple[Event, Report]]:
        """Give events with their reports."""
        found = []
        for identity in events:
            data, row = self._database.execute(
                "SELECT event, row FROM events WHERE id = ?", (identity,)
            ).fetchone()
            found.append((packed.event_of(data), self._report(row)))
        return found

    def passages(self, report: Report) -> Passages:
        """Give what tells copies of a report."""
        (data,) = self._database.execute("SELECT passages FROM reports WHERE id = ?", (report.id,)).fetchone()
        return packed.passages_of(data)

    def _read_report(self, row: int) -> Report:
        (data,) = self._database.execute("SELECT report FROM reports WHERE row = ?", (row,)).fetchone()
        return packed.report_of(data)

    def link(self, incidents: Iterable[Incident]) -> None:
        """Keep incidents, and which events they are made of."""
        for incident in incidents:
            day = incident.when.first.isoformat() if incident.when.first else packed.LAST_DAY
            self._database.execute(
                "INSERT INTO incidents VALUES (?, ?, ?, ?)",
                (incident.id, day, bool(incident.contested), packed.pack(incident)),
            )
            self._database.executemany(
                "UPDATE events SET incident = ? WHERE id = ?", [(incident.id, e) for e in incident.events]
            )
        self.save()

    def incidents(self) -> Iterator[Incident]:
        """Give the incidents by first day, then id."""
        rows = self._database.execute("SELECT incident FROM incidents ORDER BY day, id")
        return (packed.incident_of(data) for (data,) in rows)

    def reports(self) -> Iterator[tuple[Coded, str | None]]:
        """Give the reports by day, then id, each with the id of the report it copies."""
        return self._coded("ORDER BY day, id")

    def read(self) -> Iterator[Coded]:
        """Give the reports in the order in which they were read."""
        return (coded for coded, _ in self._coded("ORDER BY place"))

    def _coded(self, order: str) -> Iterator[tuple[Coded, str | None]]:
        rows = self._database.execute(f"SELECT row, report, mentions, copy_of FROM reports {order}")
        for row, report, mentions, copy_of in rows:
            events = self._database.execute("SELECT event FROM events WHERE row = ? ORDER BY rowid", (row,))
            coded = Coded(
                report=packed.report_of(report),
                mentions=packed.mentions_of(mentions),
                events=tuple(packed.event_of(data) for (data,) in events),
            )
            yield coded, copy_of

    def accounts(self) -> Iterator[Account]:
        """Give the events by first day, then id, each with its report and incident."""
        rows = self._database.execute("SELECT event, incident, row FROM events ORDER BY day, id")
        for data, incident, row in rows:
            event = packed.event_of(data)
            yield Account(
                event=event, report=self._report(row), incident=incident, mentions=self._others(event, row)
            )

    def _others(self, event: Event, row: int) -> tuple[PlaceRef, ...]:
        if event.place is None or event.place.relation.other is None:
            return ()
        (data,) = self._database.execute("SELECT mentions FROM reports WHERE row = ?", (row,)).fetchone()
        return packed.mentions_of(data)

    def incident_of(self, events: Sequence[Event]) -> dict[str, str]:
        """Give the incident of each event that is in one."""
        found = {}
        for event in events:
            (incident,) = self._database.execute(
                "SELECT incident FROM events WHERE id = ?", (event.id,)
            ).fetchone()
            if incident is not None:
                found[event.id] = incident
        return found

    def newest(self) -> str | None:
        """Give the day of the newest report, ISO 8601."""
        (day,) = self._database.execute(
            "SELECT max(day) FROM reports WHERE day < ?", (packed.LAST_DAY,)
        ).fetchone()
        return None if day is None else str(day)

    def sums(self) -> Sums:
        """Count what there is."""
        reports, sources = self._database.execute(
            "SELECT count(*), count(DISTINCT nullif(source, '')) FROM reports"
        ).fetchone()
        incidents, contested = self._database.execute(
            "SELECT count(*), coalesce(sum(contested), 0) FROM incidents"
        ).fetchone()
        (events,) = self._database.execute("SELECT count(*) FROM events").fetchone()
        return Sums(reports=reports, events=events, incidents=incidents, sources=sources, contested=contested)
