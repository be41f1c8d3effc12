// On paper: one A4 page, landscape, with the view of the map, the legend, the routes with their quotes as far as they
// fit, and the credits. The page is laid out before it is printed, since a map has to know its size.

const MOST_ROWS = 80;
const paper = { sheet: null, stills: [], view: null, asked: false };

function paperRow(route) {
  const facts = [
    ...new Set(route.modes.map((mode) => STYLE.modes[mode].label)),
    STYLE.factualities[route.factuality].label,
    route.cargo,
    route.attribution,
    tDate(route.date),
    lengthOfRoute(route),
    route.legs.length ? "" : t("not placed"),
  ];
  return html(
    "tr",
    {},
    html("td", {}, html("strong", {}, stopNames(route.stops)), html("span", { dir: "auto" }, facts.filter(Boolean).join(" · "))),
    html("td", {}, html("q", { dir: "auto" }, route.quotes[0] ?? "")),
  );
}

function lengthOfRoute(route) {
  const lengths = route.legs.map((leg) => leg.lengthKm);
  return lengths.length && lengths.every(Boolean) ? tKm(lengths.reduce((a, b) => a + b)) : "";
}

function paperSheet(routes) {
  const groups = [...document.querySelectorAll("#legend .group")].map((group) => group.cloneNode(true));
  return html(
    "div",
    { id: "sheet" },
    html("header", {}, html("h1", { dir: "auto" }, document.title)),
    html("div", { class: "key" }, groups),
    html(
      "div",
      { class: "told" },
      html(
        "table",
        {},
        html("thead", {}, html("tr", {}, [t("Route"), t("Quote")].map((words) => html("th", { scope: "col" }, words)))),
        html("tbody", {}, routes.slice(0, MOST_ROWS).map(paperRow)),
      ),
      html("p", { class: "rest" }),
    ),
    html(
      "footer",
      { dir: "auto" },
      [...citedSources(), findings.credits.map(oneLine).join(" · "), madeWith()].filter(Boolean).map((words) => html("p", { dir: "auto" }, words)),
    ),
  );
}

// Quotes get shorter, then go, and only then do rows.
function fitRows(sheet, count) {
  const told = sheet.querySelector(".told"),
    rest = sheet.querySelector(".rest"),
    rows = [...sheet.querySelectorAll("tbody tr")];
  const tell = (n) => (rest.textContent = n ? tn("and {n} more route", "and {n} more routes", n) : "");
  tell(count - rows.length);
  const full = () => told.scrollHeight > told.clientHeight + 1;
  for (const less of ["short", "bare"]) if (full()) told.classList.add(less);
  while (full() && rows.length) {
    rows.pop().remove();
    tell(count - rows.length);
  }
}

function ontoPaper() {
  // Whoever prints the page around a frame wants the frame as it is.
  if (paper.sheet || (window !== window.top && !paper.asked)) return;
  const routes = findings.routes.filter((route) => state.shownRoute(route.key));
  paper.view = { centre: map.getCenter(), zoom: map.getZoom(), scroll: window.scrollY };
  const bounds = map.getBounds();
  paper.sheet = paperSheet(routes);
  document.body.append(paper.sheet);
  document.documentElement.classList.add("on-paper");
  fitRows(paper.sheet, routes.length);
  map.invalidateSize({ animate: false, pan: false });
  map.fitBounds(bounds, { animate: false });
  sharper(3);
  paper.stills = [...map.getContainer().querySelectorAll("canvas")].map(stillOf);
}

// Chromium prints the strokes of a canvas drawn just now, in the wrong place; so its pixels stand in for it.
function stillOf(canvas) {
  const { width, height } = canvas,
    copy = new OffscreenCanvas(width, height),
    still = html("canvas", { width, height });
  copy.getContext("2d").drawImage(canvas, 0, 0);
  still.getContext("bitmaprenderer").transferFromImageBitmap(copy.transferToImageBitmap());
  still.style.cssText = canvas.style.cssText;
  canvas.after(still);
  canvas.hidden = true;
  return { canvas, still };
}

function offPaper() {
  if (!paper.sheet) return;
  paper.sheet.remove();
  for (const { canvas, still } of paper.stills) {
    still.remove();
    canvas.hidden = false;
  }
  paper.sheet = null;
  document.documentElement.classList.remove("on-paper");
  sharpness = 1;
  map.invalidateSize({ animate: false, pan: false });
  map.setView(paper.view.centre, paper.view.zoom, { animate: false });
  sharper(1);
  window.scrollTo(0, paper.view.scroll);
}

// Whether the browser let the page print.
function printPage() {
  let allowed = false;
  const note = () => (allowed = true);
  window.addEventListener("beforeprint", note, { once: true });
  paper.asked = true;
  window.print();
  paper.asked = false;
  window.removeEventListener("beforeprint", note);
  return allowed;
}

window.addEventListener("beforeprint", ontoPaper);
window.addEventListener("afterprint", offPaper);
