"""The page's own scripts and styles, and what the build put beside them from npm packages."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

from maps.errors import AssetError

ASSETS = Path(__file__).parent / "assets"
ENTRY = "main"

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<file>[\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?P<kind>function|class|const) (?P<name>\w+)", re.MULTILINE)
_MAP_LINE = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_URL = re.compile(r"url\((?!data:)[^)]*\)")


def vendor(name: str) -> Path:
    """Give the path of a file the build made; raises `AssetError` where it is missing."""
    path = ASSETS / "vendor" / name
    if not path.is_file():
        raise AssetError(
            f"the map's file {name} was not built into the package; "
            "install conflictmap from its wheel, or run `pip install .` in its sources"
        )
    return path


@cache
def script() -> str:
    """Join the page's modules into one script, each after those it imports and in a scope of its own."""
    parts: dict[str, str] = {}
    _gather(ENTRY, parts, ())
    opening = 'const conflictmap = (() => {\n"use strict";\nconst modules = {};\n'
    return f"{opening}{''.join(parts.values())}return modules.{ENTRY};\n}})();\n"


def _gather(name: str, parts: dict[str, str], above: tuple[str, ...]) -> None:
    if name in parts:
        return
    if name in above:
        raise AssetError(
            f"the page's modules import each other in a circle ({' → '.join((*above, name))}); untie it"
        )
    text = (ASSETS / "js" / f"{name}.js").read_text(encoding="utf-8")
    for match in _IMPORT.finditer(text):
        _gather(match["file"], parts, (*above, name))
    parts[name] = _scoped(name, text)


def _scoped(name: str, text: str) -> str:
    """Turn a module into a function's scope: imports become look-ups, exports its result."""
    body = _IMPORT.sub(r"const \g<names> = modules.\g<file>;\n", text)
    exported = ", ".join(match["name"] for match in _EXPORT.finditer(body))
    body = _EXPORT.sub(r"\g<kind> \g<name>", body)
    return f"modules.{name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


@cache
def style() -> str:
    """Join the page's style sheets in the order of their names."""
    sheets = sorted((ASSETS / "css").glob("*.css"))
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


@cache
def leaflet_script() -> str:
    """Give Leaflet, with its marker pictures inside so that `folium.Marker` works offline."""
    code = _MAP_LINE.sub("", vendor("leaflet.js").read_text(encoding="utf-8"))
    pictures = ", ".join(
        f'{option}: "{_picture(file)}"'
        for option, file in (
            ("iconUrl", "marker-icon.png"),
            ("iconRetinaUrl", "marker-icon-2x.png"),
            ("shadowUrl", "marker-shadow.png"),
        )
    )
    return f'{code}\nL.Icon.Default.imagePath = " ";\nL.Icon.Default.mergeOptions({{ {pictures} }});\n'


def _picture(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode(vendor(name).read_bytes()).decode("ascii")


@cache
def leaflet_style() -> str:
    """Give Leaflet's style sheet without the pictures it would ask for."""
    return _URL.sub("none", vendor("leaflet.css").read_text(encoding="utf-8"))
