// The legend of exactly what is shown, and the switches for what is not.

const LAYERS = {
  denied: t("Denied routes"),
  mentioned: t("Places only named"),
  mentionedAreas: t("Areas only named"),
};

function legendRows(title, entries) {
  if (!entries.length) return null;
  return html(
    "div",
    { class: "group" },
    html("h3", {}, title),
    html(
      "ul",
      {},
      entries.map(([symbol, label]) => html("li", {}, symbol, html("span", {}, label))),
    ),
  );
}

const symbol = (...children) =>
  svg(
    "svg",
    { class: "sample", width: 44, height: 16, viewBox: "0 0 44 16", "aria-hidden": "true" },
    ...children,
  );

const inOrder = (table, used) => Object.keys(table).filter((key) => used.has(key));

const travelledOf = (legs) => legs.filter((leg) => !leg.declared);

function modeEntries(legs) {
  return inOrder(STYLE.modes, new Set(travelledOf(legs).map((leg) => leg.mode))).map((mode) => [
    symbol(svg("path", { d: "M1 8H43", stroke: STYLE.modes[mode].color, "stroke-width": 4 })),
    STYLE.modes[mode].label,
  ]);
}

function factualityEntries(legs) {
  return inOrder(STYLE.factualities, new Set(legs.map((leg) => leg.factuality))).map((factuality) => {
    const line = sample("pipeline", factuality);
    return [line, STYLE.factualities[factuality].label];
  });
}

function wayEntries(legs) {
  const ink = { fill: "none", stroke: STYLE.ink, "stroke-width": 3 };
  const entries = [];
  const onPaper = legs.some((leg) => leg.declared);
  legs = travelledOf(legs);
  if (legs.some((leg) => leg.basis === "network"))
    entries.push([symbol(svg("path", { ...ink, d: "M1 12L12 6L20 9L31 4L43 7" })), t("traced on the network")]);
  if (legs.some((leg) => leg.basis === "geodesic"))
    entries.push([symbol(svg("path", { ...ink, d: "M1 11Q22 3 43 11" })), t("great circle")]);
  if (legs.some((leg) => leg.basis === "schematic"))
    entries.push([symbol(svg("path", { ...ink, d: "M1 13Q22 -1 43 13" })), t("schematic, shows no way")]);
  if (legs.some((leg) => leg.kind === "corridor"))
    entries.push([
      symbol(
        svg("path", { ...ink, d: "M1 8H43", "stroke-width": 13, opacity: 0.25 }),
        svg("path", { ...ink, d: "M1 8H43" }),
      ),
      t("corridor, no shipment told"),
    ]);
  if (legs.some((leg) => leg.direction === "stated"))
    entries.push([
      symbol(
        svg("path", { ...ink, d: "M1 8H43" }),
        svg("path", { d: "M28 8L16 2L18.5 8L16 14Z", fill: STYLE.ink }),
      ),
      t("direction stated"),
    ]);
  if (legs.some((leg) => leg.direction !== "stated"))
    entries.push([symbol(svg("path", { ...ink, d: "M1 8H43" })), t("direction not stated")]);
  if (onPaper) entries.push([symbol(...hollow({ d: "M4 8H43", fill: "none" })), t("declared, not travelled")]);
  if (legs.some((leg) => leg.originArea || leg.destinationArea))
    entries.push([fading(), t("fades: end is an area")]);
  return entries;
}

const fading = () =>
  symbol(
    ...[1, 0.7, 0.45, 0.25, 0.1].map((opacity, i) =>
      svg("path", { d: `M${1 + i * 9} 8h8.5`, stroke: STYLE.ink, "stroke-width": 3, opacity }),
    ),
  );

function placeEntries(places) {
  const has = (status, area) =>
    places.some((one) => one.status === status && one.place.polygons.length > 0 === area);
  const box = { x: 6, y: 1, width: 32, height: 14, rx: 4 };
  const hatch = Array.from({ length: 5 }, (_, i) =>
    svg("path", { d: `M${9 + i * 6} 14l6 -12`, stroke: STYLE.area, "stroke-width": 1.5, opacity: 0.5 }),
  );
  const dot = (status, kind, more = "") =>
    symbol(svg("g", { class: `point ${status} ${more}` }, pointSymbol(kind, status, { x: 22, y: 8 })));
  const stops = places.filter(({ place, status }) => status === "stop" && !place.polygons.length);
  const kinds = Object.keys(SHAPES).filter((kind) => stops.some(({ place }) => place.kind === kind));
  const plain = stops.some(({ place }) => !Object.hasOwn(SHAPES, place.kind));
  const inferred = places.some(({ place, status }) => status === "stop" && place.inferred);
  const feigned = svg("rect", { ...box, class: "feigned", fill: "none", stroke: STYLE.declared });
  return [
    plain && [dot("stop"), t("stop")],
    ...kinds.map((kind) => [dot("stop", kind), kindName(kind)]),
    inferred && [dot("stop", "", "inferred"), t("inferred, not told as a stop")],
    has("stop", true) && [
      symbol(svg("rect", { ...box, fill: STYLE.area, opacity: 0.25 }), ...hatch),
      t("area, somewhere in it"),
    ],
    has("declared", false) && [dot("declared"), t("declared destination")],
    has("declared", true) && [symbol(feigned), t("declared destination")],
    has("mentioned", false) && [dot("mentioned"), t("named, no stop")],
    has("mentioned", true) && [
      symbol(svg("rect", { ...box, fill: STYLE.area, opacity: 0.15 })),
      t("area named, no stop"),
    ],
  ].filter(Boolean);
}

const isOn = (layer) =>
  layer === "denied" ? !state.filters.hidden.factuality.includes("denied") : state.filters.layers[layer];

function turn(layer, on) {
  if (layer === "denied") state.hide("factuality", "denied", !on);
  else state.filter({ layers: { ...state.filters.layers, [layer]: on } });
}

// Made once, so that a switch that was turned by keyboard keeps the focus.
function switches(findings) {
  const has = {
    denied: findings.legs.some((leg) => leg.factuality === "denied"),
    mentioned: findings.places.some((place) => !place.polygons.length && !place.roles.length),
    mentionedAreas: findings.places.some((place) => place.polygons.length && !place.roles.length),
  };
  const offered = Object.keys(LAYERS).filter((layer) => has[layer]);
  if (!offered.length) return null;
  return html(
    "fieldset",
    {},
    html("legend", {}, t("Show")),
    offered.map((layer) =>
      html(
        "label",
        {},
        html("input", {
          type: "checkbox",
          "data-layer": layer,
          onchange: (event) => turn(layer, event.target.checked),
        }),
        ` ${LAYERS[layer]}`,
      ),
    ),
  );
}

// Points that are no stop are left out of a crowd.
const isInCrowd = ({ place, status }) => place.polygons.length > 0 || status !== "mentioned";

const Legend = L.Control.extend({
  onAdd() {
    this._groups = html("div", {});
    this._switches = switches(this.options.findings);
    this._box = html("details", { id: "legend", open: "" }, html("summary", {}, t("Legend")), this._groups);
    if (this._switches) this._box.append(this._switches);
    this._box.append(howToRead());
    L.DomEvent.disableClickPropagation(this._box);
    L.DomEvent.disableScrollPropagation(this._box);
    return this._box;
  },

  show(view) {
    const legs = view.shownLegs(),
      places = view.shownPlaces(),
      crowded = view.isCrowded();
    const groups = [
      legendRows(t("Mode"), modeEntries(legs)),
      legendRows(t("Certainty"), factualityEntries(legs)),
      crowded
        ? html("p", {}, t("So many lines are drawn in colour and dash only; zoom in for arrows, areas and words."))
        : legendRows(t("Line"), wayEntries(legs)),
      legendRows(t("Place"), placeEntries(crowded ? places.filter(isInCrowd) : places)),
    ].filter(Boolean);
    this._crowded = crowded;
    this._groups.replaceChildren(...(groups.length ? groups : [html("p", {}, t("Nothing is shown."))]));
    for (const box of this._switches?.querySelectorAll("input") ?? []) box.checked = isOn(box.dataset.layer);
  },

  // After the map was moved.
  update(view) {
    if (view.isCrowded() !== this._crowded) this.show(view);
  },
});

// Leaflet writes attributions as markup; here they are text.
const Credits = L.Control.Attribution.extend({
  initialize(options) {
    L.Control.Attribution.prototype.initialize.call(this, options);
    // Leaflet counts them in an object that has "constructor" from the start.
    this._attributions = Object.create(null);
  },

  _update() {
    const words = Object.keys(this._attributions).filter((words) => this._attributions[words]);
    this._container.textContent = words.join(" · ");
  },
});
