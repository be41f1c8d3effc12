// Taking it away: the findings as GeoJSON and as a table, a picture, a printed page, a citation. All of it is made in
// the page from what the page holds; a file leaves through a link to a Blob, which the policy need not allow since
// nothing is fetched.

// A frame of unknown origin may be forbidden to save files, and no script can ask; so what it holds is also shown.
const IN_A_BOX = window !== window.top && window.origin === "null";
const LONGEST_SHOWN = 2_000_000;

const isWay = ({ properties, geometry }) =>
  linesOf(geometry).length > 0 || (!geometry && ["claim", "leg"].includes(properties?.feature));

// The features of the file, or those that are shown now, as they were written.
function featuresToTake(onlyShown) {
  const features = list(COLLECTION.features).filter((feature) => feature && typeof feature === "object");
  if (!onlyShown) return features;
  const shown = new Set([...state.legs, ...view.shownPlaces().map(({ place }) => place)].map((one) => one.index));
  return list(COLLECTION.features).filter(
    (feature, index) =>
      shown.has(index) ||
      (isWay(feature ?? {}) && !feature.geometry && state.shownRoute(claimOf(feature.properties, index).route)),
  );
}

// A box as in geodata's GeoJSON: west is greater than east where it runs over the antimeridian (RFC 7946, 5.2).
const WIDE_GAP = 60;
const cornersOf = (part) =>
  Number.isFinite(part?.[0]) ? [part] : Array.isArray(part) ? part.flatMap(cornersOf) : [];

function boundingBox(features) {
  const corners = features.flatMap(({ geometry }) =>
    [geometry, ...list(geometry?.geometries)].flatMap((one) => cornersOf(one?.coordinates)),
  );
  if (!corners.length) return null;
  const [longitudes, latitudes] = [0, 1].map((axis) => corners.map((at) => at[axis]).sort((a, b) => a - b));
  const box = [longitudes[0], latitudes[0], longitudes.at(-1), latitudes.at(-1)];
  if (box[0] > -180 || box[2] < 180) return box;
  const gaps = longitudes.slice(1).map((east, i) => [east - longitudes[i], longitudes[i], east]);
  const [width, west, east] = gaps.reduce((a, b) => (b[0] > a[0] ? b : a), [0, 0, 0]);
  return width > WIDE_GAP ? [east, box[1], west, box[3]] : box;
}

// One feature a line, as `routes find` writes it; half a character (a lone surrogate) goes out as an escape.
function asGeoJson(onlyShown) {
  const features = featuresToTake(onlyShown),
    { features: _, ...head } = COLLECTION;
  const box = onlyShown && boundingBox(features);
  if (box) head.bbox = box;
  else if (onlyShown) delete head.bbox;
  const lines = features.map((feature) => JSON.stringify(feature)).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)}, "features": [\n${lines}\n]}\n`;
}

// A spreadsheet runs a cell that begins like a formula, also where it takes ";" or a line for the end of a cell.
const FORMULA = /^[\s"'\0]*[=+@\uff0b\uff0d\uff1d\uff20-]/;
const FORMULA_WITHIN = /[;\t\r\n](?=[\s"'\0]*[=+@\uff0b\uff0d\uff1d\uff20-])/g;

function csvCell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const words = typeof value === "string" ? value : JSON.stringify(value);
  const guarded = (FORMULA.test(words) ? "'" : "") + words.replace(FORMULA_WITHIN, "$&'");
  return `"${guarded.replaceAll("\0", "").replaceAll('"', '""')}"`;
}

function wellKnownText(geometry) {
  const parts = linesOf(geometry).map((line) => `(${line.map(([x, y]) => `${x} ${y}`).join(", ")})`);
  if (!parts.length) return null;
  return parts.length > 1 ? `MULTILINESTRING (${parts.join(", ")})` : `LINESTRING ${parts[0]}`;
}

// One leg a row, and one row for each claim that could not be placed. Columns as in the file, without its colours.
const NOT_IN_A_TABLE = ["title", "stroke", "stroke-width", "stroke-opacity"];

function asCsv(onlyShown) {
  const legs = featuresToTake(onlyShown).filter(isWay);
  const columns = new Set(legs.flatMap(({ properties }) => Object.keys(properties ?? {})));
  NOT_IN_A_TABLE.forEach((column) => columns.delete(column));
  const told = (properties, column) =>
    properties && Object.hasOwn(properties, column) ? properties[column] : null;
  const lines = legs.map(({ properties, geometry }) =>
    [...[...columns].map((column) => told(properties, column)), wellKnownText(geometry)].map(csvCell).join(","),
  );
  // The mark at the start tells spreadsheets that it is UTF-8.
  return `\ufeff${[[...columns, "geometry"].map(csvCell).join(","), ...lines].join("\r\n")}\r\n`;
}

const oneLine = (words) => words.replace(/[\s\0]+/g, " ").trim();

function citedSources() {
  const cited = findings.reports.slice(0, 5).map((report) => {
    const told = ["publisher", "title", "published", "url"].map((key) => oneLine(text(report[key])));
    const hash = report.sha256 ? ` (SHA-256 ${oneLine(text(report.sha256))})` : "";
    return told.filter(Boolean).join(", ") + hash;
  });
  const more = findings.reports.length - cited.length;
  return [...cited, more > 0 && tn("{n} more report", "{n} more reports", more)].filter(Boolean);
}

const madeWith = () => oneLine(text(COLLECTION.generator)) || "supply-routes";

function citation() {
  const made = t("Map of reported routes, made with {generator}.", { generator: madeWith() });
  return [
    `${oneLine(document.title)}. ${made}`,
    ...citedSources().map((source) => t("Source: {source}.", { source })),
    findings.credits.length && t("Data: {credits}.", { credits: findings.credits.map(oneLine).join("; ") }),
  ]
    .filter(Boolean)
    .join("\n");
}

// Begins with a word of ours, so that it is neither hidden nor a name that a system keeps for itself.
const fileName = (suffix) => {
  const words = [...document.title.replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")].slice(0, 60).join("");
  return `${["routes", words.replace(/^-|-$/g, "")].filter(Boolean).join("-")}.${suffix}`;
};

const TAKE_ICON = "M10 2.5v9.5M6 8.5l4 4 4-4M3.5 13v3.5h13V13";

const TakeAway = L.Control.extend({
  onAdd() {
    this._say = html("p", { role: "status" });
    this._onlyShown = html("input", { type: "checkbox" });
    this._box = html(
      "details",
      { id: "away", onkeydown: (event) => this._keyed(event), onfocusout: (event) => this._left(event) },
      html(
        "summary",
        { "aria-label": t("Save or share"), title: t("Save or share") },
        svg(
          "svg",
          { width: 20, height: 20, viewBox: "0 0 20 20", "aria-hidden": "true" },
          svg("path", { d: TAKE_ICON, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }),
        ),
      ),
      html(
        "div",
        {},
        this._button(t("Download GeoJSON"), () => this._text("geojson", asGeoJson, "application/geo+json")),
        this._button(t("Download table (CSV)"), () => this._text("csv", asCsv, "text/csv")),
        html("label", {}, this._onlyShown, " ", t("only what is shown")),
        html("hr"),
        this._button(t("Download picture (PNG)"), () => this._picture()),
        this._button(t("Print on one page"), () => this._print()),
        this._button(t("Copy citation"), () => this._cite()),
        this._say,
      ),
    );
    L.DomEvent.disableClickPropagation(this._box);
    L.DomEvent.disableScrollPropagation(this._box);
    map.on("click", () => this._close());
    return this._box;
  },

  _button: (words, act) => html("button", { type: "button", onclick: act }, words),

  _keyed(event) {
    event.stopPropagation();
    if (event.key !== "Escape" || !this._box.open) return;
    this._close();
    this._box.firstChild.focus();
  },

  _left({ relatedTarget }) {
    if (relatedTarget && !this._box.contains(relatedTarget)) this._close();
  },

  _close() {
    this._box.open = false;
  },

  _tell(words) {
    this._say.textContent = words;
  },

  _text(suffix, make, type) {
    const words = make(this._onlyShown.checked);
    this._save(suffix, new Blob([words], { type: `${type};charset=utf-8` }));
    if (IN_A_BOX) this._offer(words.length < LONGEST_SHOWN && shownText(words));
  },

  async _picture() {
    this._tell(t("Drawing …"));
    try {
      const blob = await pictureOfView();
      this._save("png", blob);
      if (IN_A_BOX) this._offer(html("img", { src: await dataUrl(blob), alt: t("Picture of the map") }));
    } catch {
      this._tell(t("This browser could not draw the picture."));
    }
  },

  _save(suffix, blob) {
    const href = URL.createObjectURL(blob),
      download = fileName(suffix);
    const leaving = html("a", { href, download, hidden: "" });
    this._box.append(leaving);
    leaving.click();
    leaving.remove();
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
    this._tell(t("Saved: {file}", { file: download }));
  },

  _print() {
    this._close();
    if (!printPage()) this._offer(null, t("Printing is not allowed in this frame. Open the page by itself to print it."));
  },

  async _cite() {
    const words = citation();
    try {
      await navigator.clipboard.writeText(words);
      this._tell(t("The citation is copied."));
    } catch {
      this._offer(shownText(words), t("Copy the citation from here:"));
    }
  },

  _offer(shown, words = t("If nothing was saved, this frame does not allow it. Take it from here, or open the page by itself.")) {
    this._tell("");
    const close = html("button", { type: "button", onclick: () => dialog.close() }, t("Close"));
    const dialog = html(
      "dialog",
      { class: "away", "aria-label": words, onclose: () => dialog.remove(), onkeydown: (event) => event.stopPropagation() },
      html("p", {}, words),
      shown || null,
      close,
    );
    document.body.append(dialog);
    // The dialog gives the focus back to where it was.
    this._box.firstChild.focus();
    this._close();
    dialog.showModal();
    if (shown?.select) shown.select();
    else close.focus();
  },
});

function shownText(words) {
  const area = html("textarea", { readonly: "", rows: 8, dir: "auto", "aria-label": t("Text to copy"), spellcheck: "false" });
  area.value = words;
  return area;
}

const dataUrl = (blob) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.readAsDataURL(blob);
  });
