"""Ids made from content, and reports that come twice."""

from __future__ import annotations

from array import array
from dataclasses import replace
from hashlib import blake2s
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.records import Report

ID_DIGITS = 12
"""Hexadecimal digits of an id made from content."""
_SUFFIX_DIGITS = 6
_KEY_BYTES = 8
_FIRST_SIZE = 2**10


def content_id(source: str | None, title: str | None, text: str) -> str:
    """Make an id from what a report says and who says it: 12 hexadecimal digits of BLAKE2s."""
    return _digest(source, title, text).hex()[:ID_DIGITS]


def content_digest(report: Report) -> bytes:
    """Give what two reports share that are one: BLAKE2s, of which `content_id` is the beginning."""
    return _digest(report.source, report.title, report.text)


def _digest(*parts: str | None) -> bytes:
    whole = "\x1f".join(part or "" for part in parts)
    return blake2s(whole.encode("utf-8", errors="replace"), digest_size=_KEY_BYTES).digest()


class KeySet:
    """A set of 64-bit keys that grows by some 20 bytes a key, where a `set` grows by 100."""

    def __init__(self) -> None:
        self._slots = array("Q", bytes(_KEY_BYTES * _FIRST_SIZE))
        self._count = 0

    def __len__(self) -> int:
        """Count the keys."""
        return self._count

    def add(self, digest: bytes) -> bool:
        """Add a key and tell whether it is new."""
        # Zero marks an empty slot, so it cannot be a key.
        key = int.from_bytes(digest, "big") or 1
        if 2 * self._count >= len(self._slots):
            self._grow()
        slot = self._slot(key)
        if self._slots[slot] == key:
            return False
        self._slots[slot] = key
        self._count += 1
        return True

    def _slot(self, key: int) -> int:
        mask = len(self._slots) - 1
        slot = key & mask
        while self._slots[slot] not in (0, key):
            slot = (slot + 1) & mask
        return slot

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(2 * _KEY_BYTES * len(old)))
        for key in old:
            if key:
                self._slots[self._slot(key)] = key


class Seen:
    """The reports of one run so far: no id twice, no text of one source twice."""

    def __init__(self) -> None:
        self._contents = KeySet()
        self._ids = KeySet()

    def repeats(self, report: Report) -> bool:
        """Tell whether the same source gave the same title and text before, and remember it."""
        return self.repeats_content(content_digest(report))

    def repeats_content(self, digest: bytes) -> bool:
        """Tell the same of a report of which only the digest is at hand (`content_digest`)."""
        return not self._contents.add(digest)

    def named(self, report: Report) -> Report:
        """Give the report an id that no other of the run has: its own, or its own and some digits."""
        new = self.free_id(report.id, content_digest(report))
        return report if new == report.id else renamed(report, new)

    def free_id(self, identity: str, digest: bytes) -> str:
        """Give an id that no other report of the run has, and take it."""
        if self._ids.add(_digest(identity)):
            return identity
        content = digest.hex()[:ID_DIGITS]
        new = f"{identity}~{content[:_SUFFIX_DIGITS]}"
        while not self._ids.add(_digest(new)):
            new = f"{new}~{content}"
        return new


def renamed(report: Report, new: str) -> Report:
    """Give a report another id, and note it."""
    return replace(report, id=new, notes=(*report.notes, f"id {report.id} was taken, so {new}"))
