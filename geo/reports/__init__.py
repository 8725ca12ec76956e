"""Reading reports: files, folders and pipes become `geo.records.Report`s, one at a time."""

from geo.reports.meter import Meter, size
from geo.reports.problem import Problem
from geo.reports.read import from_text, read

__all__ = ["Meter", "Problem", "from_text", "read", "size"]
