// What the tests ask of the running page; set in front of each of their expressions.

const app = conflictmap.current();
const { incidents, events } = app.data;

function onScreen(point) {
  const box = app.map.getContainer().getBoundingClientRect();
  return [point.x + box.x, point.y + box.y];
}

function place(id) {
  const i = app.find(id);
  return onScreen(app.map.latLngToContainerPoint([incidents.lat[i], incidents.lon[i]]));
}

function donut(number) {
  const { x, y } = app.marks.groups[number];
  return onScreen(app.map.layerPointToContainerPoint(L.point(x, y).add(app.marks.frame.origin)));
}

function pixel(id, dx, dy) {
  const i = app.find(id);
  const { px, py, ratio } = app.marks.frame;
  const at = [(px(incidents.x[i]) + dx) * ratio, (py(incidents.y[i]) + dy) * ratio].map(Math.round);
  return [...app.marks.sheet.canvas.getContext("2d").getImageData(...at, 1, 1).data].slice(0, 3);
}

function legs(id) {
  return app.marks.legs(app.find(id), app.marks.frame).map((leg) => events.place.names[events.place.of[leg.e]]);
}

function smallButtons() {
  const aside = ".cm-only, .cm-more, .cm-text-button, .cm-reset, .cm-time-handle";
  const seen = [...document.querySelectorAll(".cm-shell button")].filter((node) => node.offsetParent && !node.matches(aside));
  return seen.filter((node) => node.offsetHeight < 22 || node.offsetWidth < 22).map((node) => node.className);
}
