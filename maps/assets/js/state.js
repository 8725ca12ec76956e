// What the reader chose, and the same in the page's address, so that a link reproduces a view.

import { dayOf, isoDay } from "./words.js";

// Facets in which a value is hidden (each account has just one), and those in which some are picked.
export const HIDING = ["source", "type", "precision", "agreement"];
export const PICKING = ["claimants", "actors", "sides"];

export class State {
  constructor(names, settings) {
    this.names = names;
    this.listeners = [];
    this.theme = settings.theme;
    this.by = "source";
    this.sort = "date_down";
    this.page = 0;
    this.selected = null;
    this.clear();
  }

  clear() {
    for (const facet of HIDING) this[facet] = new Set();
    for (const facet of PICKING) this[facet] = new Set();
    this.from = null;
    this.to = null;
    this.query = "";
  }

  get filtered() {
    return this.from !== null || this.to !== null || this.query !== "" || [...HIDING, ...PICKING].some((facet) => this[facet].size > 0);
  }

  // Called as listener(what) with "filter", "look" or "select".
  listen(listener) {
    this.listeners.push(listener);
  }

  changed(what) {
    if (what === "filter") this.page = 0;
    for (const listener of this.listeners) listener(what);
  }

  toggle(facet, value) {
    if (!this[facet].delete(value)) this[facet].add(value);
    this.changed("filter");
  }

  solo(facet, value) {
    const others = this.names[facet].map((_, k) => k).filter((k) => k !== value);
    const alone = !this[facet].has(value) && others.every((k) => this[facet].has(k));
    this[facet] = new Set(alone ? [] : others);
    this.changed("filter");
  }

  setDates(from, to) {
    this.from = from;
    this.to = to;
    this.changed("filter");
  }

  encode(view, id) {
    const parts = new URLSearchParams();
    if (view) parts.set("map", view);
    for (const facet of HIDING) this.put(parts, `-${facet}`, facet);
    for (const facet of PICKING) this.put(parts, facet, facet);
    if (this.from !== null) parts.set("from", isoDay(this.from));
    if (this.to !== null) parts.set("to", isoDay(this.to));
    if (this.query) parts.set("q", this.query);
    if (this.by !== "source") parts.set("by", this.by);
    if (this.sort !== "date_down") parts.set("sort", this.sort);
    if (this.theme !== "auto") parts.set("theme", this.theme);
    if (id) parts.set("id", id);
    return parts.toString();
  }

  put(parts, key, facet) {
    for (const value of [...this[facet]].sort((a, b) => a - b)) parts.append(key, this.names[facet][value]);
  }

  // Reads an address; gives back the view and the id of the incident it names.
  decode(hash) {
    const parts = new URLSearchParams(hash.replace(/^#/, ""));
    this.clear();
    for (const facet of HIDING) this.take(parts, `-${facet}`, facet);
    for (const facet of PICKING) this.take(parts, facet, facet);
    this.from = dayOf(parts.get("from"));
    this.to = dayOf(parts.get("to"));
    this.query = parts.get("q") ?? "";
    this.by = ["source", "type", "side"].includes(parts.get("by")) ? parts.get("by") : "source";
    this.sort = SORTS.includes(parts.get("sort")) ? parts.get("sort") : "date_down";
    if (["light", "dark"].includes(parts.get("theme"))) this.theme = parts.get("theme");
    return { view: readView(parts.get("map")), id: parts.get("id") };
  }

  take(parts, key, facet) {
    for (const name of parts.getAll(key)) {
      const value = this.names[facet].indexOf(name);
      if (value >= 0) this[facet].add(value);
    }
  }
}

export const SORTS = ["date_down", "date_up", "killed", "sources", "place"];

function readView(text) {
  const [zoom, lat, lon] = (text ?? "").split("/").map(Number);
  return [zoom, lat, lon].every((number) => Number.isFinite(number)) && text ? { zoom, lat, lon } : null;
}
