"""Columns as base64 typed arrays and text as JSON that is safe inside a page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from maps.columns import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

Array = NDArray[Any]

_UNSIGNED = (("u1", np.uint8), ("u2", np.uint16), ("u4", np.uint32))
_FEW = 8
"""Rows up to which an array is as short as the telling of its step."""
_ENCODER = msgspec.json.Encoder()


def integers(values: Array) -> dict[str, Any]:
    """Pack whole numbers into the narrowest array; raw 0 stands for a missing value.

    Evenly spaced numbers (a constant, a running number) are told by their first and their step.
    """
    present = values != MISSING
    low = int(values[present].min()) if present.any() else 0
    raw = np.where(present, values - low + 1, 0)
    if len(raw) > _FEW and present.all() and len(steps := np.unique(np.diff(raw))) == 1:
        return {"t": "s", "n": len(raw), "m": int(values[0]), "by": int(steps[0])}
    top = int(raw.max()) if raw.size else 0
    for name, dtype in _UNSIGNED:
        if top <= np.iinfo(dtype).max:
            return {"t": name, "m": low - 1, "d": _base64(raw.astype(dtype))}
    return {"t": "f8", "m": low - 1, "d": _base64(raw.astype("<f8"))}


def floats(values: Array) -> dict[str, Any]:
    """Pack numbers as 32-bit floats (a coordinate: exact to half a metre)."""
    return {"t": "f4", "d": _base64(values.astype("<f4"))}


def tenths(values: Array) -> dict[str, Any]:
    """Pack numbers to one decimal place (NaN: missing)."""
    return integers(np.where(np.isnan(values), MISSING, np.nan_to_num(values * 10).round().astype(np.int64)))


def trimmed(cells: Sequence[Any]) -> Sequence[Any]:
    """Leave out what is missing at a row's end."""
    if cells and cells[-1] is not None:
        return cells
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _base64(raw: Array) -> str:
    return base64.b64encode(raw.tobytes()).decode("ascii")


def codes(values: Array) -> tuple[list[str], Array]:
    """Give the distinct texts, most frequent first, and each row's number among them."""
    import pandas as pd

    numbers, distinct = pd.factorize(values)
    counts = np.bincount(numbers[numbers >= 0], minlength=len(distinct))
    order = sorted(range(len(distinct)), key=lambda k: (-counts[k], str(distinct[k])))
    rank = np.empty(len(distinct) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    rank[-1] = MISSING
    return [str(distinct[k]) for k in order], rank[numbers]


def dictionary(values: Array) -> dict[str, Any]:
    """Pack a text column as its distinct values and a code per row."""
    names, numbers = codes(values)
    return {"names": names, "of": integers(numbers)}


def lists(values: Array) -> dict[str, Any]:
    """Pack a column of names joined with '; ': the names, the distinct lists of them, a code per row."""
    joined, numbers = codes(values)
    split = [sorted({part.strip() for part in text.split(";")} - {""}) for text in joined]
    return sets(split, numbers)


def sets(distinct: Sequence[Sequence[str]], numbers: Array) -> dict[str, Any]:
    """Pack distinct lists of names and a code per row."""
    weight = np.bincount(numbers[numbers != MISSING], minlength=len(distinct))
    totals: dict[str, int] = {}
    for names, count in zip(distinct, weight.tolist(), strict=True):
        for name in names:
            totals[name] = totals.get(name, 0) + count
    ordered = sorted(totals, key=lambda name: (-totals[name], name))
    place = {name: k for k, name in enumerate(ordered)}
    return {
        "names": ordered,
        "sets": [[place[name] for name in names] for names in distinct],
        "of": integers(numbers),
    }


def json_bytes(value: object) -> bytes:
    """Encode as JSON that cannot end the script element it stands in, whatever the text says."""
    try:
        encoded = _ENCODER.encode(value)
    except UnicodeEncodeError:
        encoded = _ENCODER.encode(_clean(value))
    return encoded.replace(b"<", b"\\u003c")


def json_lines(rows: list[Any]) -> bytes:
    """Encode as one JSON array with a row on each line, so that a row is found without parsing all."""
    try:
        lines = _ENCODER.encode_lines(rows)
    except UnicodeEncodeError:
        lines = _ENCODER.encode_lines([_clean(row) for row in rows])
    return b"[\n" + lines[:-1].replace(b"\n", b",\n").replace(b"<", b"\\u003c") + b"\n]"


def _clean(value: object) -> object:
    """Replace half characters (lone surrogates), which no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value
