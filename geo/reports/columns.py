"""Names of columns in tables of reports."""

from __future__ import annotations

from functools import cache
from importlib import resources
from tomllib import loads

from geo.errors import LexiconError

_FILE = "report_columns.toml"


@cache
def aliases() -> dict[str, str]:
    """Map column names, folded, to fields of a report."""
    rows = loads(resources.files("geo").joinpath("data", _FILE).read_text("utf-8")).get("columns")
    if not isinstance(rows, dict) or "text" not in rows:
        raise LexiconError(f"geo/data/{_FILE}: [columns] names no text; reinstall the package")
    return {str(name): field for field, names in rows.items() for name in names}
