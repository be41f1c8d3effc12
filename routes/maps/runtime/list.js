// The routes of a report in words, what could not be placed, what else is named, and where it was reported.

const PAGE = 50; // so many of a long list are shown at once

// A list that shows a part of itself, and more when asked or when something further on is to be shown.
function pagedList(make) {
  const list = html("ol");
  const more = (words, step) => html("button", { type: "button", class: "further", onclick: step }, words);
  const before = more(t("Earlier ones"), () => show(Math.max(0, from - PAGE), to));
  const after = more(t("Further ones"), () => show(from, to + PAGE));
  const element = html("div", { class: "paged" }, before, list, after);
  let items = [],
    from = 0,
    to = PAGE;
  function show(first, last) {
    from = first;
    to = last;
    list.replaceChildren(...items.slice(from, to).map(make));
    list.setAttribute("start", from + 1);
    before.hidden = from === 0;
    after.hidden = to >= items.length;
  }
  return {
    element,
    set(every) {
      items = every;
      show(0, PAGE);
    },
    // The element of an item, which is made if it is not there yet.
    reach(item) {
      const index = items.indexOf(item);
      if (index < 0) return null;
      if (index < from || index >= to) show(Math.floor(index / PAGE) * PAGE, (Math.floor(index / PAGE) + 1) * PAGE);
      return list.children[index - from];
    },
  };
}

function section(title, className, ...children) {
  return html("section", { class: className }, html("h2", {}, title), ...children);
}

function routesView(article, findings) {
  const drawn = pagedList((route) => routeItem(route, article)),
    undrawn = pagedList((route) => undrawnItem(route, article));
  const title = html("h2"),
    none = html("p", { class: "none" });
  const names = [
    ...new Set([
      ...article.unresolved.map(({ exact }) => exact),
      ...article.routes.flatMap((route) => route.unplaced),
    ]),
  ];
  const unplaced = section(
    t("Could not be placed"),
    "unplaced",
    names.length ? html("p", {}, tNodes("Names without a place: {names}", { names: nameList(names) })) : null,
    undrawn.element,
    findings.strange
      ? html(
          "p",
          {},
          tn(
            "{n} feature of the file could not be drawn: no line, point or polygon.",
            "{n} features of the file could not be drawn: no line, point or polygon.",
            findings.strange,
          ),
        )
      : null,
  );
  const element = html(
    "div",
    { class: "list" },
    html("section", { class: "routes" }, title, none, drawn.element),
    unplaced,
    namedSection(article),
    sourceSection(article.report),
  );
  return {
    element,
    // After the filters changed.
    fill() {
      const some = article.routes.filter(isListed);
      const lined = some.filter((route) => route.legs.length),
        lineless = some.filter((route) => !route.legs.length);
      title.textContent = article.routes.length ? tn("{n} route", "{n} routes", lined.length) : t("Routes");
      none.textContent = whyNone(article, some, lined);
      none.hidden = !none.textContent;
      drawn.set(lined);
      undrawn.set(lineless);
      unplaced.hidden = !names.length && !lineless.length && !findings.strange;
      this.paint();
    },
    paint() {
      const { kind, id, routes } = state.selection;
      for (const item of element.querySelectorAll("li")) {
        item.classList.toggle("chosen", routes.has(item.dataset.route));
      }
      for (const button of element.querySelectorAll("button.route"))
        button.setAttribute("aria-pressed", String(kind === "route" && id === button.dataset.route));
      for (const button of element.querySelectorAll("button.place"))
        button.setAttribute("aria-pressed", String(kind === "place" && Number(button.dataset.place) === id));
    },
    reveal() {
      const route = article.routes.find((one) => state.selection.routes.has(one.key) && isListed(one));
      const item = route && (route.legs.length ? drawn : undrawn).reach(route);
      this.paint();
      item?.scrollIntoView({ block: "nearest", behavior: "instant" });
    },
  };
}

function whyNone(article, some, lined) {
  if (!article.routes.length) return t("No route was found in this report.");
  if (!some.length) return t("None passes the filters.");
  return lined.length ? "" : t("Routes are told, but none could be placed on the map.");
}

const routeButton = (route, ...more) =>
  html(
    "button",
    {
      type: "button",
      class: "route",
      "aria-pressed": "false",
      "data-route": route.key,
      onclick: () => state.select("route", route.key),
    },
    html("span", { class: "stops" }, badge(route), stopNames(route.stops)),
    html("span", { class: "facts" }, ...more),
  );

const badge = (route) => html("span", { class: "badge" }, String(route.number));

function routeItem(route, article) {
  const more = [
    route.attribution && tNodes("Said by {who}", { who: name(route.attribution) }),
    route.cargo && tNodes("Cargo: {cargo}", { cargo: name(route.cargo) }),
    route.quantity && [name(route.quantity)],
    route.date && [tDate(route.date)],
    route.unplaced.length && tNodes("Not placed: {names}", { names: nameList(route.unplaced) }),
  ].filter(Boolean);
  return html(
    "li",
    { "data-route": route.key },
    routeButton(
      route,
      route.modes.map((mode) => sample(mode, route.factuality)),
      [facts(route), state.shownRoute(route.key) ? "" : t("off the map")].filter(Boolean).join(" · "),
    ),
    route.evidence.map((one) => quoted(one, article)),
    more.length
      ? html(
          "p",
          { class: "more" },
          more.flatMap((part, i) => (i ? [" · ", ...part] : part)),
        )
      : null,
  );
}

const undrawnItem = (route, article) =>
  html(
    "li",
    { "data-route": route.key },
    html("span", { class: "stops" }, badge(route), stopNames(route.stops)),
    html("span", { class: "facts" }, facts(route)),
    route.evidence.map((one) => quoted(one, article)),
  );

// Where the text is not on the page, the words around a quote are.
const quoted = ({ exact, prefix, suffix }, article) =>
  html(
    "blockquote",
    { dir: "auto", lang: article.language || null },
    !article.text && prefix && html("span", { class: "around" }, `…${prefix}`),
    `“${exact}”`,
    !article.text && suffix && html("span", { class: "around" }, `${suffix}…`),
  );

const nameList = (names) =>
  html(
    "span",
    {},
    names.flatMap((one, i) => [i ? t("list|, ") : "", one instanceof Node ? one : name(one)]),
  );

const stopNames = (stops) =>
  stops.flatMap((stop, i) => [
    i ? ARROW : "",
    stop.role === "declared_destination"
      ? html("em", { class: "declared" }, tNodes("declared: {place}", { place: name(stop.name) }))
      : html("bdi", { class: stop.placed ? null : "unplaced" }, stop.name),
  ]);

const facts = (route) =>
  [
    tList(route.modes.map((mode) => STYLE.modes[mode].label)),
    STYLE.factualities[route.factuality].label,
    Object.hasOwn(KINDS, route.kind) ? KINDS[route.kind] : "",
  ]
    .filter(Boolean)
    .join(" · ");

// A short piece of the line as it is drawn on the map.
function sample(mode, factuality) {
  const { dash, width } = STYLE.factualities[factuality];
  const way = { d: "M1 6H43", fill: "none", stroke: `var(--mode-${mode})`, "stroke-width": width };
  return svg(
    "svg",
    { class: "sample", width: 44, height: 12, viewBox: "0 0 44 12", "aria-hidden": "true" },
    svg("path", {
      ...way,
      "stroke-dasharray": dash.join(" ") || null,
      "stroke-linecap": dash.includes(0.1) ? "round" : "butt",
    }),
    factuality === "denied" &&
      svg("path", {
        d: "M10 2l8 8M10 10l8 -8M27 2l8 8M27 10l8 -8",
        stroke: "var(--map-cross)",
        "stroke-width": 1.6,
      }),
  );
}

function namedSection(article) {
  const named = article.places.filter((place) => !place.roles.length && place.name);
  if (!named.length) return null;
  const places = [...new Map(named.map((place) => [place.name, place])).values()];
  return html(
    "details",
    { class: "named", open: article.routes.length ? false : "" },
    html(
      "summary",
      {},
      tn("{n} place named that is no stop", "{n} places named that are no stop", places.length),
    ),
    html("p", {}, nameList(places.map(placeButton))),
  );
}

const placeButton = (place) =>
  html(
    "button",
    {
      type: "button",
      class: "place",
      dir: "auto",
      "data-place": place.index,
      onclick: () => state.select("place", place.index),
    },
    place.name,
  );

function sourceSection(report) {
  const told = rows([
    [t("Title"), text(report.title)],
    [t("Publisher"), text(report.publisher)],
    [t("Published"), tDate(text(report.published))],
    [t("Address"), link(text(report.url), text(report.url))],
    ["SHA-256", text(report.sha256)],
  ]);
  return told.children.length ? section(t("Source"), "source", told) : null;
}
