"""The stages in their order; no logic of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from gazetteer import Gazetteer
from geo.errors import LexiconError
from geo.events.assemble import find_events
from geo.incidents import find_incidents
from geo.mentions.dates import find_dates
from geo.mentions.text import headline, read_text
from geo.places.refer import find_places
from geo.records import Coded, Incident, Report
from geo.reports.problem import Problem, printable


def code(gazetteer: Gazetteer, report: Report) -> Coded:
    """Read places and events out of one report."""
    document = read_text(report)
    dates = find_dates(document)
    places = find_places(gazetteer, document)
    title = headline(report) if report.title else None
    above = (title, find_places(gazetteer, title)) if title else None
    return Coded(report=report, mentions=places, events=find_events(document, places, dates, above))


def code_all(
    gazetteer: Gazetteer,
    reports: Iterable[Report],
    *,
    on_problem: Callable[[Problem], None] | None = None,
) -> Iterator[Coded]:
    """Code reports one by one, as they come.

    Parameters
    ----------
    gazetteer
        Where names are looked up.
    reports
        What to code.
    on_problem
        Told of a report over which the coding stumbles, which is kept without places and events;
        `None`: the error is raised.

    Raises
    ------
    LexiconError
        A table that coding needs, such as the user's own actors, cannot be read.
    """
    for report in reports:
        try:
            yield code(gazetteer, report)
        except LexiconError:
            # A table that cannot be read costs every report: to go on would leave a map of nothing.
            raise
        except Exception as fault:
            if on_problem is None:
                raise
            on_problem(_stumbled(report, fault))
            yield Coded(report=report, mentions=(), events=())


def _stumbled(report: Report, fault: Exception) -> Problem:
    return Problem(
        where=printable(report.origin or report.id),
        what=f"its events could not be read ({type(fault).__name__})",
        mend="send the report to the project; its text is kept",
    )


def link_all(coded: Sequence[Coded]) -> list[Incident]:
    """Link the events of all reports into incidents."""
    reports = {c.report.id: c.report for c in coded}
    return find_incidents(reports, [e for c in coded for e in c.events])


def incident_of(incidents: Iterable[Incident]) -> Mapping[str, str]:
    """Return the incident's id by event id."""
    return {e: i.id for i in incidents for e in i.events}
