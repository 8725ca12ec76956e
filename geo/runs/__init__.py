"""Runs over many reports: coded one by one or by several processes, kept as they come, linked at the end.

`journal` keeps what is coded beside the project, so that a run that was stopped goes on where it was;
`crew` codes in processes of its own; `linking` makes the incidents without holding the reports.
"""

from __future__ import annotations

from geo.runs.coding import Coding, code_into
from geo.runs.crew import Alone, Crew
from geo.runs.journal import Journal
from geo.runs.linking import link_kept

__all__ = ["Alone", "Coding", "Crew", "Journal", "code_into", "link_kept"]
