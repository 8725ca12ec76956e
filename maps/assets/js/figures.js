// One row per claim on a common axis: a point, a range, an open end; nothing is averaged.

import { el, outwardLink, said } from "./dom.js";

const DENIED = 1;
const SUPERSEDED = 2;
const CUMULATIVE = 4;

// claims: [{ measure, low, high, bound, who, via, words, of, flags, quote, e }]
export function figureSections(app, claims) {
  const byMeasure = new Map();
  for (const claim of claims) {
    if (!byMeasure.has(claim.measure)) byMeasure.set(claim.measure, []);
    byMeasure.get(claim.measure).push(claim);
  }
  const seen = new Set();
  return [...byMeasure].map(([measure, found]) => section(app, measure, found, seen));
}

function section(app, measure, claims, seen) {
  const { words } = app;
  const axis = axisFor(claims);
  const sorted = [...claims].sort(byFigure);
  const heading = words.term("measures", measure);
  return el(
    "section",
    { class: "cm-measure" },
    el("div", { class: "cm-axis-row" }, el("h4", {}, heading), axisNode(words, axis)),
    el("ul", { class: "cm-chart" }, ...byClaimant(app, sorted).map((row) => chartRow(app, row, axis))),
    el("ul", { class: "cm-claims" }, ...sorted.map((claim) => told(app, claim, seen))),
  );
}

// One row for each claimant; the report itself is one for each source.
function byClaimant(app, claims) {
  const rows = new Map();
  for (const claim of claims) {
    const key = claim.who.toLowerCase() || `\n${app.sourceName(claim.e)}`;
    if (!rows.has(key)) rows.set(key, { who: claim.who || app.sourceName(claim.e), claims: [] });
    rows.get(key).claims.push(claim);
  }
  return [...rows.values()];
}

function chartRow(app, row, axis) {
  const figures = [...new Set(row.claims.map((claim) => figureText(app.words, claim)))];
  const faded = row.claims.every(standing) ? " cm-faded" : "";
  const denied = row.claims.every((claim) => claim.flags & DENIED) ? " cm-denied" : "";
  return el(
    "li",
    { class: `cm-chart-row${faded}${denied}` },
    said("span", row.who, { class: "cm-claimant" }),
    el("span", { class: "cm-plot", "aria-hidden": "true" }, ...grid(axis), ...row.claims.flatMap((claim) => plot(app, claim, axis))),
    el("span", { class: "cm-chart-figure" }, figures.join(app.words.say("page.comma"))),
  );
}

function byFigure(a, b) {
  return standing(a) - standing(b) || (b.high ?? b.low ?? 0) - (a.high ?? a.low ?? 0);
}

function standing(claim) {
  return claim.flags & (DENIED | SUPERSEDED | CUMULATIVE) ? 1 : 0;
}

function axisFor(claims) {
  const top = Math.max(1, ...claims.map((claim) => Math.max(claim.low ?? 0, claim.high ?? 0)));
  const power = 10 ** Math.floor(Math.log10(top));
  const whole = [0.5, 1, 2, 2.5, 5].map((k) => k * power).find((k) => Number.isInteger(k) && top / k <= 4.2) ?? 5 * power;
  const end = Math.ceil(top / whole) * whole;
  const ticks = [];
  for (let tick = 0; tick <= end + 1e-9; tick += whole) ticks.push(tick);
  return { end, ticks };
}

function at(axis, value) {
  return `${(100 * value) / axis.end}%`;
}

function axisNode(words, axis) {
  const ticks = axis.ticks.map((tick) => el("span", { style: `inset-inline-start:${at(axis, tick)}` }, words.number(tick)));
  return el("div", { class: "cm-axis", "aria-hidden": "true" }, ...ticks);
}

export function figureText(words, claim) {
  const { low, high, bound } = claim;
  if (bound === "none" || (low === 0 && high === 0)) return words.say("bounds.none");
  if (low === null && high === null) return claim.words ?? "";
  return bound === "vague" && claim.words ? words.say("bounds.vague", { words: claim.words }) : boundText(words, claim);
}

function boundText(words, { low, high, bound }) {
  if (bound === "at most" || low === null) return words.say("bounds.at most", { n: high ?? low });
  if (bound === "at least" || high === null) return words.say("bounds.at least", { n: low });
  if (low !== high) return words.say("bounds.range", { low, high });
  return words.say(bound === "about" ? "bounds.about" : "bounds.exact", { n: high });
}

// A claim in its own words.
function told(app, claim, seen) {
  const { words } = app;
  const notes = [
    claim.flags & DENIED ? words.say("dossier.denied") : null,
    claim.flags & SUPERSEDED ? words.say("dossier.superseded") : null,
    claim.flags & CUMULATIVE ? words.say("dossier.cumulative") : null,
  ].filter(Boolean);
  const again = seen.has(`${claim.e}\n${claim.quote}`);
  seen.add(`${claim.e}\n${claim.quote}`);
  return el(
    "li",
    { class: `cm-claim${standing(claim) ? " cm-faded" : ""}${claim.flags & DENIED ? " cm-denied" : ""}` },
    el(
      "p",
      { class: "cm-claim-says" },
      el("span", { class: "cm-claim-figure" }, figureText(words, claim)),
      claim.of ? el("span", {}, words.term("of", claim.of)) : null,
      said("span", claim.who || words.say("dossier.itself"), { class: "cm-muted" }),
      claim.via ? said("span", words.say("dossier.via", { names: claim.via }), { class: "cm-muted" }) : null,
      ...notes.map((note) => el("span", { class: "cm-tag" }, note)),
    ),
    claim.quote && !again ? said("blockquote", claim.quote, { lang: app.language(claim.e) }) : null,
    again ? el("p", { class: "cm-byline" }, app.sourceTag(claim.e), words.say("dossier.same_words")) : byline(app, claim.e, claim.quote),
  );
}

// Source, date, and a link to the sentence.
export function byline(app, e, quote) {
  const { words } = app;
  const report = app.report(e);
  const link = outwardLink(fragment(report.address, quote), words.say("dossier.open_report"), [words.say("dossier.read"), " ↗"], { class: "cm-read" });
  return el(
    "p",
    { class: "cm-byline" },
    app.sourceTag(e),
    el("span", {}, report.published ?? words.say("dossier.undated")),
    report.copyOf ? said("span", words.say("dossier.copy", { source: report.copyOf }), { class: "cm-tag" }) : null,
    link,
  );
}

// Address with a text fragment, so that the browser scrolls to the sentence.
export function fragment(address, quote) {
  if (!address || !quote) return address;
  const words = quote.trim().split(/\s+/);
  const part = (list) => encodeURIComponent(list.join(" ")).replace(/-/g, "%2D");
  const text = words.length <= 10 ? part(words) : `${part(words.slice(0, 5))},${part(words.slice(-5))}`;
  return `${address}${address.includes("#") ? "" : "#"}:~:text=${text}`;
}

function grid(axis) {
  return axis.ticks.map((tick) => el("i", { class: "cm-grid", style: `inset-inline-start:${at(axis, tick)}` }));
}

// A claim on the axis: its ends as points, what lies between as a bar, an open end as an arrow.
function plot(app, claim, axis) {
  const slot = app.colours.slots[app.colours.slotOf(app.data.events.source.of[claim.e])];
  const paint = `background:${slot.fill};border-color:${slot[app.dark ? "dark" : "light"]}`;
  const soft = ["about", "vague"].includes(claim.bound) ? " cm-soft" : "";
  const ends = [...new Set([claim.low, claim.high])].filter((value) => value !== null);
  const dots = ends.map((value) => el("i", { class: `cm-dot${soft}`, style: `inset-inline-start:${at(axis, value)};${paint}` }));
  return claim.low === claim.high ? dots : [bar(claim, axis, slot.fill), ...dots];
}

function bar(claim, axis, colour) {
  const start = claim.low ?? 0;
  const open = claim.high === null;
  const length = at(axis, (open ? axis.end : claim.high) - start);
  const ending = open ? " cm-open-end" : claim.low === null ? " cm-open-start" : "";
  const style = `inset-inline-start:${at(axis, start)};width:${open ? `calc(${length} + 6px)` : length};color:${colour}`;
  return el("i", { class: `cm-bar${ending}`, style });
}
