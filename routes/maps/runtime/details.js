// What is known of a leg or a place, in words, for popups and tooltips.

const KINDS = { shipment: t("shipment"), corridor: t("corridor") };
const DIRECTIONS = { stated: t("stated by the report"), inferred: t("inferred"), unknown: t("not told") };
const BASES = {
  network: t("traced along the network"),
  geodesic: t("shortest line over the globe"),
  schematic: t("schematic: shows no way"),
};
const ROLES = {
  origin: t("origin"),
  via: t("via"),
  destination: t("destination"),
  declared_destination: t("declared destination"),
};

const regionNames = new Intl.DisplayNames([LANGUAGE], { type: "region", fallback: "code" });

function countryName(code) {
  return /^[A-Z]{2}$/.test(code) ? regionNames.of(code) : code;
}

// A country that no one named, entered because no way avoids it, is marked as a guess.
const passed = (code, leg) =>
  leg.inferred.includes(code)
    ? t("{country} (not named in the report)", { country: countryName(code) })
    : countryName(code);

// "canal:suez" is "Suez (canal)"
function passageName(id) {
  if (inTongue(id) !== id) return inTongue(id);
  const [kind, slug] = id.includes(":") ? id.split(":", 2) : ["", id];
  const words = slug.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1) + (kind ? ` (${kindName(kind)})` : "");
}

const offNetwork = (gaps) =>
  gaps.some((km) => km >= 1) ? tList(gaps.map(tKm)) : "";

const kindName = (kind) =>
  kind === "admin" ? t("kind|province or state") : tKnown(`kind|${kind}`, kind);

const told = (table, value) => (Object.hasOwn(table, value) ? table[value] : value || t("not told"));

function legDetails(leg, language) {
  return html(
    "div",
    { class: "details" },
    html("h3", {}, chain([leg.origin || "?", leg.destination || "?"])),
    leg.quotes.map((quote) => quotation(quote, language)),
    rows([
      [t("Mode"), STYLE.modes[leg.mode].label],
      [t("Certainty"), STYLE.factualities[leg.factuality].label],
      [t("Kind"), told(KINDS, leg.kind)],
      [t("Direction"), told(DIRECTIONS, leg.direction)],
      [t("Drawn"), [told(BASES, leg.basis), leg.why && inReason(leg.why)].filter(Boolean).join(t("list|; "))],
      [t("Length"), leg.lengthKm ? tKm(leg.lengthKm) : ""],
      [t("Passes"), tList(leg.countries.map((code) => passed(code, leg)))],
      [t("Through"), tList(leg.passages.map(passageName))],
      [t("Off the network"), offNetwork(leg.snapKm)],
      [t("Cargo"), leg.cargo],
      [t("Said by"), leg.attribution],
      [t("Date"), tDate(leg.date)],
    ]),
  );
}

function placeDetails(place) {
  const roles = tList(place.roles.map((role) => told(ROLES, role)));
  return html(
    "div",
    { class: "details" },
    html("h3", {}, name(place.name || t("unnamed place"))),
    rows([
      [t("In routes"), roles || t("no stop, only named")],
      [t("Written"), tList(place.asWritten)],
      [t("Kind"), kindName(place.kind)],
      [t("Country"), countryName(place.country)],
      [t("Placed"), place.why && inReason(place.why)],
      [t("Or else"), tList(place.alternatives)],
    ]),
  );
}

const legTip = (leg) =>
  html("div", {}, chain([leg.origin || "?", leg.destination || "?"]), html("br"), legWords(leg) || "");

const placeTip = (place, status) =>
  html("div", {}, name(displayName(place, status)), place.kind ? ` (${kindName(place.kind)})` : "");
