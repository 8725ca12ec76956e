"""What stands in the page as JSON, and what lies in files beside it.

Text stands as it is in a small page, deflated in a large one, and in files beside the page where
the caller wants that; the page is told which (`lines` in its data).
"""

from __future__ import annotations

import base64
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.pack import json_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.payload import Payload

PACK_FROM = 4_000_000
"""Bytes of text above which it is deflated."""
LEVEL = 4
"""Of zlib: a third of the size for a third of the time of the best."""
BESIDE = ("events", "reports")
"""What may lie beside the page; titles stay in it, lists need them at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """JSON by element id, and files by name."""

    inside: Mapping[str, bytes]
    """What stands in the page."""
    beside: Mapping[str, bytes]
    """What lies beside it: scripts that hand over deflated text."""


def blocks(found: Payload, others: Mapping[str, object], *, folder: str | None) -> Blocks:
    """Give every block of a page; with a folder, the texts of versions and reports go into its files."""
    packed = sum(len(block) for made in found.text.values() for block in made) > PACK_FROM
    ways = {kind: _way(kind, packed=packed, folder=folder) for kind in found.text}
    inside = {name: json_bytes(value) for name, value in others.items()}
    inside["data"] = json_bytes({**found.head, "lines": ways})
    beside: dict[str, bytes] = {}
    for kind, made in found.text.items():
        if ways[kind]["way"] == "plain":
            inside |= {f"{kind}-{k}": block for k, block in enumerate(made)}
        elif ways[kind]["way"] == "packed":
            inside |= {f"{kind}-{k}": block for k, block in enumerate(_deflated(made))}
        else:
            beside |= {f"{kind}-{k}.js": _script(kind, k, block) for k, block in enumerate(_deflated(made))}
    return Blocks(inside=inside, beside=beside)


def _way(kind: str, *, packed: bool, folder: str | None) -> dict[str, Any]:
    if folder is not None and kind in BESIDE:
        return {"way": "beside", "folder": folder}
    return {"way": "packed" if packed else "plain"}


def _deflated(made: tuple[bytes, ...]) -> list[bytes]:
    """Deflate blocks on all cores, each a JSON string in base64."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(_deflate, made))


def _deflate(block: bytes) -> bytes:
    squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b'"' + base64.b64encode(squeezer.compress(block) + squeezer.flush()) + b'"'


def _script(kind: str, number: int, packed: bytes) -> bytes:
    return f'conflictmap.part("{kind}", {number}, '.encode() + packed + b");\n"
