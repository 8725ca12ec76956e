// The filters: for each facet its values with counts that follow the other filters.

import { AGREEMENTS, PRECISIONS } from "./data.js";
import { ICONS, button, el, icon, said } from "./dom.js";

const FIRST = 8;
const NARROW_FROM = 16;
const MOST = 400;

export function makePanel(app) {
  const { words, filter } = app;
  const names = filter.names();
  const sections = [
    new Hiding(app, "source", names.source, (k) => names.source[k] || words.say("list.unknown_source")),
    new Hiding(app, "type", names.type, (k) => words.term("types", names.type[k])),
    new Picking(app, "claimants", names.claimants, (k) => names.claimants[k] || words.say("dossier.itself")),
    new Picking(app, "sides", names.sides, (k) => names.sides[k]),
    new Picking(app, "actors", names.actors, (k) => names.actors[k]),
    new Hiding(app, "agreement", AGREEMENTS, (k) => words.say(`agreement.${AGREEMENTS[k]}`)),
    new Hiding(app, "precision", PRECISIONS, (k) => words.say(`precision.${PRECISIONS[k]}`)),
  ];
  const search = searchField(app);
  const node = el("div", { class: "cm-filters" }, search.node, ...sections.map((section) => section.node));
  return {
    node,
    update: () => {
      search.update();
      for (const section of sections) section.update();
    },
  };
}

function searchField(app) {
  const { words, state } = app;
  let timer = 0;
  const input = el("input", {
    type: "search",
    dir: "auto",
    class: "cm-search",
    placeholder: words.say("filter.search"),
    "aria-label": words.say("filter.search_label"),
    oninput: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        state.query = input.value.trim();
        state.changed("filter");
      }, 120);
    },
  });
  const update = () => {
    if (document.activeElement !== input) input.value = state.query;
  };
  const note = app.data.lines.events.way === "beside" ? el("p", { class: "cm-search-note" }, words.say("filter.search_opened")) : null;
  return { node: el("div", { class: "cm-search-box" }, icon(ICONS.search), input, note), update };
}

const HEADINGS = {
  source: "filter.sources",
  type: "filter.types",
  claimants: "filter.claimants",
  actors: "filter.actors",
  sides: "filter.sides",
  precision: "filter.precision",
  agreement: "filter.contested",
};

// One facet as a list of check boxes; long ones are cut and can be narrowed by typing.
class Facet {
  constructor(app, facet, names, label) {
    Object.assign(this, { app, facet, label, rows: new Map(), open: false, needle: "" });
    this.values = names.map((_, k) => k);
    this.list = el("ul", { class: "cm-values" });
    this.more = el("button", { type: "button", class: "cm-more", onclick: () => this.unfold() });
    this.back = el("button", { type: "button", class: "cm-text-button", onclick: () => this.showAll() }, app.words.say("filter.show_all"));
    const narrow = names.length > NARROW_FROM ? this.narrowField() : null;
    this.node = el(
      "section",
      { class: `cm-facet cm-facet-${facet}` },
      el("div", { class: "cm-facet-head" }, el("h2", {}, app.words.say(HEADINGS[facet])), this.back),
      narrow,
      this.list,
      this.more,
    );
    this.node.hidden = names.length === 0;
  }

  narrowField() {
    const label = this.app.words.say("filter.narrow");
    const input = el("input", {
      type: "search",
      class: "cm-narrow",
      placeholder: label,
      "aria-label": `${label}: ${this.app.words.say(HEADINGS[this.facet])}`,
      oninput: () => {
        this.needle = input.value.trim().toLowerCase();
        this.update();
      },
    });
    return input;
  }

  unfold() {
    this.open = !this.open;
    this.update();
  }

  showAll() {
    this.app.state[this.facet].clear();
    this.app.state.changed("filter");
  }

  // What has incidents left comes first; nothing moves while the reader points at it or types in it.
  visible() {
    const counts = this.app.filter.counts[this.facet];
    if (this.ranked && !this.node.matches(":hover, :focus-within")) {
      this.values.sort((a, b) => (counts[b] > 0) - (counts[a] > 0) || a - b);
    }
    return this.needle ? this.values.filter((k) => this.label(k).toLowerCase().includes(this.needle)) : this.values;
  }

  // The first of the values, and any that is chosen.
  cut(values) {
    const room = this.open ? Math.min(values.length, MOST) : FIRST;
    if (values.length <= room + 2) return values;
    const chosen = this.app.state[this.facet];
    return values.filter((k, at) => at < room || (this.ranked && chosen.has(k)));
  }

  update() {
    const { state, words } = this.app;
    const values = this.visible();
    const shown = this.cut(values);
    const rows = shown.map((k) => this.row(k));
    if (rows.length !== this.list.children.length || rows.some((row, k) => this.list.children[k] !== row.node)) {
      this.list.replaceChildren(...rows.map((row) => row.node));
    }
    for (const k of shown) this.refresh(this.row(k), k);
    this.back.hidden = state[this.facet].size === 0;
    this.more.hidden = !this.open && shown.length === values.length;
    if (this.open && values.length <= FIRST + 2) this.more.hidden = true;
    this.more.textContent = this.open ? words.say("filter.fewer") : words.say("filter.more", { n: values.length - shown.length });
  }

  row(k) {
    if (!this.rows.has(k)) this.rows.set(k, this.make(k));
    return this.rows.get(k);
  }

  make(k) {
    const { state, words } = this.app;
    const box = el("input", { type: "checkbox", onchange: () => state.toggle(this.facet, k) });
    const count = el("span", { class: "cm-count" });
    const swatch = el("span", { class: "cm-swatch", "aria-hidden": "true" });
    const name = said("span", this.label(k), { class: "cm-name", title: this.label(k) });
    const only = this.ranked
      ? null
      : el("button", { type: "button", class: "cm-only", "aria-label": words.say("filter.only_label", { name: this.label(k) }), onclick: () => state.solo(this.facet, k) }, words.say("filter.only"));
    const node = el("li", { class: "cm-value" }, el("label", {}, box, swatch, name), only, count);
    return { node, box, count, swatch };
  }

  refresh(row, k) {
    const { state, filter, words, colours } = this.app;
    const chosen = state[this.facet].has(k);
    row.box.checked = this.ranked ? chosen : !chosen;
    const n = filter.counts[this.facet][k];
    row.count.textContent = words.number(n);
    row.node.classList.toggle("cm-zero", n === 0);
    row.node.classList.toggle("cm-off", !this.ranked && chosen);
    const coloured = { source: "source", type: "type", sides: "side" }[this.facet] === state.by;
    row.swatch.hidden = !coloured;
    if (coloured) {
      const slot = colours.slots[colours.slotOf(k)];
      row.swatch.style.background = slot.fill;
      row.swatch.style.borderColor = slot[this.app.dark ? "dark" : "light"];
    }
  }
}

class Hiding extends Facet {
  get ranked() {
    return false;
  }
}

class Picking extends Facet {
  get ranked() {
    return true;
  }
}

export function resetButton(app) {
  const { state, words } = app;
  const node = button(words.say("filter.reset"), {
    class: "cm-reset",
    onclick: () => {
      state.clear();
      state.changed("filter");
    },
  });
  return { node, update: () => (node.hidden = !state.filtered) };
}
