// On paper: the map as it stands, its key, and the list of what is shown.

import { el, said } from "./dom.js";
import { name, placeText, tollText } from "./list.js";

const MOST = 400;
// Width of the picture for each pixel of its height, where there is as much.
const LANDSCAPE = 1.3;

export function printable(app) {
  const node = el("section", { class: "cm-paper", "aria-hidden": "true" });
  document.body.append(node);
  const root = document.documentElement;
  let theme = null;
  window.addEventListener("beforeprint", () => {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    app.repaint();
    node.replaceChildren(...content(app));
  });
  window.addEventListener("afterprint", () => {
    root.dataset.theme = theme;
    app.repaint();
  });
}

function content(app) {
  const { words, list } = app;
  const heads = ["dossier.when", "dossier.label", "dossier.where", "list.figures", "filter.sources"].map((path) => el("th", { scope: "col" }, words.say(path)));
  const rows = list.order.slice(0, MOST).map((i) => row(app, i));
  const rest = list.order.length - rows.length;
  return [
    said("h1", app.settings.title),
    el("p", {}, app.shell.count.textContent),
    picture(app),
    key(app),
    el("table", {}, el("thead", {}, el("tr", {}, ...heads)), el("tbody", {}, ...rows)),
    rest > 0 ? el("p", {}, words.say("list.not_printed", { n: rest })) : "",
  ];
}

// The two canvases of the map as one picture: what the screen shows, on a narrow screen with more at the sides.
function picture(app) {
  const size = app.map.getSize();
  const { ratio, origin, width } = app.marks.frame;
  const wide = Math.min(Math.max(size.x, Math.round(size.y * LANDSCAPE)), width);
  const canvas = el("canvas", { width: wide * ratio, height: size.y * ratio });
  const context = canvas.getContext("2d");
  const corner = app.map.containerPointToLayerPoint([(size.x - wide) / 2, 0]).subtract(origin).multiplyBy(-ratio);
  for (const sheet of [app.base.sheet, app.marks.sheet]) if (sheet.canvas) context.drawImage(sheet.canvas, corner.x, corner.y);
  return el("img", { src: canvas.toDataURL("image/png"), alt: app.words.say("page.map") });
}

function key(app) {
  const items = [...app.legend.node.querySelectorAll("li")].map((item) => {
    const sign = item.querySelector("canvas");
    return el("li", {}, el("img", { src: sign.toDataURL("image/png"), alt: "", width: 14, height: 14 }), said("span", item.textContent));
  });
  return el("ul", { class: "cm-paper-key" }, ...items);
}

function row(app, i) {
  const { incidents, events } = app.data;
  const sources = new Set();
  for (let e = incidents.starts[i]; e < incidents.starts[i + 1]; e += 1) if (app.filter.passed[e]) sources.add(name(events.source, e));
  return el(
    "tr",
    {},
    el("td", {}, app.when(incidents, i, "short")),
    said("td", app.headline(i)),
    said("td", placeText(app, i)),
    el("td", {}, tollText(app, i)),
    said("td", [...sources].filter(Boolean).join("; ")),
  );
}
