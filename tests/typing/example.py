"""What a user of the packages writes; mypy and pyright read it with the hints that the packages ship."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import folium

import maps
from gazetteer import Candidate, Gazetteer
from geo import pipeline, reports, tables
from geo.records import Coded, Incident, Report


def contested(folder: Path) -> list[Incident]:
    """Return the incidents of a folder of reports on which sources disagree."""
    names = Gazetteer.open()
    found = names.find("Khusham", country="SY")
    assert_type(found, list[Candidate])
    read = [report for report in reports.read([str(folder)], on_problem=print) if report.source]
    assert_type(read, list[Report])
    coded = [pipeline.code(names, report) for report in read]
    assert_type(coded, list[Coded])
    incidents = pipeline.link_all(coded)
    assert_type(incidents, list[Incident])
    return [incident for incident in incidents if incident.contested]


def drawn(coded: list[Coded]) -> folium.Map:
    """Return a map that others can add layers to."""
    made = maps.draw(tables.tables(coded, pipeline.link_all(coded)))
    folium.Marker((35.3, 40.3)).add_to(made)
    return made
