"""Where the tasks of a cluster meet: a folder that all can reach, or an address of object storage."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import OutputError
from geo.reports import addresses
from geo.reports.problem import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


WORK = ".conflictmap"
"""Folder of a run's own files, which goes when it ends."""


class Store:
    """Files by name below an address; small enough to be sent with every task."""

    def __init__(self, address: str) -> None:
        self.address = address if addresses.is_address(address) else str(Path(address).absolute())

    def _reached(self, name: str) -> tuple[Any, str]:
        try:
            system, path = addresses.reached(self.address)
        except RefusedError as error:
            raise OutputError(f"{self.address}: {error}") from error
        return system, f"{path.rstrip('/')}/{name}"

    def put(self, name: str, data: bytes) -> None:
        """Write a file; one that is there is replaced."""
        system, path = self._reached(name)
        system.makedirs(path.rpartition("/")[0], exist_ok=True)
        system.pipe_file(path, data)

    def get(self, name: str) -> bytes:
        """Read a file."""
        system, path = self._reached(name)
        data: bytes = system.cat_file(path)
        return data

    def put_file(self, file: Path, name: str) -> None:
        """Write a file that lies on this machine."""
        self.put(name, file.read_bytes())

    @contextlib.contextmanager
    def folder(self, name: str) -> Iterator[Path]:
        """Give a folder of the store as one of this machine: itself, or a copy for a while."""
        system, path = self._reached(name)
        if not addresses.is_address(self.address):
            yield Path(path)
            return
        with tempfile.TemporaryDirectory(prefix="conflictmap.") as copy:
            for found in system.find(path):
                system.get_file(found, str(Path(copy, found.rpartition("/")[2])))
            yield Path(copy)

    def clear(self, tables: Iterable[str]) -> None:
        """Remove what an earlier run has left: its own files, and its parts of these tables."""
        system, path = self._reached(WORK)
        with contextlib.suppress(FileNotFoundError):
            system.rm(path, recursive=True)
        for table in tables:
            _, path = self._reached(f"{table}/part-*.parquet")
            for found in system.glob(path):
                system.rm_file(found)
