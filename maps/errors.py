"""What can go wrong for a user of `maps`; each message says what, where and the mend.

MapError
├── TableError    (ValueError)         a table or column that is missing or cannot be read
├── DataFileError (ValueError)         a data file of the package with a bad row
├── AssetError    (FileNotFoundError)  a file of the page that was not built into the package
├── LanguageError (LookupError)        no texts in that language
├── TilesError    (LookupError)        no tile provider of that name
├── OutputError   (OSError)            a page or picture that cannot be written
└── BrowserError  (RuntimeError)       no Chromium, or one that draws nothing
"""

from __future__ import annotations


class MapError(Exception):
    """Root of what `maps` raises for a user's mistake."""


class TableError(MapError, ValueError):
    """A table or column that is missing or cannot be read."""


class DataFileError(MapError, ValueError):
    """A data file of the package with a bad row."""


class AssetError(MapError, FileNotFoundError):
    """A file of the page that was not built into the package."""


class LanguageError(MapError, LookupError):
    """No texts in that language."""


class TilesError(MapError, LookupError):
    """No tile provider of that name."""


class OutputError(MapError, OSError):
    """A page or picture that cannot be written."""


class BrowserError(MapError, RuntimeError):
    """No Chromium, or one that draws nothing."""
