"""What can go wrong for a user of `geo`; each message says what, where and the mend.

    ConflictmapError
    ├── ReportError      (ValueError)   a report that cannot be read
    ├── LexiconError     (ValueError)   a data file of the project with a bad row
    ├── RecognizerError  (ValueError)   a recogniser of place names that is not there
    ├── ProjectError     (ValueError)   a project file that cannot be opened or written
    └── OutputError      (OSError)      a file or folder that cannot be written

`gazetteer.GazetteerError` stands beside them: the gazetteer knows nothing of `geo`.
"""

from __future__ import annotations


class ConflictmapError(Exception):
    """Root of what `geo` raises for a user's mistake."""


class ReportError(ConflictmapError, ValueError):
    """A report that cannot be read."""


class LexiconError(ConflictmapError, ValueError):
    """A data file of the project with a bad row."""


class RecognizerError(ConflictmapError, ValueError):
    """A recogniser of place names that is not there, or cannot do what was asked."""


class ProjectError(ConflictmapError, ValueError):
    """A project file that cannot be opened, read or written."""


class OutputError(ConflictmapError, OSError):
    """A file or folder that cannot be written."""
