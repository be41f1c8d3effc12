// What the filters leave on, and how many each choice would leave.

// Letters that no decomposition takes apart.
const ALONE = { Ł: "L", Ø: "O", Đ: "D", Æ: "AE", Œ: "OE", Þ: "TH", Ħ: "H", "’": "'" };

// The same for "Łódź", "LODZ" and "lodz": without case, accents (also Greek, Hebrew, Arabic vowels) and widths.
const fold = (words) =>
  words
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u065f\u0670]/g, "")
    .toUpperCase()
    .replace(/[ŁØĐÆŒÞĦ’]/g, (letter) => ALONE[letter]);

// Gives every leg, and every route without one, what it is sifted by: its `facets`, its `when`, its `words()`.
function prepare(findings) {
  const reports = new Map(findings.reports.map((report) => [text(report.id), report]));
  const spellings = new Map(),
    written = writtenNames(findings.places);
  // "Ore" and "ore" are one cargo: the first spelling stands for both.
  const spelt = (value) => {
    const key = fold(value.trim());
    if (!spellings.has(key)) spellings.set(key, value.trim());
    return spellings.get(key);
  };
  const items = new Map();
  for (const route of findings.routes) {
    const words = once(() => fold(wordsOf(route, written)));
    const parts = route.legs.length ? route.legs : route.modes.map((mode) => ({ ...route, mode }));
    for (const part of parts) sieved(part, reports.get(part.report) ?? findings.reports[0], spelt, words);
    items.set(route.key, parts);
  }
  return items;
}

function sieved(part, report, spelt, words) {
  const published = text(report?.published);
  part.facets = {
    mode: part.mode,
    factuality: part.factuality,
    kind: part.kind,
    cargo: spelt(part.cargo),
    attribution: spelt(part.attribution),
    publisher: spelt(text(report?.publisher)),
    report: text(report?.id),
  };
  const told = spanOf(part.date);
  part.when = told ?? (part.date ? null : spanOf(published));
  part.whenTold = Boolean(told);
  part.words = words;
}

function once(make) {
  let made;
  return () => (made ??= make());
}

// How the reports spell the stops of each route: a report in German writes "Wien" for Vienna.
function writtenNames(places) {
  const names = new Map();
  for (const place of places)
    for (const route of place.routes) names.set(route, [...(names.get(route) ?? []), place.name, ...place.asWritten]);
  return names;
}

const wordsOf = (route, written) =>
  [
    ...route.stops.map((stop) => stop.name),
    ...route.legs.flatMap((leg) => [leg.origin, leg.destination]),
    ...(written.get(route.key) ?? []),
    ...route.quotes,
  ].join("\n");

// One test for each filter.
function testsOf({ hidden, only, words, from, to, undated }) {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const first = from ? spanOf(from).first : -Infinity,
    last = to ? spanOf(to).last : Infinity;
  const tests = {
    words: (one) => wanted.every((word) => one.words().includes(word)),
    time: ({ when }) => (!from && !to) || (when ? when.first <= last && when.last >= first : undated),
  };
  for (const [facet, off] of Object.entries(hidden)) tests[facet] = (one) => !off.includes(one.facets[facet]);
  for (const [facet, kept] of Object.entries(only))
    tests[facet] = (one) => !kept.length || kept.includes(one.facets[facet]);
  return tests;
}

// `legs` are shown; `counts` says of each value of a facet how many legs it has among those that the other filters
// leave; `timely` are the legs that all but the time leaves.
function sift(items, filters) {
  const tests = Object.entries(testsOf(filters));
  const counts = Object.fromEntries(tests.map(([facet]) => [facet, new Map()]));
  const sifted = { legs: new Set(), routes: new Set(), listed: new Set(), counts, timely: [] };
  for (const [key, parts] of items) {
    for (const part of parts) {
      const failed = tests.filter(([, test]) => !test(part)).map(([facet]) => facet);
      if (failed.length > 1) continue;
      if (!failed.length) {
        sifted.routes.add(key);
        sifted.legs.add(part);
      }
      if (!failed.length || (failed[0] === "factuality" && part.factuality === "denied")) sifted.listed.add(key);
      if (!part.lines) continue;
      if (failed.length === 0 || failed[0] === "time") sifted.timely.push(part);
      for (const facet of failed.length ? failed : Object.keys(part.facets)) {
        const value = part.facets[facet];
        counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
      }
    }
  }
  return sifted;
}
