// The reports, each with its text and its routes, and where in the text quotes and names stand.

const PIECE_UNITS = 8000; // of text that is laid out and marked at once
const SEARCHED_UNITS = 5e7; // for quotes that do not stand where the file says, in all

// One article for each report; routes are numbered as they stand in the texts, which joins text, list and table.
function articlesOf(findings) {
  const reports = findings.reports.length ? findings.reports : [{}];
  const articles = new Map(reports.map((report) => [text(report.id), articleOf(report)]));
  const home = (id) => {
    if (reports.length === 1) return articles.values().next().value;
    if (!articles.has(id)) articles.set(id, articleOf({ id, title: id }));
    return articles.get(id);
  };
  for (const route of findings.routes) home(route.report).routes.push(route);
  for (const place of findings.places) home(place.report).places.push(place);
  for (const one of findings.unresolved) home(one.report).unresolved.push(one);
  let number = 0;
  for (const { routes } of articles.values()) {
    routes.sort((a, b) => firstStart(a) - firstStart(b));
    for (const route of routes) {
      number += 1;
      route.number = number;
    }
  }
  return [...articles.values()];
}

const articleOf = (report) => ({
  id: text(report.id),
  report,
  title: text(report.title) || text(report.id) || text(report.url),
  language: text(report.language),
  text: typeof report.text === "string" ? report.text : "",
  routes: [],
  places: [],
  unresolved: [],
});

// Without a number the order of the file stays.
const firstStart = (route) =>
  Math.min(...route.evidence.map(({ start }) => start).filter(Number.isFinite), Number.MAX_SAFE_INTEGER);

// Files count characters, a browser counts UTF-16 units: characters beyond the first plane take two of them.
function unitsOf(body) {
  const wide = [];
  for (const { index } of body.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) wide.push(index - wide.length);
  return (offset) => {
    let low = 0,
      high = wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (wide[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return offset + low;
  };
}

// Finds stretches of a text: where the file says, else the same words nearest to it, for texts are edited too.
function finderOf(body) {
  const units = unitsOf(body);
  let left = SEARCHED_UNITS;
  return ({ exact, start, end }) => {
    const [from, to] = [units(start), units(end)];
    if (from < to && to <= body.length && (!exact || body.slice(from, to) === exact)) return [from, to];
    left -= body.length;
    if (!exact || left < 0) return null;
    const near = Number.isFinite(from) ? from : 0;
    const spots = [body.lastIndexOf(exact, near), body.indexOf(exact, near)].filter((at) => at >= 0);
    spots.sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    return spots.length ? [spots[0], spots[0] + exact.length] : null;
  };
}

// What is marked in a text: quotes with the routes that rest on them, and names with their places.
function marksOf(article) {
  const find = finderOf(article.text);
  const quotes = new Map();
  for (const route of article.routes) {
    for (const one of route.evidence) {
      const found = find(one);
      if (!found) continue;
      const key = found.join("-");
      const id = Number.isNaN(one.start + one.end) ? null : spanId(route.report, one.start, one.end);
      if (!quotes.has(key)) quotes.set(key, { start: found[0], end: found[1], id, routes: [] });
      const { routes } = quotes.get(key);
      if (!routes.includes(route)) routes.push(route);
    }
  }
  const names = article.places
    .flatMap((place) => place.mentions.map((mention) => ({ mention, place })))
    .concat(article.unresolved.map((mention) => ({ mention, place: null })))
    .map(({ mention, place }) => ({ found: find(mention), place }))
    .filter(({ found }) => found)
    .map(({ found, place }) => ({ start: found[0], end: found[1], place }))
    .sort((a, b) => a.start - b.start);
  const apart = [];
  for (const one of names) if (one.start >= (apart.at(-1)?.end ?? 0)) apart.push(one);
  const met = new Set();
  for (const one of apart) {
    one.first = one.place !== null && !met.has(one.place);
    met.add(one.place);
  }
  return { quotes: [...quotes.values()].sort((a, b) => a.start - b.start || b.end - a.end), names: apart };
}

// Paragraphs as [start, end]: each line is one, or in a text with wrapped lines what stands between empty ones. A very
// long one is cut where a line or a word ends.
function piecesOf(body) {
  const pieces = [];
  let start = body.search(/\S/);
  if (start < 0) return pieces;
  const take = (end) => {
    while (end - start > PIECE_UNITS) {
      const part = body.slice(start, start + PIECE_UNITS);
      const cut = Math.max(part.lastIndexOf("\n"), part.lastIndexOf(" ")) + 1 || PIECE_UNITS;
      const split = /[\ud800-\udbff]/.test(part[cut - 1]) ? 1 : 0; // never half a character
      pieces.push([start, start + cut - split]);
      start += cut - split;
    }
    if (start < end) pieces.push([start, end]);
  };
  const wrapped = !/[^\n]{121}/.test(body);
  for (const gap of body.matchAll(wrapped ? /\n[ \t\r]*\n\s*/g : /\n\s*/g)) {
    take(gap.index);
    start = gap.index + gap[0].length;
  }
  take(body.length);
  return pieces;
}

// A stretch cut wherever a quote or a name begins or ends: [start, end, quotes over it, name under it].
function segmentsOf(start, end, { quotes, names }) {
  const touching = (marks) => marks.filter((mark) => mark.start < end && mark.end > start);
  const over = touching(quotes),
    named = touching(names);
  const cuts = new Set([start, end]);
  for (const mark of [...over, ...named]) {
    cuts.add(Math.max(start, mark.start));
    cuts.add(Math.min(end, mark.end));
  }
  const sorted = [...cuts].sort((a, b) => a - b);
  const covers = (a, b) => (mark) => mark.start <= a && mark.end >= b;
  return sorted
    .slice(1)
    .map((b, i) => [sorted[i], b, over.filter(covers(sorted[i], b)), named.find(covers(sorted[i], b))]);
}

// Denied ones are listed though the map leaves them out at first: who chooses one sees it.
const isListed = (route) => state.listedRoute(route.key);
