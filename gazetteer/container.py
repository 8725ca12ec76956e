"""The file: a trie at its head, sections behind it, a table of sections and a fixed tail at its end.

    [marisa trie][section]...[block checksums][JSON table][tail: magic, version, the table's place and CRC]

The trie stands first because marisa maps a file from its first byte and ignores what follows.
Sections start at multiples of 64 bytes; numbers are little-endian. Every block of 64 KiB before the
checksums has a CRC-32. A block is compared when something is first read from it, so that opening
touches next to nothing and damage is told, never answered from.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from typing import TYPE_CHECKING, Any, BinaryIO

from gazetteer.errors import IndexFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAGIC = b"CMGAZ\r\n\x00"
VERSION = 3
BLOCK_BITS = 16
"""A block is 2 to this power bytes."""
MEND = "Build it again with `conflictmap gazetteer build`, or install conflictmap again"
_TAIL = struct.Struct("<8sIIQI4x")
_ALIGN = 64
_BLOCK = 1 << BLOCK_BITS
_CHECKS = "checks"


class Writer:
    """Writes one file; it takes its name only when it is whole, so readers never see a part."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(f".{path.name}.{os.getpid()}.part")
        self._file: BinaryIO = self._part.open("w+b")
        self._sections: dict[str, tuple[int, int, str]] = {}

    def section(self, name: str, dtype: str, chunks: Iterable[bytes | memoryview]) -> None:
        """Append a section; `dtype` is a struct letter, "B" for bytes."""
        self._file.write(b"\0" * (-self._file.tell() % _ALIGN))
        start = self._file.tell()
        for chunk in chunks:
            self._file.write(chunk)
        self._sections[name] = (start, self._file.tell() - start, dtype)

    def finish(self, header: Mapping[str, Any]) -> None:
        """Write checksums, table and tail, and put the file in its place."""
        end = self._file.tell()
        sums = [zlib.crc32(block) for block in self._blocks()]
        self.section(_CHECKS, "I", [struct.pack(f"<{len(sums)}I", *sums)])
        start = self._sections[_CHECKS][0]
        checks = [end, zlib.crc32(struct.pack(f"<{len(sums)}I", *sums))]
        table = json.dumps(
            {**header, "sections": self._sections, _CHECKS: checks}, ensure_ascii=False, sort_keys=True
        ).encode()
        start = self._file.tell()
        self._file.write(table)
        self._file.write(_TAIL.pack(MAGIC, VERSION, len(table), start, zlib.crc32(table)))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._part.replace(self._path)

    def _blocks(self) -> Iterable[bytes]:
        self._file.seek(0)
        while block := self._file.read(_BLOCK):
            yield block
        self._file.seek(0, os.SEEK_END)

    def abandon(self) -> None:
        """Remove what was written so far."""
        self._file.close()
        self._part.unlink(missing_ok=True)


class Container:
    """A mapped file and its sections."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mapped = _map(path)
        self.header = _header(self.mapped, path)
        self.sections: dict[str, list[Any]] = self.header["sections"]
        self._end, expected = self.header[_CHECKS]
        self._sums = self.view(_CHECKS)
        self.compared = bytearray(len(self._sums))
        """By block: 1 where it was compared with its checksum."""
        if zlib.crc32(self._sums) != expected:
            raise self.damaged(_CHECKS)

    def view(self, name: str) -> memoryview:
        """Return a section as numbers of its type, without a copy and without comparing it."""
        start, length, dtype = self._entry(name)
        return memoryview(self.mapped)[start : start + length].cast(dtype)

    def start(self, name: str) -> int:
        """Return where a section begins in the file."""
        return int(self._entry(name)[0])

    def guard(self, start: int, end: int) -> None:
        """Compare the blocks that hold some bytes of the file, unless they were compared before.

        Raises
        ------
        IndexFileError
            A block differs from what was written.
        """
        for block in range(start >> BLOCK_BITS, (max(start, end - 1) >> BLOCK_BITS) + 1):
            if not self.compared[block]:
                self._compare(block)

    def guard_section(self, name: str) -> None:
        """Compare all blocks of a section."""
        start, length, _ = self._entry(name)
        self.guard(start, start + length)

    def forget(self, name: str) -> None:
        """Let go of the memory of a section; its pages are read again when they are needed."""
        start, length, _ = self._entry(name)
        if hasattr(self.mapped, "madvise"):
            start -= start % mmap.PAGESIZE
            self.mapped.madvise(mmap.MADV_DONTNEED, start, length)

    def verify(self) -> None:
        """Compare the whole file anew, whatever was compared before.

        Raises
        ------
        IndexFileError
            A block differs from what was written.
        """
        for block in range(len(self._sums)):
            self._compare(block)

    def damaged(self, what: str) -> IndexFileError:
        """Make the error for damage."""
        return IndexFileError(f"{self.path} is damaged ({what}). {MEND}")

    def _compare(self, block: int) -> None:
        end = min((block + 1) << BLOCK_BITS, self._end)
        if zlib.crc32(memoryview(self.mapped)[block << BLOCK_BITS : end]) != self._sums[block]:
            raise self.damaged(f"block {block}")
        self.compared[block] = 1

    def _entry(self, name: str) -> list[Any]:
        if name not in self.sections:
            raise IndexFileError(f"{self.path} has no section {name}. {MEND}")
        return self.sections[name]


def _map(path: Path) -> mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise IndexFileError(f"There is no gazetteer at {path}. {MEND}") from None
    except (OSError, ValueError) as error:
        raise IndexFileError(f"{path} cannot be read as a gazetteer ({error}). {MEND}") from None


def _header(mapped: mmap.mmap, path: Path) -> dict[str, Any]:
    size = len(mapped)
    if size < _TAIL.size:
        raise IndexFileError(f"{path} is too short for a gazetteer. {MEND}")
    magic, version, length, start, crc = _TAIL.unpack(mapped[size - _TAIL.size :])
    if magic != MAGIC:
        raise IndexFileError(f"{path} is no gazetteer, or was cut short. {MEND}")
    if version != VERSION:
        raise IndexFileError(f"{path} has format {version}, this program reads {VERSION}. {MEND}")
    table = mapped[start : start + length]
    if start + length + _TAIL.size != size or zlib.crc32(table) != crc:
        raise IndexFileError(f"{path} is damaged (table of sections). {MEND}")
    return dict(json.loads(table))
