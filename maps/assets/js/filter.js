// One pass over all accounts: which pass every filter, and for each facet how many would pass the others.

import { fold } from "./data.js";
import { PICKING } from "./state.js";
import { NONE } from "./words.js";

const BIT = { source: 1, type: 2, precision: 4, agreement: 8, claimants: 16, actors: 32, sides: 64, date: 128, text: 256 };

export class Filter {
  constructor(data, words) {
    this.data = data;
    this.words = words;
    const { events, incidents } = data;
    this.passed = new Uint8Array(events.rows);
    this.shown = new Uint8Array(incidents.rows);
    this.misses = new Uint16Array(events.rows);
    this.texts = null;
    this.query = "";
    this.total = 0;
    this.counts = {};
    this.last = {};
    for (const [facet, names] of Object.entries(this.names())) {
      this.counts[facet] = new Int32Array(names.length);
      this.last[facet] = new Int32Array(names.length);
    }
  }

  names() {
    const { events } = this.data;
    return {
      source: events.source.names,
      type: events.type.names,
      precision: ["exact", "area", "region", "none"],
      agreement: ["contested", "agreed", "single"],
      claimants: events.claimants.names,
      actors: events.actors.names,
      sides: events.sides.names,
    };
  }

  run(state, bins) {
    this.search(state.query);
    this.miss(state);
    this.count(bins);
  }

  // For each account the filters it fails, as bits.
  miss(state) {
    const { events, incidents } = this.data;
    const { misses, texts } = this;
    const source = flags(state.source, events.source.names.length, BIT.source);
    const type = flags(state.type, events.type.names.length, BIT.type);
    const precision = flags(state.precision, 4, BIT.precision);
    const agreement = flags(state.agreement, 3, BIT.agreement);
    const claimants = pickedSets(state.claimants, events.claimants, BIT.claimants);
    const actors = pickedSets(state.actors, events.actors, BIT.actors);
    const sides = pickedSets(state.sides, events.sides, BIT.sides);
    const dated = state.from !== null || state.to !== null;
    const from = state.from ?? -Infinity;
    const to = state.to ?? Infinity;
    for (let e = 0; e < events.rows; e += 1) {
      let missed = source[events.source.of[e]] | type[events.type.of[e]] | precision[events.precision[e]];
      missed |= agreement[incidents.agreement[events.incident[e]]];
      missed |= claimants[events.claimants.of[e]] | actors[events.actors.of[e]] | sides[events.sides.of[e]];
      if (dated && (events.first[e] === NONE || events.first[e] > to || events.last[e] < from)) missed |= BIT.date;
      if (texts && !texts[e]) missed |= BIT.text;
      misses[e] = missed;
    }
  }

  // Counts are of incidents: one told by three accounts of one source counts once for it. An account
  // that passes counts for every facet, one that fails a single filter for that one's facet alone.
  count(bins) {
    const { events, incidents } = this.data;
    this.pass();
    for (const facet of ["source", "type"]) this.countOne(facet, events[facet].of);
    this.countOne("precision", events.precision);
    this.countOne("agreement", incidents.agreement, events.incident);
    for (const facet of PICKING) this.countMany(facet, events[facet]);
    bins.count(this.misses, BIT.date);
  }

  pass() {
    const { events } = this.data;
    const { misses, passed, shown } = this;
    shown.fill(0);
    this.total = 0;
    for (let e = 0; e < events.rows; e += 1) {
      passed[e] = misses[e] === 0 ? 1 : 0;
      if (passed[e] === 0 || shown[events.incident[e]]) continue;
      shown[events.incident[e]] = 1;
      this.total += 1;
    }
  }

  // Values by account, or by incident where `of` is given each account's.
  countOne(facet, values, of = null) {
    const { rows, incident } = this.data.events;
    const { misses } = this;
    const counts = this.counts[facet].fill(0);
    const last = this.last[facet].fill(-1);
    const bit = BIT[facet];
    for (let e = 0; e < rows; e += 1) {
      if (misses[e] !== 0 && misses[e] !== bit) continue;
      const value = values[of ? of[e] : e];
      if (value < 0 || last[value] === incident[e]) continue;
      last[value] = incident[e];
      counts[value] += 1;
    }
  }

  countMany(facet, { sets, of }) {
    const { rows, incident } = this.data.events;
    const { misses } = this;
    const counts = this.counts[facet].fill(0);
    const last = this.last[facet].fill(-1);
    const bit = BIT[facet];
    for (let e = 0; e < rows; e += 1) {
      if ((misses[e] !== 0 && misses[e] !== bit) || of[e] < 0) continue;
      const members = sets[of[e]];
      for (let k = 0; k < members.length; k += 1) {
        if (last[members[k]] === incident[e]) continue;
        last[members[k]] = incident[e];
        counts[members[k]] += 1;
      }
    }
  }

  // Marks the accounts in which every word of the query occurs, in quote, title, names or places.
  search(query) {
    if (query === this.query) return;
    this.query = query;
    const words = fold(query).split(/\s+/).filter(Boolean);
    this.texts = words.length ? this.find(words[0]) : null;
    for (const word of words.slice(1)) {
      const found = this.find(word);
      for (let e = 0; e < found.length; e += 1) this.texts[e] &= found[e];
    }
  }

  find(needle) {
    const { events, incidents, reports, lines } = this.data;
    const found = new Uint8Array(events.rows);
    lines.events.search(needle, (e) => {
      found[e] = 1;
    });
    lines.incidents.search(needle, (i) => found.fill(1, incidents.starts[i], incidents.starts[i + 1]));
    const titled = new Uint8Array(reports.rows);
    lines.reports.search(needle, (r) => {
      titled[r] = 1;
    });
    const named = ["source", "place", "admin1"].map((name) => [events[name].of, matching(events[name].names, needle)]);
    named.push([events.type.of, matching(events.type.names.map((name) => this.words.term("types", name)), needle)]);
    named.push([events.country.of, matching(events.country.names.map((code) => this.words.country(code)), needle)]);
    const people = matching(events.claimants.names, needle);
    const sets = Uint8Array.from(events.claimants.sets, (members) => (members.some((k) => people[k]) ? 1 : 0));
    named.push([events.claimants.of, sets]);
    for (let e = 0; e < events.rows; e += 1) {
      if (found[e]) continue;
      if (titled[events.report[e]]) found[e] = 1;
      else if (named.some(([of, match]) => match[of[e]])) found[e] = 1;
    }
    return found;
  }
}

function flags(hidden, size, bit) {
  const found = new Uint16Array(size + 1);
  for (const value of hidden) found[value] = bit;
  return found;
}

function pickedSets(picked, table, bit) {
  const found = new Uint16Array(table.sets.length + 1);
  if (picked.size === 0) return found;
  table.sets.forEach((members, k) => {
    if (!members.some((value) => picked.has(value))) found[k] = bit;
  });
  return found;
}

function matching(names, needle) {
  return Uint8Array.from(names, (name) => (fold(name ?? "").includes(needle) ? 1 : 0));
}
