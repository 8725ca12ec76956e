// Small functions that build the page; text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function icon(path, size = 16) {
  return svg(
    "svg",
    { viewBox: "0 0 16 16", width: size, height: size, "aria-hidden": "true", class: "cm-icon" },
    svg("path", { d: path }),
  );
}

export const ICONS = {
  close: "M3.5 3.5l9 9m0-9l-9 9",
  play: "M5 3.2v9.6l7.5-4.8z",
  pause: "M5.5 3.5v9m5-9v9",
  left: "M10 3L5 8l5 5",
  right: "M6 3l5 5-5 5",
  sun: "M8 1.2v1.6M8 13.2v1.6M1.2 8h1.6M13.2 8h1.6M3.2 3.2l1.1 1.1M11.7 11.7l1.1 1.1M12.8 3.2l-1.1 1.1M4.3 11.7l-1.1 1.1M8 5.2a2.8 2.8 0 100 5.6 2.8 2.8 0 000-5.6z",
  link: "M6.8 9.2l2.4-2.4M7.2 4.6l1.4-1.4a2.8 2.8 0 014 4l-1.4 1.4M8.8 11.4l-1.4 1.4a2.8 2.8 0 01-4-4l1.4-1.4",
  print: "M4.5 6V2.5h7V6M4.5 11.5h-2V6.5h11v5h-2M4.5 9.5h7v4h-7z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  fit: "M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  outward: "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5",
  search: "M7 2.5a4.5 4.5 0 100 9 4.5 4.5 0 000-9zM10.4 10.4l3.4 3.4",
};

export function button(label, attributes, ...children) {
  const given = children.length ? children : [label];
  return el("button", { type: "button", "aria-label": children.length ? label : null, title: children.length ? label : null, ...attributes }, ...given);
}

// Text somebody else wrote: its own direction, whatever that of the page.
export function said(tag, text, attributes = {}) {
  return el(tag, { dir: "auto", ...attributes }, text ?? "");
}

export function once(callback) {
  let waiting = 0;
  return () => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      callback();
    });
  };
}

export function json(name) {
  return JSON.parse(document.getElementById(`conflictmap-${name}`).textContent);
}

export function outwardLink(address, label, children, attributes = {}) {
  if (!/^https?:\/\//i.test(address ?? "")) return null;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", "aria-label": label, ...attributes }, ...children);
}
