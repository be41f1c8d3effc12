// A report's text with its quotes and names marked. All of the text is on the page at once, so that a browser finds
// words in it; it is laid out, and marked, where it comes into view.

function textView(article) {
  const box = html("div", { class: "text", lang: article.language || null });
  const chunks = [];
  for (const [start, end] of piecesOf(article.text)) {
    const last = chunks.at(-1);
    if (last && end - last.start <= PIECE_UNITS) last.add(start, end);
    else chunks.push(chunkOf(article.text, start, end));
  }
  box.append(...chunks.map(({ element }) => element));
  let marks = null;
  const ready = (chunk) => {
    if (chunk.marked) return;
    marks ??= marksOf(article);
    chunk.mark(article, marks);
    paintMarks(chunk.element);
    watcher.unobserve(chunk.element);
  };
  const watcher = new IntersectionObserver(
    (seen) =>
      seen
        .filter((one) => one.isIntersecting)
        .forEach(({ target }) => ready(chunks.find(({ element }) => element === target))),
    { rootMargin: "400px" },
  );
  for (const { element } of chunks) watcher.observe(element);
  return {
    element: box,
    paint: () => paintMarks(box),
    // Where the choice stands in the text, as [start, end].
    spots() {
      marks ??= marksOf(article);
      return chosenSpots(marks);
    },
    // Brings a stretch into view.
    reveal([start, end]) {
      const at = chunks.find((chunk) => chunk.end >= end) ?? chunks.at(-1);
      const from = chunks.find((chunk) => chunk.end > start) ?? at;
      [from, at].forEach(ready);
      const mark = [...from.element.querySelectorAll("[data-start]")].find(
        ({ dataset }) => Number(dataset.start) <= start && Number(dataset.end) > start,
      );
      scrollTo(mark ?? from.element);
    },
  };
}

function chunkOf(body, start, end) {
  const element = html("div", { class: "chunk" });
  const chunk = {
    element,
    start,
    end,
    marked: false,
    pieces: [],
    add(from, to) {
      chunk.end = to;
      chunk.pieces.push([from, to]);
      element.append(html("p", { dir: "auto" }, body.slice(from, to)));
    },
    mark(article, marks) {
      chunk.marked = true;
      chunk.pieces.forEach(([from, to], i) =>
        element.children[i].replaceChildren(
          ...segmentsOf(from, to, marks).flatMap((segment) => segmentNodes(body, segment)),
        ),
      );
    },
  };
  chunk.add(start, end);
  return chunk;
}

function segmentNodes(body, [start, end, quotes, named]) {
  const words = body.slice(start, end);
  const inner = named ? nameNode(words, named) : words;
  if (!quotes.length) return [inner];
  const innermost = quotes.reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
  const mark = html(
    "mark",
    {
      "data-start": start,
      "data-end": end,
      onclick: () =>
        innermost.id ? state.select("quote", innermost.id) : state.select("route", innermost.routes[0].key),
    },
    inner,
  );
  mark.routes = quotes.flatMap((quote) => quote.routes);
  const ending = new Set(quotes.filter((quote) => quote.end === end).flatMap((quote) => quote.routes));
  return [mark, ...[...ending].map(citeNode)];
}

// A button that runs with the text: a true one would stand apart from the word before it.
function inlineButton(attributes, words, choose) {
  const act = (event) => {
    if (event.key && event.key !== "Enter" && event.key !== " ") return;
    event.stopPropagation();
    event.preventDefault();
    choose();
  };
  return html("span", { role: "button", tabindex: 0, ...attributes, onclick: act, onkeydown: act }, words);
}

// The number of a route after its quote: for the keyboard, and where one quote tells of several.
function citeNode(route) {
  const stops = route.stops.map((stop) => stop.name).join(ARROW);
  const label = t("Route {number}: {stops}", { number: String(route.number), stops });
  const choose = () => state.select("route", route.key);
  const cite = inlineButton({ class: "cite", "aria-label": label }, String(route.number), choose);
  cite.routes = [route];
  return cite;
}

// Only the first mention of a place is a stop of the tab key; a pointer may take any.
function nameNode(words, { start, end, place, first }) {
  if (!place) return html("span", { class: "toponym nowhere", title: t("not placed") }, words);
  const node = inlineButton(
    { class: "toponym", tabindex: first ? 0 : -1, "data-start": start, "data-end": end },
    words,
    () => state.select("place", place.index),
  );
  node.place = place;
  return node;
}

function paintMarks(box) {
  const { kind, id, routes } = state.selection;
  for (const node of box.querySelectorAll("mark, .cite")) {
    const chosen = kind !== "place" && node.routes.some((route) => routes.has(route.key));
    node.classList.toggle("chosen", chosen);
    node.classList.toggle("off", !node.routes.some(isListed));
    if (node.className.includes("cite")) node.setAttribute("aria-pressed", String(chosen));
  }
  for (const node of box.querySelectorAll(".toponym[role]")) {
    const chosen = kind === "place" && node.place.index === id;
    node.classList.toggle("chosen", chosen);
    node.setAttribute("aria-pressed", String(chosen));
  }
}

function chosenSpots({ quotes, names }) {
  const { kind, id, routes } = state.selection;
  const chosen =
    kind === "place"
      ? names.filter(({ place }) => place?.index === id)
      : kind === "quote"
        ? quotes.filter((quote) => quote.id === id)
        : quotes.filter((quote) => quote.routes.some((route) => routes.has(route.key)));
  return chosen.map(({ start, end }) => [start, end]);
}

// Twice, since what came into view on the way may have turned out longer or shorter than reckoned.
function scrollTo(element) {
  const bring = () => element.scrollIntoView({ block: "center", behavior: "instant" });
  bring();
  requestAnimationFrame(bring);
}
