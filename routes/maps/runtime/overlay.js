// The layer that draws findings: one SVG, made anew for each view, moved along by Leaflet between two views.

const Overlay = L.Renderer.extend({
  options: { pane: "findings", padding: 0.3 },

  initialize(view, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._view = view;
  },

  _initContainer() {
    this._container = svg("svg", { class: "findings", "aria-hidden": "true" });
    this._container.addEventListener("click", (event) => this._pointed(event, this._view.onChoose));
    this._container.addEventListener("mousemove", (event) => this._pointed(event, this._view.onHover));
    this._container.addEventListener("mouseleave", () => this._view.onHover(null));
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const { min } = this._bounds,
      size = this._bounds.getSize();
    L.DomUtil.setPosition(this._container, min);
    fill(
      this._container,
      { width: size.x, height: size.y, viewBox: `${min.x} ${min.y} ${size.x} ${size.y}` },
      [],
    );
    this.redraw();
  },

  redraw() {
    if (!this._map) return;
    const project = ([longitude, latitude]) => this._map.latLngToLayerPoint([latitude, longitude]);
    const { min, max } = this._bounds;
    const room = L.bounds(min.subtract([80, 80]), max.add([80, 80]));
    this._container.replaceChildren(definitions(), ...drawFindings(this._view, project, room, this._map));
  },

  _pointed(event, tell) {
    const group = event.target.closest?.(".leg, .area, .point");
    if (group && event.type === "click") L.DomEvent.stop(event);
    tell(group && { index: Number(group.dataset.index), leg: group.classList.contains("leg"), event });
  },
});

const definitions = () =>
  svg(
    "defs",
    {},
    svg(
      "filter",
      { id: "soft", x: "-10%", y: "-10%", width: "120%", height: "120%" },
      svg("feGaussianBlur", { stdDeviation: 4 }),
    ),
    svg(
      "pattern",
      { id: "hatching", patternUnits: "userSpaceOnUse", width: 7, height: 7, patternTransform: "rotate(45)" },
      svg("path", { d: "M0 0V7", stroke: STYLE.area, "stroke-width": 2 }),
    ),
  );

// What can be seen of the map without moving it, in the pixels of the layer.
function windowOf(map) {
  const size = map.getSize(),
    { x, y } = map.containerPointToLayerPoint([0, 0]);
  return { x0: x, y0: y, x1: x + size.x, y1: y + size.y };
}

// Where the legend covers the map, no label is of use.
function legendBox(map) {
  const box = document.getElementById("legend").getBoundingClientRect(),
    ground = map.getContainer().getBoundingClientRect();
  const { x0, y0 } = windowOf(map);
  return {
    x0: x0 + box.left - ground.left,
    x1: x0 + box.right - ground.left,
    y0: y0 + box.top - ground.top,
    y1: y0 + box.bottom - ground.top,
  };
}

// A country that has its label as a place of the report needs no second one.
function otherCountries(view, wishes) {
  const named = new Set(
    view
      .shownPlaces()
      .filter(({ place }) => place.polygons.length)
      .map(({ place }) => (place.kind === "country" ? countryName(place.country) : place.name)),
  );
  return wishes.filter((wish) => !named.has(wish.text));
}

// A place that several reports name is drawn once, as the most that it is to any of them.
function placesOnce(shown) {
  const order = ["stop", "declared", "mentioned"],
    once = new Map();
  for (const one of shown) {
    const key = one.place.id || `feature ${one.place.index}`,
      known = once.get(key);
    if (!known) once.set(key, { ...one, told: 1 });
    else {
      known.told += 1;
      if (order.indexOf(one.status) < order.indexOf(known.status)) Object.assign(known, one);
    }
  }
  return [...once.values()];
}

const LABEL_ORDER = [
  "stop of-point",
  "declared of-point",
  "stop of-area",
  "declared of-area",
  "along",
  "mentioned of-point",
  "mentioned of-area",
];

// From bottom to top: areas, lines, points, labels. Of a crowd's legs only the chosen ones, of its stops only names.
function drawFindings(view, project, room, map) {
  const areas = [],
    points = [],
    wishes = [],
    taken = [legendBox(map)];
  const { legs: inView, crowded } = crowdOf(view, map, room);
  const told = placesOnce(view.shownPlaces());
  const named = crowded ? new Set(mostTold(told, room, project)) : null;
  for (const one of told) {
    const { place, status } = one;
    if (place.polygons.length) {
      areas.push(drawArea(place, status, project, room, `area-${place.index}`));
      wishes.push(placeLabel(place, status, middleOf(place, project)));
    }
    if (crowded && !named.has(one)) continue;
    for (const at of place.points.map(project).filter((spot) => room.contains(spot))) {
      if (!crowded) points.push(drawPoint(place, status, at));
      taken.push(boxOf(at.x, at.y, 8, 8));
      wishes.push(placeLabel(place, status, at));
    }
  }
  const chosen = inView.filter(view.isChosen);
  if (view.many) assignLanes(crowded ? chosen : inView);
  const legs = (crowded ? chosen : inView).map((leg) => ({ leg, ...drawLeg(leg, project, `leg-${leg.index}`) }));
  for (const { leg, group } of legs) {
    group.classList.toggle("chosen", view.isChosen(leg));
    group.classList.toggle("dimmed", view.isDimmed(leg));
  }
  const seen = windowOf(map);
  const sorted = [...wishes, ...legs.map(({ label }) => label)]
    .filter(Boolean)
    .sort((a, b) => LABEL_ORDER.indexOf(a.className) - LABEL_ORDER.indexOf(b.className))
    .concat(otherCountries(view, groundLabels(view.ground, map, project, seen)));
  const chosenLast = legs
    .map(({ group }) => group)
    .sort((a, b) => a.classList.contains("chosen") - b.classList.contains("chosen"));
  return [
    ...areas,
    ...chosenLast,
    ...points,
    svg("g", { class: "labels" }, placeLabels(sorted, taken, seen)),
  ];
}

// The places in view that most reports tell of.
function mostTold(places, room, project) {
  return places
    .filter(({ place, status }) => status !== "mentioned" && place.points.some((at) => room.contains(project(at))))
    .sort((a, b) => b.told - a.told)
    .slice(0, CROWD_NAMES);
}
