// The strip of days: a histogram, two handles, date fields, play.

import { ICONS, button, el, icon, svg } from "./dom.js";
import { DAY, NONE, dayOf, isoDay } from "./words.js";

const HEIGHT = 46;
const STEP_MS = 260;
// Pixels that a day written below the bars takes.
const TICK = 104;
export const LOOSE_DAYS = 45;

// Days gathered into bars; an incident counts once for a bar.
export class Bins {
  constructor(events) {
    this.events = events;
    let low = Infinity;
    let high = -Infinity;
    for (let e = 0; e < events.rows; e += 1) {
      if (events.first[e] === NONE) continue;
      low = Math.min(low, events.first[e]);
      high = Math.max(high, events.last[e]);
    }
    this.empty = low > high;
    this.low = this.empty ? 0 : low;
    this.high = this.empty ? 0 : high;
    this.unit = unitFor(this.high - this.low + 1);
    this.starts = startsOf(this.low, this.high, this.unit);
    this.of = new Int32Array(this.high - this.low + 1);
    for (let day = 0, bin = 0; day < this.of.length; day += 1) {
      if (this.low + day >= this.starts[bin + 1]) bin += 1;
      this.of[day] = bin;
    }
    this.size = this.starts.length - 1;
    this.counts = new Int32Array(this.size);
    this.last = new Int32Array(this.size);
  }

  // What is dated to no day, or to a span too long to be put on one, is not in the bars.
  count(misses, bit) {
    const { first, span, incident, rows } = this.events;
    const { counts, last, of, low } = this;
    counts.fill(0);
    last.fill(-1);
    for (let e = 0; e < rows; e += 1) {
      if ((misses[e] !== 0 && misses[e] !== bit) || first[e] === NONE || span[e] > LOOSE_DAYS) continue;
      const bin = of[first[e] - low];
      if (last[bin] === incident[e]) continue;
      last[bin] = incident[e];
      counts[bin] += 1;
    }
  }
}

function unitFor(days) {
  return days <= 130 ? "day" : days <= 900 ? "week" : days <= 4400 ? "month" : "year";
}

function startsOf(low, high, unit) {
  const starts = [];
  let day = floorTo(low, unit);
  while (day <= high) {
    starts.push(day);
    day = nextOf(day, unit);
  }
  starts.push(day);
  return starts;
}

function floorTo(day, unit) {
  const date = new Date(day * DAY);
  if (unit === "week") return day - ((date.getUTCDay() + 6) % 7);
  if (unit === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
  if (unit === "year") return Date.UTC(date.getUTCFullYear(), 0, 1) / DAY;
  return day;
}

function nextOf(day, unit) {
  const date = new Date(day * DAY);
  if (unit === "week") return day + 7;
  if (unit === "month") return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
  if (unit === "year") return Date.UTC(date.getUTCFullYear() + 1, 0, 1) / DAY;
  return day + 1;
}

export class Timeline {
  constructor(app, bins) {
    Object.assign(this, { app, bins, timer: 0 });
    const { words } = app;
    this.chart = svg("svg", { class: "cm-time-chart", preserveAspectRatio: "none", viewBox: `0 0 ${bins.size} ${HEIGHT}`, "aria-hidden": "true" });
    this.bars = Array.from({ length: bins.size }, (_, k) => svg("rect", { x: k + 0.08, width: 0.84, y: HEIGHT, height: 0 }));
    this.chart.append(...this.bars);
    this.window = el("div", { class: "cm-time-window" });
    this.handles = ["from", "to"].map((end) => this.handle(end, words.say(end === "from" ? "filter.first_handle" : "filter.last_handle")));
    this.marks = el("div", { class: "cm-time-ticks", "aria-hidden": "true" });
    this.track = el("div", { class: "cm-time-track", dir: "ltr" }, this.chart, this.window, ...this.handles, this.marks);
    new ResizeObserver(() => this.ticks()).observe(this.track);
    this.fields = ["from", "to"].map((end) => this.field(end));
    this.player = button(words.say("filter.play"), { class: "cm-round", onclick: () => this.play() }, icon(ICONS.play));
    this.node = el(
      "section",
      { class: "cm-time", "aria-label": words.say("filter.dates") },
      el("div", { class: "cm-time-side" }, this.player, el("div", { class: "cm-time-fields" }, ...this.fields)),
      this.track,
    );
    this.node.hidden = bins.empty;
    this.drag();
  }

  field(end) {
    const { words } = this.app;
    const input = el("input", { type: "date", min: isoDay(this.bins.low), max: isoDay(this.bins.high), onchange: () => this.typed() });
    return el("label", {}, el("span", { class: "cm-visually-hidden" }, words.say(`filter.${end}`)), input);
  }

  typed() {
    const [from, to] = this.fields.map((label) => dayOf(label.querySelector("input").value));
    this.set(from ?? this.bins.low, to ?? this.bins.high);
  }

  handle(end, label) {
    return el("button", {
      type: "button",
      class: "cm-time-handle",
      role: "slider",
      "aria-label": label,
      "aria-valuemin": this.bins.low,
      "aria-valuemax": this.bins.high,
      "data-end": end,
      onkeydown: (event) => this.key(event, end),
    });
  }

  range() {
    const { state } = this.app;
    return [state.from ?? this.bins.low, state.to ?? this.bins.high];
  }

  set(from, to) {
    const { low, high } = this.bins;
    const a = Math.max(low, Math.min(from, to));
    const b = Math.min(high, Math.max(from, to));
    this.app.state.setDates(a <= low ? null : a, b >= high ? null : b);
  }

  key(event, end) {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -7, PageUp: 7 }[event.key];
    const edge = { Home: this.bins.low, End: this.bins.high }[event.key];
    if (step === undefined && edge === undefined) return;
    event.preventDefault();
    const [from, to] = this.range();
    if (end === "from") this.set(Math.min(edge ?? from + step, to), to);
    else this.set(from, Math.max(edge ?? to + step, from));
  }

  // Day under a place of the track; the end of a range takes the bar's last day.
  dayAt(clientX, end) {
    const box = this.track.getBoundingClientRect();
    const part = Math.min(Math.max((clientX - box.left) / box.width, 0), 1) * this.bins.size;
    const bin = Math.min(Math.floor(part), this.bins.size - 1);
    const day = this.bins.starts[bin] + Math.floor((part - bin) * (this.bins.starts[bin + 1] - this.bins.starts[bin]));
    return end === "to" ? Math.max(day, this.bins.low) : day;
  }

  drag() {
    this.track.addEventListener("pointerdown", (event) => {
      const start = this.dayAt(event.clientX);
      const [from, to] = this.range();
      const end = event.target.dataset?.end;
      const whole = !end && this.app.state.from === null && this.app.state.to === null;
      const move = (moving) => {
        const day = this.dayAt(moving.clientX, end);
        if (end === "from") this.set(Math.min(day, to), to);
        else if (end === "to") this.set(from, Math.max(day, from));
        else if (whole || start < from || start > to) this.set(Math.min(start, day), Math.max(start, day));
        else this.shift(from, to, day - start);
      };
      const stop = () => {
        this.track.removeEventListener("pointermove", move);
        this.track.removeEventListener("pointerup", stop);
        this.track.removeEventListener("pointercancel", stop);
      };
      this.track.setPointerCapture(event.pointerId);
      this.track.addEventListener("pointermove", move);
      this.track.addEventListener("pointerup", stop);
      this.track.addEventListener("pointercancel", stop);
    });
  }

  shift(from, to, by) {
    const { low, high } = this.bins;
    const step = Math.min(Math.max(by, low - from), high - to);
    this.set(from + step, to + step);
  }

  play() {
    if (this.timer) {
      this.stop();
      return;
    }
    const { starts, size } = this.bins;
    const full = this.app.state.from === null && this.app.state.to === null;
    const [from, to] = full ? [this.bins.low, starts[Math.max(1, Math.ceil(size / 12))] - 1] : this.range();
    const width = to - from;
    let bin = Math.max(0, starts.findIndex((start) => start > from) - 1);
    this.set(from, to);
    this.timer = setInterval(() => {
      bin += 1;
      if (bin >= size || starts[bin] + width > this.bins.high + width / 2) this.stop();
      else this.set(starts[bin], starts[bin] + width);
    }, STEP_MS);
    this.player.replaceChildren(icon(ICONS.pause));
    this.player.setAttribute("aria-label", this.app.words.say("filter.pause"));
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.player.replaceChildren(icon(ICONS.play));
    this.player.setAttribute("aria-label", this.app.words.say("filter.play"));
  }

  // Some of the bars' first days, written below them, as many as there is room for.
  ticks() {
    const { starts, size, unit } = this.bins;
    const years = new Date(this.bins.low * DAY).getUTCFullYear() !== new Date(this.bins.high * DAY).getUTCFullYear();
    const room = Math.max(1, Math.floor(this.track.clientWidth / TICK));
    const every = Math.max(1, Math.ceil(size / room));
    const year = years || unit === "month" || unit === "year" ? { year: "numeric" } : {};
    const options = { ...year, ...(unit === "year" ? {} : { month: "short" }), ...(unit === "day" || unit === "week" ? { day: "numeric" } : {}) };
    const marks = [];
    for (let k = 0; k < size; k += every) {
      if (k > 0 && ((size - k) / size) * this.track.clientWidth < TICK * 0.8) break;
      const label = this.app.words.day(starts[k], options);
      marks.push(el("span", { style: `left:${(100 * k) / size}%` }, el("bdi", { dir: this.app.words.texts.direction }, label)));
    }
    this.marks.replaceChildren(...marks);
  }

  place(day, end) {
    const { starts, of, low, high, size } = this.bins;
    const at = Math.min(Math.max(day, low), high);
    const bin = of[at - low];
    const part = (at - starts[bin] + (end === "to" ? 1 : 0)) / (starts[bin + 1] - starts[bin]);
    return (100 * (bin + part)) / size;
  }

  update() {
    const { counts, starts } = this.bins;
    const [from, to] = this.range();
    const most = Math.max(1, ...counts);
    this.bars.forEach((bar, k) => {
      const height = counts[k] === 0 ? 0 : Math.max(2, (HEIGHT * counts[k]) / most);
      bar.setAttribute("y", HEIGHT - height);
      bar.setAttribute("height", height);
      bar.classList.toggle("cm-out", starts[k + 1] <= from || starts[k] > to);
    });
    const left = this.place(from, "from");
    const right = this.place(to, "to");
    this.window.style.left = `${left}%`;
    this.window.style.width = `${right - left}%`;
    [from, to].forEach((day, k) => {
      this.handles[k].style.left = `${k ? right : left}%`;
      this.handles[k].setAttribute("aria-valuenow", day);
      this.handles[k].setAttribute("aria-valuetext", this.app.words.day(day));
      this.fields[k].querySelector("input").value = isoDay(day);
    });
  }
}
