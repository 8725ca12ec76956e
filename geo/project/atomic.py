"""Files that are there whole or not at all, and one writer at a time."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import sqlite3
import stat
import tempfile
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

from geo.errors import OutputError, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_WAIT_S = 5.0
"""Seconds that a second writer waits for the first."""

_PAUSE_S = 0.05
_SCRATCH = ".part"


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write to, which takes the target's place when the block ends without an error.

    Raises
    ------
    OutputError
        If the folder is missing or cannot be written, or the target is a folder or held by another program.
    ProjectError
        If another run is writing it.
    """
    if path.is_dir():
        raise OutputError(f"{path} is a folder: name a file in it.")
    with only_writer(path), staged(path) as part:
        yield part


@contextlib.contextmanager
def staged(path: Path) -> Iterator[Path]:
    """Do what `replacing` does for who holds the right to write the file (`only_writer`)."""
    folder = _scratch(path)
    part = folder / path.name
    try:
        yield part
        settle(part, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(part: Path, path: Path) -> None:
    """Put a finished file in its place: at once, and so that it is whole after a power cut too.

    Who may read and write it stays as it was.
    """
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    with contextlib.suppress(FileNotFoundError):
        part.chmod(stat.S_IMODE(path.stat().st_mode))
    part.replace(path)


def _scratch(path: Path) -> Path:
    """Make a hidden folder beside the target, where it is written with the side files its format needs."""
    if path.is_dir():
        raise OutputError(f"{path} is a folder: name a file in it.")
    try:
        return Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=_SCRATCH, dir=path.parent))
    except FileNotFoundError as error:
        raise OutputError(f"{path}: there is no folder {path.parent}: make it first.") from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _sweep(path: Path) -> None:
    """Remove what killed runs have left beside a file that nobody else is writing."""
    for folder in path.parent.glob(f".{glob.escape(path.name)}.*{_SCRATCH}"):
        shutil.rmtree(folder, ignore_errors=True)


def _unwritable(path: Path, error: OSError) -> OutputError:
    if isinstance(error, OutputError):
        return error
    why = error.strerror or str(error)
    return OutputError(f"{path} cannot be written ({why}): free it or choose another place.")


@contextlib.contextmanager
def only_writer(path: Path, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """Hold the right to write a file; the operating system gives it back even if the program is killed.

    Raises
    ------
    ProjectError
        If another program still holds it after `wait_s` seconds.
    """
    lock = path.with_name(f".{path.name}.lock")
    held = _acquire(lock, path, wait_s)
    _sweep(path)
    try:
        yield
    finally:
        # Removed while held: who waits on the old file finds that it is gone and takes a new one.
        with contextlib.suppress(OSError):
            lock.unlink()
        held.close()


def _acquire(lock: Path, path: Path, wait_s: float) -> sqlite3.Connection:
    until = monotonic() + wait_s
    while True:
        held = _try(lock, path)
        if held is not None:
            return held
        if monotonic() >= until:
            raise ProjectError(f"{path} is being written by another run: wait for it to end, then try again.")
        sleep(_PAUSE_S)


def _try(lock: Path, path: Path) -> sqlite3.Connection | None:
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_RDWR))
        before = lock.stat().st_ino
    except FileNotFoundError as error:
        if path.parent.is_dir():
            return None
        raise OutputError(f"{path}: there is no folder {path.parent}: make it first.") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    connection = sqlite3.connect(lock, timeout=0.0, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        if lock.stat().st_ino == before:
            return connection
    except FileNotFoundError:
        pass
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            connection.close()
            raise OutputError(
                f"{path} cannot be written ({error}): free the disk, then try again."
            ) from error
    connection.close()
    return None
