from __future__ import annotations

import base64
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maps.columns import MISSING
from maps.pack import codes, integers, json_bytes, json_lines, lists, trimmed

TYPES = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "f8": np.float64}


def unpacked(packed: dict) -> list[int]:
    """Read a packed column as the page does."""
    if packed["t"] == "s":
        return [packed["m"] + k * packed["by"] for k in range(packed["n"])]
    raw = np.frombuffer(base64.b64decode(packed["d"]), dtype=TYPES[packed["t"]])
    return [MISSING if value == 0 else int(value) + packed["m"] for value in raw.tolist()]


@given(st.lists(st.one_of(st.integers(-(2**40), 2**40), st.just(MISSING)), max_size=40))
def test_integers_come_back(values: list[int]) -> None:
    assert unpacked(integers(np.array(values, dtype=np.int64))) == values


@pytest.mark.parametrize(
    ("values", "kind"),
    [([3] * 20, "s"), (list(range(40)), "s"), ([1, 255], "u1"), ([0, 255], "u2"), ([0, 70_000], "u4")],
)
def test_the_narrowest_form_is_taken(values: list[int], kind: str) -> None:
    assert integers(np.array(values, dtype=np.int64))["t"] == kind


def test_codes_are_by_frequency_then_name() -> None:
    names, numbers = codes(np.array(["b", "a", None, "b", "c"], dtype=object))
    assert names == ["b", "a", "c"]
    assert numbers.tolist() == [0, 1, MISSING, 0, 2]


def test_joined_names_become_sets() -> None:
    packed = lists(np.array(["B; A", "A", "", "B; A", None], dtype=object))
    assert packed["names"] == ["A", "B"]
    found = [packed["sets"][k] if k != MISSING else [] for k in unpacked(packed["of"])]
    assert found == [[0, 1], [0], [], [0, 1], []]


def whole(text: str) -> str:
    """Replace half characters, which no file can hold."""
    return "".join("\ufffd" if 0xD800 <= ord(letter) <= 0xDFFF else letter for letter in text)


@given(st.lists(st.lists(st.text(st.characters()), max_size=3), max_size=5))
def test_text_comes_back_and_cannot_close_its_element(rows: list[list[str]]) -> None:
    for encoded in (json_bytes(rows), json_lines(rows)):
        assert b"<" not in encoded
        assert json.loads(encoded) == [[whole(cell) for cell in row] for row in rows]


def test_each_row_has_a_line() -> None:
    assert json_lines([["a\nb"], ["\u2028"]]).split(b"\n") == [
        b"[",
        rb'["a\nb"],',
        '["\u2028"]'.encode(),
        b"]",
    ]


def test_what_is_missing_at_the_end_is_left_out() -> None:
    assert trimmed((1, None, 2, None, None)) == (1, None, 2)
    assert trimmed((None,)) == ()
