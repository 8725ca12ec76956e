"""Files at an address (s3://, gs://, https:// ...), through fsspec, which the extra `cluster` brings."""

from __future__ import annotations

import importlib
import io
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from geo.reports.problem import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = "://"
_BUFFER = 2**20


def is_address(path: str) -> bool:
    """Tell whether a path is an address of object storage or of the web."""
    return _MARK in path


def opened(address: str) -> io.BufferedReader:
    """Open a file at an address for reading.

    Raises
    ------
    RefusedError
        If fsspec, or what it needs for this kind of address, is not installed; or the store refuses.
    """
    system, path = reached(address)
    try:
        return io.BufferedReader(_Raw(system.open(path, "rb")), _BUFFER)
    except FileNotFoundError as error:
        raise RefusedError("no such file", "check the address") from error


def below(address: str) -> Iterator[tuple[str, int]]:
    """Give address and size of a file, or of every file in a folder in the order of their names.

    Raises
    ------
    RefusedError
        As `opened`; or if there is nothing.
    """
    system, path = reached(address)
    found = system.find(path, detail=True)
    if not found:
        raise RefusedError("nothing there", "check the address")
    for name in sorted(found):
        parts = PurePosixPath(name.removeprefix(path)).parts
        if not any(part.startswith(".") for part in parts) and parts[-1:] != ("README.md",):
            yield system.unstrip_protocol(name), int(found[name].get("size") or 0)


def reached(address: str) -> tuple[Any, str]:
    """Give the file system of an address and the path on it."""
    try:
        fsspec = importlib.import_module("fsspec")
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        raise RefusedError(f"not to be reached ({error})", "`pip install conflictmap[cluster]`") from error
    except ValueError as error:
        raise RefusedError(str(error), "check the address") from error
    return system, path


class _Raw(io.RawIOBase):
    """What fsspec opens, as the standard library wants it."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        room = memoryview(buffer)
        data = self._file.read(len(room))
        room[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()
