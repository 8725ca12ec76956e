"""Columns in a folder are the columns; parts of the blocks add up to all of them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from geo.incidents import saved
from geo.incidents.columns import Bags, Columns, columns
from geo.incidents.link import link, link_scored
from geo.incidents.model import compare, merged
from tests.geo.conftest import Coding


@pytest.fixture(scope="module")
def table(gold: Coding) -> Columns:
    return columns({c.report.id: c.report for c in gold.coded}, gold.events)


def test_what_is_saved_is_read(table: Columns, tmp_path: Path) -> None:
    files = saved.save(table, tmp_path)
    assert sorted(files) == sorted(tmp_path.iterdir())
    again = saved.load(tmp_path)
    assert again.ids == table.ids
    for field in dataclasses.fields(Columns)[1:]:
        one, other = getattr(table, field.name), getattr(again, field.name)
        parts = ("starts", "tokens", "weights") if isinstance(one, Bags) else ("T",)
        for part in parts:
            np.testing.assert_array_equal(getattr(one, part), getattr(other, part))


def test_no_events(tmp_path: Path) -> None:
    saved.save(columns({}, []), tmp_path)
    assert link(saved.load(tmp_path)) == ([], [])


@pytest.mark.parametrize("number", [1, 2, 7])
def test_parts_add_up(table: Columns, tmp_path: Path, number: int) -> None:
    saved.save(table, tmp_path)
    mapped = saved.load(tmp_path)
    found = [compare(mapped, only=(part, number)) for part in range(number)]
    assert link_scored(table, merged(table, found)) == link(table)
    assert all(len(part.left) < len(compare(table).left) for part in found) or number == 1
