"""Verbs that show a project: render, export, explain."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.bars import over_rows
from geo.cli.console import counted, say, show

if TYPE_CHECKING:
    from geo.project import Filter

PICTURE = ".png"
SMALLEST = 200
"""Pixels of the smallest picture's side."""


class Theme(StrEnum):
    """Colours of a page; auto: as the reader's system is set."""

    auto = "auto"
    light = "light"
    dark = "dark"


Project = Annotated[Path, typer.Argument(help="Project file (project.gpkg).")]
Source = Annotated[
    list[str] | None, typer.Option("--source", help="Only this publisher's versions; may be given again.")
]
Actor = Annotated[
    list[str] | None,
    typer.Option("--actor", help="Only events in which this actor takes part; may be given again."),
]
Type = Annotated[
    list[str] | None, typer.Option("--type", help="Only this event or sub-event type; may be given again.")
]
Since = Annotated[datetime | None, typer.Option("--since", help="First day.", formats=["%Y-%m-%d"])]
Until = Annotated[datetime | None, typer.Option("--until", help="Last day, inclusive.", formats=["%Y-%m-%d"])]
Box = Annotated[
    str | None, typer.Option("--bbox", help="West,south,east,north in degrees.", metavar="W,S,E,N")
]


def render(
    project: Project,
    out: Annotated[
        Path,
        typer.Option("-o", "--out", help="HTML page to write; or .png: its picture, drawn by Chromium."),
    ],
    source: Source = None,
    actor: Actor = None,
    kind: Type = None,
    since: Since = None,
    until: Until = None,
    bbox: Box = None,
    title: Annotated[str | None, typer.Option("--title", help="Heading of the page.")] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the page's own words.")] = "en",
    online: Annotated[
        str | None,
        typer.Option("--online", help="Tile provider to lay over the offline base, as xyzservices names it."),
    ] = None,
    theme: Annotated[Theme, typer.Option("--theme", help="Colours of the page.")] = Theme.auto,
    view: Annotated[
        str, typer.Option("--view", help="Of a picture: what follows the # in the address of a view.")
    ] = "",
    size: Annotated[
        str, typer.Option("--size", help="Of a picture: width and height in pixels.", metavar="WxH")
    ] = "1440x900",
) -> None:
    """Draw the map anew, without reading the reports again.

    Example: conflictmap render out/project.gpkg -o rt.html --source RT
    """
    import maps
    from gazetteer import Gazetteer
    from geo.project import read, select
    from geo.project.atomic import replacing
    from geo.tables import towns

    width, height = _size(size)
    tables = select(read(project), _filter(source, actor, kind, since, until, bbox))
    drawn = maps.draw(
        {**tables, "basemap": towns(Gazetteer.open(), tables)},
        title=title,
        lang=lang,
        online=online,
        theme=theme.value,
    )
    if out.suffix.casefold() == PICTURE:
        maps.picture(drawn, out, at=view, width=width, height=height)
    else:
        with replacing(out) as part:
            maps.save(drawn, part)
    say(f"{counted(len(tables['incidents']), 'incident')}; open {out}")


def export(
    project: Project,
    file: Annotated[
        str, typer.Argument(help="File to write; its suffix says the format. Or a postgresql:// address.")
    ],
    layer: Annotated[
        str, typer.Option("--layer", help="incidents, events, places, mentions, claims, footprints ...")
    ] = "incidents",
    as_: Annotated[
        str | None, typer.Option("--as", help="A researchers' column layout: acled, ucdp.")
    ] = None,
    source: Source = None,
    actor: Actor = None,
    kind: Type = None,
    since: Since = None,
    until: Until = None,
    bbox: Box = None,
    boundaries: Annotated[
        Path | None, typer.Option("--boundaries", help="Polygons whose names and p-codes are joined.")
    ] = None,
    *,
    hxl: Annotated[bool, typer.Option("--hxl", help="Put a row of HXL tags under a CSV's header.")] = False,
) -> None:
    """Write a layer to a GIS or spreadsheet file.

    Example: conflictmap export out/project.gpkg incidents.geojson
    """
    from geo.exchange.postgis import is_database, without_password
    from geo.exchange.write import export as write
    from geo.project import read, select

    tables = select(read(project), _filter(source, actor, kind, since, until, bbox))
    whole = is_database(file)
    with over_rows("writing", sum(len(tables[name]) for name in tables if whole or name == layer)) as watch:
        rows = write(tables, file, layer=layer, as_=as_, boundaries=boundaries, hxl=hxl, watch=watch)
    say(f"{counted(rows, 'row')} in {without_password(file) if whole else file}")


def explain(
    project: Project,
    identity: Annotated[
        str,
        typer.Argument(help="Id of an incident or event, or a word of an incident's title.", metavar="ID"),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Markdown file to write in place of printing.")
    ] = None,
) -> None:
    """Tell why: versions side by side, sentences, figures and who says them, links, corrections.

    Example: conflictmap explain out/project.gpkg Khusham -o khusham.md
    """
    from geo.dossier import dossier
    from geo.project import read
    from geo.project.atomic import replacing

    told = dossier(read(project), identity)
    if out is None:
        show(told)
        return
    with replacing(out) as part:
        part.write_text(told, "utf-8")
    say(f"dossier in {out}")


def _filter(
    source: list[str] | None,
    actor: list[str] | None,
    kind: list[str] | None,
    since: datetime | None,
    until: datetime | None,
    bbox: str | None,
) -> Filter:
    from geo.project import Filter

    return Filter(
        source=tuple(source or ()),
        actor=tuple(actor or ()),
        type=tuple(kind or ()),
        since=_day(since),
        until=_day(until),
        bbox=_box(bbox),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _box(words: str | None) -> tuple[float, float, float, float] | None:
    if words is None:
        return None
    try:
        west, south, east, north = (float(x) for x in words.split(","))
    except ValueError:
        raise typer.BadParameter(
            f"{words!r} is not W,S,E,N in degrees, such as 35,32,42,37.", param_hint="--bbox"
        ) from None
    return west, south, east, north


def _size(words: str) -> tuple[int, int]:
    try:
        width, height = (int(x) for x in words.casefold().split("x"))
    except ValueError:
        width = height = 0
    if min(width, height) < SMALLEST:
        raise typer.BadParameter(
            f"{words!r} is not WIDTHxHEIGHT in pixels, such as 1440x900.", param_hint="--size"
        )
    return width, height
