"""Own Folium elements: the map, its data, a layer for each source, the page around them.

Folium compiles what an element rendered once more as a template, so report text must never pass
through its classes. Here text leaves only through `Verbatim` and as JSON, and names of layers
through `layer_name`.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, Figure
from folium.map import Layer
from folium.template import Template

from maps import assets
from maps.policy import with_policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.blocks import Blocks

_LEAFLET_ONLY: list[tuple[str, str]] = []
_DATA = "<!-- data -->"


class Verbatim(Element):
    """Writes its string as it is; nothing is compiled."""

    def __init__(self, text: str, *, identity: str) -> None:
        super().__init__()
        self._id = identity
        self._text = text

    def render(self, **_: object) -> str:
        """Give the string."""
        return self._text


class Page(Figure):
    """The page around the map; its data stand apart, so that they are never copied nor compiled."""

    def __init__(self, blocks: Blocks, *, lang: str, direction: str) -> None:
        super().__init__()
        self.blocks = blocks
        self.opening = f'<html lang="{html.escape(lang)}" dir="{html.escape(direction)}">'
        self.html.add_child(Verbatim(_DATA, identity="data"), name="data")

    def pieces(self, **kwargs: object) -> Iterator[bytes]:
        """Give the page in order, its Content-Security-Policy first."""
        frame = self._frame(**kwargs).replace("<html>", self.opening, 1)
        before, after = with_policy(frame, files=bool(self.blocks.beside)).split(_DATA, 1)
        yield before.encode("utf-8")
        for name, json in self.blocks.inside.items():
            yield f'<script type="application/json" id="conflictmap-{name}">'.encode()
            yield json
            yield b"</script>\n"
        yield after.encode("utf-8")

    def _frame(self, **kwargs: object) -> str:
        """Render all but the data; Folium leaves parts behind that would stand twice the next time."""
        parts = (self.header, self.html, self.script)
        before = [part._children.copy() for part in parts]  # noqa: SLF001 - branca has no public name for it
        frame: str = super().render(**kwargs)
        for part, children in zip(parts, before, strict=True):
            part._children = children  # noqa: SLF001 - same
        return frame

    def render(self, **kwargs: object) -> str:
        """Render the page as one string."""
        return b"".join(self.pieces(**kwargs)).decode("utf-8")


class ConflictMap(folium.Map):
    """A Folium map that carries its scripts inside, asks nothing of a network and may be zoomed by hand."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <meta name="viewport" content="width=device-width, initial-scale=1">
        {% endmacro %}

        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}

        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {
                    center: {{ this.location|tojson }},
                    crs: L.CRS.{{ this.crs }},
                    ...{{ this.options|tojavascript }}
                }
            );
            {%- if this.control_scale %}
            L.control.scale().addTo({{ this.get_name() }});
            {%- endif %}
        {% endmacro %}
        """
    )

    def __init__(self, page: Page, *, title: str, noscript: str, view: dict[str, Any]) -> None:
        super().__init__(tiles=None, zoom_control=False, control_scale=True, **view)
        self._id = "conflictmap"
        self.default_js = _LEAFLET_ONLY
        self.default_css = _LEAFLET_ONLY
        page.add_child(self, name=self.get_name())
        _head(page, title, noscript)

    def render(self, **kwargs: object) -> None:  # type: ignore[override]
        """Render; a stock icon among the user's own marks brings the files that Folium's icons need."""
        if any(isinstance(element, folium.Icon) for element in _below(self)):
            self.default_js = folium.folium._default_js[1:]  # noqa: SLF001 - Folium has no public name for it
            self.default_css = folium.folium._default_css[1:]  # noqa: SLF001 - same
        super().render(**kwargs)  # type: ignore[no-untyped-call]


def _below(element: Element) -> Iterator[Element]:
    for child in element._children.values():  # noqa: SLF001 - branca has no public name for it
        yield child
        yield from _below(child)


def _head(page: Page, title: str, noscript: str) -> None:
    page.html.add_child(Verbatim(f"<noscript>{html.escape(noscript)}</noscript>\n", identity="noscript"))
    parts = {
        "title": f"<title>{html.escape(title)}</title>",
        "leaflet_style": f"<style>{assets.leaflet_style()}</style>",
        "style": f"<style>{assets.style()}</style>",
        "leaflet": f"<script>{assets.leaflet_script()}</script>",
        "script": f"<script>{assets.script()}</script>",
    }
    for name, text in parts.items():
        page.header.add_child(Verbatim(text, identity=name), name=name)


class Conflict(Layer):
    """The marks of all incidents, with panel, list and dossier: the layer that the sources switch."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = conflictmap.create({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__(name="Incidents", overlay=True, control=False)
        self._name = "Conflict"
        self._id = "incidents"


class Land(Layer):
    """The quiet offline base."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = conflictmap.landLayer();
        {% endmacro %}
        """
    )

    def __init__(self, name: str, *, overlay: bool) -> None:
        super().__init__(name=layer_name(name), overlay=overlay, control=True)
        self._name = "Land"
        self._id = "base"


class Source(Layer):
    """One publisher's accounts: on the map while the layer is; a layer control and the panel agree."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = conflictmap.sourceLayer({{ this.number }});
        {% endmacro %}
        """
    )

    def __init__(self, name: str, number: int, *, show: bool = True) -> None:
        super().__init__(name=layer_name(name), overlay=True, show=show)
        self._name = "Source"
        self._id = str(number)
        self.number = number


def layer_name(text: str) -> str:
    """Make a name safe for a layer control, where it is a template, a key of a script's object, and HTML."""
    escaped = html.escape(text).replace("{", "&#123;").replace("}", "&#125;")
    return escaped.replace("__proto__", "&#95;_proto__")
