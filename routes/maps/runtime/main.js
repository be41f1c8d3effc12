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
map.createPane("crowd").style.zIndex = 340;
map.createPane("findings").style.zIndex = 350;

const on = { denied: false, mentioned: true, mentionedAreas: false };
let chosen = null,
  legs = [],
  places = [];

const view = {
  isOn: (layer) => on[layer],
  selected: () => chosen,
  shownLegs: () => legs,
  shownPlaces: () => places,
  ground,
  turn(layer, value) {
    on[layer] = value;
    refresh();
  },
  onChoose: (hit) => hit && openPopup(hit),
  onHover: (hit) => showTip(hit),
};

const overlay = new Overlay(view);
const crowd = new Crowd(view);
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
  legs = findings.legs.filter((leg) => on.denied || leg.factuality !== "denied");
  if (legs.length <= CROWD) assignLanes(legs);
  const routes = new Set(legs.map((leg) => leg.route));
  places = findings.places
    .map((place) => ({ place, status: standing(place, routes) }))
    .filter(
      ({ place, status }) =>
        status !== "mentioned" || on[place.polygons.length ? "mentionedAreas" : "mentioned"],
    );
  crowd.redraw();
  overlay.redraw();
  legend.show(view, findings);
}

function choose(key) {
  chosen = chosen === key ? null : key;
  const route = findings.routes.find((one) => one.key === chosen);
  if (route?.factuality === "denied") on.denied = true;
  refresh();
  for (const button of document.querySelectorAll("button.route")) {
    const pressed = button.dataset.route === chosen;
    button.setAttribute("aria-pressed", String(pressed));
    button.closest("li").classList.toggle("chosen", pressed);
    if (pressed && !narrow.matches) button.scrollIntoView({ block: "nearest" });
  }
  map.closePopup();
  fit(route ? route.legs : legs);
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

// Shows all of these legs, or the stops, or whatever places there are.
function fit(shown, options = {}) {
  const stops = places.filter(({ status }) => status !== "mentioned");
  const spots = (some) =>
    some.flatMap(({ place }) => [...place.points, ...(place.position ? [place.position] : [])]);
  const points = [
    shown.flatMap(cornersOf),
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

new Basemap(ground).addTo(map);
legend.addTo(map);
L.control.zoom({ position: narrow.matches ? "bottomleft" : "topleft" }).addTo(map);
crowd.addTo(map);
overlay.addTo(map);
const credits = new Credits({ prefix: false }).addTo(map);
findings.credits.forEach((words) => credits.addAttribution(words));
L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
drawPanel(document.getElementById("panel"), findings, choose);
document.getElementById("legend").open = !narrow.matches && map.getSize().y > 560;
refresh();
fit(legs, { animate: false });
map.on("mousedown zoomstart", () => tip.remove());

// Folium's layers find the map here, and whoever wants it the GeoJSON.
window.supplyRoutes = { map, collection: COLLECTION };
