"""Mutations of a file's bytes: small damage, large damage, and pieces that parsers have stumbled over."""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

LONGEST = 200_000
"""Bytes beyond which a file is not grown further."""
PIECES = (
    b"\0", b"\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b"\n\n", b'"', b"'", b"\\",
    b"\\u0000", b"\\ud800", b"\xed\xa0\x80", b"\xe2\x80\xae", b"{", b"}", b"[", b"]", b"[" * 2000,
    b"{" * 2000, b'{"a":' * 1500, b"<div>" * 2000, b"<!--", b"-->", b"<![CDATA[", b"</script>",
    b"&#x110000;", b",", b";", b"\t", b"|", b"=", b"-1", b"0", b"-0", b"1e309", b"1e-309", b"NaN",
    b"Infinity", b"9" * 20, b"9" * 400, b"9" * 5000, b"0x7f", b"2147483648", b"9223372036854775808",
    b"18446744073709551616", b"0000-00-00", b"9999-12-31", b"10000-01-01", b"2018-02-30", b"180.0000001",
    b"-90.1", b"---\n", b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nffffffffff\r\n", b"\x1f\x8b\x08\x00", b"PK\x03\x04", b"A" * 5000,
    b"null", b"true", b"\xd9\x82\xd8\xaa\xd9\x84",
)  # fmt: skip


def mutated(rng: random.Random, seed: bytes, others: Sequence[bytes]) -> bytes:
    """Change a file in one to eight ways."""
    data = bytearray(seed)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        rng.choice(_WAYS)(rng, data, others)
    made = bytes(data)
    return gzip.compress(made, 1, mtime=0) if rng.random() < 0.03 else made


def _place(rng: random.Random, data: bytearray) -> int:
    return rng.randrange(len(data) + 1)


def _flip(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    if data:
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8)


def _overwrite(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = _place(rng, data)
    data[at : at + rng.choice((1, 2, 4, 8))] = rng.randbytes(rng.choice((1, 2, 4, 8)))


def _insert(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = _place(rng, data)
    if len(data) < LONGEST:
        data[at:at] = rng.choice(PIECES)


def _replace(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = _place(rng, data)
    data[at : at + rng.randrange(1, 30)] = rng.choice(PIECES)


def _remove(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = _place(rng, data)
    del data[at : at + rng.choice((1, 4, 30, 400))]


def _cut(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    del data[_place(rng, data) :]


def _repeat(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    at = _place(rng, data)
    piece = data[at : at + rng.choice((1, 10, 100))]
    if len(data) < LONGEST:
        data[at:at] = piece * rng.choice((2, 20, 500))


def _splice(rng: random.Random, data: bytearray, others: Sequence[bytes]) -> None:
    other = rng.choice(others)
    at, start = _place(rng, data), rng.randrange(len(other) + 1)
    if len(data) < LONGEST:
        data[at:at] = other[start : start + rng.choice((10, 200, 4000))]


def _swap(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def _field(rng: random.Random, data: bytearray, _: Sequence[bytes]) -> None:
    """Put a piece in the place of one cell of a table."""
    mark = rng.choice((b",", b"\t", b'"', b" "))
    cells = bytes(data).split(mark)
    cells[rng.randrange(len(cells))] = rng.choice(PIECES)
    data[:] = mark.join(cells)


_WAYS = (_flip, _overwrite, _insert, _replace, _remove, _cut, _repeat, _splice, _swap, _field, _field)


def bomb(size: int) -> bytes:
    """Make a gzip file that grows a thousand times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"a" * 2**20
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
