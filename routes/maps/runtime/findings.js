// The data island, read with patience: people edit these files, so a missing key counts as "not told" and an
// unknown one is left alone.

const island = (id) => JSON.parse(document.getElementById(id).textContent);
const STYLE = island("style");
for (const table of ["modes", "factualities"]) {
  for (const one of Object.values(STYLE[table])) one.label = t(`${table}|${one.label}`);
}
const COLLECTION = unpack(island("findings"));
const ground = island("basemap");

// What a place, or a passage by its id, is called in the page's language.
const inTongue = (called) => (Object.hasOwn(ground.names, called) ? ground.names[called] : called);

const text = (value) => (["string", "number", "boolean"].includes(typeof value) ? String(value) : "");

// QGIS writes a list as a JSON string.
function list(value) {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string" || !value) return [];
  try {
    const parsed = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [value];
  } catch {
    return [value];
  }
}

const texts = (value) => list(value).map(text).filter(Boolean);
const truth = (value) => value === true || value === 1 || value === "true";
const known = (value, table) => (Object.hasOwn(table, text(value)) ? text(value) : "unknown");

const isPosition = (p) =>
  Array.isArray(p) && Number.isFinite(p[0]) && Number.isFinite(p[1]) && Math.abs(p[1]) <= 90;
const positions = (points) => (Array.isArray(points) ? points.filter(isPosition) : []);

function linesOf(geometry) {
  const parts = { LineString: [geometry?.coordinates], MultiLineString: geometry?.coordinates }[
    geometry?.type
  ];
  return list(parts)
    .map(positions)
    .filter((points) => points.length > 1);
}

function polygonsOf(geometry) {
  const parts = { Polygon: [geometry?.coordinates], MultiPolygon: geometry?.coordinates }[geometry?.type];
  return list(parts)
    .map((rings) =>
      list(rings)
        .map(positions)
        .filter((ring) => ring.length > 3),
    )
    .filter((rings) => rings.length);
}

function pointsOf(geometry) {
  const parts = { Point: [geometry?.coordinates], MultiPoint: geometry?.coordinates }[geometry?.type];
  return positions(list(parts));
}

// A quote with what stands around it, as far as the file says.
const evidenceOf = (quote) => ({
  exact: text(quote?.exact),
  prefix: text(quote?.prefix),
  suffix: text(quote?.suffix),
  ...mentionOf(quote),
});
const mentionOf = (one) => ({ start: offset(one?.start), end: offset(one?.end) });
const offset = (value) => (Number.isInteger(value) && value >= 0 ? value : NaN);

function claimOf(properties, index) {
  const report = text(properties.report);
  return {
    index,
    report,
    route: `${report}\n${text(properties.route) || `feature ${index}`}`,
    stops: list(properties.stops)
      .filter((stop) => stop && typeof stop === "object")
      .map((stop) => ({ name: inTongue(text(stop.name)), role: text(stop.role), placed: stop.placed !== false })),
    modes: texts(properties.modes),
    quantity: text(properties.quantity),
    kind: text(properties.kind),
    factuality: known(properties.factuality, STYLE.factualities),
    direction: text(properties.direction),
    cargo: text(properties.cargo),
    attribution: text(properties.attribution),
    date: text(properties.date),
    quotes: [
      text(properties.quote),
      ...list(properties.further_quotes).map((quote) => text(quote?.exact)),
    ].filter(Boolean),
    evidence: [
      {
        exact: properties.quote,
        start: properties.quote_start,
        end: properties.quote_end,
        prefix: properties.quote_prefix,
        suffix: properties.quote_suffix,
      },
      ...list(properties.further_quotes),
    ]
      .map(evidenceOf)
      .filter(({ exact }) => exact),
    // Where in the report's text the quotes stand.
    spans: [
      [properties.quote_start, properties.quote_end],
      ...list(properties.further_quotes).map((quote) => [quote?.start, quote?.end]),
    ].filter((span) => span.every(Number.isFinite)),
    unplaced: texts(properties.unplaced),
  };
}

function legOf(properties, geometry, index) {
  return {
    ...claimOf(properties, index),
    sequence: Number(properties.sequence) || 0,
    origin: inTongue(text(properties.origin)),
    destination: inTongue(text(properties.destination)),
    originArea: truth(properties.origin_area),
    destinationArea: truth(properties.destination_area),
    mode: known(properties.mode, STYLE.modes),
    basis: text(properties.basis),
    why: text(properties.why),
    lengthKm: Number(properties.length_km) || 0,
    countries: texts(properties.countries),
    inferred: texts(properties.countries_inferred),
    passages: texts(properties.passages),
    snapKm: list(properties.snap_km).map(Number).filter(Number.isFinite),
    lines: joinCut(linesOf(geometry)),
  };
}

function placeOf(properties, geometry, index) {
  return {
    index,
    id: text(properties.place),
    name: inTongue(text(properties.name)),
    asWritten: texts(properties.as_written),
    roles: texts(properties.roles),
    routes: texts(properties.routes).map((route) => `${text(properties.report)}\n${route}`),
    kind: text(properties.kind),
    country: text(properties.country),
    report: text(properties.report),
    mentions: list(properties.mentions).map(mentionOf),
    why: text(properties.why),
    alternatives: list(properties.alternatives)
      .map((one) => text(one?.name ?? one))
      .filter(Boolean),
    position: isPosition(properties.position) ? properties.position : null,
    polygons: polygonsOf(geometry),
    points: pointsOf(geometry),
  };
}

// One route for each claim: its legs in order, or none where nothing of it could be drawn.
function routesOf(legs, claims) {
  const routes = new Map();
  for (const one of [...legs, ...claims]) {
    if (!routes.has(one.route)) routes.set(one.route, { ...one, key: one.route, legs: [], unplaced: [] });
    const route = routes.get(one.route);
    if (one.lines) route.legs.push(one);
    route.unplaced = [...new Set([...route.unplaced, ...one.unplaced])];
  }
  for (const route of routes.values()) finishRoute(route);
  return [...routes.values()];
}

function finishRoute(route) {
  route.legs.sort((a, b) => a.sequence - b.sequence);
  if (route.legs.length) route.modes = [...new Set(route.legs.map((leg) => leg.mode))];
  else route.modes = [...new Set(route.modes.length ? route.modes.map((mode) => known(mode, STYLE.modes)) : ["unknown"])];
  if (!route.stops.length) {
    const names = route.legs.length
      ? [route.legs[0].origin, ...route.legs.map((leg) => leg.destination)]
      : route.unplaced;
    route.stops = names.map((stop) => ({ name: stop || "?", role: "", placed: true }));
  }
}

function readFindings(collection) {
  const legs = [],
    places = [],
    claims = [];
  let strange = 0;
  list(collection.features).forEach((feature, index) => {
    const properties = feature?.properties ?? {},
      geometry = feature?.geometry;
    if (linesOf(geometry).length) legs.push(legOf(properties, geometry, index));
    else if (polygonsOf(geometry).length || pointsOf(geometry).length)
      places.push(placeOf(properties, geometry, index));
    else if (!geometry && ["claim", "leg"].includes(properties.feature))
      claims.push(claimOf(properties, index));
    else strange += 1;
  });
  return {
    legs,
    places,
    strange,
    routes: routesOf(legs, claims),
    reports: (collection.report ? [collection.report] : list(collection.reports)).filter(
      (one) => one && typeof one === "object",
    ),
    credits: texts(collection.attribution),
    unresolved: list(collection.unplaced)
      .map((one) => ({ exact: text(one?.text ?? one), report: text(one?.report), ...mentionOf(one) }))
      .filter(({ exact }) => exact),
  };
}
