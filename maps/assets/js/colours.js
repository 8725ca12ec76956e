// Which colour a mark gets: by source, event type or side; the most frequent values get one of their own.

import { own } from "./words.js";

export class Colours {
  constructor(data, palette, words) {
    Object.assign(this, { data, palette, words });
    this.own = palette.colour.length;
    this.slots = [...palette.colour, palette.other];
  }

  // Values of the present choice, in the order of their colours.
  values(by) {
    const { events } = this.data;
    return { source: events.source.names, type: events.type.names, side: events.sides.names }[by];
  }

  label(by, value) {
    const name = this.values(by)[value];
    if (by === "type") return this.words.term("types", name);
    return name || this.words.say("list.unknown_source");
  }

  slotOf(value) {
    return value >= 0 && value < this.own ? value : this.own;
  }

  // Slot of an account.
  slot(by, e) {
    const { events } = this.data;
    if (by === "source") return this.slotOf(events.source.of[e]);
    if (by === "type") return this.slotOf(events.type.of[e]);
    const members = events.sides.sets[events.sides.of[e]];
    return members?.length === 1 ? this.slotOf(members[0]) : this.own;
  }

  shape(type) {
    return own(this.palette.shape, type) ?? "ring";
  }
}

// Traces a mark's outline around (x, y).
export function trace(context, shape, x, y, r) {
  context.beginPath();
  if (shape === "circle" || shape === "ring") {
    context.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  const corners = CORNERS[shape];
  for (let k = 0; k < corners.length; k += 1) {
    const [dx, dy] = corners[k];
    if (k === 0) context.moveTo(x + dx * r, y + dy * r);
    else context.lineTo(x + dx * r, y + dy * r);
  }
  context.closePath();
}

function regular(count, turn, size, inner = null) {
  const points = [];
  const total = inner === null ? count : count * 2;
  for (let k = 0; k < total; k += 1) {
    const radius = inner !== null && k % 2 ? inner : size;
    const angle = turn + (2 * Math.PI * k) / total;
    points.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
  }
  return points;
}

// Sizes even out the areas.
const CORNERS = {
  diamond: regular(4, 0, 1.28),
  square: regular(4, Math.PI / 4, 1.25),
  triangle: regular(3, -Math.PI / 2, 1.42),
  pentagon: regular(5, -Math.PI / 2, 1.15),
  star: regular(5, -Math.PI / 2, 1.4, 0.66),
};
