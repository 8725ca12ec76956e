"""Verbs that look names up: geocode, gazetteer info and build."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.console import counted, say, show, warn

if TYPE_CHECKING:
    from gazetteer import Candidate, Gazetteer

GazetteerFile = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        help="Gazetteer index to use instead of the packaged one.",
        envvar="CONFLICTMAP_GAZETTEER",
    ),
]
gazetteer_app = typer.Typer(help="Tell about the gazetteer, or build a bigger one.", no_args_is_help=True)


def geocode(
    names: Annotated[
        list[str],
        typer.Argument(
            help='Place names; "Khusham, Deir ez-Zor" is read as a place and what holds it.',
            metavar="NAME...",
        ),
    ],
    near: Annotated[str | None, typer.Option(help="A place name or LAT,LON near which to look.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1 alpha-2 code of the country.")] = None,
    limit: Annotated[int, typer.Option(help="Most candidates for each name.", min=1, max=50)] = 5,
    gazetteer: GazetteerFile = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines.")] = False,
) -> None:
    """Find places by name, with the reason and the runners-up.

    Example: conflictmap geocode Khasham --near "Deir ez-Zor"
    """
    from gazetteer import Gazetteer

    index = Gazetteer.open(gazetteer)
    point = _point(index, near) if near else None
    missing = 0
    for name in names:
        found = index.find(name, country=country.upper() if country else None, near=point, limit=limit)
        missing += not found
        _print_json(name, found) if as_json else _print_table(index, name, found)
    if missing:
        raise typer.Exit(1)


def _point(index: Gazetteer, near: str) -> tuple[float, float]:
    try:
        lat, lon = (float(x) for x in near.split(","))
    except ValueError:
        found = index.find(near, limit=1)
        if not found:
            raise typer.BadParameter(
                f"{near!r} is neither LAT,LON nor a known place.", param_hint="--near"
            ) from None
        return found[0].place.lat, found[0].place.lon
    return lat, lon


def _print_json(name: str, found: list[Candidate]) -> None:
    show(json.dumps({"name": name, "candidates": [_plain(c) for c in found]}, ensure_ascii=False))


def _plain(c: Candidate) -> dict[str, Any]:
    p = c.place
    return {
        "id": p.id,
        "name": p.name,
        "lat": round(p.lat, 5),
        "lon": round(p.lon, 5),
        "country": p.country,
        "admin1": p.admin1,
        "feature": p.feature,
        "population": p.population,
        "radius_km": round(p.radius_km, 1),
        "matched": c.name,
        "tier": c.tier,
        "confidence": round(c.confidence, 3),
        "reason": c.reason,
        "source": p.source,
    }


def _print_table(index: Gazetteer, name: str, found: list[Candidate]) -> None:
    if not found:
        warn(f"{name}: not found.{_hint(index, name)}")
        return
    show(name)
    for c in found:
        p = c.place
        where = ", ".join(x for x in (p.admin1, p.country) if x)
        show(
            f"  {p.lat:9.4f} {p.lon:9.4f}  {c.confidence:4.0%}  {p.name} ({p.feature}; {where}) · {c.reason}"
        )


def _hint(index: Gazetteer, name: str) -> str:
    suggest = getattr(index, "suggest", None)
    close = suggest(name) if suggest else []
    return (
        f" Did you mean {' or '.join(close[:3])}?"
        if close
        else " Try another spelling, or build a bigger gazetteer: conflictmap gazetteer build."
    )


@gazetteer_app.command("info")
def info(
    gazetteer: GazetteerFile = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Tell the gazetteer's version, sources, counts and licences.

    Example: conflictmap gazetteer info
    """
    from gazetteer import Gazetteer

    index = Gazetteer.open(gazetteer)
    told = index.info()
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    show(
        f"{told['title']}\nfingerprint  {told['fingerprint']}\n"
        f"places       {told['places']:,}\nkeys         {told['keys']:,}"
    )
    for source in told["sources"]:
        show(f"  {source['name']:14} {counted(source['places'], 'place'):>16}  {source['licence']}")


@gazetteer_app.command("build")
def build(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="GeoNames dumps, Who's On First, CSV tables or other indexes.", metavar="FILES..."
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Index file to write.")],
    workers: Annotated[int, typer.Option("--workers", help="Processes that read.", min=1)] = 1,
    *,
    append: Annotated[
        bool, typer.Option("--append/--alone", help="Keep the places of the file, or of the packaged index.")
    ] = True,
) -> None:
    """Compile a bigger gazetteer; --gazetteer or $CONFLICTMAP_GAZETTEER then chooses it.

    Example: conflictmap gazetteer build SY.zip -o syria.gaz
    """
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    from gazetteer import Gazetteer
    from gazetteer.build import build_files
    from gazetteer.packaged import DEFAULT
    from geo.project.atomic import only_writer

    keep = (out if out.exists() else DEFAULT) if append else None
    with (
        only_writer(out),
        Progress(TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar,
    ):
        task = bar.add_task("reading")
        build_files(
            files,
            out,
            keep=keep,
            workers=workers,
            progress=lambda name, count: bar.update(task, description=f"{name}: {count:,} places"),
        )
    say(f"{len(Gazetteer.open(out)):,} places in {out}")
