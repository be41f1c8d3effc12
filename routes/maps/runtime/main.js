// Puts the page together: what is switched on, what is chosen, and who has to know.

const findings = readFindings(COLLECTION);
const ground = island("basemap");
const centre = moveToOneWorld(findings);
const narrow = window.matchMedia("(max-width: 760px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

const map = L.map("map", {
  attributionControl: false,
  center: [30, centre],
  fadeAnimation: !still,
  maxZoom: 11,
  minZoom: 0.5,
  zoom: 2,
  zoomAnimation: !still,
  zoomControl: false,
  zoomSnap: 0.25,
});
map.getContainer().setAttribute("role", "region");
map.getContainer().setAttribute("aria-label", "Map of the routes");
map.getContainer().style.background = STYLE.sea;
map.createPane("ground").style.zIndex = 150;
map.createPane("findings").style.zIndex = 350;

let legs = [],
  places = [];

const view = {
  isOn: (layer) =>
    layer === "denied" ? !state.filters.hidden.factuality.includes("denied") : state.filters.layers[layer],
  isChosen: (leg) => state.selection.routes.has(leg.route),
  isDimmed: (leg) => state.selection.kind !== "" && !state.selection.routes.has(leg.route),
  shownLegs: () => legs,
  shownPlaces: () => places,
  ground,
  turn(layer, value) {
    const { hidden, layers } = state.filters;
    const others = hidden.factuality.filter((one) => one !== "denied");
    if (layer === "denied")
      state.filter({ hidden: { ...hidden, factuality: value ? others : [...others, "denied"] } });
    else state.filter({ layers: { ...layers, [layer]: value } });
  },
  onChoose: (hit) => hit && chooseOnMap(hit),
  onHover: (hit) => showTip(hit),
};

const overlay = new Overlay(view);
const legend = new Legend({ position: narrow.matches ? "topright" : "bottomleft" });
const popup = L.popup({
  autoPanPaddingBottomRight: [12, 12],
  className: "about",
  maxHeight: narrow.matches ? 170 : 280,
  maxWidth: Math.min(320, map.getSize().x - 64),
});
const tip = L.tooltip({ className: "tip", offset: [12, 0] });

// Works out what is shown; the layers draw it.
function refresh() {
  ({ legs } = state);
  assignLanes(legs);
  const routes = new Set(legs.map((leg) => leg.route));
  places = findings.places
    .map((place) => ({ place, status: standing(place, routes) }))
    .filter(
      ({ place, status }) =>
        status !== "mentioned" || state.filters.layers[place.polygons.length ? "mentionedAreas" : "mentioned"],
    );
  overlay.redraw();
  legend.show(view, findings);
}

// What is chosen beside the map is brought into view; what is chosen on it is there already.
let onMap = false;

function chooseOnMap(hit) {
  const kind = hit.leg ? "leg" : "place";
  onMap = true;
  if (state.selection.kind !== kind || state.selection.id !== hit.index) state.select(kind, hit.index);
  onMap = false;
  openPopup(hit);
}

function showChoice() {
  if (onMap) return;
  map.closePopup();
  const { kind, id } = state.selection;
  const chosen = legs.filter(view.isChosen);
  const place = kind === "place" && findings.places.find((one) => one.index === id);
  if (place && !chosen.length) fitPlace(place);
  else if (chosen.length || !kind) fit(chosen.length ? chosen : legs);
}

// What the legend covers of the map, or else the buttons.
const besideLegend = (buttons) => (document.getElementById("legend").open ? 236 : buttons);

function openPopup({ index, leg, event }) {
  tip.remove();
  // Clear of the legend and the buttons, which lie above popups.
  popup.options.autoPanPaddingTopLeft = narrow.matches ? [12, 44] : [besideLegend(56), 12];
  const found = (leg ? findings.legs : findings.places).find((one) => one.index === index);
  const report = findings.reports.find((one) => text(one.id) === found.report) ?? findings.reports[0];
  popup
    .setContent(leg ? legDetails(found, text(report?.language)) : placeDetails(found))
    .setLatLng(map.mouseEventToLatLng(event))
    .openOn(map);
}

function showTip(hit) {
  if (!hit) return void tip.remove();
  const leg = hit.leg && findings.legs.find((one) => one.index === hit.index);
  const shown = !leg && places.find(({ place }) => place.index === hit.index);
  tip
    .setContent(leg ? legTip(leg) : placeTip(shown.place, shown.status))
    .setLatLng(map.mouseEventToLatLng(hit.event));
  if (!map.hasLayer(tip)) tip.addTo(map);
}

let touched = false,
  refit = () => {};

// Shows all of these legs, or the stops, or whatever places there are.
function fit(shown, options = {}) {
  touched = false;
  refit = () => fit(shown, { animate: false });
  const stops = places.filter(({ status }) => status !== "mentioned");
  const spots = (some) =>
    some.flatMap(({ place }) => [...place.points, ...(place.position ? [place.position] : [])]);
  const points = [
    shown.flatMap((leg) => leg.lines.flat()),
    spots(stops),
    spots(findings.places.map((place) => ({ place }))),
  ].find((some) => some.length);
  if (!points) return;
  const corners = points.map(([longitude, latitude]) => [latitude, longitude]);
  const beside = narrow.matches ? 36 : besideLegend(36);
  map.fitBounds(corners, {
    maxZoom: 8,
    paddingTopLeft: [beside, 36],
    paddingBottomRight: [66, 48],
    animate: !still,
    ...options,
  });
}

// A place that no route that is shown leads through.
function fitPlace(place) {
  const points = [...place.points, ...place.polygons.flat(2)];
  const corners = (points.length ? points : [place.position]).map(([longitude, latitude]) => [latitude, longitude]);
  map.fitBounds(corners, { maxZoom: 7, animate: !still });
}

new Basemap(ground).addTo(map);
legend.addTo(map);
L.control.zoom({ position: narrow.matches ? "bottomleft" : "topleft" }).addTo(map);
overlay.addTo(map);
const credits = new Credits({ prefix: false }).addTo(map);
findings.credits.forEach((words) => credits.addAttribution(words));
L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
const articles = articlesOf(findings);
drawPanel(document.getElementById("panel"), findings, articles);
drawTable(document.getElementById("table"), articles);
document.getElementById("legend").open = !narrow.matches && map.getSize().y > 560;
state.start(findings);
state.subscribe(refresh);
fit(legs, { animate: false });
state.subscribe(({ selection }) => selection && showChoice());
// The table opens, the panel folds: what was brought into view stays in it, until someone moves the map.
for (const touch of ["keydown", "mousedown", "touchstart", "wheel"])
  map.getContainer().addEventListener(touch, () => (touched = true), { capture: true, passive: true });
new ResizeObserver(() => {
  const before = map.getSize();
  if (map.invalidateSize({ pan: false }).getSize().equals(before)) return;
  if (!touched) refit();
}).observe(map.getContainer());
map.on("mousedown zoomstart", () => tip.remove());

// Folium's layers find the map here.
window.supplyRoutes = { map };
