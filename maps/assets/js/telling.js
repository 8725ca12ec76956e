// Words about incidents, accounts and reports, for lists, tooltips and the dossier.

import { glyphOf } from "./legend.js";
import { name } from "./list.js";
import { NONE } from "./words.js";

export const telling = {
  headline(i) {
    const { incidents, lines } = this.data;
    const title = lines.incidents.row(i)[1];
    if (title && this.words.lang === "en") return title;
    const parts = [this.words.term("sub_types", name(incidents.sub_type, i)), name(incidents.place, i)];
    return parts.filter(Boolean).join(" · ") || title || this.words.term("types", name(incidents.type, i));
  },

  // The headline for a list that tells the date beside it.
  brief(i) {
    const title = this.headline(i);
    const date = `, ${this.when(this.data.incidents, i)}`;
    return title.length > date.length && title.endsWith(date) ? title.slice(0, -date.length) : title;
  },

  when(table, k, month = "long") {
    return this.words.span(table.first[k], table.last[k], name(table.date_precision, k), month);
  },

  noPlace(table, k) {
    return Number.isNaN(table.x[k]) && table.place.of[k] < 0;
  },

  glyph(i) {
    return glyphOf(this, i);
  },

  language(e) {
    const row = this.data.events.report[e];
    return row === NONE ? null : name(this.data.reports.language, row);
  },

  report(e) {
    const { events, reports, lines } = this.data;
    const row = events.report[e];
    if (row === NONE) return {};
    const [title, address, notes] = lines.reports.row(row);
    const published = reports.published[row] === NONE ? null : this.words.span(reports.published[row], NONE, name(reports.precision, row));
    const copied = reports.copied[row];
    return { title, address, notes, published, copyOf: copied === NONE ? null : (name(reports.source, copied) ?? lines.reports.row(copied)[0]) };
  },

  sourceName(e) {
    return name(this.data.events.source, e) || this.words.say("list.unknown_source");
  },

  sourceTag(e) {
    const slot = this.colours.slots[this.colours.slotOf(this.data.events.source.of[e])];
    return this.shell.sourceTag(this.sourceName(e), slot);
  },
};
