"""Which files there are, of which kind, and how their bytes are reached within bounds."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO, cast

from geo.reports import addresses
from geo.reports.problem import Problem, RefusedError, printable
from geo.reports.stretch import Stretch

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from geo.reports.meter import Meter

Kind = Literal["text", "markdown", "html", "jsonl", "json", "csv", "tsv", "warc", "sniff"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".warc": "warc",
}
"""Kind of a file by the end of its name, before ".gz"."""

MAX_DOCUMENT = 64 * 2**20
"""Most bytes of one report, one line or one row."""
MAX_RATIO = 200
"""How many times its size a gzip file may grow; news text grows 3 to 20 times, a bomb 1,000 times."""
FREE_BYTES = 64 * 2**20
"""Bytes a gzip file may unpack to before its ratio is looked at."""

Tell = Callable[[Problem], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file to read, or standard input."""

    path: str | None
    """Path as given or found below a folder given; `None`: standard input."""
    kind: Kind
    """What it holds, by its name."""
    start: int = 0
    """First byte that is read."""
    end: int | None = None
    """One past the last byte that is read; `None`: the end of the file."""

    @property
    def name(self) -> str:
        """What messages call it."""
        return "standard input" if self.path is None else printable(self.path)


def walk(paths: Iterable[str | os.PathLike[str]], tell: Tell) -> Iterator[Source]:
    """Give every file to read: arguments in their order, folders walked in the order of their names."""
    for given in paths:
        path = os.fspath(given)
        if path == "-":
            yield Source(path=None, kind="sniff")
        elif addresses.is_address(path):
            yield from _addressed(path, tell)
        elif _is_folder(path):
            yield from _folder(path, tell)
        else:
            yield Source(path=path, kind=kind_of(path) or "sniff")


def _addressed(path: str, tell: Tell) -> Iterator[Source]:
    try:
        for found, _ in addresses.below(path):
            yield Source(path=found, kind=kind_of(found) or "sniff")
    except RefusedError as refusal:
        tell(refusal.at(printable(path)))


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False  # opening it will tell why


def kind_of(path: str) -> Kind | None:
    """Tell what a file holds by its name; `None`: the name does not say."""
    return KINDS.get(Path(Path(path).name.lower().removesuffix(".gz")).suffix)


def _folder(top: str, tell: Tell) -> Iterator[Source]:
    found = False
    for path in _below(top, tell):
        found = True
        kind = kind_of(path)
        if kind is None:
            tell(_unknown(path))
        else:
            yield Source(path=path, kind=kind)
    if not found:
        tell(
            Problem(where=printable(top), what="no report in this folder", mend="put files there " + _known())
        )


def _below(top: str, tell: Tell) -> Iterator[str]:
    def unreadable(error: OSError) -> None:
        tell(refused_by_system(error).at(printable(str(error.filename))))

    for folder, folders, names in os.walk(top, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (str(Path(folder, name)) for name in sorted(names) if _counts(name))


def _counts(name: str) -> bool:
    return not name.startswith(".") and name.lower() != "readme.md"


def _known() -> str:
    return f"({' '.join(KINDS)}, each also with .gz)"


def _unknown(path: str) -> Problem:
    return Problem(
        where=printable(path), what="not a kind of file that holds reports", mend="convert it " + _known()
    )


def refused_by_system(error: OSError) -> RefusedError:
    """Word an error of the operating system."""
    mend = {
        FileNotFoundError: "check the path",
        PermissionError: "give yourself the right to read it",
        IsADirectoryError: "give the folder itself",
    }.get(type(error), "check the disk and try again")
    return RefusedError((error.strerror or "cannot be read").lower(), mend)


@contextmanager
def opened(source: Source, meter: Meter | None = None, *, plain: bool = False) -> Iterator[io.BufferedReader]:
    """Open a source for reading, unpacked where it is gzip (but `plain`); a meter follows it.

    Raises
    ------
    RefusedError
        For what is missing, forbidden, a device, or a broken or monstrous gzip file, here or while reading.
    """
    try:
        with _raw(source) as raw:
            packed = raw.peek(2)[:2] == b"\x1f\x8b" and not plain
            with nullcontext() if meter is None else meter.following(raw):
                yield io.BufferedReader(_Unpacked(raw), 2**16) if packed else raw
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise RefusedError("the gzip data is broken off or damaged", "fetch the file again") from error
    except OSError as error:
        raise refused_by_system(error) from error


@contextmanager
def _raw(source: Source) -> Iterator[io.BufferedReader]:
    if source.path is None:
        yield _buffered(sys.stdin)
        return
    if addresses.is_address(source.path):
        with addresses.opened(source.path) as raw:
            yield _stretch(raw, source)
        return
    if "\0" in source.path:
        raise RefusedError("no name of a file", "check the path")
    path = Path(source.path)
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
        raise RefusedError("not a file", "give a file, a folder or -")
    with path.open("rb") as raw:
        yield _stretch(raw, source)


def _stretch(raw: io.BufferedReader, source: Source) -> io.BufferedReader:
    if source.end is None:
        return raw
    raw.seek(source.start)
    return io.BufferedReader(Stretch(raw, source.end - source.start), 2**16)


def _buffered(stream: TextIO) -> io.BufferedReader:
    # A test or a notebook may have put another stream in the place of standard input.
    raw = getattr(stream, "buffer", None)
    if isinstance(raw, io.BufferedReader):
        return raw
    data = raw.read() if raw is not None else stream.read().encode("utf-8", errors="replace")
    return io.BufferedReader(cast("io.RawIOBase", io.BytesIO(data)))


class _Counted:
    """A stream for gzip to read from, which counts."""

    def __init__(self, raw: io.BufferedReader) -> None:
        self._raw = raw
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._raw.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """Gzip data unpacked, as long as it does not grow monstrous."""

    def __init__(self, raw: io.BufferedReader) -> None:
        self._packed = _Counted(raw)
        self._gzip = gzip.GzipFile(fileobj=self._packed, mode="rb")  # type: ignore[call-overload]
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        data = self._gzip.read(len(room))
        room[: len(data)] = data
        self._count += len(data)
        if self._count > FREE_BYTES and self._count > MAX_RATIO * self._packed.count:
            raise RefusedError(
                f"the gzip data grows more than {MAX_RATIO} times", "unpack it yourself if you trust it"
            )
        return len(data)


def whole(stream: io.BufferedReader) -> bytes:
    """Read one document.

    Raises
    ------
    RefusedError
        Where it is larger than `MAX_DOCUMENT`.
    """
    data = stream.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        raise RefusedError(f"larger than {MAX_DOCUMENT // 2**20} MB", "split it, or write it as JSON Lines")
    return data


def byte_lines(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    """Give numbered lines in UTF-8 or a code page, ends kept; `None` for one longer than `MAX_DOCUMENT`.

    A file with the byte-order mark of UTF-16 is turned into UTF-8.

    Raises
    ------
    RefusedError
        Where UTF-16 is broken.
    """
    if stream.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        yield from _from_utf16(stream)
        return
    number = 0
    while line := stream.readline(MAX_DOCUMENT + 1):
        number += 1
        yield number, line if len(line) <= MAX_DOCUMENT else None
        if len(line) > MAX_DOCUMENT:
            _skip_line(stream, line)


def _skip_line(stream: io.BufferedReader, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(2**20)


def _from_utf16(stream: io.BufferedReader) -> Iterator[tuple[int, bytes | None]]:
    text = io.TextIOWrapper(stream, encoding="utf-16", newline="")
    try:
        for number, line in enumerate(iter(lambda: text.readline(MAX_DOCUMENT), ""), 1):
            yield number, line.encode("utf-8", errors="replace")
    except UnicodeDecodeError as error:
        raise RefusedError("not valid UTF-16", "save it as UTF-8") from error
    finally:
        text.detach()
