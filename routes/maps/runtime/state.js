// What the reader has chosen: one place, so that map, table, report and legend stay in step.
//
// To read it:
//   state.selection   {kind, id, routes}; kind is "" (nothing), "route", "leg", "place" or "quote". id is the route's
//                     key, the index of a leg or place, or spanId(report, start, end) of a quote. routes: a Set of
//                     the keys of all the routes that this lights up.
//   state.filters     {hidden, only, words, from, to, undated, layers}, see FILTERS.
//   state.shown(leg), state.shownRoute(key)    whether the filters leave it on; quick, may be asked for every leg.
//                     A claim that could not be placed has a route and no leg: ask shownRoute.
//   state.legs        the legs that are shown, in the order of the file.
// To change it:
//   state.select(kind, id)      choose; the same once more, or state.select(), lets go.
//   state.filter({words: ""})   change some of the filters; state.reset() sets all of them back.
// To be told:
//   state.subscribe((change) => ...)   called after each change with {selection, filters}: true for what changed; and
//                     once at the start with both. Called in the order of subscribing; do not change state inside.
//                     Subscribe before main.js calls state.start(findings), or be called at once.

const FILTERS = {
  hidden: { mode: [], factuality: ["denied"], kind: [] }, // values that are off
  only: { cargo: [], attribution: [], publisher: [], report: [] }, // values to keep; none means any
  words: "", // looked for in places and quotes
  from: "", // a day, "2031-05-04"
  to: "",
  undated: false, // whether a span of time keeps what has no date
  layers: { mentioned: true, mentionedAreas: false }, // places that are no stop
};
const NOTHING = { kind: "", id: "", routes: new Set() };

const spanId = (report, start, end) => `${report}\n${start}-${end}`;

// The routes that one choice lights up.
function routesChosen(findings, kind, id) {
  const of = {
    route: () => [id],
    leg: () => findings.legs.filter((leg) => leg.index === id).map((leg) => leg.route),
    place: () => findings.places.filter((place) => place.index === id).flatMap((place) => place.routes),
    quote: () => {
      const [report, span] = id.split("\n");
      const [start, end] = span.split("-").map(Number);
      return findings.routes
        .filter((route) => route.report === report && route.spans.some(([a, b]) => a < end && start < b))
        .map((route) => route.key);
    },
  }[kind];
  return new Set(of());
}

const state = {
  selection: NOTHING,
  filters: structuredClone(FILTERS),
  legs: [],
  _told: [],

  start(findings) {
    this._findings = findings;
    this._tell({ selection: true, filters: true });
  },

  shown: (leg) => state._legs.has(leg),
  shownRoute: (key) => state._routes.has(key),

  select(kind = "", id = "") {
    const again = kind === this.selection.kind && id === this.selection.id;
    this.selection =
      kind && !again ? { kind, id, routes: routesChosen(this._findings, kind, id) } : NOTHING;
    this._tell({ selection: true, filters: this._turnOnDenied() });
  },

  filter(some) {
    Object.assign(this.filters, some);
    this._tell({ selection: false, filters: true });
  },

  reset() {
    this.filter(structuredClone(FILTERS));
  },

  subscribe(listener) {
    this._told.push(listener);
    if (this._findings) listener({ selection: true, filters: true });
  },

  // A denied route that is chosen has to be seen.
  _turnOnDenied() {
    const { factuality } = this.filters.hidden;
    const denied = this._findings.routes.some(
      (route) => this.selection.routes.has(route.key) && route.factuality === "denied",
    );
    if (this.selection.kind !== "route" || !denied || !factuality.includes("denied")) return false;
    this.filters.hidden = { ...this.filters.hidden, factuality: factuality.filter((one) => one !== "denied") };
    return true;
  },

  _tell(change) {
    if (change.filters) this._sift();
    for (const listener of this._told) listener(change);
  },

  _sift() {
    const passes = sieve(this.filters, this._findings);
    this.legs = this._findings.legs.filter(passes);
    this._legs = new Set(this.legs);
    this._routes = new Set(
      this._findings.routes
        .filter((route) => (route.legs.length ? route.legs.some((leg) => this._legs.has(leg)) : passes(route)))
        .map((route) => route.key),
    );
  },
};

// A test for legs, and for routes without any.
function sieve(filters) {
  const { hidden } = filters;
  return (one) =>
    !hidden.factuality.includes(one.factuality) &&
    !(one.mode ? [one.mode] : one.modes).every((mode) => hidden.mode.includes(mode)) &&
    !hidden.kind.includes(one.kind);
}
