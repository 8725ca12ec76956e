"""Compile sources into one index file; `python -m gazetteer.build` makes the packaged one."""

from __future__ import annotations

import hashlib
import stat
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gazetteer.container import VERSION, Container
from gazetteer.errors import GazetteerError
from gazetteer.packaged import DATA, DEFAULT, PACKAGE

if TYPE_CHECKING:
    from gazetteer.sources.alternates import AlternateNames
    from gazetteer.sources.entry import Source

Progress = Callable[[str, int], None]
"""Told the source's name and how many of its rows were read."""
_LOOKUP_ONLY = frozenset(
    (
        "cleaning",
        "containers",
        "geocoder",
        "index",
        "lookup",
        "packaged",
        "place",
        "query",
        "ranking",
        "scan",
        "tiers",
    )
)
"""Modules that no index depends on."""


def build(
    sources: Sequence[Source], path: Path, *, title: str, alternate_names: Sequence[AlternateNames] = (),
    workers: int = 1, progress: Progress | None = None,
) -> None:  # fmt: skip
    """Compile sources to an index; where they speak of one place, curated rows win, then earlier sources.

    Parameters
    ----------
    sources
        What to read, the more trusted first.
    path
        The file to write; it is replaced only when the new one is whole.
    title
        What the index is called in `gazetteer info`.
    alternate_names
        Tables with further names for the sources' rows.
    workers
        Processes that read; 1: this one only. The result is the same.
    progress
        Called now and then with the source's name and its rows so far.

    Raises
    ------
    SourceError
        A row that cannot be read.
    """
    from gazetteer.assemble import assemble
    from gazetteer.gather import gather

    tell = progress or _silent
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", suffix=".part", dir=path.parent) as folder:
        gathered = gather(sources, Path(folder), workers=workers, progress=tell)
        for table in alternate_names:
            table.add_to(gathered, tell)
        header = {
            "title": title,
            "fingerprint": fingerprint([*sources, *alternate_names]),
            "sources": _told(sources),
        }
        whole = Path(folder, path.name)
        assemble(gathered, whole, header=header)
        if path.exists():
            whole.chmod(stat.S_IMODE(path.stat().st_mode))
        whole.replace(path)


def build_files(
    files: Sequence[Path],
    path: Path,
    *,
    keep: Path | None = DEFAULT,
    workers: int = 1,
    progress: Progress | None = None,
) -> None:
    """Compile files as they were downloaded: GeoNames dumps, Who's On First, CSV, other indexes.

    Parameters
    ----------
    files
        What to read; `gazetteer.sources.files.KNOWN` lists what is recognised.
    path
        The index to write.
    keep
        An index whose places are taken over too, behind the files' own; curated rows win all the same.
        The packaged index, or `path` itself to append to it; `None`: nothing is taken over.
    workers
        Processes that read.
    progress
        Called now and then with a source's name and its rows so far.

    Raises
    ------
    SourceError
        A file that is missing, unknown or has a bad row.
    IndexFileError
        `keep` cannot be read.
    """
    from gazetteer.sources.files import compiled, recognise

    sources, names = recognise(files)
    if keep is not None:
        sources += compiled(keep)
    title = " + ".join(file.name for file in files)
    build(sources, path, title=title, alternate_names=names, workers=workers, progress=progress)


def _told(sources: Sequence[Source]) -> list[dict[str, str]]:
    return [{"name": one.name, "licence": one.licence, "made_from": one.fingerprint()} for one in sources]


def _silent(_name: str, _count: int) -> None:
    """Tell nobody."""


def fingerprint(sources: Sequence[Source | AlternateNames]) -> str:
    """Digest what an index is made from: sources, rules, this code, the format."""
    digest = hashlib.blake2b(str(VERSION).encode(), digest_size=16)
    for source in sources:
        digest.update(f"{source.name}: {source.fingerprint()}\n".encode())
    code = [path for path in PACKAGE.rglob("*.py") if path.stem not in _LOOKUP_ONLY]
    for path in sorted([*code, *PACKAGE.glob("rules/*.csv")]):
        digest.update(str(path.relative_to(PACKAGE)).encode() + path.read_bytes())
    return digest.hexdigest()


def default_sources() -> list[Source]:
    """Return what the packaged index is made from."""
    from gazetteer.sources.airfields import Airfields
    from gazetteer.sources.cities import Cities
    from gazetteer.sources.countries import CountryNames
    from gazetteer.sources.tables import CuratedTables, ListedPlaces

    return [CuratedTables(DATA), CountryNames(), Cities(), Airfields(), ListedPlaces(DATA / "lists")]


def build_default(path: Path = DEFAULT) -> bool:
    """Compile the packaged index unless it is there and made from the same; tell whether it was compiled."""
    sources = default_sources()
    if _current(path) == fingerprint(sources):
        return False
    build(sources, path, title="conflictmap default")
    return True


def _current(path: Path) -> str | None:
    try:
        return str(Container(path).header["fingerprint"])
    except GazetteerError:
        return None


if __name__ == "__main__":
    sys.exit(0 if build_default() or DEFAULT.exists() else 1)
