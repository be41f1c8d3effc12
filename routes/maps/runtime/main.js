// Puts the page together: what is switched on, what is chosen, and who has to know.

const findings = readFindings(COLLECTION);
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
map.getContainer().setAttribute("aria-label", t("Map of the routes"));
map.createPane("ground").style.zIndex = 150;
map.createPane("crowd").style.zIndex = 340;
map.createPane("findings").style.zIndex = 350;

let legs = [],
  places = [];

let held = false; // while a choice must not move the map

function hold(act) {
  held = true;
  act();
  held = false;
}

const view = {
  isChosen: (leg) => state.selection.routes.has(leg.route),
  isDimmed: (leg) => state.selection.routes.size > 0 && !state.selection.routes.has(leg.route),
  shownLegs: () => legs,
  shownPlaces: () => places,
  fit: (shown) => fit(shown),
  isCrowded: () => crowd.isCrowded(),
  ground,
  many: findings.legs.length > CROWD,
  tiled: Boolean(document.getElementById("tiles")),
  onChoose: (hit) => hit && point(hit),
  onHover: (hit) => showTip(hit),
};

const overlay = new Overlay(view);
const crowd = new Crowd(view);
const legend = new Legend({ findings, position: corner(narrow.matches ? "topright" : "bottomleft") });
const popup = L.popup({
  className: "about",
  maxHeight: narrow.matches ? 170 : 280,
  maxWidth: Math.min(320, map.getSize().x - 64),
});
const tip = L.tooltip({ className: "tip", offset: [12, 0] });

// A stop of nothing but routes that the filters leave out goes with them.
const isStopListed = ({ routes }) => !routes.length || routes.some((route) => state.listedRoute(route));

// Works out what is shown; the layers draw it.
function refresh({ filters }) {
  if (filters) {
    ({ legs } = state);
    const routes = new Set(legs.map((leg) => leg.route));
    const { layers } = state.filters;
    places = findings.places
      .map((place) => ({ place, status: standing(place, routes) }))
      .filter(({ place, status }) =>
        status === "mentioned"
          ? layers[place.polygons.length ? "mentionedAreas" : "mentioned"] && isStopListed(place)
          : true,
      );
  }
  crowd.redraw();
  if (filters) legend.show(view);
  overlay.redraw();
}

// What is chosen beside the map is brought into view; what is chosen on it is there already.
function showChoice() {
  if (held) return;
  map.closePopup();
  const { kind, id } = state.selection;
  const chosen = legs.filter(view.isChosen);
  const place = kind === "place" && findings.places.find((one) => one.index === id);
  if (place && !chosen.length) fitPlace(place);
  else if (chosen.length || !kind) fit(chosen.length ? chosen : legs);
}

// What is pointed at on the map is chosen there, or let go; the map stays under the pointer.
function point(hit) {
  const [kind, id] = hit ? [hit.leg ? "leg" : "place", hit.index] : ["", ""];
  if (state.selection.kind !== kind || state.selection.id !== id) hold(() => state.select(kind, id));
  if (hit) openPopup(hit);
}

// What the legend covers of the map, or else the buttons.
const besideLegend = (buttons) => (document.getElementById("legend").open ? 236 : buttons);

function openPopup({ index, leg, event }) {
  tip.remove();
  // Clear of the legend and the buttons, which lie above popups.
  const { topLeft, bottomRight } = narrow.matches
    ? paddings(12, 44, 12, 12)
    : paddings(besideLegend(56), 12, 12, 12);
  popup.options.autoPanPaddingTopLeft = topLeft;
  popup.options.autoPanPaddingBottomRight = bottomRight;
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
    shown.flatMap(legCorners),
    spots(stops),
    spots(findings.places.map((place) => ({ place }))),
  ].find((some) => some.length);
  if (!points) return;
  const corners = points.map(([longitude, latitude]) => [latitude, longitude]);
  const { topLeft, bottomRight } = paddings(narrow.matches ? 36 : besideLegend(36), 36, 66, 48);
  map.fitBounds(corners, {
    maxZoom: 8,
    paddingTopLeft: topLeft,
    paddingBottomRight: bottomRight,
    animate: !still,
    ...options,
  });
}

// A view that someone chose, which stays as it is.
function goTo({ centre, zoom }) {
  touched = true;
  map.setView(centre, zoom, { animate: false });
}

// A place that no route that is shown leads through.
function fitPlace(place) {
  touched = false;
  refit = () => fitPlace(place);
  const points = [...place.points, ...place.polygons.flat(2)];
  const corners = (points.length ? points : [place.position]).map(([longitude, latitude]) => [latitude, longitude]);
  map.fitBounds(corners, { maxZoom: 7, animate: !still });
}

const basemap = new Basemap(ground).addTo(map);
const online = view.tiled && addTiles(map, island("tiles"));
new TakeAway({ position: corner("topright") }).addTo(map);
legend.addTo(map);
const credits = new Credits({ prefix: false, position: corner("bottomright") }).addTo(map);
if (online) credits.addAttribution(online);
findings.credits.forEach((words) => credits.addAttribution(words));
addControls(map);
crowd.addTo(map);
overlay.addTo(map);
const articles = articlesOf(findings);
drawPanel(document.getElementById("panel"), findings, articles);
drawTable(document.getElementById("table"), articles);
document.getElementById("legend").open = !narrow.matches && map.getSize().y > 560;
// Denied ones last, so that the others lie where they would without them.
const isDenied = (leg) => leg.factuality === "denied";
if (!view.many) assignLanes([...findings.legs.filter((leg) => !isDenied(leg)), ...findings.legs.filter(isDenied)]);
state.start(findings);
state.subscribe(refresh);
drawFilters(document.getElementById("filters"), findings, view);
drawTimeline(document.getElementById("timeline"), findings);
hold(() => state.subscribe(({ selection }) => selection && showChoice()));
map.invalidateSize();
fit(legs, { animate: false });
// The table opens, the panel folds: what was brought into view stays in it, until someone moves the map.
for (const touch of ["keydown", "mousedown", "touchstart", "wheel"])
  map.getContainer().addEventListener(touch, () => (touched = true), { capture: true, passive: true });
new ResizeObserver(() => {
  const before = map.getSize();
  if (map.invalidateSize({ pan: false }).getSize().equals(before)) return;
  if (!touched) refit();
}).observe(map.getContainer());
keepAddress(map, findings, { hold, goTo, isTouched: () => touched });
map.on("moveend", () => legend.update(view));
map.on("mousedown zoomstart", () => tip.remove());
map.on("click", (event) => point(crowd.hitAt(event)));
repaints.push(() => refresh({ filters: true }), () => basemap._update());

// Folium's layers find the map here, and whoever wants it the GeoJSON.
window.supplyRoutes = { map, collection: COLLECTION };
