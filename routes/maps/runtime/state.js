// What the reader has chosen: one place, so that map, table, report and legend stay in step.
//
// To read it:
//   state.selection   {kind, id, routes}; kind is "" (nothing), "route", "leg", "place" or "quote". id is the route's
//                     key, the index of a leg or place, or spanId(report, start, end) of a quote. routes: a Set of
//                     the keys of all the routes that this lights up.
//   state.filters     {hidden, only, words, from, to, undated, layers}, see FILTERS.
//   state.shown(leg), state.shownRoute(key)    whether the filters leave it on; quick, may be asked for every leg.
//                     A claim that could not be placed has a route and no leg: ask shownRoute.
//   state.listedRoute(key)      the same, for lists: denied routes stay listed while they are off, since choosing one
//                     turns them on.
//   state.legs        the legs that are shown, in the order of the file.
//   state.counts(facet), state.timely()    what the filters' own controls tell, see sieve.js.
// To change it:
//   state.select(kind, id)      choose; the same once more, or state.select(), lets go. What is chosen gets shown.
//   state.filter({words: ""})   change some of the filters; state.reset() sets all of them back.
//   state.hide(facet, value, off), state.keep(facet, value, on)    the same for one value of hidden, of only.
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
      const cut = id.lastIndexOf("\n"),
        report = id.slice(0, cut);
      const [start, end] = id.slice(cut + 1).split("-").map(Number);
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
    this._items = prepare(findings);
    this._sift();
    this._tell({ selection: true, filters: true });
  },

  shown: (leg) => state._sifted.legs.has(leg),
  shownRoute: (key) => state._sifted.routes.has(key),
  listedRoute: (key) => state._sifted.listed.has(key),
  counts: (facet) => state._sifted.counts[facet],
  timely: () => state._sifted.timely,

  select(kind = "", id = "") {
    const again = kind === this.selection.kind && id === this.selection.id;
    const filters = this._choose(again ? "" : kind, id) && this._showChosen();
    this._tell({ selection: true, filters });
  },

  filter(some) {
    Object.assign(this.filters, some);
    this._sift();
    const lost = this.selection.routes.size > 0 && !this._isAnyChosenShown();
    if (lost) this._choose("");
    this._tell({ selection: lost, filters: true });
  },

  hide(facet, value, off) {
    const others = this.filters.hidden[facet].filter((one) => one !== value);
    this.filter({ hidden: { ...this.filters.hidden, [facet]: off ? [...others, value] : others } });
  },

  keep(facet, value, on) {
    const others = this.filters.only[facet].filter((one) => one !== value);
    this.filter({ only: { ...this.filters.only, [facet]: on ? [...others, value] : others } });
  },

  reset() {
    this.filter(structuredClone(FILTERS));
  },

  // Both at once, as a link tells them.
  restore(filters, kind, id) {
    this.filters = filters;
    this._sift();
    if (this._choose(kind, id)) this._showChosen();
    this._tell({ selection: true, filters: true });
  },

  isReset: () => JSON.stringify(state.filters) === JSON.stringify(FILTERS),

  subscribe(listener) {
    this._told.push(listener);
    if (this._findings) listener({ selection: true, filters: true });
  },

  _choose(kind, id) {
    this.selection = kind ? { kind, id, routes: routesChosen(this._findings, kind, id) } : NOTHING;
    return Boolean(kind);
  },

  _isAnyChosenShown() {
    return [...this.selection.routes].some(this.shownRoute);
  },

  // What is chosen has to be seen: denied ones are turned on for it, and if that is not enough all else too.
  // Returns whether the filters had to change.
  _showChosen() {
    if (!this.selection.routes.size || this._isAnyChosenShown()) return false;
    for (const filters of [this.filters, structuredClone(FILTERS)]) {
      const { factuality } = filters.hidden;
      this.filters = {
        ...filters,
        hidden: { ...filters.hidden, factuality: factuality.filter((one) => one !== "denied") },
      };
      this._sift();
      if (this._isAnyChosenShown()) break;
    }
    return true;
  },

  _tell(change) {
    for (const listener of this._told) listener(change);
  },

  _sift() {
    this._sifted = sift(this._items, this.filters);
    this.legs = this._findings.legs.filter(this.shown);
  },
};
