// The quiet base under the data: land, waters, divisions, borders, and the caller's lines; names above the marks.

import { mercatorX, mercatorY } from "./data.js";
import { makeSheet } from "./sheet.js";

// Paths are kept in steps of the plane small enough for 32-bit floats.
const FINE = 2 ** 20;
// What is drawn; true: areas.
const PATHS = { land: true, lakes: true, rivers: false, divisions: false, borders: false };
const DIVISIONS_FROM = 4.5;
// How far from its middle a country's name may stand: pixels, and at most this part of the country.
const NAME_STEPS = [[0, 0], [24, 0.15], [-24, -0.15], [48, 0.3], [-48, -0.3]];

export class Base {
  constructor(base, words, inks) {
    Object.assign(this, { words, inks });
    this.middle = [mercatorX(centre(base, 0)), mercatorY(centre(base, 1))];
    const layers = [base.far, base.near].filter(Boolean);
    for (const [name, closed] of Object.entries(PATHS)) {
      this[name] = new Path2D();
      for (const layer of layers) for (const steps of layer[name] ?? []) this.add(this[name], steps, layer.unit, closed);
    }
    this.lines = base.lines.map(([name, kind, rank, parts]) => this.extraLine(name, kind, rank, parts));
    this.countries = base.countries.map(([code, name, lon, lat, extent]) => ({
      name: words.country(code) || name,
      x: mercatorX(lon),
      y: mercatorY(lat),
      extent,
    }));
    this.towns = base.towns.map(([name, lon, lat, rank]) => ({ name, x: mercatorX(lon), y: mercatorY(lat), rank }));
    this.sheet = makeSheet({ pane: "conflictmap-base", order: 150, paint: (context, frame) => this.paint(context, frame) });
  }

  extraLine(name, kind, rank, parts) {
    const path = new Path2D();
    for (const part of parts) this.add(path, part, 1e-4, kind === "admin1");
    return { name, kind, rank, path };
  }

  add(path, steps, unit, closed) {
    let lon = 0;
    let lat = 0;
    for (let k = 0; k < steps.length; k += 2) {
      lon += steps[k];
      lat += steps[k + 1];
      const x = (mercatorX(lon * unit) - this.middle[0]) * FINE;
      const y = (mercatorY(lat * unit) - this.middle[1]) * FINE;
      if (k === 0) path.moveTo(x, y);
      else path.lineTo(x, y);
    }
    if (closed) path.closePath();
  }

  paint(context, frame) {
    const ink = this.inks();
    context.fillStyle = ink.water;
    context.fillRect(0, 0, frame.width, frame.height);
    for (let world = Math.floor(frame.x0); world <= Math.floor(frame.x1); world += 1) this.paintWorld(context, frame, ink, world);
  }

  paintWorld(context, frame, ink, world) {
    const scale = frame.scale / FINE;
    context.save();
    context.translate(frame.px(this.middle[0] + world), frame.py(this.middle[1]));
    context.scale(scale, scale);
    context.fillStyle = ink.land;
    context.strokeStyle = ink.land;
    context.lineWidth = 0.8 / scale;
    context.lineJoin = "round";
    context.fill(this.land, "evenodd");
    context.stroke(this.land);
    this.paintWaters(context, frame, ink, scale);
    if (frame.zoom >= DIVISIONS_FROM) this.dashed(context, ink.division, this.divisions, 0.8 / scale, scale);
    for (const line of this.lines) this.paintLine(context, frame, ink, line, scale);
    context.strokeStyle = ink.border;
    context.lineWidth = (frame.zoom > 6 ? 1.4 : 1) / scale;
    context.stroke(this.borders);
    context.restore();
  }

  paintWaters(context, frame, ink, scale) {
    context.strokeStyle = ink.river;
    context.lineWidth = Math.min(Math.max(frame.zoom / 5, 0.8), 2) / scale;
    context.stroke(this.rivers);
    context.fillStyle = ink.water;
    context.lineWidth = 0.8 / scale;
    context.fill(this.lakes, "evenodd");
    context.stroke(this.lakes);
  }

  paintLine(context, frame, ink, line, scale) {
    if (line.rank > frame.zoom) return;
    if (line.kind !== "river") {
      this.dashed(context, ink.division, line.path, 0.8 / scale, scale);
      return;
    }
    context.strokeStyle = ink.river;
    context.lineWidth = 1.3 / scale;
    context.stroke(line.path);
  }

  dashed(context, ink, path, width, scale) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.setLineDash([3 / scale, 3 / scale]);
    context.stroke(path);
    context.setLineDash([]);
  }

  // Writes names where no mark lies and no other name is written; taken: boxes [x0, y0, x1, y1] of the marks;
  // written: names that stand on the map already.
  paintNames(context, frame, ink, taken, written) {
    if (!this.sheet.canvas) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const country of this.countries) this.paintCountry(context, frame, ink, country, taken);
    for (const town of this.towns) if (!written.includes(town.name)) this.paintTown(context, frame, ink, town, taken);
  }

  paintCountry(context, frame, ink, country, taken) {
    const room = (country.extent * frame.scale) / 360;
    if (room < 34 || frame.zoom > 8.5) return;
    const size = Math.min(15, 9.5 + room / 90);
    const rtl = this.words.texts.direction === "rtl";
    context.font = `600 ${size}px ${ink.font}`;
    context.letterSpacing = rtl ? "0px" : "0.09em";
    context.fillStyle = ink.name;
    context.strokeStyle = ink.land;
    context.lineWidth = 3;
    const text = rtl ? country.name : country.name.toLocaleUpperCase(this.words.lang);
    const width = context.measureText(text).width;
    const spots = NAME_STEPS.map(([step, part]) => [0, Math.sign(step) * Math.min(Math.abs(step), Math.abs(part) * room)]);
    if (width <= room * 1.9) write(context, frame, text, [width, size], country, spots, taken);
    context.letterSpacing = "0px";
  }

  paintTown(context, frame, ink, town, taken) {
    if (town.rank > frame.zoom - 1) return;
    const x = frame.px(town.x);
    const y = frame.py(town.y);
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) return;
    const size = town.rank <= 3 ? 12 : 11;
    context.font = `400 ${size}px ${ink.font}`;
    context.fillStyle = ink.town;
    context.strokeStyle = ink.land;
    context.lineWidth = 3;
    const dot = [x - 3, y - 3, x + 3, y + 3];
    const hidden = taken.find((box) => overlap(box, dot));
    if (hidden?.named) return;
    const away = hidden ? (hidden[3] - hidden[1]) / 2 : 0;
    const width = context.measureText(town.name).width;
    const side = width / 2 + 7 + away;
    const spots = [[0, -11 - away], [0, 11 + away], [side, 0], [-side, 0]];
    if (!write(context, frame, town.name, [width, size], hidden && away > 9 ? middle(hidden, frame) : town, spots, taken)) return;
    if (hidden) {
      // One name beside a mark: the largest of the towns below it.
      hidden.named = true;
      return;
    }
    taken.push(dot);
    context.beginPath();
    context.arc(x, y, 1.8, 0, 2 * Math.PI);
    context.fill();
  }
}

// Writes a text at the first of the spots (steps from a point, in pixels) that is free; tells whether it did.
function write(context, frame, text, [width, size], point, spots, taken) {
  for (const [dx, dy] of spots) {
    const x = frame.px(point.x) + dx;
    const y = frame.py(point.y) + dy;
    if (x < -width || x > frame.width + width || y < 0 || y > frame.height) continue;
    const box = [x - width / 2 - 3, y - size / 2 - 2, x + width / 2 + 3, y + size / 2 + 2];
    if (taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
    return true;
  }
  return false;
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// The middle of a box on the map's plane.
function middle([x0, y0, x1, y1], frame) {
  return { x: frame.x0 + (x0 + x1) / 2 / frame.scale, y: frame.y0 + (y0 + y1) / 2 / frame.scale };
}

function centre(base, axis) {
  const first = base.near?.land[0] ?? base.near?.borders[0];
  return first ? first[axis] * base.near.unit : 0;
}
