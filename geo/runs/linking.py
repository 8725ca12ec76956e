"""Incidents of a journal: the events as columns at once, their records one incident at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.incidents.columns import Builder
from geo.incidents.link import link
from geo.incidents.summarise import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.records import Incident, Link
    from geo.runs.journal import Journal


def link_kept(journal: Journal) -> None:
    """Link the events of a sealed journal into incidents, and keep them there."""
    table = Builder()
    for found in journal.traits():
        table.add(found)
    groups, links = link(table.done())
    journal.link(_incidents(journal, groups, links))


def _incidents(
    journal: Journal, groups: Iterable[Sequence[str]], links: Iterable[Link]
) -> Iterator[Incident]:
    by_left: dict[str, list[Link]] = {}
    for found in links:
        by_left.setdefault(found.left, []).append(found)
    for group in groups:
        told = journal.told(group)
        reports = {report.id: report for _, report in told}
        why = [found for event in group for found in by_left.get(event, ())]
        yield summarise(reports, [event for event, _ in told], why, journal.passages)
