"""What a user of the wheel has: run by `make smoke` where the wheel is installed and the tree is not."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

FILES = ("project.gpkg", "map.html", "incidents.geojson", "events.geojson")
HOME = Path(sys.prefix)


def main() -> None:
    """Check that the packages are ours and whole, and that the demo draws its map."""
    owners = packages_distributions()
    for package in ("gazetteer", "geo", "maps"):
        if owners[package] != ["conflictmap"]:
            raise SystemExit(f"{package} comes from {owners[package]}: another distribution shadows it")
        where = Path(importlib.import_module(package).__file__ or "")
        if HOME not in where.parents or not (where.parent / "py.typed").is_file():
            raise SystemExit(f"{package} is imported from {where}, or has no py.typed")
    done = subprocess.run(
        [HOME / "bin" / "conflictmap", "demo", "-o", "demo"], check=True, capture_output=True, text=True
    )
    missing = [name for name in FILES if not (Path("demo") / name).stat().st_size]
    if missing or not done.stderr.startswith("5 reports, "):
        raise SystemExit(f"the demo left out {missing} and said {done.stderr!r}")
    version = distribution("conflictmap").version
    sys.stdout.write(f"conflictmap {version} on Python {sys.version.split()[0]}: {done.stderr.strip()}\n")


if __name__ == "__main__":
    main()
