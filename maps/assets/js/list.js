// The list of what is shown: sortable, paged, and the keyboard's way to every incident.

import { ICONS, button, el, icon, said } from "./dom.js";
import { SORTS } from "./state.js";
import { NONE } from "./words.js";

export const PAGE = 40;

export class List {
  constructor(app) {
    this.app = app;
    this.order = [];
    const { words } = app;
    this.items = el("ol", { class: "cm-items", id: "conflictmap-list" });
    this.items.addEventListener("keydown", (event) => this.key(event));
    this.sorter = el(
      "select",
      { id: "conflictmap-sort", onchange: () => this.resort() },
      ...SORTS.map((sort) => el("option", { value: sort }, words.say(`list.${sort}`))),
    );
    this.previous = button(words.say("list.previous"), { class: "cm-round", onclick: () => this.turn(-1) }, icon(ICONS.left));
    this.next = button(words.say("list.next"), { class: "cm-round", onclick: () => this.turn(1) }, icon(ICONS.right));
    this.where = el("span", { class: "cm-page", "aria-live": "polite" });
    this.empty = el("p", { class: "cm-empty" }, words.say("filter.nothing"));
    this.node = el(
      "div",
      { class: "cm-list" },
      el("div", { class: "cm-list-head" }, el("label", { for: "conflictmap-sort" }, words.say("list.sort")), this.sorter),
      this.empty,
      this.items,
      el("nav", { class: "cm-pages", "aria-label": words.say("list.page", { page: "", pages: "" }).trim() }, this.previous, this.where, this.next),
    );
  }

  resort() {
    this.app.state.sort = this.sorter.value;
    this.app.state.page = 0;
    this.update();
    this.app.remember();
  }

  turn(by) {
    this.app.state.page += by;
    this.render();
    this.items.querySelector("button")?.focus();
    this.items.scrollIntoView({ block: "nearest" });
  }

  // Rows shown, in order; rows come sorted by date.
  sort() {
    const { data, filter, state } = this.app;
    const { incidents } = data;
    const rows = [];
    for (let i = 0; i < incidents.rows; i += 1) if (filter.shown[i]) rows.push(i);
    const numbers = { killed: (i) => Math.max(incidents.killed_high[i], incidents.killed_low[i]), sources: (i) => incidents.sources[i] }[state.sort];
    if (numbers) rows.sort((a, b) => numbers(b) - numbers(a) || a - b);
    else if (state.sort === "place") this.byPlace(rows);
    else if (state.sort === "date_down") newestFirst(rows, incidents.first);
    this.order = rows;
  }

  byPlace(rows) {
    const { names, of } = this.app.data.incidents.place;
    const collator = new Intl.Collator(this.app.words.lang);
    const sorted = names.map((_, k) => k).sort((a, b) => collator.compare(names[a], names[b]));
    const rank = new Int32Array(names.length);
    sorted.forEach((k, r) => (rank[k] = r));
    const of_ = (i) => (of[i] < 0 ? names.length : rank[of[i]]);
    rows.sort((a, b) => of_(a) - of_(b) || a - b);
  }

  update() {
    this.sorter.value = this.app.state.sort;
    this.sort();
    this.render();
  }

  render() {
    const { state, words } = this.app;
    const pages = Math.max(1, Math.ceil(this.order.length / PAGE));
    state.page = Math.min(Math.max(state.page, 0), pages - 1);
    const rows = this.order.slice(state.page * PAGE, (state.page + 1) * PAGE);
    this.items.start = state.page * PAGE + 1;
    this.items.replaceChildren(...rows.map((i) => el("li", {}, this.item(i))));
    this.empty.hidden = rows.length > 0;
    this.where.textContent = words.say("list.page", { page: state.page + 1, pages });
    this.previous.disabled = state.page === 0;
    this.next.disabled = state.page === pages - 1;
    this.where.parentNode.hidden = pages === 1;
    this.mark();
  }

  item(i) {
    const { data, words } = this.app;
    const { incidents } = data;
    const title = this.app.brief(i);
    const place = placeText(this.app, i, title);
    const figure = tollText(this.app, i);
    return el(
      "button",
      {
        type: "button",
        class: "cm-item",
        "data-row": i,
        onclick: () => this.app.select(i, { from: "list" }),
        onmouseenter: () => this.app.point(i),
        onmouseleave: () => this.app.point(null),
        onfocus: () => this.app.point(i),
      },
      this.app.glyph(i),
      el(
        "span",
        { class: "cm-item-text" },
        said("span", title, { class: "cm-item-title" }),
        el(
          "span",
          { class: "cm-item-facts" },
          el("span", {}, this.app.when(incidents, i, "short")),
          said("span", place || words.say("list.unknown_place")),
        ),
        el(
          "span",
          { class: "cm-item-facts" },
          figure ? el("span", { class: "cm-figure" }, figure) : null,
          el("span", {}, words.say("count.sources", { n: incidents.sources[i] })),
          incidents.disputes[i] > 0 ? el("span", { class: "cm-tag" }, words.say("list.contested")) : null,
        ),
      ),
    );
  }

  key(event) {
    const buttons = [...this.items.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    if (to >= buttons.length && !this.next.disabled) this.turn(1);
    else if (to < 0 && !this.previous.disabled) {
      this.turn(-1);
      [...this.items.querySelectorAll("button")].at(-1).focus();
    } else buttons[Math.min(Math.max(to, 0), buttons.length - 1)].focus();
  }

  // Marks the open incident.
  mark() {
    const picked = String(this.app.state.selected ?? "");
    for (const node of this.items.querySelectorAll("button")) {
      if (node.dataset.row === picked) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
  }

  reveal(i) {
    const at = this.order.indexOf(i);
    if (at < 0) return;
    const page = Math.floor(at / PAGE);
    if (page !== this.app.state.page) {
      this.app.state.page = page;
      this.render();
    }
    this.items.querySelector(`[data-row="${i}"]`)?.scrollIntoView({ block: "nearest" });
  }
}

// Rows come with the earliest first and the undated last.
function newestFirst(rows, first) {
  const at = rows.findIndex((i) => first[i] === NONE);
  const undated = at < 0 ? [] : rows.splice(at);
  rows.reverse().push(...undated);
}

export function name(dictionary, row) {
  return dictionary.of[row] < 0 ? null : dictionary.names[dictionary.of[row]];
}

// Place and province; not again what a title has said, as long as something is left to say.
export function placeText({ data, words }, i, title = "") {
  const { place, admin1 } = data.incidents;
  const parts = [...new Set([name(place, i), name(admin1, i)])].filter(Boolean);
  const fresh = parts.filter((part) => !title.includes(part));
  return (fresh.length ? fresh : parts).join(words.say("page.comma"));
}

export function rangeText(words, low, high) {
  if (low === NONE && high === NONE) return null;
  if (high === NONE) return words.say("bounds.open", { low });
  if (low === NONE || low === high) return words.number(high);
  return words.say("bounds.range", { low, high });
}

export function tollText(app, i) {
  const { incidents } = app.data;
  const parts = [];
  for (const measure of ["killed", "injured"]) {
    const text = rangeText(app.words, incidents[`${measure}_low`][i], incidents[`${measure}_high`][i]);
    if (text) parts.push(app.words.say(`list.${measure}_figure`, { figure: text }));
  }
  return parts.join(app.words.say("page.comma"));
}
