// The key: what colour, shape, filling and ring say; and the choice of what colour says.

import { trace } from "./colours.js";
import { el, said } from "./dom.js";

export class Legend {
  constructor(app) {
    this.app = app;
    const { words, state } = app;
    this.chooser = el(
      "select",
      {
        id: "conflictmap-by",
        onchange: () => {
          state.by = this.chooser.value;
          state.changed("look");
        },
      },
      ...["source", "type", "side"].map((by) => el("option", { value: by }, words.say(`colour.${by}`))),
    );
    this.colours = el("ul", { class: "cm-key-list cm-key-colours" });
    this.shapes = el("ul", { class: "cm-key-list" });
    this.signs = el("ul", { class: "cm-key-list" });
    const open = window.innerWidth > 760;
    this.node = el(
      "details",
      { class: "cm-key", open },
      el("summary", {}, words.say("page.legend")),
      el("div", { class: "cm-key-by" }, el("label", { for: "conflictmap-by" }, words.say("colour.by")), this.chooser),
      this.colours,
      this.shapes,
      this.signs,
    );
  }

  update() {
    const { app } = this;
    const { colours, state, words, data } = app;
    this.chooser.value = state.by;
    const values = colours.values(state.by);
    const own = values.slice(0, colours.own).map((_, k) => row(swatch(app, (context) => disc(context, app, k)), colours.label(state.by, k)));
    const rest = values.length > colours.own || state.by === "side";
    this.colours.replaceChildren(...own, ...(rest ? [row(swatch(app, (context) => disc(context, app, colours.own)), words.say("colour.other"))] : []));
    const types = data.incidents.type.names.slice(0, 6);
    this.shapes.replaceChildren(...types.map((type) => row(swatch(app, (context) => shape(context, app, colours.shape(type))), words.term("types", type))));
    this.signs.replaceChildren(
      row(swatch(app, (context) => mark(context, app, 0)), words.say("legend.filled")),
      row(swatch(app, (context) => mark(context, app, 1)), words.say("legend.hollow")),
      row(swatch(app, (context) => mark(context, app, 2)), words.say("legend.dashed")),
      row(swatch(app, (context) => mark(context, app, 0, true)), words.say("legend.ring")),
      row(swatch(app, (context) => pie(context, app)), words.say("legend.pie")),
      row(swatch(app, (context) => leg(context, app)), words.say("legend.leg")),
      row(swatch(app, (context) => area(context, app)), words.say("legend.area")),
      row(swatch(app, (context) => donut(context, app)), words.say("legend.donut")),
    );
  }
}

function row(sign, text) {
  return el("li", {}, sign, said("span", text));
}

export function swatch(app, paint, size = 18) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const canvas = el("canvas", { width: size * ratio, height: size * ratio, "aria-hidden": "true", class: "cm-sign", style: `width:${size}px;height:${size}px` });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paint(context, size);
  return canvas;
}

function disc(context, app, slot) {
  const colour = app.colours.slots[slot];
  trace(context, "circle", 9, 9, 5.5);
  context.fillStyle = colour.fill;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colour[app.inks().theme];
  context.stroke();
}

function shape(context, app, kind) {
  trace(context, kind, 9, kind === "triangle" ? 10.5 : 9, 5.2);
  context.lineWidth = 1.5;
  context.strokeStyle = app.inks().text;
  context.stroke();
}

function mark(context, app, precision, ring = false) {
  const ink = app.inks();
  trace(context, "circle", 9, 9, ring ? 4 : 5.5);
  context.fillStyle = ink.muted;
  context.fill();
  if (precision) {
    trace(context, "circle", 9, 9, precision > 1 ? 5.5 : 3);
    context.fillStyle = ink.surface;
    context.fill();
  }
  trace(context, "circle", 9, 9, ring ? 4 : 5.5);
  context.setLineDash(precision > 1 ? [3, 2.2] : []);
  context.strokeStyle = ink.text;
  context.lineWidth = precision > 1 ? 2 : 1.4;
  context.stroke();
  context.setLineDash([]);
  if (!ring) return;
  context.beginPath();
  context.arc(9, 9, 7.6, 0, 2 * Math.PI);
  context.lineWidth = 1;
  context.stroke();
}

function pie(context, app) {
  const { slots } = app.colours;
  [0, 1].forEach((k) => {
    context.beginPath();
    context.arc(9, 9, 5.5, -Math.PI / 2 + k * Math.PI, Math.PI / 2 + k * Math.PI);
    context.fillStyle = slots[k].fill;
    context.fill();
  });
  trace(context, "circle", 9, 9, 5.5);
  context.lineWidth = 1.4;
  context.strokeStyle = app.inks().text;
  context.stroke();
}

function leg(context, app) {
  const ink = app.inks();
  context.beginPath();
  context.moveTo(3, 14);
  context.lineTo(14, 5);
  context.lineWidth = 1.2;
  context.strokeStyle = ink.text;
  context.stroke();
  trace(context, "circle", 14, 5, 2.8);
  context.fillStyle = ink.muted;
  context.fill();
}

function area(context, app) {
  const ink = app.inks();
  trace(context, "circle", 9, 9, 7);
  context.globalAlpha = 0.18;
  context.fillStyle = ink.muted;
  context.fill();
  context.globalAlpha = 1;
  context.setLineDash([3, 2]);
  context.lineWidth = 1;
  context.strokeStyle = ink.muted;
  context.stroke();
  context.setLineDash([]);
}

function donut(context, app) {
  const { slots } = app.colours;
  [0, 1, 2].forEach((k) => {
    context.beginPath();
    context.arc(9, 9, 6.2, -Math.PI / 2 + k * 2.1, -Math.PI / 2 + (k + 1) * 2.1);
    context.lineWidth = 3.5;
    context.strokeStyle = slots[k].fill;
    context.stroke();
  });
}

// An incident's own mark, small, for lists and headings.
export function glyphOf(app, i) {
  return swatch(
    app,
    (context) => {
      const { marks } = app;
      marks.ink = app.inks();
      marks.paintMark(context, i, 14, 14, false);
    },
    28,
  );
}
