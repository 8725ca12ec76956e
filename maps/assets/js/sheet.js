// A canvas over the map that stays put while the map is dragged and is drawn anew when it rests.

const ROOM = 0.25;

// Made when Leaflet is there; options: pane, paint(context, frame).
export function makeSheet(options) {
  const sheet = new L.Layer();
  Object.assign(sheet, { draw: options.paint, paneName: options.pane, order: options.order });
  sheet.onAdd = (map) => attach(sheet, map);
  sheet.onRemove = (map) => detach(sheet, map);
  sheet.redraw = () => {
    if (sheet.canvas) render(sheet);
  };
  return sheet;
}

function attach(sheet, map) {
  if (!map.getPane(sheet.paneName)) map.createPane(sheet.paneName).style.zIndex = sheet.order;
  const pane = map.getPane(sheet.paneName);
  pane.style.pointerEvents = "none";
  sheet.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", pane);
  sheet.canvas.setAttribute("aria-hidden", "true");
  sheet.handlers = {
    moveend: () => render(sheet),
    resize: () => render(sheet),
    move: () => follow(sheet),
    zoom: () => stretch(sheet, map.getZoom(), map.getCenter()),
    zoomanim: (event) => stretch(sheet, event.zoom, event.center),
  };
  map.on(sheet.handlers);
  sheet.host = map;
  render(sheet);
}

function detach(sheet, map) {
  map.off(sheet.handlers);
  sheet.canvas.remove();
  sheet.canvas = null;
}

// Dragged further than the canvas reaches: draw on the way.
function follow(sheet) {
  const map = sheet.host;
  if (!sheet.frame || map._animatingZoom || sheet.frame.zoom !== map.getZoom()) return;
  const size = map.getSize();
  const start = map.latLngToContainerPoint(sheet.corner);
  const spare = size.multiplyBy(ROOM);
  if (Math.abs(start.x + spare.x) > spare.x * 0.9 || Math.abs(start.y + spare.y) > spare.y * 0.9) render(sheet);
}

function stretch(sheet, zoom, center) {
  if (!sheet.frame) return;
  const map = sheet.host;
  const scale = map.getZoomScale(zoom, sheet.frame.zoom);
  const half = map.getSize().divideBy(2);
  const origin = map.project(center, zoom).subtract(half).add(map._getMapPanePos());
  const corner = map.project(sheet.corner, zoom).subtract(origin.round());
  L.DomUtil.setTransform(sheet.canvas, corner, scale);
}

function render(sheet) {
  const map = sheet.host;
  const size = map.getSize();
  if (!size.x || !size.y) return;
  const room = size.multiplyBy(ROOM).round();
  const origin = map.containerPointToLayerPoint(room.multiplyBy(-1)).round();
  const full = size.add(room.multiplyBy(2));
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const canvas = sheet.canvas;
  if (canvas.width !== Math.round(full.x * ratio) || canvas.height !== Math.round(full.y * ratio)) {
    canvas.width = Math.round(full.x * ratio);
    canvas.height = Math.round(full.y * ratio);
    canvas.style.width = `${full.x}px`;
    canvas.style.height = `${full.y}px`;
  }
  L.DomUtil.setTransform(canvas, origin, 1);
  sheet.corner = map.layerPointToLatLng(origin);
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, full.x, full.y);
  sheet.frame = frameOf(map, origin, full, ratio);
  sheet.draw(context, sheet.frame);
}

// How the map's plane (0 to 1) lies on the canvas.
function frameOf(map, origin, full, ratio) {
  const zoom = map.getZoom();
  const scale = map.options.crs.scale(zoom);
  const left = map.getPixelOrigin().add(origin);
  return {
    zoom,
    ratio,
    scale,
    width: full.x,
    height: full.y,
    x0: left.x / scale,
    y0: left.y / scale,
    x1: (left.x + full.x) / scale,
    y1: (left.y + full.y) / scale,
    px: (x) => x * scale - left.x,
    py: (y) => y * scale - left.y,
    origin,
  };
}
