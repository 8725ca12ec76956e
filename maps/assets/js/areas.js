// Areas of what is not a point: provinces, strips between places, circles of uncertainty.

import { mercatorX, mercatorY } from "./data.js";

const AT_ONCE = 12;
// Part of the view above which an area is only drawn for what is picked or pointed at: it would tint everything.
const TOO_WIDE = 0.6;

export class Areas {
  constructor(app, marks) {
    Object.assign(this, { app, marks });
    this.byIncident = areasByIncident(app.data);
    this.paths = app.data.shapes.map(() => null);
  }

  // Areas of what is shown alone on the map, while they are few enough to be told apart.
  paintAll(context, frame, groups) {
    const { incidents } = this.app.data;
    const vague = groups.filter((group) => group.count === 1 && incidents.precision[group.members[0]] > 0);
    if (vague.length > AT_ONCE) return;
    for (const group of vague) this.paint(context, frame, group.members[0], false);
  }

  paint(context, frame, i, picked) {
    if (!this.paintShapes(context, frame, i, picked)) this.paintCircles(context, frame, i, picked);
  }

  paintShapes(context, frame, i, picked) {
    const { data, filter, colours, state } = this.app;
    const { footprints } = data;
    const drawn = new Set();
    for (const f of this.byIncident.get(i) ?? []) {
      const e = footprints.event[f];
      if ((e >= 0 && !filter.passed[e]) || drawn.has(footprints.shape[f]) || data.shapes[footprints.shape[f]].length === 0) continue;
      drawn.add(footprints.shape[f]);
      this.paintShape(context, frame, footprints.shape[f], e >= 0 ? colours.slot(state.by, e) : this.marks.slots(i)[0][0], picked);
    }
    return drawn.size > 0;
  }

  paintCircles(context, frame, i, picked) {
    const { incidents, events } = this.app.data;
    const circles = new Set();
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) {
      const key = `${events.x[e]} ${events.y[e]} ${events.radius[e]}`;
      if (!this.app.filter.passed[e] || circles.has(key) || !(events.radius[e] > 0.5)) continue;
      if (Number.isNaN(events.x[e]) || (!picked && events.precision[e] === 0)) continue;
      circles.add(key);
      this.paintCircle(context, frame, e, picked);
    }
  }

  paintCircle(context, frame, e, picked) {
    const { events } = this.app.data;
    const slot = this.app.colours.slot(this.app.state.by, e);
    const r = ((events.radius[e] / 40075) * frame.scale) / Math.cos((events.lat[e] * Math.PI) / 180);
    const view = this.app.map.getSize();
    if (r < 9 || r > 3 * frame.width || (!picked && 2 * r > TOO_WIDE * Math.min(view.x, view.y))) return;
    context.beginPath();
    context.arc(frame.px(events.x[e]), frame.py(events.y[e]), r, 0, 2 * Math.PI);
    this.wash(context, slot, picked, 1);
  }

  paintShape(context, frame, number, slot, picked) {
    this.paths[number] ??= shapePath(this.app.data.shapes[number]);
    const { path, x, y, extent } = this.paths[number];
    const scale = frame.scale / PLANE;
    const view = this.app.map.getSize();
    if (!picked && (extent[0] * scale > TOO_WIDE * view.x || extent[1] * scale > TOO_WIDE * view.y)) return;
    context.save();
    context.translate(frame.px(x), frame.py(y));
    context.scale(scale, scale);
    this.wash(context, slot, picked, scale, path);
    context.restore();
  }

  wash(context, slot, picked, scale, path = null) {
    const draw = (what, ...rest) => (path ? context[what](path, ...rest) : context[what](...rest));
    context.fillStyle = this.marks.colour(slot).fill;
    context.strokeStyle = this.marks.outline(slot);
    context.globalAlpha = picked ? 0.16 : 0.06;
    draw("fill", "evenodd");
    context.globalAlpha = picked ? 0.95 : 0.5;
    context.lineWidth = (picked ? 1.5 : 1) / scale;
    context.setLineDash([4 / scale, 3 / scale]);
    draw("stroke");
    context.setLineDash([]);
    context.globalAlpha = 1;
  }
}

const PLANE = 2 ** 20;

function shapePath(rings) {
  const [x, y] = [mercatorX(rings[0][0] * 1e-4), mercatorY(rings[0][1] * 1e-4)];
  const path = new Path2D();
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const ring of rings) {
    let lon = 0;
    let lat = 0;
    for (let k = 0; k < ring.length; k += 2) {
      lon += ring[k];
      lat += ring[k + 1];
      const to = [(mercatorX(lon * 1e-4) - x) * PLANE, (mercatorY(lat * 1e-4) - y) * PLANE];
      if (k === 0) path.moveTo(...to);
      else path.lineTo(...to);
      for (const axis of [0, 1]) {
        low[axis] = Math.min(low[axis], to[axis]);
        high[axis] = Math.max(high[axis], to[axis]);
      }
    }
  }
  return { path, x, y, extent: [high[0] - low[0], high[1] - low[1]] };
}

function areasByIncident({ footprints, events }) {
  const found = new Map();
  for (let f = 0; f < footprints.rows; f += 1) {
    const i = footprints.event[f] >= 0 ? events.incident[footprints.event[f]] : footprints.incident[f];
    if (i < 0) continue;
    if (!found.has(i)) found.set(i, []);
    found.get(i).push(f);
  }
  return found;
}
