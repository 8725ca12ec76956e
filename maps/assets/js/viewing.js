// Where the map looks: everything, one incident, what a donut stands for.

import { latitude } from "./data.js";

// Part of all incidents, on each side, that the first view may leave out.
const FAR_OFF = 0.01;

export const viewing = {
  view(view) {
    this.map.invalidateSize({ animate: false, pan: false });
    if (view) this.map.setView([view.lat, view.lon], view.zoom, { animate: false });
    else this.fit({ animate: false, whole: false });
  },

  // Shows what the filters let through; what is only placed in a province or country does not widen
  // the view, nor, when the page opens, do the few of many that lie far off.
  fit({ animate = true, whole = true } = {}) {
    const { incidents } = this.data;
    const shown = (i) => !this.started || this.filter.total === 0 || this.filter.shown[i];
    const box = this.around((i) => shown(i) && incidents.precision[i] < 2, whole) ?? this.around(shown, whole);
    if (box) this.map.fitBounds(box, { ...this.shell.margins(), maxZoom: 10, animate });
  },

  around(wanted, whole) {
    const { incidents } = this.data;
    const rows = [];
    for (let i = 0; i < incidents.rows; i += 1) if (!Number.isNaN(incidents.x[i]) && wanted(i)) rows.push(i);
    if (rows.length === 0) return null;
    const spare = whole ? 0 : Math.floor(rows.length * FAR_OFF);
    const [lat, lon] = [incidents.lat, incidents.lon].map((axis) => Float32Array.from(rows, (i) => axis[i]).sort());
    const corner = (k) => [lat.at(k), lon.at(k)];
    return L.latLngBounds(corner(spare), corner(-1 - spare));
  },

  // Moves the map only where the incident is out of sight, or its area is wider than the map.
  bring(i) {
    const { incidents } = this.data;
    if (Number.isNaN(incidents.x[i])) return;
    this.map.invalidateSize({ animate: false, pan: true });
    const point = this.map.latLngToContainerPoint([incidents.lat[i], incidents.lon[i]]);
    const size = this.map.getSize();
    const free = this.shell.freeHeight();
    const wide = (2 * incidents.radius[i] * this.map.options.crs.scale(this.map.getZoom())) / 40075 / Math.cos((incidents.lat[i] * Math.PI) / 180);
    if (wide > Math.min(size.x, free)) {
      this.map.fitBounds(L.latLng(incidents.lat[i], incidents.lon[i]).toBounds(2200 * incidents.radius[i]), { ...this.shell.margins(), animate: !this.calm });
      return;
    }
    const inside = point.x > 50 && point.y > 50 && point.x < size.x - 50 && point.y < free - 30;
    if (!inside) this.map.panBy([point.x - size.x / 2, point.y - free / 2], { animate: !this.calm });
  },

  // Shows all places at which the shown accounts put an incident.
  frame(i, { animate = !this.calm } = {}) {
    const { incidents, events } = this.data;
    this.map.invalidateSize({ animate: false, pan: true });
    const spots = [];
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) if (this.filter.passed[e] && !Number.isNaN(events.x[e])) spots.push([events.lat[e], events.lon[e]]);
    if (spots.length === 0) return;
    const { paddingTopLeft, paddingBottomRight } = this.shell.margins();
    const covered = this.map.getSize().y - this.shell.freeHeight();
    this.map.fitBounds(L.latLngBounds(spots).pad(0.6), { paddingTopLeft, paddingBottomRight: [paddingBottomRight[0], Math.max(paddingBottomRight[1], covered + 20)], maxZoom: 11, animate });
  },

  // Whether accounts put an incident at places that the map does not tell apart.
  apart(i) {
    const { incidents, events } = this.data;
    const spots = new Set();
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) if (this.filter.passed[e] && !Number.isNaN(events.x[e])) spots.add(`${events.x[e]} ${events.y[e]}`);
    return spots.size > 1;
  },

  // Zooms in on a donut; false where its incidents lie at one point.
  zoomTo(members) {
    const { incidents } = this.data;
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const i of members) {
      box[0] = Math.min(box[0], incidents.x[i]);
      box[1] = Math.min(box[1], incidents.y[i]);
      box[2] = Math.max(box[2], incidents.x[i]);
      box[3] = Math.max(box[3], incidents.y[i]);
    }
    const room = Math.max(box[2] - box[0], box[3] - box[1]) * 256 * 2 ** this.map.getMaxZoom();
    if (room < 60 || this.map.getZoom() >= this.map.getMaxZoom()) return false;
    const corner = (x, y) => [latitude(y), (x - 0.5) * 360];
    const bounds = L.latLngBounds(corner(box[0], box[1]), corner(box[2], box[3]));
    const zoom = Math.max(this.map.getBoundsZoom(bounds, false, L.point(80, 80)), this.map.getZoom() + 1);
    this.map.setView(bounds.getCenter(), Math.min(zoom, this.map.getMaxZoom()), { animate: !this.calm });
    return true;
  },
};
