from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from maps import texts
from maps.datafiles import toml
from maps.errors import DataFileError, LanguageError


def forms(text: str | dict[str, str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text.values())


def holes(text: str | dict[str, str]) -> set[str]:
    return {hole for form in forms(text) for hole in re.findall(r"\{(\w+)\}", form)}


def entries(found: dict[str, Any]) -> dict[str, Any]:
    return {f"{s}.{k}": v for s, part in found.items() if isinstance(part, dict) for k, v in part.items()}


@pytest.mark.parametrize("lang", texts.languages())
def test_languages_say_the_same(lang: str) -> None:
    model, found = entries(texts.load("en")), entries(texts.load(lang))
    assert set(found) == set(model)
    for key, text in found.items():
        assert holes(text) == holes(model[key]), key


@pytest.mark.parametrize("lang", texts.languages())
def test_counted_texts_have_the_form_for_the_rest(lang: str) -> None:
    for key, text in entries(texts.load(lang)).items():
        assert isinstance(text, str) or "other" in text, key


def test_arabic_runs_from_the_right() -> None:
    assert texts.load("ar")["direction"] == "rtl"


def test_an_unknown_language_lists_those_there_are() -> None:
    with pytest.raises(LanguageError, match=r"no texts in 'xx'; there are ar, en"):
        texts.load("xx")


def test_a_missing_text_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en.toml").write_text('[page]\ntitle = "T"\nmap = "M"\n', encoding="utf-8")
    (tmp_path / "fr.toml").write_text('[page]\ntitle = "T"\n', encoding="utf-8")
    monkeypatch.setattr(texts, "HERE", tmp_path)
    with pytest.raises(DataFileError, match=r"fr\.toml lacks page\.map; translate from en\.toml"):
        texts.load("fr")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("[page\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"x\.toml: .*; mend the file"):
        toml(tmp_path / "x.toml")
