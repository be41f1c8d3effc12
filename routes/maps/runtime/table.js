// All legs as a table below the map: opened when asked for, and only the rows in view are made, so that ten thousand
// legs are as quick as ten. A grid: arrows go from row to row, Enter shows the leg on the map.

const WINDOW_ROWS = 120;
const MARGIN_ROWS = 40; // above the first that is seen

// `verbatim`: the report's words, in its language and direction.
const TABLE_COLUMNS = [
  { key: "number", head: t("No."), sort: (row) => row.order, cell: (row) => row.label },
  { key: "leg", head: t("Leg"), sort: legWay, cell: legNames },
  { key: "mode", head: t("Mode"), sort: modeWords, cell: modeWords },
  { key: "cargo", head: t("Cargo"), verbatim: true, sort: (row) => row.route.cargo },
  { key: "certainty", head: t("Certainty"), sort: (row) => STYLE.factualities[row.route.factuality].label },
  { key: "who", head: t("Said by"), verbatim: true, sort: (row) => row.route.attribution },
  { key: "date", head: t("Date"), sort: (row) => row.route.date, cell: (row) => tDate(row.route.date) },
  { key: "quantity", head: t("Quantity"), verbatim: true, sort: (row) => row.route.quantity },
  { key: "length", head: t("Length"), sort: (row) => row.leg?.lengthKm || "", cell: lengthWords },
  { key: "report", head: t("Report"), verbatim: true, sort: (row) => row.article.title },
  { key: "quote", head: t("Quote"), verbatim: true, sort: (row) => row.route.quotes[0] ?? "" },
];

// Left out where nothing of the kind is told.
const OPTIONAL = { cargo: "cargo", who: "attribution", date: "date", quantity: "quantity" };

function legWay({ leg, route }) {
  return leg ? `${leg.origin} ${leg.destination}` : route.stops.map((stop) => stop.name).join(" ");
}

function legNames({ leg, route }) {
  if (!leg) return stopNames(route.stops);
  const role = (place) => route.stops.find((stop) => stop.name === place)?.role ?? "";
  return stopNames([leg.origin, leg.destination].map((one) => ({ name: one || "?", role: role(one), placed: true })));
}

function modeWords({ leg, route }) {
  const label = (mode) => (mode === "unknown" ? t("not told") : STYLE.modes[mode].label);
  return leg ? label(leg.mode) : tList(route.modes.map(label));
}

function lengthWords({ leg }) {
  if (!leg) return t("not placed");
  return leg.lengthKm ? tKm(leg.lengthKm) : "";
}

// One row for each leg, and one for each route that has none.
function rowsOf(articles) {
  const every = articles.flatMap((article) =>
    article.routes.flatMap((route) =>
      (route.legs.length ? route.legs : [null]).map((leg, i) => ({
        article,
        route,
        leg,
        label: route.legs.length > 1 ? `${route.number}.${i + 1}` : String(route.number),
      })),
    ),
  );
  every.forEach((row, i) => (row.order = i + 1));
  return every;
}

function drawTable(box, articles) {
  const summary = html("summary");
  box.replaceChildren(summary);
  const every = rowsOf(articles);
  let grid = null;
  const listedRows = () => every.filter(({ route }) => isListed(route));
  box.addEventListener("toggle", () => {
    if (!box.open || grid) return;
    grid = gridOf(columnsFor(every, articles));
    box.append(grid.element);
    grid.set(listedRows());
    grid.reveal();
  });
  state.subscribe(({ selection, filters }) => {
    if (filters) {
      const some = listedRows();
      const legs = some.filter(({ leg }) => leg).length;
      summary.textContent = `${t("Table of routes")} · ${tn("{n} leg", "{n} legs", legs)}`;
      grid?.set(some);
    }
    if (selection) grid?.reveal();
  });
}

const columnsFor = (every, articles) =>
  TABLE_COLUMNS.filter(({ key }) => {
    if (OPTIONAL[key]) return every.some(({ route }) => route[OPTIONAL[key]]);
    return key !== "report" || articles.length > 1;
  });

function gridOf(columns) {
  const collator = new Intl.Collator(LANGUAGE, { numeric: true, sensitivity: "base" });
  const above = spacer(columns),
    below = spacer(columns);
  const body = html("tbody");
  const table = html("table", { role: "grid", "aria-label": t("Table of routes") });
  const element = html(
    "div",
    {
      class: "scroller",
      role: "region",
      "aria-label": t("Table of routes"),
      tabindex: -1,
      onscroll: render,
      onkeydown: onKey,
    },
    table,
  );
  const sorted = { key: "", down: false };
  let items = [],
    rows = [],
    from = -1,
    active = 0,
    height = 30;

  const heads = columns.map(({ key, head }) =>
    html(
      "th",
      { scope: "col", class: `of-${key}`, "aria-sort": "none" },
      html("button", { type: "button", onclick: () => sortBy(key) }, head),
    ),
  );
  table.append(
    html("colgroup", {}, columns.map(({ key }) => html("col", { class: `of-${key}` }))),
    html("thead", {}, html("tr", { "aria-rowindex": 1 }, heads)),
    body,
  );

  // Up, down, and as in the report again.
  function sortBy(key) {
    if (sorted.key !== key) Object.assign(sorted, { key, down: false });
    else if (sorted.down) sorted.key = "";
    else sorted.down = true;
    columns.forEach((column, i) => {
      const way = sorted.down ? "descending" : "ascending";
      heads[i].setAttribute("aria-sort", column.key === sorted.key ? way : "none");
    });
    order();
    element.scrollTop = 0;
  }

  function order() {
    const column = columns.find(({ key }) => key === sorted.key);
    rows = items;
    if (column) {
      const keyed = items.map((row) => [column.sort(row), row]);
      const way = sorted.down ? -1 : 1;
      // What is not told comes last, whichever way.
      keyed.sort(([a], [b]) => {
        if (a === "" || b === "") return (a === "") - (b === "");
        return way * (typeof a === "number" ? a - b : collator.compare(a, b));
      });
      rows = keyed.map(([, row]) => row);
    }
    active = 0;
    table.setAttribute("aria-rowcount", rows.length + 1);
    from = -1;
    render();
  }

  function render() {
    const first = Math.floor(element.scrollTop / height) - MARGIN_ROWS;
    const start = Math.max(0, Math.min(Math.floor(first / 20) * 20, rows.length - WINDOW_ROWS));
    if (start === from) return;
    from = start;
    const held = body.contains(document.activeElement);
    const shown = rows.slice(from, from + WINDOW_ROWS);
    body.replaceChildren(above, ...shown.map((row, i) => rowNode(row, from + i)), below);
    above.hidden = from === 0;
    above.firstChild.style.height = `${from * height}px`;
    below.hidden = from + shown.length >= rows.length;
    below.firstChild.style.height = `${(rows.length - from - shown.length) * height}px`;
    paint();
    if (held) (nodeOf(active) ?? element).focus({ preventScroll: true });
  }

  const rowNode = (row, index) =>
    html(
      "tr",
      { "aria-rowindex": index + 2, onclick: () => choose(index) },
      columns.map(({ key, sort, cell, verbatim }) =>
        html(
          "td",
          { class: `of-${key}`, role: "gridcell" },
          html(
            "span",
            { dir: verbatim ? "auto" : null, lang: (verbatim && row.article.language) || null },
            (cell ?? sort)(row),
          ),
        ),
      ),
    );

  const nodeOf = (index) => (index < from || index >= from + WINDOW_ROWS ? null : body.children[index - from + 1]);

  function paint() {
    const { kind, id, routes } = state.selection;
    const tabbable = nodeOf(active) ? active : Math.max(from, Math.ceil(element.scrollTop / height));
    for (const node of body.querySelectorAll("[aria-rowindex]")) {
      const index = node.ariaRowIndex - 2;
      const { route, leg } = rows[index];
      const chosen = routes.has(route.key);
      node.classList.toggle("chosen", chosen);
      node.setAttribute("aria-selected", String(chosen && (kind !== "leg" || leg?.index === id)));
      node.tabIndex = index === tabbable ? 0 : -1;
    }
  }

  function choose(index) {
    active = index;
    const { leg, route } = rows[index];
    // Only a route that is chosen as a whole turns on what is denied.
    if (leg && state.shown(leg)) state.select("leg", leg.index);
    else state.select("route", route.key);
  }

  function move(to) {
    active = Math.max(0, Math.min(rows.length - 1, to));
    bring(active);
    paint();
    nodeOf(active)?.focus({ preventScroll: true });
  }

  // The head covers the first row's height.
  function bring(index) {
    const top = index * height,
      room = element.clientHeight - table.tHead.offsetHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + height > element.scrollTop + room) element.scrollTop = top + height - room;
    render();
  }

  function onKey(event) {
    if (event.target.closest("thead")) return;
    const to = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined) move(to);
    else if (event.key === "Enter" || event.key === " ") choose(active);
    else return;
    event.preventDefault();
  }

  return {
    element,
    set(some) {
      items = some;
      order();
      height = body.querySelector("[aria-rowindex]")?.offsetHeight || height;
    },
    // Shows the row of what was chosen elsewhere.
    reveal() {
      const { kind, id, routes } = state.selection;
      paint();
      if (element.contains(document.activeElement) || !kind) return;
      const index = rows.findIndex(({ leg, route }) => (kind === "leg" ? leg?.index === id : routes.has(route.key)));
      if (index < 0) return;
      active = index;
      bring(index);
      paint();
    },
  };
}

const spacer = (columns) =>
  html("tr", { class: "space", "aria-hidden": "true" }, html("td", { colspan: columns.length }));
