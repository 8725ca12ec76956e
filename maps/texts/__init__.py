"""What the page says, one file a language; `load` gives the words of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from maps.datafiles import toml
from maps.errors import DataFileError, LanguageError

HERE = Path(__file__).parent
MODEL = "en"


def languages() -> tuple[str, ...]:
    """Codes of the languages there are texts for."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


def load(lang: str) -> dict[str, Any]:
    """Give the texts of a language.

    Raises `LanguageError` where there are none, `DataFileError` where a text is missing.
    """
    if lang not in languages():
        raise LanguageError(f"no texts in {lang!r}; there are {', '.join(languages())}")
    texts = toml(HERE / f"{lang}.toml")
    lacking = sorted(_keys(toml(HERE / f"{MODEL}.toml")) - _keys(texts))
    if lacking:
        raise DataFileError(f"{lang}.toml lacks {', '.join(lacking)}; translate from {MODEL}.toml")
    return {"lang": lang, **texts}


def _keys(texts: dict[str, Any]) -> set[str]:
    """Give `section.key` of every text; the forms of a counted one are the language's own affair."""
    return {
        f"{section}.{key}"
        for section, entries in texts.items()
        if isinstance(entries, dict)
        for key in entries
    }
