"""Draw a project with QGIS's own renderer and the styles it brings, without a screen.

Usage: /usr/bin/python3 benchmarks/qgis_picture.py PROJECT.gpkg PICTURE.png WEST,SOUTH,EAST,NORTH

Runs under the Python that QGIS was built for (Debian: `apt-get install python3-qgis qgis-providers`), not
under the project's own; where that is missing it says so and stops. The land below comes from Natural Earth,
as the map's assets hold it. docs/pictures/qgis.png was made by it from a project of tests/gold.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

LAYERS = ("incidents", "events", "footprints")
"""Layers that are drawn, the topmost first."""
LAND = Path(__file__).resolve().parents[1] / "maps" / "assets" / "vendor" / "countries-10m.json"
SIZE = (1200, 800)


def layers(core: Any, project: Path) -> list[Any]:
    """Open the layers with the styles that the project brings, and the land below them."""
    found = []
    for name in LAYERS:
        layer = core.QgsVectorLayer(f"{project}|layername={name}", name, "ogr")
        _, there = layer.loadDefaultStyle()
        print(f"{name}: {layer.featureCount()} features, {layer.renderer().type()}, styled: {there}")
        found.append(layer)
    land = core.QgsVectorLayer(f"{LAND}|layername=countries|geometrytype=Polygon", "land", "ogr")
    if land.isValid():
        drawn = {"color": "#f4f2ec", "outline_color": "#b5b0a5", "outline_width": "0.2"}
        land.renderer().setSymbol(core.QgsFillSymbol.createSimple(drawn))
        land.setCrs(core.QgsCoordinateReferenceSystem("EPSG:4326"))
        found.append(land)
    return found


def draw(core: Any, project: Path, picture: Path, box: list[float]) -> None:
    """Render the layers into a picture."""
    from qgis.PyQt.QtCore import QSize
    from qgis.PyQt.QtGui import QColor

    settings = core.QgsMapSettings()
    # The settings only point at the layers; without a name of their own they would be gone.
    opened = layers(core, project)
    settings.setLayers(opened)
    settings.setBackgroundColor(QColor("#dce6ee"))
    settings.setOutputSize(QSize(*SIZE))
    settings.setOutputDpi(110)
    settings.setDestinationCrs(core.QgsCoordinateReferenceSystem("EPSG:4326"))
    settings.setExtent(core.QgsRectangle(*box))
    job = core.QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(str(picture))


def main() -> None:
    """Draw what the command line asks for."""
    if len(sys.argv) != len(("script", "project", "picture", "box")):
        print(__doc__)
        return
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from qgis import core
    except ImportError:
        print("QGIS is missing for this Python: apt-get install python3-qgis qgis-providers")
        return
    app = core.QgsApplication([], False)
    app.initQgis()
    draw(core, Path(sys.argv[1]), Path(sys.argv[2]), [float(edge) for edge in sys.argv[3].split(",")])
    # Without it QGIS may crash while Python takes its objects away in any order.
    app.exitQgis()


if __name__ == "__main__":
    main()
