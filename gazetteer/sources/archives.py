"""Zip archives as they come from elsewhere: what is damaged, locked or monstrous is told, not read."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNREADABLE = (OSError, EOFError, UnicodeDecodeError, zlib.error, zipfile.BadZipFile, RuntimeError)
"""What reading a damaged file or archive may raise; a locked or unknown member is a `RuntimeError`."""
MAX_RATIO = 200
"""How many times its size a member may grow; a dump grows 3 to 5 times, a bomb 1,000 times."""
FREE_BYTES = 64 * 2**20
"""Bytes a member may unpack to before its ratio is looked at."""


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose members are all of a size that can be.

    Raises
    ------
    SourceError
        It cannot be read, or a member grows monstrous.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (*UNREADABLE, ValueError) as error:
        raise unreadable(path, error) from None
    with archive:
        for member in archive.infolist():
            if member.file_size > max(FREE_BYTES, MAX_RATIO * member.compress_size):
                raise SourceError(
                    f"{path}: {member.filename} grows more than {MAX_RATIO} times; unpack it if you trust it"
                )
        yield archive


def unreadable(path: Path, error: Exception) -> SourceError:
    """Word what went wrong with a file."""
    return SourceError(f"{path} cannot be read ({error}); download it again")
