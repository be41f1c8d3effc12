// What is known of a leg or a place, in words, for popups and tooltips.

const KINDS = { shipment: "shipment", corridor: "corridor" };
const DIRECTIONS = { stated: "stated by the report", inferred: "inferred", unknown: "not told" };
const BASES = {
  network: "traced along the network",
  geodesic: "shortest line over the globe",
  schematic: "schematic: shows no way",
};
const ROLES = {
  origin: "origin",
  via: "via",
  destination: "destination",
  declared_destination: "declared destination",
};

const regionNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

function countryName(code) {
  return /^[A-Z]{2}$/.test(code) ? regionNames.of(code) : code;
}

// A country that no one named, entered because no way avoids it, is marked as a guess.
const passed = (code, leg) => countryName(code) + (leg.inferred.includes(code) ? " (not named in the report)" : "");

// "canal:suez" is "Suez (canal)"
function passageName(id) {
  const [kind, slug] = id.includes(":") ? id.split(":", 2) : ["", id];
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1) + (kind ? ` (${kind})` : "");
}

const offNetwork = (gaps) =>
  gaps.some((km) => km >= 1) ? gaps.map((km) => `${km.toFixed(km < 10 ? 1 : 0)} km`).join(" and ") : "";

const told = (table, value) => (Object.hasOwn(table, value) ? table[value] : value || "not told");

function legDetails(leg, language) {
  return html(
    "div",
    { class: "details" },
    html("h3", {}, chain([leg.origin || "?", leg.destination || "?"])),
    leg.quotes.map((quote) => quotation(quote, language)),
    rows([
      ["Mode", STYLE.modes[leg.mode].label],
      ["Certainty", STYLE.factualities[leg.factuality].label],
      ["Kind", told(KINDS, leg.kind)],
      ["Direction", told(DIRECTIONS, leg.direction)],
      ["Drawn", [told(BASES, leg.basis), leg.why].filter(Boolean).join("; ")],
      ["Length", leg.lengthKm ? `${Math.round(leg.lengthKm).toLocaleString("en")} km` : ""],
      ["Passes", leg.countries.map((code) => passed(code, leg)).join(", ")],
      ["Through", leg.passages.map(passageName).join(", ")],
      ["Off the network", offNetwork(leg.snapKm)],
      ["Cargo", leg.cargo],
      ["Said by", leg.attribution],
      ["Date", leg.date],
    ]),
  );
}

function placeDetails(place) {
  const roles = place.roles.map((role) => told(ROLES, role)).join(", ");
  return html(
    "div",
    { class: "details" },
    html("h3", {}, name(place.name || "unnamed place")),
    rows([
      ["In routes", roles || "no stop, only named"],
      ["Written", place.asWritten.join(", ")],
      ["Kind", place.kind],
      ["Country", countryName(place.country)],
      ["Placed", place.why],
      ["Or else", place.alternatives.join(", ")],
    ]),
  );
}

const legTip = (leg) =>
  html("div", {}, chain([leg.origin || "?", leg.destination || "?"]), html("br"), legWords(leg) || "");

const placeTip = (place, status) =>
  html("div", {}, name(displayName(place, status)), place.kind ? ` (${place.kind})` : "");
