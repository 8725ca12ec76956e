"""A map as files: whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maps.draw import Theme, draw
from maps.errors import OutputError

if TYPE_CHECKING:
    import folium
    import pandas as pd

READABLE = 0o644


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
    draft = None
    try:
        target.parent.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as made:
            draft = Path(made.name)
            made.writelines(pieces)
        draft.chmod(READABLE)
        draft.replace(target)
    except OSError as fault:
        raise OutputError(f"{target} cannot be written ({fault.strerror}); choose another place") from fault
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
