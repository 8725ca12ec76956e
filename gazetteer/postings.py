"""Keys to a trie, and which rows each key finds."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.errors import GazetteerError, IndexFileError
from gazetteer.spill import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.gather import Gathered

_KEY_BITS, _ROW_BITS, _FLAG_BITS = 30, 26, 8
_SLICE = 1 << 22


class Postings(NamedTuple):
    """Which row is found by which key; arrays of one length."""

    key: NDArray[np.uint32]
    """Number of the key in the trie."""
    row: NDArray[np.int32]
    """Number of the row."""
    flag: NDArray[np.uint8]
    """How the key belongs to the row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The trie on disk, and which keys are names."""

    path: Path
    """File of the trie."""
    named: NDArray[np.bool_]
    """By number of the key: whether it is a name and no key of a further tier."""


def index_keys(gathered: Gathered) -> tuple[Keys, Postings]:
    """Make the trie of all keys; return it, and the postings by its numbers, in no order."""
    path = gathered.folder / "trie"
    trie = marisa_trie.Trie(_unique(gathered))
    try:
        trie.save(str(path))
    except RuntimeError as error:  # marisa's word for a system's refusal
        raise IndexFileError(f"{path} cannot be written ({error}); free the disk and build again") from None
    del trie  # the mapped one below needs no memory of its own
    trie = marisa_trie.Trie().mmap(str(path))
    if len(trie) >> _KEY_BITS:
        raise GazetteerError(f"{len(trie):,} names are more than an index holds; build it from fewer files")
    named = np.zeros(len(trie), dtype=np.bool_)
    sizes = [int(np.load(_piece(gathered.folder, part, "row"), mmap_mode="r").size) for part in range(PARTS)]
    total = sum(sizes)
    postings = Postings(np.empty(total, np.uint32), np.empty(total, np.int32), np.empty(total, np.uint8))
    start = 0
    for part, size in enumerate(sizes):
        texts = _kept(gathered.folder, part)
        numbers = np.fromiter((trie[text] for text in texts), dtype=np.uint32, count=len(texts))
        named[numbers[np.array([text >= " " for text in texts], dtype=np.bool_)]] = True
        here = slice(start, start + size)
        postings.key[here] = numbers[np.load(_piece(gathered.folder, part, "key"))]
        postings.row[here] = np.load(_piece(gathered.folder, part, "row"))
        postings.flag[here] = np.load(_piece(gathered.folder, part, "flag"))
        start += size
    return Keys(path=path, named=named), postings


def _piece(folder: Path, part: int, name: str) -> Path:
    return folder / f"postings-{part}-{name}.npy"


def _unique(gathered: Gathered) -> Iterator[str]:
    """Yield every key once; set aside each part's keys, and its postings by the keys' places there."""
    for part in range(PARTS):
        places: dict[str, int] = {}
        key, row, flag = array("I"), array("i"), array("B")
        for text, one_row, one_flag in gathered.part(part):
            key.append(places.setdefault(text, len(places)))
            row.append(one_row)
            flag.append(one_flag)
        (gathered.folder / f"unique-{part}").write_text("\n".join(places), encoding="utf-8", newline="\n")
        for name, column in (("key", key), ("row", row), ("flag", flag)):
            np.save(_piece(gathered.folder, part, name), np.frombuffer(column, dtype=column.typecode))
        yield from places


def _kept(folder: Path, part: int) -> list[str]:
    text = (folder / f"unique-{part}").read_text(encoding="utf-8")
    return text.split("\n") if text else []


def settle(postings: Postings, moved: NDArray[np.int32], weight: NDArray[np.float32]) -> Postings:
    """Give the postings their final rows, sorted by key, the best known place first, each pair once.

    A posting is packed into one number (key, place in the order of weights, flags), so that fifty
    million are sorted in place.
    """
    if len(weight) >> _ROW_BITS:
        raise GazetteerError(
            f"{len(weight):,} places are more than an index holds; build it from fewer files"
        )
    best_first = np.lexsort((np.arange(len(weight)), -weight)).astype(np.int32)
    rank = np.empty(len(weight), dtype=np.uint64)
    rank[best_first] = np.arange(len(weight), dtype=np.uint64)
    packed = _packed(postings, moved, rank)
    packed.sort()
    flag = np.empty(len(packed), dtype=np.uint8)
    for here in _slices(len(packed)):
        flag[here] = packed[here] & np.uint64((1 << _FLAG_BITS) - 1)
    packed >>= np.uint64(_FLAG_BITS)
    again = np.zeros(len(packed), dtype=np.bool_)
    again[1:] = packed[1:] == packed[:-1]
    _join_flags(flag, np.flatnonzero(again))
    packed, flag = packed[~again], flag[~again]
    key, row = np.empty(len(packed), dtype=np.uint32), np.empty(len(packed), dtype=np.int32)
    for here in _slices(len(packed)):
        key[here] = packed[here] >> np.uint64(_ROW_BITS)
        row[here] = best_first[(packed[here] & np.uint64((1 << _ROW_BITS) - 1)).astype(np.int64)]
    return Postings(key, row, flag)


def _slices(length: int) -> Iterator[slice]:
    """Cut arrays of millions into pieces, so that copies on the way stay small."""
    return (slice(start, start + _SLICE) for start in range(0, length, _SLICE))


def _join_flags(flag: NDArray[np.uint8], again: NDArray[np.int64]) -> None:
    """Give the flags of postings that repeat the one before to that one, along runs, in place."""
    wanting = again
    while len(wanting):
        joined = flag[wanting - 1] | flag[wanting]
        changed = joined != flag[wanting - 1]
        np.bitwise_or.at(flag, wanting - 1, flag[wanting])
        wanting = again if changed.any() else again[:0]


def _packed(postings: Postings, moved: NDArray[np.int32], rank: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Pack the postings of rows that stay."""
    packed = np.empty(len(postings.key), dtype=np.uint64)
    filled = 0
    for here in _slices(len(packed)):
        row = moved[postings.row[here]]
        keep = row >= 0
        part = postings.key[here][keep].astype(np.uint64) << np.uint64(_ROW_BITS + _FLAG_BITS)
        part |= rank[row[keep]] << np.uint64(_FLAG_BITS)
        part |= postings.flag[here][keep]
        packed[filled : filled + len(part)] = part
        filled += len(part)
    return packed[:filled]


def by_name(postings: Postings, use: NDArray[np.bool_]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """Return keys and rows of some postings, sorted by key, then row."""
    packed = postings.key[use].astype(np.uint64)
    packed <<= np.uint64(32)
    packed |= postings.row[use].astype(np.uint64)
    packed.sort()
    key, row = np.empty(len(packed), dtype=np.uint32), np.empty(len(packed), dtype=np.int32)
    for here in _slices(len(packed)):
        key[here] = packed[here] >> np.uint64(32)
        row[here] = packed[here] & np.uint64(0xFFFFFFFF)
    return key, row
