"""What can go wrong with a gazetteer; each message says what, where and the mend.

GazetteerError (ValueError)         root: a file, a table or a question that cannot be used
├── IndexFileError (OSError)        a compiled file that is missing, damaged or of another version
└── SourceError                     a source row that cannot be read, with its file and line
"""

from __future__ import annotations


class GazetteerError(ValueError):
    """Root of what this package raises for a user's mistake."""


class IndexFileError(GazetteerError, OSError):
    """A compiled gazetteer that is missing, damaged, cut short or of another version."""


class SourceError(GazetteerError):
    """A row of a source that cannot be read."""
