"""A small part of `python -m benchmarks.fuzz`: damaged files are read or told, by every reader."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from benchmarks.fuzz import __main__ as campaign
from benchmarks.fuzz.__main__ import fuzz
from benchmarks.fuzz.mutate import mutated
from benchmarks.fuzz.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READERS = (
    "report readers",
    "coding of a text",
    "import tables",
    "import mappings",
    "corrections",
    "project files",
    "gazetteer indexes",
    "gazetteer sources",
    "boundary files",
)


@pytest.fixture(scope="module", autouse=True)
def _workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("fuzz"))
        targets.cache_clear()
        targets()
        yield
    targets.cache_clear()


def test_every_reader_has_its_turn() -> None:
    assert tuple(targets()) == READERS


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", READERS)
def test_nothing_but_words_comes_of_damage(name: str) -> None:
    assert fuzz(name, 30, seed=11)["findings"] == {}


def test_a_reader_that_fails_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def attempt(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(campaign, "KEPT", tmp_path)
    monkeypatch.setitem(targets(), "boundary files", Target(seeds={"a": b"abc"}, attempt=attempt))
    (found,) = fuzz("boundary files", 3, seed=1)["findings"].items()
    assert found[0].startswith("ZeroDivisionError")
    assert found[1] == 3
    (kept,) = tmp_path.glob("*/*/a")
    assert kept.is_file()


def test_the_same_numbers_give_the_same_damage() -> None:
    made = [mutated(Random(5), b"one,two\n" * 9, [b"three"]) for _ in range(2)]  # noqa: S311 — no secrets
    assert made[0] == made[1]
