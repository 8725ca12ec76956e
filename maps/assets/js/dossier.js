// Everything known of one incident: who says what, in which words.

import { ICONS, button, el, icon, said } from "./dom.js";
import { byline, figureSections } from "./figures.js";
import { name } from "./list.js";
import { NONE, dayOf } from "./words.js";

const DISPUTES = ["toll", "place", "actor", "type", "happened", "unspecified"];

export class Dossier {
  constructor(app) {
    this.app = app;
    const { words } = app;
    this.body = el("div", { class: "cm-dossier-body", tabindex: "-1" });
    this.previous = button(words.say("dossier.previous"), { class: "cm-round", onclick: () => app.step(-1) }, icon(ICONS.left));
    this.next = button(words.say("dossier.next"), { class: "cm-round", onclick: () => app.step(1) }, icon(ICONS.right));
    this.node = el(
      "aside",
      { class: "cm-dossier", "aria-label": words.say("dossier.label"), hidden: true },
      el(
        "div",
        { class: "cm-dossier-bar" },
        this.previous,
        this.next,
        el("span", { class: "cm-grow" }),
        button(words.say("page.close"), { class: "cm-round cm-close", onclick: () => app.select(null) }, icon(ICONS.close)),
      ),
      this.body,
    );
  }

  show(i) {
    this.node.hidden = i === null;
    if (i === null) return;
    if (!this.app.atHand(i)) {
      this.wait(i);
      return;
    }
    const at = this.shown === i ? this.body.scrollTop : 0;
    this.shown = i;
    this.body.replaceChildren(...this.content(i));
    this.body.scrollTop = at;
  }

  // The texts lie in files beside the page: show what is at hand until they have come.
  wait(i) {
    const { app } = this;
    this.shown = null;
    this.body.replaceChildren(...this.top(i), ...this.disagreement(i), el("p", { class: "cm-muted", role: "status" }, app.words.say("dossier.loading")));
    app.fetch(i).then(
      () => {
        if (app.state.selected === i) this.show(i);
      },
      (fault) => this.body.append(el("p", { class: "cm-dispute" }, app.words.say("dossier.no_file", { file: fault.message }))),
    );
  }

  // Several incidents at one point: a list to choose from.
  choose(rows) {
    const { app } = this;
    this.node.hidden = false;
    this.shown = null;
    this.body.replaceChildren(
      el("h2", { class: "cm-title" }, app.words.say("dossier.nearby", { n: rows.length })),
      el("ol", { class: "cm-items" }, ...rows.slice(0, 200).map((i) => el("li", {}, app.list.item(i)))),
    );
    this.body.scrollTop = 0;
  }

  content(i) {
    const { data, filter } = this.app;
    const { starts } = data.incidents;
    const accounts = [];
    let hidden = 0;
    for (let e = starts[i]; e < starts[i + 1]; e += 1) {
      if (filter.passed[e] || !filter.shown[i]) accounts.push(this.account(e));
      else hidden += 1;
    }
    const claims = accounts.flatMap((account) => account.claims);
    return [...this.top(i), ...this.disagreement(i), ...this.figures(claims), ...this.accounts(accounts, hidden), ...this.corrections(i), ...this.links(i)];
  }

  account(e) {
    const { data } = this.app;
    const [quote, relation, placeReason, reason, initiators, targets, claims] = data.lines.events.row(e);
    const { names, measures, bounds } = data.claims;
    const told = claims.map(([measure, low, high, bound, who, flags, claimQuote, of, words, via]) => ({
      measure: measures[measure] ?? measure,
      low,
      high,
      bound: bounds[bound] ?? bound,
      who: names[who],
      flags,
      words,
      of,
      via,
      quote: claimQuote === 0 ? quote : claimQuote,
      e,
    }));
    return { e, quote, relation, placeReason, reason, initiators, targets, claims: told };
  }

  top(i) {
    const { app } = this;
    const { words, data } = app;
    const { incidents } = data;
    const type = words.term("types", name(incidents.type, i));
    const places = app.apart(i) ? el("button", { type: "button", class: "cm-text-button", onclick: () => app.frame(i) }, words.say("dossier.show_places")) : null;
    return [
      el("p", { class: "cm-kicker" }, app.glyph(i), el("span", {}, type)),
      said("h2", app.headline(i), { class: "cm-title" }),
      el(
        "dl",
        { class: "cm-facts" },
        ...fact(words.say("dossier.when"), app.when(incidents, i)),
        ...fact(words.say("dossier.where"), el("span", {}, this.place(incidents, i), places)),
        ...fact(words.say("dossier.sure"), this.confidence(incidents.sure[i])),
      ),
    ];
  }

  place(table, k) {
    const { words } = this.app;
    if (this.app.noPlace(table, k)) return el("span", { class: "cm-muted" }, words.say("dossier.no_place"));
    const parts = [name(table.place, k), name(table.admin1, k), words.country(name(table.country, k))];
    const radius = table.radius[k];
    const how = [
      table.where[k] === NONE ? null : words.say(`where.${table.where[k]}`),
      radius > 0 ? words.say("dossier.within", { km: Math.max(1, Math.round(radius)) }) : null,
    ].filter(Boolean);
    return el("span", {}, said("span", [...new Set(parts.filter(Boolean))].join(words.say("page.comma"))), how.length ? el("span", { class: "cm-muted cm-line" }, how.join(words.say("page.comma"))) : null);
  }

  confidence(percent) {
    const { words } = this.app;
    if (percent === NONE) return words.say("confidence.unknown");
    const grade = percent >= 85 ? "high" : percent >= 65 ? "good" : percent >= 45 ? "fair" : "low";
    return el("span", {}, words.say(`confidence.${grade}`), el("span", { class: "cm-muted" }, ` ${words.number(percent / 100)}`));
  }

  disagreement(i) {
    const { words, data } = this.app;
    const bits = data.incidents.disputes[i];
    if (bits > 0) {
      const about = DISPUTES.filter((_, bit) => bits & (1 << bit)).map((key) => words.say(`disputes.${key}`));
      return [el("p", { class: "cm-dispute" }, words.say("dossier.contested", { what: words.join(about) }))];
    }
    const n = data.incidents.sources[i];
    return [el("p", { class: "cm-agree" }, n > 1 ? words.say("dossier.agreed", { n }) : words.say("dossier.single"))];
  }

  figures(claims) {
    const { words } = this.app;
    const parts = claims.length ? figureSections(this.app, claims) : [el("p", { class: "cm-muted" }, words.say("dossier.no_figures"))];
    return [el("h3", {}, words.say("dossier.figures")), ...parts];
  }

  accounts(accounts, hidden) {
    const { words } = this.app;
    return [
      el("h3", {}, words.say("dossier.accounts")),
      ...accounts.map((account) => this.accountNode(account)),
      hidden ? el("p", { class: "cm-muted" }, words.say("dossier.hidden", { n: hidden })) : null,
    ].filter(Boolean);
  }

  accountNode(account) {
    const { app } = this;
    const { words, data } = app;
    const { events } = data;
    const { e } = account;
    const report = app.report(e);
    const told = [
      ...fact(words.say("dossier.said_where"), this.accountPlace(account)),
      ...fact(words.say("dossier.said_when"), app.when(events, e)),
      ...(account.initiators ? fact(words.say("dossier.by"), said("span", account.initiators)) : []),
      ...(account.targets ? fact(words.say("dossier.against"), said("span", account.targets)) : []),
    ];
    const background = !(events.flags[e] & 1);
    const denied = events.flags[e] & 2;
    const corrected = events.flags[e] & 4;
    return el(
      "article",
      { class: `cm-account${report.copyOf ? " cm-copy" : ""}` },
      report.title ? said("h4", report.title) : null,
      byline(app, e, account.quote),
      account.quote ? said("blockquote", account.quote, { lang: app.language(e) }) : null,
      background ? el("p", { class: "cm-tag cm-tag-line" }, words.say("dossier.background")) : null,
      denied ? el("p", { class: "cm-tag cm-tag-line" }, words.say("dossier.event_denied")) : null,
      corrected ? el("p", { class: "cm-tag cm-tag-line" }, words.say("dossier.account_corrected")) : null,
      el("dl", { class: "cm-facts cm-facts-small" }, ...told),
      reasons(words, account),
    );
  }

  accountPlace({ e, relation }) {
    const { events } = this.app.data;
    const place = this.place(events, e);
    return relation ? el("span", {}, said("span", `${relation} `), place) : place;
  }

  corrections(i) {
    const { words, data } = this.app;
    const found = data.corrections.filter(([rows]) => rows.includes(i));
    if (found.length === 0) return [];
    const items = found.map(([, , field, value, author, at, note]) =>
      el(
        "li",
        {},
        said("span", words.say("dossier.corrected", { field: words.term("fields", field ?? ""), value: value ?? "" }), { class: "cm-correction" }),
        correctedBy(words, author, at),
        note ? said("p", note) : null,
      ),
    );
    return [el("h3", {}, words.say("dossier.corrections")), el("ul", { class: "cm-corrections" }, ...items)];
  }

  links(i) {
    const [, , reason] = this.app.data.lines.incidents.row(i);
    if (!reason) return [];
    return [el("details", { class: "cm-why" }, el("summary", {}, this.app.words.say("dossier.why_linked")), said("p", reason))];
  }
}

function correctedBy(words, author, at) {
  const day = dayOf((at ?? "").slice(0, 10));
  const told = [author, day === null ? at : words.day(day)].filter(Boolean).join(words.say("page.comma"));
  return told ? said("span", words.say("dossier.corrected_by", { who: told }), { class: "cm-muted" }) : null;
}

function fact(label, value) {
  return [el("dt", {}, label), el("dd", {}, value)];
}

function reasons(words, { placeReason, reason }) {
  if (!placeReason && !reason) return null;
  return el(
    "details",
    { class: "cm-why" },
    el("summary", {}, words.say("dossier.why_event")),
    reason ? said("p", reason) : null,
    placeReason ? said("p", `${words.say("dossier.why")}: ${placeReason}`) : null,
  );
}
