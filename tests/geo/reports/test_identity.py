from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geo.reports.identity import KeySet, content_id


def test_a_content_id_stays_what_it_is() -> None:
    assert content_id("RT", "T", "Words.") == "e67f3a2940d6"
    assert len(content_id(None, None, "\ud800")) == 12


def test_every_part_counts() -> None:
    ids = {
        content_id(*parts)
        for parts in [("a", "b", "c"), ("ab", None, "c"), (None, "ab", "c"), ("a", "bc", "")]
    }
    assert len(ids) == 4


@given(st.lists(st.integers(0, 2**64 - 1).filter(lambda n: n != 1)))
def test_a_key_set_is_a_set(numbers: list[int]) -> None:
    keys, seen = KeySet(), set()
    for number in numbers:
        assert keys.add(number.to_bytes(8, "big")) == (number not in seen)
        seen.add(number)
    assert len(keys) == len(seen)


def test_it_grows() -> None:
    keys = KeySet()
    numbers = [n * 0x9E3779B97F4A7C15 % 2**64 for n in range(1, 5000)]
    assert all(keys.add(number.to_bytes(8, "big")) for number in numbers)
    assert not any(keys.add(number.to_bytes(8, "big")) for number in numbers)
