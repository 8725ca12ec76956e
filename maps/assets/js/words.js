// The page's own words, numbers and dates in the reader's language.

export class Words {
  constructor(texts) {
    this.texts = texts;
    this.lang = texts.lang;
    this.locale = texts.locale;
    this.rules = new Intl.PluralRules(texts.locale);
    this.numbers = new Intl.NumberFormat(texts.locale);
    this.formats = new Map();
    this.regions = new Intl.DisplayNames([texts.locale], { type: "region", fallback: "code" });
    this.tongues = new Intl.DisplayNames([texts.locale], { type: "language", fallback: "code" });
  }

  // A text by "section.key", its {names} filled in; a counted one by the number `n`.
  say(path, values = {}) {
    const [section, key] = path.split(/\.(.*)/s);
    let text = own(own(this.texts, section), key) ?? key;
    if (typeof text === "object") text = text[this.rules.select(values.n)] ?? text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      if (!(name in values)) return whole;
      return typeof values[name] === "number" ? this.number(values[name]) : values[name];
    });
  }

  // A term of a closed list; a stranger to it is shown as it is.
  term(section, value) {
    return own(this.texts[section], value) ?? value;
  }

  number(value) {
    return this.numbers.format(value);
  }

  country(code) {
    if (!/^[A-Za-z]{2}$/.test(code ?? "")) return code ?? "";
    return this.regions.of(code.toUpperCase()) ?? code;
  }

  language(code) {
    try {
      return this.tongues.of(code) ?? code;
    } catch {
      return code;
    }
  }

  format(options) {
    const key = JSON.stringify(options);
    if (!this.formats.has(key)) {
      this.formats.set(key, new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", calendar: "gregory", ...options }));
    }
    return this.formats.get(key);
  }

  day(day, options = { day: "numeric", month: "long", year: "numeric" }) {
    return this.format(options).format(new Date(day * DAY));
  }

  // An interval of whole days, written no more exactly than it is known.
  span(first, last, precision, month = "long") {
    if (first === NONE) return this.say("date.unknown");
    if (precision === "year") return this.day(first, { year: "numeric" });
    if (precision === "month") return this.day(first, { month, year: "numeric" });
    const format = this.format({ day: "numeric", month, year: "numeric" });
    const end = last === NONE ? first : last;
    const text = end === first ? format.format(first * DAY) : close(format.formatRange(first * DAY, end * DAY));
    return precision === "week" ? this.say("date.week", { date: text }) : text;
  }

  join(list) {
    return new Intl.ListFormat(this.locale, { type: "conjunction" }).format(list);
  }
}

// "7 – 8 February" as "7–8 February": between two numbers a dash needs no room.
function close(range) {
  return range.replace(/(\d)\s*–\s*(?=\d)/, "$1–");
}

export const DAY = 86400000;
export const NONE = -2147483648;

// What a dictionary itself holds: a foreign word such as "constructor" must not find what every object inherits.
export function own(table, key) {
  return table && Object.hasOwn(table, key) ? table[key] : undefined;
}

export function isoDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export function dayOf(iso) {
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}
