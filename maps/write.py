"""A map as files: whole or not at all."""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maps.draw import Theme, draw
from maps.errors import OutputError

if TYPE_CHECKING:
    import folium
    import pandas as pd


def save(
    drawn: folium.Map | Mapping[str, pd.DataFrame],
    path: str | Path,
    *,
    title: str | None = None,
    online: str | None = None,
    lang: str = "en",
    theme: Theme = "auto",
    beside: bool = False,
) -> Path:
    """Write the page as one HTML file, whole or not at all; returns its path.

    Takes a map from `draw`, or tables with the parameters of `draw`. With `beside`, the texts of
    accounts and reports go into a folder beside the page (`map.html`, `map.files`), for maps of
    more than some hundred thousand accounts. Raises `OutputError` where a file cannot be written,
    and what `draw` raises.
    """
    from maps.elements import Page

    target = Path(path)
    folder = f"{target.stem}.files"
    found = (
        draw(drawn, title=title, online=online, lang=lang, theme=theme, beside=folder if beside else None)
        if isinstance(drawn, Mapping)
        else drawn
    )
    page = found.get_root()
    if not isinstance(page, Page):
        raise OutputError("this map was not made by maps.draw; write it by its own save()")
    for name, content in page.blocks.beside.items():
        _write(target.parent / folder / name, [content])
    _write(target, page.pieces())
    return target


def _write(target: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all; who may read and write it stays as it was."""
    folder = None
    try:
        target.parent.mkdir(exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
        draft = folder / target.name
        with draft.open("wb") as made:
            made.writelines(pieces)
        if target.exists():
            draft.chmod(stat.S_IMODE(target.stat().st_mode))
        draft.replace(target)
    except OSError as fault:
        raise OutputError(f"{target} cannot be written ({fault.strerror}); choose another place") from fault
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
