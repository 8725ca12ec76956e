// The marks: what each incident looks like, donuts far out, legs to each source's place, areas.

import { Areas } from "./areas.js";
import { gather } from "./cluster.js";
import { trace } from "./colours.js";
import { makeSheet } from "./sheet.js";

const SIZE = 6.5;
// Room kept beside a leg's end for the place's name.
const LEG_NAME = 110;
const COARSE = window.matchMedia("(pointer: coarse)");

export class Marks {
  constructor(app) {
    this.app = app;
    this.groups = [];
    this.hover = null;
    this.areas = new Areas(app, this);
    this.sheet = makeSheet({ pane: "conflictmap-marks", order: 450, paint: (context, frame) => this.paint(context, frame) });
  }

  paint(context, frame) {
    const { data, filter, state } = this.app;
    this.ink = this.app.inks();
    this.groups = gather(data.incidents, filter.shown, frame, state.selected);
    this.frame = frame;
    if (this.hover) this.pointAt(this.hover.row);
    this.areas.paintAll(context, frame, this.groups);
    for (const group of this.groups) if (group.count === 1) this.paintLegs(context, frame, group.members[0], 0.55);
    const picked = state.selected !== null && data.incidents.x[state.selected] >= 0 ? state.selected : null;
    if (picked !== null) this.areas.paint(context, frame, picked, true);
    this.app.base.paintNames(context, frame, this.ink, this.covered(frame, picked), picked === null ? [] : this.legs(picked, frame).map((leg) => this.placeName(leg.e)));
    for (const group of this.groups) {
      if (group.count > 1) this.paintDonut(context, group);
      else this.paintMark(context, group.members[0], group.x, group.y, false);
    }
    if (picked !== null) this.paintPicked(context, frame, picked);
    if (this.hover?.group.count === 1) this.areas.paint(context, frame, this.hover.row, true);
    if (this.hover && this.hover.row !== picked) this.paintHover(context);
  }

  paintHover(context) {
    const { x, y, r } = this.hover.group;
    context.beginPath();
    context.arc(x, y, r + 4, 0, 2 * Math.PI);
    context.strokeStyle = this.ink.text;
    context.lineWidth = 1.5;
    context.stroke();
  }

  paintPicked(context, frame, i) {
    const { incidents } = this.app.data;
    const x = frame.px(incidents.x[i]);
    const y = frame.py(incidents.y[i]);
    this.paintLegs(context, frame, i, 1);
    this.paintMark(context, i, x, y, true);
    this.paintLegNames(context, frame, i);
  }

  // Boxes where marks lie, and the places and their names around what is picked.
  covered(frame, picked) {
    const boxes = this.groups.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
    if (picked === null) return boxes;
    const { incidents } = this.app.data;
    const x = frame.px(incidents.x[picked]);
    const y = frame.py(incidents.y[picked]);
    boxes.push([x - 16, y - 16, x + 16, y + 16]);
    for (const leg of this.legs(picked, frame)) boxes.push(leg.x < x ? [leg.x - LEG_NAME, leg.y - 9, leg.x + 5, leg.y + 9] : [leg.x - 5, leg.y - 9, leg.x + LEG_NAME, leg.y + 9]);
    return boxes;
  }

  // Slots of an incident's shown accounts with their number, in the order of the palette.
  slots(i) {
    const { data, filter, colours, state } = this.app;
    const found = new Map();
    for (let e = data.incidents.starts[i]; e < data.incidents.starts[i + 1]; e += 1) {
      if (!filter.passed[e]) continue;
      const slot = colours.slot(state.by, e);
      found.set(slot, (found.get(slot) ?? 0) + 1);
    }
    if (found.size === 0) found.set(colours.own, 1);
    return [...found].sort((a, b) => a[0] - b[0]);
  }

  // The same for many incidents at once: each counts once for a slot.
  shares(members) {
    const { data, filter, colours, state } = this.app;
    const { starts } = data.incidents;
    const totals = new Int32Array(colours.own + 1);
    for (const i of members) {
      let seen = 0;
      for (let e = starts[i]; e < starts[i + 1]; e += 1) {
        if (!filter.passed[e]) continue;
        const slot = colours.slot(state.by, e);
        if (!(seen & (1 << slot))) totals[slot] += 1;
        seen |= 1 << slot;
      }
    }
    return [...totals].map((n, slot) => [slot, n]).filter(([, n]) => n > 0);
  }

  colour(slot) {
    return this.app.colours.slots[slot];
  }

  outline(slot) {
    return this.colour(slot)[this.ink.theme];
  }

  paintMark(context, i, x, y, picked) {
    const { incidents } = this.app.data;
    const slots = this.slots(i);
    const precision = incidents.precision[i];
    const shape = this.app.colours.shape(incidents.type.names[incidents.type.of[i]]);
    const r = (slots.length > 1 ? SIZE + 1.5 : SIZE) + (picked ? 2 : 0);
    this.paintRing(context, i, x, y, r, picked);
    trace(context, shape, x, y, r + 1.5);
    context.fillStyle = this.ink.halo;
    context.fill();
    if (slots.length > 1) sectors(context, shape, x, y, r, slots, (slot) => this.colour(slot).fill);
    else {
      trace(context, shape, x, y, r);
      context.fillStyle = this.colour(slots[0][0]).fill;
      context.fill();
    }
    if (precision > 0) {
      trace(context, shape, x, y, precision > 1 ? r : r * 0.52);
      context.fillStyle = this.ink.land;
      context.fill();
    }
    trace(context, shape, x, y, r);
    context.setLineDash(precision > 1 ? [3, 2.2] : []);
    context.lineWidth = precision > 1 ? 2.2 : 1.5;
    context.lineJoin = "round";
    context.strokeStyle = slots.length > 1 ? this.ink.text : this.outline(slots[0][0]);
    context.stroke();
    context.setLineDash([]);
  }

  // A second line around what the sources disagree on; a strong one around what is picked.
  paintRing(context, i, x, y, r, picked) {
    const contested = this.app.data.incidents.disputes[i] > 0;
    if (!contested && !picked) return;
    context.beginPath();
    context.arc(x, y, r + (picked ? 6 : 4.5), 0, 2 * Math.PI);
    context.strokeStyle = this.ink.text;
    context.lineWidth = picked ? 2.2 : 1.1;
    context.stroke();
  }

  paintDonut(context, group) {
    const { x, y, r } = group;
    const slots = this.shares(group.members);
    context.beginPath();
    context.arc(x, y, r + 1.5, 0, 2 * Math.PI);
    context.fillStyle = this.ink.halo;
    context.fill();
    sectors(context, "circle", x, y, r, slots, (slot) => this.colour(slot).fill);
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.strokeStyle = this.ink.line;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(x, y, r - Math.max(4.5, r * 0.24), 0, 2 * Math.PI);
    context.fillStyle = this.ink.surface;
    context.fill();
    context.stroke();
    context.fillStyle = this.ink.text;
    context.font = `600 ${r > 24 ? 13 : 11.5}px ${this.ink.font}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(short(group.count, this.app.words), x, y + 0.5);
  }

  // Lines from an incident to where each shown account puts it.
  paintLegs(context, frame, i, strength) {
    const x = frame.px(this.app.data.incidents.x[i]);
    const y = frame.py(this.app.data.incidents.y[i]);
    for (const leg of this.legs(i, frame)) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(leg.x, leg.y);
      context.globalAlpha = strength;
      context.strokeStyle = this.ink.text;
      context.lineWidth = strength === 1 ? 1.4 : 0.9;
      context.stroke();
      context.beginPath();
      context.arc(leg.x, leg.y, 3.8, 0, 2 * Math.PI);
      context.globalAlpha = 1;
      context.fillStyle = this.colour(leg.slot).fill;
      context.fill();
      context.strokeStyle = this.outline(leg.slot);
      context.lineWidth = 1.3;
      context.stroke();
    }
  }

  legs(i, frame) {
    const { data, filter, colours, state } = this.app;
    const { events, incidents } = data;
    const found = [];
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) {
      if (!filter.passed[e] || Number.isNaN(events.x[e])) continue;
      const away = Math.hypot(events.x[e] - incidents.x[i], events.y[e] - incidents.y[i]) * frame.scale;
      if (away > 7) found.push({ e, x: frame.px(events.x[e]), y: frame.py(events.y[e]), slot: colours.slot(state.by, e) });
    }
    return found;
  }

  placeName(e) {
    const { place } = this.app.data.events;
    return place.names[place.of[e]];
  }

  paintLegNames(context, frame, i) {
    const written = new Set();
    context.font = `500 11.5px ${this.ink.font}`;
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.strokeStyle = this.ink.land;
    context.fillStyle = this.ink.text;
    context.lineWidth = 3.5;
    for (const leg of this.legs(i, frame)) {
      const name = this.placeName(leg.e);
      if (!name || written.has(name)) continue;
      written.add(name);
      const right = leg.x >= frame.px(this.app.data.incidents.x[i]);
      context.textAlign = right ? "left" : "right";
      context.strokeText(name, leg.x + (right ? 8 : -8), leg.y);
      context.fillText(name, leg.x + (right ? 8 : -8), leg.y);
    }
  }

  // Remembers the incident pointed at, by its row: groups are made anew whenever the map moves.
  pointAt(row) {
    const group = row === null ? null : this.groups.find((found) => found.members.includes(row));
    this.hover = group ? { group, row } : null;
  }

  // What lies under a point of the map's container.
  at(point) {
    if (!this.frame) return null;
    const corner = this.app.map.containerPointToLayerPoint(point).subtract(this.frame.origin);
    let best = null;
    for (const group of this.groups) {
      const reach = group.r + (COARSE.matches ? 12 : 5);
      const away = Math.hypot(group.x - corner.x, group.y - corner.y);
      if (away <= reach && (!best || away < best.away)) best = { group, away, row: group.members[0] };
    }
    return best;
  }
}

function sectors(context, shape, x, y, r, slots, colour) {
  const total = slots.reduce((sum, [, n]) => sum + n, 0);
  let angle = -Math.PI / 2;
  context.save();
  trace(context, shape, x, y, r);
  context.clip();
  for (const [slot, n] of slots) {
    const next = angle + (2 * Math.PI * n) / total;
    context.beginPath();
    context.moveTo(x, y);
    context.arc(x, y, r * 1.6, angle, next);
    context.closePath();
    context.fillStyle = colour(slot);
    context.fill();
    angle = next;
  }
  context.restore();
}

function short(count, words) {
  return count < 10000 ? words.number(count) : `${words.number(Math.round(count / 1000))}k`;
}
