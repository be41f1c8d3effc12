// When: a histogram of the legs over time, and a span of it to keep, by two handles.

const MOST_BINS = 72;

const inBin = ({ first, last }, from, to) => first < to && last >= from;

// How many legs each bin has; a leg that has a month or a year is shared out among its bins.
function heightsOf(legs, edges) {
  const heights = edges.slice(1).map(() => ({ told: 0, published: 0 }));
  for (const { when, whenTold } of legs) {
    if (!when) continue;
    const hit = heights.filter((_, i) => inBin(when, edges[i], edges[i + 1]));
    for (const height of hit) height[whenTold ? "told" : "published"] += 1 / hit.length;
  }
  return heights;
}

function bars(heights, tallest, [low, high]) {
  return heights.flatMap(({ told, published }, i) => {
    const off = i < low || i > high ? " off" : "";
    const [a, b] = [told / tallest, published / tallest].map((part) => (part ? Math.max(part, 0.04) : 0) * 30);
    const bar = { x: i + 0.08, width: 0.84 };
    return [
      a > 0 && svg("rect", { ...bar, class: `told${off}`, y: 30 - a, height: a }),
      b > 0 && svg("rect", { ...bar, class: `published${off}`, y: 30 - a - b, height: b }),
    ].filter(Boolean);
  });
}

// Where the span of time lies among the bins.
function binsKept(edges) {
  const { from, to } = state.filters;
  const last = edges.length - 2;
  const low = from ? edges.findLastIndex((edge) => edge <= spanOf(from).first) : 0;
  const high = to ? edges.findLastIndex((edge) => edge <= spanOf(to).last) : last;
  return [Math.min(Math.max(low, 0), last), Math.min(Math.max(high, 0), last)];
}

// The span that is kept, to the day.
function spanWords(edges) {
  const { from, to } = state.filters;
  return tDate(`${from || dayText(edges[0])}/${to || dayText(edges.at(-1) - 1)}`);
}

function keepBins(edges, low, high) {
  const [from, to] = [Math.min(low, high), Math.max(low, high)];
  state.filter({
    from: from > 0 ? dayText(edges[from]) : "",
    to: to < edges.length - 2 ? dayText(edges[to + 1] - 1) : "",
  });
}

function handle(label, edges, move) {
  return html("input", {
    type: "range",
    min: 0,
    max: edges.length - 2,
    step: 1,
    "aria-label": label,
    oninput: (event) => move(Number(event.target.value)),
  });
}

function drawTimeline(box, findings) {
  const dated = findings.legs.filter((leg) => leg.when),
    undated = findings.legs.length - dated.length;
  const days = new Set(dated.map(({ when }) => `${when.first} ${when.last}`));
  box.hidden = days.size < 2;
  if (box.hidden) return;
  const edges = binsOf(dated.map(({ when }) => when), MOST_BINS);
  const chart = svg("svg", {
    class: "histogram",
    viewBox: `0 0 ${edges.length - 1} 30`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const words = html("output", {});
  const low = handle(t("From"), edges, (at) => keepBins(edges, at, Math.max(at, binsKept(edges)[1])));
  const high = handle(t("To"), edges, (at) => keepBins(edges, Math.min(at, binsKept(edges)[0]), at));
  const keep = html("input", {
    type: "checkbox",
    onchange: () => state.filter({ undated: keep.checked }),
  });
  const also = html("label", {}, keep, tn("also {n} without a date", "also {n} without a date", undated));
  const fromReports = dated.some((leg) => !leg.whenTold);
  box.setAttribute("aria-label", t("When"));
  box.append(
    html(
      "div",
      { class: "head" },
      html("span", { class: "title" }, t("When")),
      words,
      fromReports &&
        html(
          "span",
          { class: "key" },
          html("i", { class: "told" }),
          t("date told"),
          html("i", { class: "published" }),
          t("only the report's date"),
        ),
      undated > 0 && also,
    ),
    html("div", { class: "track" }, chart, html("div", { class: "rail" }), low, high),
  );
  state.subscribe((change) => {
    if (!change.filters) return;
    const [first, last] = binsKept(edges);
    const heights = heightsOf(state.timely(), edges);
    const tallest = heights.reduce((most, { told, published }) => Math.max(most, told + published), 1e-9);
    chart.replaceChildren(...bars(heights, tallest, [first, last]));
    [low.value, high.value] = [first, last];
    low.setAttribute("aria-valuetext", tDate(dayText(edges[first])));
    high.setAttribute("aria-valuetext", tDate(dayText(edges[last + 1] - 1)));
    // Both at the end: the lower one must be on top, or neither could be moved back.
    low.classList.toggle("above", first === edges.length - 2);
    words.textContent = spanWords(edges);
    keep.checked = state.filters.undated;
    also.hidden = !state.filters.from && !state.filters.to;
  });
}
