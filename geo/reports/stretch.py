"""A stretch of a stream, for who reads a part of a file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Stretch(io.RawIOBase):
    """The next so many bytes of a stream."""

    def __init__(self, raw: io.BufferedReader, length: int) -> None:
        self._raw, self._left = raw, length

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read what is left, as far as it fits."""
        room = memoryview(buffer)
        data = self._raw.read(min(len(room), self._left))
        room[: len(data)] = data
        self._left -= len(data)
        return len(data)
