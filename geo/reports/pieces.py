"""The input cut into pieces that can be read apart: files, and stretches of long JSON Lines files."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.reports import addresses
from geo.reports.files import MAX_DOCUMENT, Source, opened, walk
from geo.reports.problem import RefusedError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from geo.reports.files import Tell

Piece = tuple[Source, ...]
"""Sources that are read together, in their order."""


def pieces(paths: Iterable[str | os.PathLike[str]], size: int, tell: Tell) -> Iterator[Piece]:
    """Cut the input into pieces of about so many bytes; read in their order they are the input.

    A packed file, and any that is not JSON Lines, stays whole. Standard input is refused: it cannot be read
    from elsewhere.
    """
    gathered: list[Source] = []
    weight = 0
    for source in walk(paths, tell):
        if source.path is None:
            tell(
                RefusedError("standard input cannot be read by other machines", "write it to a file").at("-")
            )
            continue
        for part, share in _cut(source, size):
            if gathered and weight + share > size:
                yield tuple(gathered)
                gathered, weight = [], 0
            gathered.append(part)
            weight += share
    if gathered:
        yield tuple(gathered)


def _cut(source: Source, size: int) -> Iterator[tuple[Source, int]]:
    whole = _bytes(source)
    if source.kind != "jsonl" or whole <= size:
        yield source, whole
        return
    try:
        edges = list(_edges(source, whole, size))
    except RefusedError:
        edges = []  # reading it will tell why
    if not edges:
        yield source, whole
        return
    for start, end in zip([0, *edges], [*edges, whole], strict=True):
        yield replace(source, start=start, end=end), end - start


def _edges(source: Source, whole: int, size: int) -> Iterator[int]:
    """Give where lines begin, about `size` apart; none in a packed file or one of UTF-16."""
    with opened(source, plain=True) as stream:
        if stream.peek(2)[:2] in {b"\x1f\x8b", b"\xff\xfe", b"\xfe\xff"}:
            return
        edge = size
        while edge < whole:
            stream.seek(edge)
            stream.readline(MAX_DOCUMENT)
            edge = stream.tell()
            if edge < whole:
                yield edge
            edge += size


def _bytes(source: Source) -> int:
    path = source.path or ""
    if addresses.is_address(path):
        with contextlib.suppress(RefusedError):
            return sum(size for _, size in addresses.below(path))
        return 0
    with contextlib.suppress(OSError, ValueError):
        return Path(path).stat().st_size
    return 0
