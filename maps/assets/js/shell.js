// The page around the map: heading, panel with tabs, stage, dossier, small tools.

import { ICONS, button, el, icon, said } from "./dom.js";
import { tollText } from "./list.js";
import { LOOSE_DAYS } from "./timeline.js";
import { NONE } from "./words.js";

export class Shell {
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.count = el("p", { class: "cm-summary", role: "status" });
    this.unplaced = el("p", { class: "cm-unplaced" });
    this.tabs = ["filters", "list"].map((key) => this.tab(key));
    this.pages = { filters: this.page("filters", app.panel.node), list: this.page("list", app.list.node) };
    this.tooltip = el("div", { class: "cm-tip", "aria-hidden": "true", hidden: true });
    const container = app.map.getContainer();
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", words.say("page.map"));
    this.sheetToggle = button(words.say("page.open_panel"), { class: "cm-handle", "aria-expanded": "false", onclick: () => this.openSheet() }, el("span", { class: "cm-grip" }));
    this.panel = el(
      "aside",
      { class: "cm-panel", "aria-label": words.say("page.panel") },
      this.sheetToggle,
      el("header", { class: "cm-head" }, said("h1", app.settings.title), el("div", { class: "cm-line-row" }, this.count, app.reset.node)),
      el("div", { class: "cm-tabs", role: "tablist", onkeydown: (event) => this.tabKey(event) }, ...this.tabs),
      this.pages.filters,
      this.pages.list,
      el("footer", { class: "cm-foot" }, this.unplaced, this.tools()),
    );
    this.nothing = el("div", { class: "cm-nothing", hidden: true }, el("p", {}, words.say("filter.nothing")), button(words.say("filter.reset"), { class: "cm-text-button", onclick: () => app.reset.node.click() }, words.say("filter.reset")));
    this.stage = el("main", { class: "cm-stage" }, container, this.zoomTools(), app.legend.node, app.timeline.node, this.tooltip, this.nothing);
    document.body.prepend(
      el("a", { class: "cm-skip", href: "#conflictmap-list", onclick: (event) => this.skip(event) }, words.say("page.skip")),
      el("div", { class: "cm-shell" }, this.panel, this.stage, app.dossier.node),
    );
    this.show("filters");
    new ResizeObserver(() => app.map.invalidateSize({ animate: false, pan: true })).observe(container);
  }

  tab(key) {
    return el("button", { type: "button", role: "tab", id: `cm-tab-${key}`, "aria-controls": `cm-page-${key}`, "data-page": key, onclick: () => this.show(key) }, this.app.words.say(`page.${key}`));
  }

  page(key, content) {
    return el("div", { class: "cm-page-body", role: "tabpanel", id: `cm-page-${key}`, "aria-labelledby": `cm-tab-${key}` }, content);
  }

  show(key) {
    this.shown = key;
    for (const tab of this.tabs) {
      const chosen = tab.dataset.page === key;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
      this.pages[tab.dataset.page].hidden = !chosen;
    }
    if (this.started && this.narrow) this.openSheet(true);
    this.started = true;
  }

  tabKey(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    this.show(this.shown === "list" ? "filters" : "list");
    this.tabs.find((tab) => tab.tabIndex === 0).focus();
  }

  skip(event) {
    event.preventDefault();
    this.show("list");
    this.app.list.items.querySelector("button")?.focus();
  }

  get narrow() {
    return window.matchMedia("(max-width: 760px)").matches;
  }

  openSheet(open = !this.panel.classList.contains("cm-open")) {
    this.panel.classList.toggle("cm-open", open);
    this.sheetToggle.setAttribute("aria-expanded", open);
  }

  dossierShown(shown) {
    const was = document.body.classList.contains("cm-with-dossier");
    document.body.classList.toggle("cm-with-dossier", shown);
    if (shown && !was) this.app.legend.node.open = this.stage.clientWidth > 820;
    if (shown && this.narrow) this.openSheet(false);
  }

  // How much of the map's height nothing lies over.
  freeHeight() {
    const stage = this.stage.getBoundingClientRect();
    const covers = [this.app.timeline.node, this.app.dossier.node].filter((node) => !node.hidden);
    const tops = covers.map((node) => node.getBoundingClientRect()).filter((box) => box.left < stage.right - 60 && box.width > stage.width / 2);
    return Math.min(stage.height, ...tops.map((box) => box.top - stage.top).filter((top) => top > 60));
  }

  // What lies over the map's edges, for Leaflet.
  margins() {
    const { timeline, legend, map } = this.app;
    const narrow = map.getSize().x < 700;
    const key = !narrow && legend.node.open ? legend.node.offsetWidth + 14 : 0;
    const [start, end] = [narrow ? 30 : 60, (narrow ? 30 : 40) + key];
    const rtl = document.documentElement.dir === "rtl";
    return {
      paddingTopLeft: [rtl ? end : start, narrow ? 30 : 50],
      paddingBottomRight: [rtl ? start : end, timeline.node.offsetHeight + (narrow ? 30 : 50)],
    };
  }

  zoomTools() {
    const { app } = this;
    const say = (key) => app.words.say(`page.${key}`);
    return el(
      "div",
      { class: "cm-zoom" },
      button(say("zoom_in"), { onclick: () => app.map.zoomIn() }, icon(ICONS.plus)),
      button(say("zoom_out"), { onclick: () => app.map.zoomOut() }, icon(ICONS.minus)),
      button(say("fit"), { onclick: () => app.fit({ animate: !app.calm }) }, icon(ICONS.fit)),
    );
  }

  tools() {
    const { words } = this.app;
    const link = button(words.say("page.copy_link"), { class: "cm-round", onclick: () => this.copyLink() }, icon(ICONS.link));
    return el(
      "div",
      { class: "cm-tools" },
      button(words.say("page.theme"), { class: "cm-round", onclick: () => this.switchTheme() }, icon(ICONS.sun)),
      link,
      button(words.say("page.print"), { class: "cm-round", onclick: () => window.print() }, icon(ICONS.print)),
    );
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(window.location.href);
      this.count.textContent = this.app.words.say("page.copied");
      setTimeout(() => this.update(), 1600);
    } catch {
      // Without the right to the clipboard the address bar holds the same link.
    }
  }

  switchTheme() {
    this.app.state.theme = this.app.dark ? "light" : "dark";
    this.theme(this.app.state.theme);
    this.app.state.changed("look");
  }

  theme(choice) {
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    const set = () => {
      const now = this.app.state.theme === "auto" ? (dark.matches ? "dark" : "light") : this.app.state.theme;
      document.documentElement.dataset.theme = now;
    };
    if (choice === "auto" && !this.watching) {
      this.watching = true;
      dark.addEventListener("change", () => {
        set();
        this.app.look();
      });
    }
    set();
  }

  update() {
    const { filter, words, data } = this.app;
    const total = data.incidents.rows;
    this.count.textContent = filter.total === total ? words.say("count.incidents", { n: total }) : words.say("count.of_incidents", { n: filter.total, total });
    this.unplaced.textContent = [
      this.without("count.not_placed", (i) => Number.isNaN(data.incidents.x[i])),
      this.without("count.not_dated", (i) => data.incidents.first[i] === NONE || data.incidents.span[i] > LOOSE_DAYS),
    ].join(" ");
    this.nothing.hidden = filter.total > 0 || total === 0;
    this.tabs[1].textContent = `${words.say("page.list")} ${words.number(filter.total)}`;
  }

  // How many of what is shown lack something the page would need to draw them.
  without(path, lacks) {
    const { filter, words, data } = this.app;
    let n = 0;
    for (let i = 0; i < data.incidents.rows; i += 1) if (filter.shown[i] && lacks(i)) n += 1;
    return n ? words.say(path, { n }) : "";
  }

  sourceTag(text, slot) {
    return el(
      "span",
      { class: "cm-source" },
      el("i", { class: "cm-swatch", style: `background:${slot.fill};border-color:${slot[this.app.dark ? "dark" : "light"]}` }),
      said("span", text),
    );
  }

  tip(group, point) {
    this.tooltip.hidden = !group;
    if (!group) return;
    const { app } = this;
    const i = group.members[0];
    const lines =
      group.count > 1
        ? [el("strong", {}, app.words.say("count.incidents", { n: group.count }))]
        : [said("strong", app.headline(i)), el("span", {}, app.when(app.data.incidents, i, "short")), el("span", {}, [tollText(app, i), app.words.say("count.sources", { n: app.data.incidents.sources[i] })].filter(Boolean).join(" · "))];
    this.tooltip.replaceChildren(...lines);
    const size = app.map.getSize();
    this.tooltip.style.left = `${Math.min(point.x + 14, size.x - 250)}px`;
    this.tooltip.style.top = `${Math.max(point.y - 14, 60)}px`;
  }
}
