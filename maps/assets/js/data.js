// Columns and text lines out of the page's JSON blocks; laid out by payload.py.

import { json } from "./dom.js";
import { NONE } from "./words.js";

const ARRAYS = { u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array };

function bytes(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const raw = atob(text);
  const found = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k += 1) found[k] = raw.charCodeAt(k);
  return found;
}

function column(packed, missing = NONE) {
  if (packed.t === "s") return Int32Array.from({ length: packed.n }, (_, k) => packed.m + k * packed.by);
  const raw = new ARRAYS[packed.t](bytes(packed.d).buffer);
  if (packed.t === "f4") return raw;
  const found = packed.t === "f8" ? new Float64Array(raw.length) : new Int32Array(raw.length);
  for (let k = 0; k < raw.length; k += 1) found[k] = raw[k] === 0 ? missing : raw[k] + packed.m;
  return found;
}

// A packed column, dictionary or set of names, whichever it is.
function unpack(value) {
  if (value?.t) return column(value);
  if (value?.names && value.of) return { ...value, of: column(value.of, -1) };
  return value;
}

function unpackAll(table) {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, unpack(value)]));
}

// Lower case without accents, line by line as before.
export function fold(text) {
  const low = text.toLowerCase();
  // eslint-disable-next-line no-control-regex
  return /^[\x00-\x7f]*$/.test(low) ? low : low.normalize("NFKD").replace(/\p{M}+/gu, "");
}

function lineStarts(text) {
  const starts = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

async function inflate(packed) {
  const stream = new Blob([bytes(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

// Rows of text that are parsed one at a time and searched without being parsed. Small maps hold
// them as they are ("plain"), large ones deflated ("packed"), the largest in files beside the page.
export class Lines {
  constructor(kind, rows, chunk, { way, folder }) {
    Object.assign(this, { kind, rows, chunk, way, folder, texts: [], starts: [], folded: [], foldedStarts: [], waiting: new Map() });
    this.parts = Math.ceil(rows / chunk);
  }

  // Everything that stands in the page.
  async open() {
    if (this.way === "beside") return;
    const parts = Array.from({ length: this.parts }, (_, part) => part);
    const raw = parts.map((part) => document.getElementById(`conflictmap-${this.kind}-${part}`));
    this.texts = await Promise.all(raw.map((node) => (this.way === "packed" ? inflate(JSON.parse(node.textContent)) : node.textContent)));
    for (const node of raw) node.remove();
  }

  has(index) {
    return this.texts[Math.floor(index / this.chunk)] !== undefined;
  }

  // Loads the file beside the page that holds a row; resolves when the row can be read.
  need(index) {
    const part = Math.floor(index / this.chunk);
    if (this.texts[part] !== undefined) return Promise.resolve();
    if (!this.waiting.has(part)) {
      const loaded = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${this.folder}/${this.kind}-${part}.js`;
        script.onerror = () => reject(new Error(script.src));
        document.head.append(script);
        this.resolvers ??= new Map();
        this.resolvers.set(part, resolve);
      });
      this.waiting.set(part, loaded);
    }
    return this.waiting.get(part);
  }

  async receive(part, packed) {
    this.texts[part] = await inflate(packed);
    this.resolvers.get(part)();
  }

  row(index) {
    const part = Math.floor(index / this.chunk);
    const text = this.texts[part];
    this.starts[part] ??= lineStarts(text);
    const k = index - part * this.chunk;
    const line = text.slice(this.starts[part][k], this.starts[part][k + 1] - 1);
    return JSON.parse(line.endsWith(",") ? line.slice(0, -1) : line);
  }

  prepare(part) {
    if (this.folded[part] !== undefined || this.texts[part] === undefined) return;
    this.folded[part] = fold(this.texts[part]);
    this.foldedStarts[part] = lineStarts(this.folded[part]);
  }

  // Calls `hit` with each row whose line holds the folded needle.
  search(needle, hit) {
    // As pack.py escapes it.
    const inner = JSON.stringify(needle).slice(1, -1).replaceAll("<", "\\u003c");
    for (let part = 0; part < this.parts; part += 1) {
      this.prepare(part);
      if (this.folded[part] === undefined) continue;
      const text = this.folded[part];
      const starts = this.foldedStarts[part];
      let line = 0;
      let at = text.indexOf(inner, starts[0]);
      while (at >= 0) {
        while (starts[line + 1] <= at) line += 1;
        if (line >= starts.length - 1) break;
        hit(part * this.chunk + line);
        at = text.indexOf(inner, starts[line + 1]);
      }
    }
  }
}

// Folds the text for searching while the reader does nothing.
export function foldInIdle(lines) {
  const work = Object.values(lines).flatMap((some) => Array.from({ length: some.parts }, (_, part) => () => some.prepare(part)));
  const later = window.requestIdleCallback ?? ((callback) => setTimeout(() => callback({ timeRemaining: () => 5 }), 30));
  const step = (deadline) => {
    while (work.length && deadline.timeRemaining() > 3) work.shift()();
    if (work.length) later(step);
  };
  later(step);
}

export function readData() {
  const head = json("data");
  const data = {
    ...head,
    incidents: unpackAll(head.incidents),
    events: unpackAll(head.events),
    reports: unpackAll(head.reports),
    footprints: unpackAll(head.footprints),
    lines: {},
  };
  for (const kind of ["incidents", "events", "reports"]) {
    data.lines[kind] = new Lines(kind, head[kind].rows, head.chunk, head.lines[kind]);
  }
  derive(data);
  return data;
}

// What follows from the columns: each version's incident, places on the map's plane, classes.
function derive(data) {
  const { incidents, events } = data;
  events.incident = new Int32Array(events.rows);
  incidents.sources = new Int32Array(incidents.rows);
  for (let i = 0; i < incidents.rows; i += 1) {
    const seen = new Set();
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) {
      events.incident[e] = i;
      seen.add(events.source.of[e]);
    }
    incidents.sources[i] = seen.size;
  }
  for (const table of [incidents, events]) {
    table.last = table.first.map((day, k) => (day === NONE ? NONE : day + table.span[k]));
    table.radius = Float32Array.from(table.radius, (tenths) => (tenths === NONE ? NaN : tenths / 10));
    table.x = Float64Array.from(table.lon, mercatorX);
    table.y = Float64Array.from(table.lat, mercatorY);
    table.precision = new Uint8Array(table.rows);
    for (let k = 0; k < table.rows; k += 1) table.precision[k] = precisionOf(table, k);
  }
  incidents.agreement = new Uint8Array(incidents.rows);
  for (let i = 0; i < incidents.rows; i += 1) {
    incidents.agreement[i] = incidents.disputes[i] > 0 ? 0 : incidents.sources[i] > 1 ? 1 : 2;
  }
}

export const PRECISIONS = ["exact", "area", "region", "none"];
export const AGREEMENTS = ["contested", "agreed", "single"];

function precisionOf(table, k) {
  if (Number.isNaN(table.x[k])) return 3;
  const where = table.where[k];
  if (where !== NONE) return where === 1 ? 0 : where <= 3 ? 1 : 2;
  const geo = table.geo[k];
  return geo === NONE ? 1 : Math.min(Math.max(geo - 1, 0), 2);
}

// The map's plane: the whole world from 0 to 1, as Leaflet's default projection has it.
export function mercatorX(lon) {
  return lon / 360 + 0.5;
}

export function mercatorY(lat) {
  const sine = Math.sin((Math.min(Math.max(lat, -85.0511), 85.0511) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function latitude(y) {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}
