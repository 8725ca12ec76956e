"""Keys to a trie, and which rows each key finds."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import marisa_trie
import numpy as np

from gazetteer.spill import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.gather import Gathered

_BUFFER = 1 << 20


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
    """The trie on disk, the postings, and which keys are names."""

    path: Path
    """File of the trie."""
    count: int
    """How many keys."""
    postings: Postings
    """In no order."""
    named: NDArray[np.bool_]
    """By key: whether it is a name and no key of a further tier."""


def index_keys(gathered: Gathered) -> Keys:
    """Make the trie of all keys and number the postings by it."""
    path = gathered.folder / "trie"
    trie = marisa_trie.Trie(_unique(gathered))
    trie.save(str(path))
    named = np.zeros(len(trie), dtype=np.bool_)
    pieces = []
    for part in range(PARTS):
        numbers = np.fromiter((trie[key] for key in _kept(gathered.folder, part)), dtype=np.uint32)
        named[numbers[_plain(gathered.folder, part)]] = True
        with np.load(gathered.folder / f"postings-{part}.npz") as saved:
            pieces.append(Postings(numbers[saved["key"]], saved["row"], saved["flag"]))
    columns = (np.concatenate([piece[i] for piece in pieces]) for i in range(3))
    return Keys(path=path, count=len(named), postings=Postings(*columns), named=named)


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
        np.savez(
            gathered.folder / f"postings-{part}.npz",
            key=np.frombuffer(key, np.uint32),
            row=np.frombuffer(row, np.int32),
            flag=np.frombuffer(flag, np.uint8),
        )
        yield from places


def _kept(folder: Path, part: int) -> list[str]:
    text = (folder / f"unique-{part}").read_text(encoding="utf-8")
    return text.split("\n") if text else []


def _plain(folder: Path, part: int) -> NDArray[np.bool_]:
    return np.array([key >= " " for key in _kept(folder, part)], dtype=np.bool_)


def settle(postings: Postings, moved: NDArray[np.int32], weight: NDArray[np.float32]) -> Postings:
    """Give the postings their final rows, sorted by key, the best known place first, each pair once."""
    row = moved[postings.row]
    keep = row >= 0
    key, row, flag = postings.key[keep], row[keep], postings.flag[keep]
    order = np.lexsort((row, -weight[row], key))
    key, row, flag = key[order], row[order], flag[order]
    if not len(key):
        return Postings(key, row, flag)
    first = np.flatnonzero(np.r_[True, (key[1:] != key[:-1]) | (row[1:] != row[:-1])])
    return Postings(key[first], row[first], np.bitwise_or.reduceat(flag, first))
