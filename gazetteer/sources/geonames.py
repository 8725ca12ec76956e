"""GeoNames dumps: country files, allCountries, division codes; zipped or plain, read as streams."""

from __future__ import annotations

import hashlib
import io
import re
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.sources.archives import UNREADABLE, opened, unreadable
from gazetteer.sources.entry import Entry, distinct

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Generator, Iterator
    from pathlib import Path

_COLUMNS = 19
_CODE_COLUMNS = 4
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LONGEST_CODE = 4
_PIECE = 1 << 20
_BLOCK = 10_000


class GeonamesDump:
    """One file of places in the dump format (nineteen columns, tabs)."""

    name = "GeoNames dump"
    licence = "CC BY 4.0, GeoNames (geonames.org)"

    def __init__(self, path: Path) -> None:
        self._path = path

    def entries(self) -> Iterator[Entry]:
        """Yield the rows in the order of the file.

        Raises
        ------
        SourceError
            A row that is not in the dump format, with file and line.
        """
        for block in self.blocks(_BLOCK):
            yield from self.read(block)

    def blocks(self, size: int) -> Iterator[tuple[int, list[str]]]:
        """Cut the file into pieces for `read`: how many lines came before, and the lines."""
        with lines(self._path) as rows:
            before = 0
            while block := list(islice(rows, size)):
                yield before, block
                before += len(block)

    def read(self, block: tuple[int, list[str]]) -> Iterator[Entry]:
        """Yield the rows of a piece."""
        before, rows = block
        for number, line in enumerate(rows, before + 1):
            cells = line.rstrip("\n").split("\t")
            try:
                entry = _entry(cells)
            except (ValueError, IndexError):
                raise SourceError(
                    f"{self._path.name}, line {number}: not a row of a GeoNames dump ({len(cells)} cells of "
                    f"{_COLUMNS}); give the file as it was downloaded"
                ) from None
            if entry is not None:
                yield entry

    def fingerprint(self) -> str:
        """Digest the file's bytes."""
        return file_digest(self._path)


class DivisionNames:
    """Names of division codes, admin1CodesASCII.txt or admin2Codes.txt; they lend names to a dump's rows."""

    name = "GeoNames codes"
    licence = "CC BY 4.0, GeoNames (geonames.org)"

    def __init__(self, path: Path, *, level: int) -> None:
        self._path, self._level = path, level

    def entries(self) -> Iterator[Entry]:
        """Yield a row without coordinates for each code."""
        with lines(self._path) as rows:
            for number, line in enumerate(rows, 1):
                cells = line.rstrip("\n").split("\t")
                if len(cells) != _CODE_COLUMNS or not cells[3].isdecimal():
                    raise SourceError(
                        f"{self._path.name}, line {number}: not code, name, ASCII name, id; download it again"
                    )
                first = ".".join(cells[0].split(".")[:2])
                yield Entry(
                    id=f"geonames:{cells[3]}", name=cells[1], alternates=distinct(cells[2:3]),
                    feature=f"A.ADM{self._level}", country=cells[0][:2], admin1=first,
                    admin2=cells[0] if self._level > 1 else "",
                )  # fmt: skip

    def fingerprint(self) -> str:
        """Digest the file's bytes."""
        return file_digest(self._path)


@contextmanager
def lines(path: Path) -> Iterator[Iterator[str]]:
    """Open a text file, or the one text file of a zip that is no read-me, as lines.

    Raises
    ------
    SourceError
        It cannot be read, here or while reading, or the zip holds no such file.
    """
    rows = _lines(path)
    try:
        yield rows
    finally:
        rows.close()


def _lines(path: Path) -> Generator[str]:
    # What goes wrong with the lines at whoever reads them is not caught here.
    try:
        if path.suffix == ".zip":
            with opened(path) as archive, archive.open(_member(archive, path)) as file:
                yield from io.TextIOWrapper(file, encoding="utf-8", newline="\n")
        else:
            with path.open(encoding="utf-8", newline="\n") as text:
                yield from text
    except UNREADABLE as error:
        raise unreadable(path, error) from None


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    names = [
        name for name in archive.namelist() if name.endswith(".txt") and not name.lower().startswith("readme")
    ]
    for name in (f"{path.stem}.txt", *names):
        if name in archive.namelist():
            return name
    raise SourceError(f"{path} holds no text file; give a zip as GeoNames publishes it")


def file_digest(path: Path) -> str:
    """Digest a file's bytes."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}); check the name") from None
    return f"{path.name} {digest.hexdigest()}"


def sort_names(names: list[str]) -> tuple[list[str], list[str]]:
    """Part alternate names into names and codes, and drop what nobody writes.

    GeoNames' alternates hold IATA and other codes in capitals, and machine transliterations in small
    letters ("khsham"), among them common words; a name in Latin letters has a capital.
    """
    real, codes = [], []
    for name in names:
        if name.isascii() and name.isupper() and len(name) <= _LONGEST_CODE:
            codes.append(name)
        elif name != name.lower() or not _LATIN.search(name):
            real.append(name)
    return real, codes


def _entry(cells: list[str]) -> Entry | None:
    (number, name, ascii_name, alternates, lat, lon, feature_class, feature, country, _, admin1, admin2) = (
        cells[:12]
    )
    if not name or not feature:
        return None
    real, codes = sort_names([ascii_name, *(alternates.split(",") if alternates else ())])
    first = f"{country}.{admin1}" if country and admin1 and admin1 != "00" else ""
    return Entry(
        id=f"geonames:{int(number)}", name=name,
        alternates=tuple(n for n in dict.fromkeys(real) if n and n != name),
        codes=tuple(dict.fromkeys(codes)), feature=f"{feature_class}.{feature}",
        country=country, admin1=first,
        admin2=f"{first}.{admin2}" if first and admin2 else "", lat=float(lat), lon=float(lon),
        population=int(cells[14] or 0),
    )  # fmt: skip
