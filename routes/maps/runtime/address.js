// The view in the page's address, so that it can be linked: #at=48.2,16.4,5&mode=-rail&words=moulds&route=...
// An address is what anyone may have typed: every part is checked against what the findings have, or left out.

const WRITING_MS = 250;
const MOST_WORDS = 200;
const DAY = /^\d{4}-\d\d-\d\d$/;
const CHOICES = ["route", "leg", "place", "quote"];
// In a frame without an address of its own (a notebook) there is nothing to write to.
const ADDRESSED = ["file:", "http:", "https:"].includes(location.protocol);

function writeFilters(filters) {
  const parts = new URLSearchParams();
  for (const [facet, off] of Object.entries(filters.hidden))
    if (String(off) !== String(FILTERS.hidden[facet])) parts.set(facet, off.map((one) => `-${one}`).join(","));
  for (const [facet, kept] of Object.entries(filters.only)) for (const one of kept) parts.append(facet, one);
  for (const key of ["words", "from", "to"]) if (filters[key]) parts.set(key, filters[key]);
  if (filters.undated) parts.set("undated", "1");
  for (const [layer, on] of Object.entries(filters.layers))
    if (on !== FILTERS.layers[layer]) parts.set(layer, on ? "1" : "0");
  return parts;
}

function readFilters(parts, findings) {
  const filters = structuredClone(FILTERS);
  const has = (facet, value) => findings.legs.some((leg) => leg.facets[facet] === value);
  for (const facet of Object.keys(filters.hidden)) {
    if (!parts.has(facet)) continue;
    const off = parts.get(facet).split(",").map((one) => one.slice(1));
    filters.hidden[facet] = [...new Set(off)].filter((value) => has(facet, value));
  }
  for (const facet of Object.keys(filters.only))
    filters.only[facet] = [...new Set(parts.getAll(facet))].filter((value) => has(facet, value));
  filters.words = (parts.get("words") ?? "").slice(0, MOST_WORDS);
  for (const end of ["from", "to"]) {
    const day = parts.get(end) ?? "";
    if (DAY.test(day) && spanOf(day)) filters[end] = day;
  }
  filters.undated = parts.get("undated") === "1";
  for (const layer of Object.keys(filters.layers))
    if (parts.has(layer)) filters.layers[layer] = parts.get(layer) === "1";
  return filters;
}

function readChoice(parts, findings) {
  const kind = CHOICES.find((one) => parts.has(one));
  const told = parts.get(kind) ?? "";
  const id = kind === "leg" || kind === "place" ? Number(told) : told;
  const there = {
    route: () => findings.routes.some((route) => route.key === id),
    leg: () => findings.legs.some((leg) => leg.index === id),
    place: () => findings.places.some((place) => place.index === id),
    quote: () => /\n\d{1,9}-\d{1,9}$/.test(id) && routesChosen(findings, kind, id).size > 0,
  }[kind];
  return there?.() ? [kind, id] : ["", ""];
}

function readView(parts) {
  const at = (parts.get("at") ?? "").split(",").map(Number);
  const [latitude, longitude, zoom] = at;
  if (at.length !== 3 || !at.every(Number.isFinite)) return null;
  if (Math.abs(latitude) > 85 || Math.abs(longitude) > 540 || zoom < 0 || zoom > 20) return null;
  return { centre: [latitude, longitude], zoom };
}

const OURS = ["at", "words", "from", "to", "undated", ...CHOICES]
  .concat(Object.keys(FILTERS.hidden), Object.keys(FILTERS.only), Object.keys(FILTERS.layers));

function keepAddress(map, findings, { hold, goTo, isTouched }) {
  let waiting,
    chosen = state.selection,
    applying = false;

  const partsHere = () => new URLSearchParams(location.hash.slice(1));
  const written = () => {
    const parts = writeFilters(state.filters);
    const { kind, id } = state.selection;
    if (kind) parts.set(kind, id);
    if (isTouched()) {
      const { lat, lng } = map.getCenter();
      parts.set("at", [lat.toFixed(3), lng.toFixed(3), map.getZoom()].join(","));
    }
    return String(parts).replaceAll("%2C", ",");
  };

  // Going back leads to the choice before; other changes take the place of the entry that is there, and so does
  // everything in a frame, where going back belongs to the page around it.
  function write() {
    clearTimeout(waiting);
    waiting = undefined;
    const words = written(),
      push = state.selection !== chosen && window.parent === window;
    chosen = state.selection;
    if (words === location.hash.slice(1)) return;
    try {
      history[push ? "pushState" : "replaceState"](null, "", words ? `#${words}` : location.href.split("#")[0]);
    } catch {
      // A browser that will not have its address changed (a sandbox, too many changes) still shows the map.
    }
  }

  function writeSoon() {
    if (applying) return;
    clearTimeout(waiting);
    waiting = setTimeout(write, WRITING_MS);
  }

  // An address that is none of ours, as of a link within the page, changes nothing.
  function apply(parts) {
    if (location.hash.length > 1 && !OURS.some((key) => parts.has(key))) return;
    clearTimeout(waiting);
    applying = true;
    const view = readView(parts);
    const restore = () => state.restore(readFilters(parts, findings), ...readChoice(parts, findings));
    if (view) {
      hold(restore);
      goTo(view);
    } else restore();
    chosen = state.selection;
    applying = false;
  }

  if (!ADDRESSED) return;
  if (location.hash.length > 1) apply(partsHere());
  state.subscribe(writeSoon);
  map.on("moveend", writeSoon);
  window.addEventListener("popstate", () => apply(partsHere()));
}
