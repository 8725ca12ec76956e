"""Where the packaged index and the tables that it is made from lie."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"
DEFAULT = DATA / "default.gaz"
"""The packaged index."""
