"""Three ways to look place names up, each measured alike: this project's, a SQLite table, flashgeotext."""

from __future__ import annotations

import re
import sqlite3
import statistics
import subprocess
import sys
from pathlib import Path

from gazetteer import Gazetteer
from gazetteer.names import fold
from gazetteer.packaged import DEFAULT

ROOT = Path(__file__).resolve().parents[1]
_CAPITALISED = re.compile(r"\b[A-Z][^\W\d_]*(?:[ -][A-Za-z][^\W\d_]*){0,3}")


def fresh(code: str) -> list[float]:
    """Run code that prints numbers in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return [float(part) for part in done.stdout.split()]


_OPEN = """
import time
def memory():
    lines = (line.split() for line in open("/proc/self/smaps_rollup"))
    sizes = {{line[0]: int(line[1]) / 1e3 for line in lines if line[0].endswith(":")}}
    return sizes["Rss:"], sizes["Private_Dirty:"] + sizes["Private_Clean:"]
{before}
(rss, own), start = memory(), time.perf_counter()
{opened}
spent = time.perf_counter() - start
print(spent * 1e3, memory()[0] - rss, memory()[1] - own)
"""


def opening(before: str, opened: str) -> list[float]:
    """Return milliseconds, extra resident megabytes and those of the process alone, medians of five."""
    runs = [fresh(_OPEN.format(before=before, opened=opened)) for _ in range(5)]
    return [statistics.median(column) for column in zip(*runs, strict=True)]


class Ours:
    """The gazetteer of this project."""

    name = "conflictmap"

    def __init__(self) -> None:
        self.gazetteer = Gazetteer.open()
        self.file = DEFAULT

    def open(self) -> list[float]:
        """Measure opening, with one look-up."""
        return opening(
            "from gazetteer import Gazetteer\nfrom gazetteer.lookup import Gazetteer as _",
            "g = Gazetteer.open(); g.find('Khusham', tiers=['exact'])",
        )

    def look_up(self, keys: list[str]) -> int:
        """Look names up."""
        rows = self.gazetteer.rows
        for key in keys:
            rows(key)
        return len(keys)

    def scan(self, text: str) -> int:
        """Find all names in a text."""
        for _ in self.gazetteer.scan(text):
            pass
        return len(text.encode())


class Sqlite:
    """The same names in an indexed table of SQLite."""

    name = "SQLite table"

    def __init__(self, folder: Path, gazetteer: Gazetteer) -> None:
        self.file = folder / "names.sqlite"
        self.connection = sqlite3.connect(self.file)
        self.connection.execute("create table names (key text, row integer)")
        pairs = ((fold(name), row) for row in range(len(gazetteer)) for name in gazetteer.names(row))
        self.connection.executemany("insert into names values (?, ?)", pairs)
        self.connection.execute("create index by_key on names (key, row)")
        self.connection.commit()

    def open(self) -> list[float]:
        """Measure opening, with one look-up."""
        query = "c.execute('select row from names where key = ?', ('khusham',)).fetchall()"
        return opening("import sqlite3", f"c = sqlite3.connect({str(self.file)!r}); {query}")

    def look_up(self, keys: list[str]) -> int:
        """Look names up."""
        execute = self.connection.execute
        for key in keys:
            execute("select row from names where key = ?", (key,)).fetchall()
        return len(keys)

    def scan(self, text: str) -> int:
        """Look up every run of one to four words that begins with a capital."""
        execute = self.connection.execute
        for run in _CAPITALISED.finditer(text):
            words = fold(run[0]).split(" ")
            for end in range(1, len(words) + 1):
                execute("select row from names where key = ?", (" ".join(words[:end]),)).fetchall()
        return len(text.encode())


class Flash:
    """flashgeotext: what a user installs for names in texts; it has no coordinates."""

    name = "flashgeotext"

    def __init__(self) -> None:
        from flashgeotext.geotext import GeoText
        from loguru import logger

        logger.disable("flashgeotext")
        self._geotext = GeoText()
        self.file = None

    def open(self) -> list[float]:
        """Measure loading."""
        return opening(
            "from flashgeotext.geotext import GeoText\n"
            "from loguru import logger\nlogger.disable('flashgeotext')",
            "g = GeoText()",
        )

    def scan(self, text: str) -> int:
        """Find all names in a text."""
        self._geotext.extract(text, span_info=True)
        return len(text.encode())
