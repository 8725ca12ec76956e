// Puts the page together: one app object, the map's layers, the panel, the address.

import { Base } from "./base.js";
import { Colours } from "./colours.js";
import { foldInIdle, readData } from "./data.js";
import { Dossier } from "./dossier.js";
import { json, once } from "./dom.js";
import { Filter } from "./filter.js";
import { Legend } from "./legend.js";
import { List } from "./list.js";
import { Marks } from "./marks.js";
import { makePanel, resetButton } from "./panel.js";
import { printable } from "./print.js";
import { Shell } from "./shell.js";
import { State } from "./state.js";
import { telling } from "./telling.js";
import { Bins, Timeline } from "./timeline.js";
import { viewing } from "./viewing.js";
import { NONE, Words } from "./words.js";

class App {
  constructor(map) {
    this.map = map;
    this.settings = json("settings");
    this.words = new Words(json("texts"));
    this.data = readData();
    this.filter = new Filter(this.data, this.words);
    this.state = new State(this.filter.names(), this.settings);
    this.colours = new Colours(this.data, json("palette"), this.words);
    this.bins = new Bins(this.data.events);
    this.sourceLayers = new Map();
    this.started = false;
    this.marks = new Marks(this);
    this.base = new Base(json("base"), this.words, () => this.inks());
    this.soon = once(() => this.refresh());
    this.look = once(() => this.repaint());
  }

  get dark() {
    return document.documentElement.dataset.theme === "dark";
  }

  // Colours of the canvas, from the style sheet.
  inks() {
    if (this.inked?.theme === (this.dark ? "dark" : "light")) return this.inked;
    const style = getComputedStyle(document.documentElement);
    const names = ["water", "land", "border", "division", "river", "name", "town", "text", "muted", "surface", "line", "halo"];
    this.inked = { theme: this.dark ? "dark" : "light", font: style.getPropertyValue("--sans").trim() };
    for (const key of names) this.inked[key] = style.getPropertyValue(`--${key}`).trim();
    return this.inked;
  }

  async start() {
    await Promise.all(Object.values(this.data.lines).map((lines) => lines.open()));
    const found = this.state.decode(window.location.hash);
    if (!window.location.hash.includes("-source")) this.adoptLayers();
    this.panel = makePanel(this);
    this.reset = resetButton(this);
    this.list = new List(this);
    this.dossier = new Dossier(this);
    this.timeline = new Timeline(this, this.bins);
    this.legend = new Legend(this);
    this.shell = new Shell(this);
    printable(this);
    this.shell.theme(this.state.theme);
    this.state.listen((what) => (what === "filter" ? this.soon() : this.look()));
    this.started = true;
    this.view(found.view);
    this.pick(found.id);
    this.refresh();
    this.legend.update();
    if (this.state.selected !== null && !found.view && this.apart(this.state.selected)) this.frame(this.state.selected, { animate: false });
    else if (this.state.selected !== null) this.bring(this.state.selected);
    this.listenToMap();
    window.addEventListener("hashchange", () => this.follow());
    document.documentElement.dataset.ready = "true";
    foldInIdle(this.data.lines);
  }

  // Somebody changed the address: show what it says.
  follow() {
    if (window.location.hash.slice(1) === this.remembered) return;
    const found = this.state.decode(window.location.hash);
    this.shell.theme(this.state.theme);
    if (found.view) this.view(found.view);
    this.pick(found.id);
    this.refresh();
    this.repaint();
  }

  pick(id) {
    this.state.selected = id ? this.find(id) : null;
    this.dossier.show(this.state.selected);
    this.shell.dossierShown(this.state.selected !== null);
  }

  find(id) {
    const { rows } = this.data.incidents;
    const lines = this.data.lines.incidents;
    let found = null;
    const look = (i) => {
      if (found === null && lines.row(i)[0] === id) found = i;
    };
    // Folding may turn other letters into ASCII signs, which the search looks for in their escaped form.
    // eslint-disable-next-line no-control-regex
    if (/^[\x00-\x7f]*$/.test(id)) lines.search(id.toLowerCase(), look);
    else for (let i = 0; i < rows; i += 1) look(i);
    return found;
  }

  // Whether all that is told of an incident is at hand, and what to wait for where it is not.
  atHand(i) {
    return this.needed(i).every(([lines, row]) => lines.has(row));
  }

  fetch(i) {
    return Promise.all(this.needed(i).map(([lines, row]) => lines.need(row)));
  }

  needed(i) {
    const { incidents, events, lines } = this.data;
    const found = [];
    for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) {
      found.push([lines.events, e]);
      if (events.report[e] !== NONE) found.push([lines.reports, events.report[e]]);
    }
    return found;
  }

  id(i) {
    return i === null ? null : this.data.lines.incidents.row(i)[0];
  }

  // After a change of the filters.
  refresh() {
    this.filter.run(this.state, this.bins);
    this.panel.update();
    this.timeline.update();
    this.list.update();
    this.reset.update();
    this.shell.update();
    this.marks.sheet.redraw();
    if (this.state.selected !== null) this.dossier.show(this.state.selected);
    this.syncLayers();
    this.remember();
  }

  // After a change of colours.
  repaint() {
    this.base.sheet.redraw();
    this.marks.sheet.redraw();
    this.panel.update();
    this.legend.update();
    this.list.render();
    if (this.state.selected !== null) this.dossier.show(this.state.selected);
    this.remember();
  }

  remember() {
    const center = this.map.getCenter();
    const view = `${Number(this.map.getZoom().toFixed(2))}/${center.lat.toFixed(4)}/${center.lng.toFixed(4)}`;
    this.remembered = this.state.encode(view, this.id(this.state.selected));
    try {
      window.history.replaceState(null, "", `#${this.remembered}`);
    } catch {
      // A page without an address of its own (inside a notebook) has nothing to remember in.
    }
  }

  select(i, { from = "map" } = {}) {
    this.state.selected = i;
    this.dossier.show(i);
    this.shell.dossierShown(i !== null);
    this.marks.sheet.redraw();
    this.list.mark();
    this.remember();
    if (i === null) {
      this.opener?.focus?.();
      return;
    }
    if (from === "list") this.opener = document.activeElement;
    this.list.reveal(i);
    this.bring(i);
    if (from !== "step") this.dossier.body.focus({ preventScroll: true });
  }

  get calm() {
    return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  step(by) {
    const at = this.list.order.indexOf(this.state.selected);
    const next = this.list.order[at + by];
    if (next !== undefined) this.select(next, { from: "step" });
  }

  point(i) {
    this.marks.pointAt(i);
    this.marks.sheet.redraw();
  }

  listenToMap() {
    const { map } = this;
    map.on("moveend", () => this.remember());
    map.on("click", (event) => this.click(event.containerPoint));
    map.on("mousemove", (event) => this.hovered(event.containerPoint));
    map.on("mouseout", () => this.shell.tip(null));
    window.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !this.dossier.node.hidden) this.select(null);
    });
  }

  hovered(point) {
    const hit = this.marks.at(point);
    const was = this.marks.hover?.group;
    this.map.getContainer().classList.toggle("cm-pointing", Boolean(hit));
    this.shell.tip(hit?.group ?? null, point);
    this.marks.hover = hit;
    if (was !== hit?.group) this.marks.sheet.redraw();
  }

  click(point) {
    const hit = this.marks.at(point);
    if (!hit) return;
    const { members, count } = hit.group;
    if (count === 1) this.select(members[0]);
    else if (!this.zoomTo(members)) {
      this.dossier.choose(members);
      this.shell.dossierShown(true);
    }
  }

  // Layers of the sources: a layer control and the panel say the same.
  adoptLayers() {
    for (const [number, layer] of this.sourceLayers) if (!this.map.hasLayer(layer)) this.state.source.add(number);
  }

  syncLayers() {
    this.syncing = true;
    for (const [number, layer] of this.sourceLayers) {
      const hidden = this.state.source.has(number);
      if (hidden && this.map.hasLayer(layer)) layer.remove();
      if (!hidden && !this.map.hasLayer(layer)) layer.addTo(this.map);
    }
    this.syncing = false;
  }

  layerSwitched(number, shown) {
    if (!this.started || this.syncing || this.state.source.has(number) !== shown) return;
    this.state.toggle("source", number);
  }
}

Object.assign(App.prototype, telling, viewing);

let app = null;

// The layer with all marks; called once for the page.
export function create(map) {
  app = new App(map);
  map.attributionControl?.setPrefix(`Leaflet · ${app.words.say("page.attribution")}`);
  document.addEventListener("DOMContentLoaded", () => app.start());
  return app.marks.sheet;
}

export function landLayer() {
  return app.base.sheet;
}

export function sourceLayer(number) {
  const layer = new L.Layer();
  layer.onAdd = () => app.layerSwitched(number, true);
  layer.onRemove = () => app.layerSwitched(number, false);
  app.sourceLayers.set(number, layer);
  return layer;
}

// A file beside the page hands over its rows.
export function part(kind, number, packed) {
  app.data.lines[kind].receive(number, packed);
}

// The running page, for those who script it.
export function current() {
  return app;
}
