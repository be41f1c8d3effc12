// The panel beside the map: every route in words, what could not be placed, and where it was reported. It is also the
// keyboard's and the screen reader's way in.

function drawPanel(panel, findings, choose) {
  const languages = new Map(findings.reports.map((report) => [text(report.id), text(report.language)]));
  const [only] = findings.reports;
  const language = (claim) =>
    languages.get(claim.report) || (findings.reports.length === 1 ? text(only.language) : "");
  panel.replaceChildren(
    ...[
      header(findings),
      routeSection(findings, choose, language),
      unplacedSection(findings, language),
      namedSection(findings),
      sourceSection(findings.reports),
    ].filter(Boolean),
  );
}

function header(findings) {
  const [only] = findings.reports.length === 1 ? findings.reports : [];
  const byline = only ? [text(only.publisher), tDate(text(only.published))].filter(Boolean) : [];
  return html(
    "header",
    {},
    html("h1", { dir: "auto", lang: text(only?.language) || null }, document.title),
    byline.length && html("p", { class: "byline" }, nameList(byline)),
    findings.reports.length > 1 && html("p", { class: "byline" }, tn("{n} report", "{n} reports", findings.reports.length)),
  );
}

function section(title, className, ...children) {
  return html("section", { class: className }, html("h2", {}, title), ...children);
}

function routeSection(findings, choose, language) {
  const drawn = findings.routes.filter((route) => route.legs.length);
  if (!findings.routes.length) {
    const none =
      findings.reports.length > 1
        ? t("No route was found in these reports.")
        : t("No route was found in this report.");
    return section(t("Routes"), "routes", html("p", { class: "none" }, none));
  }
  return section(
    tn("{n} route", "{n} routes", drawn.length),
    "routes",
    drawn.length
      ? null
      : html("p", { class: "none" }, t("Routes are told, but none could be placed on the map.")),
    html(
      "ol",
      {},
      drawn.map((route) => routeItem(route, choose, language(route))),
    ),
  );
}

function routeItem(route, choose, language) {
  const button = html(
    "button",
    {
      type: "button",
      class: "route",
      "aria-pressed": "false",
      "data-route": route.key,
      onclick: () => choose(route.key),
    },
    html("span", { class: "stops" }, stopNames(route.stops)),
    html(
      "span",
      { class: "facts" },
      route.modes.map((mode) => sample(mode, route.factuality)),
      facts(route),
    ),
  );
  const more = [
    route.attribution && tNodes("Said by {who}", { who: name(route.attribution) }),
    route.cargo && tNodes("Cargo: {cargo}", { cargo: name(route.cargo) }),
    route.date && [tDate(route.date)],
    route.unplaced.length && tNodes("Not placed: {names}", { names: name(tList(route.unplaced)) }),
  ].filter(Boolean);
  return html(
    "li",
    {},
    button,
    route.quotes.map((quote) => quotation(quote, language)),
    more.length
      ? html(
          "p",
          { class: "more" },
          more.flatMap((part, i) => (i ? [" · ", ...part] : part)),
        )
      : null,
  );
}

const nameList = (names) =>
  html(
    "span",
    {},
    names.flatMap((one, i) => [i ? t("list|, ") : "", name(one)]),
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

function unplacedSection(findings, language) {
  const undrawn = findings.routes.filter((route) => !route.legs.length);
  const names = [...new Set([...findings.unresolved, ...findings.routes.flatMap((route) => route.unplaced)])];
  if (!undrawn.length && !names.length && !findings.strange) return null;
  return section(
    t("Could not be placed"),
    "unplaced",
    names.length
      ? html(
          "p",
          {},
          tNodes("Names without a place: {names}", { names: nameList(names) }),
        )
      : null,
    html(
      "ul",
      {},
      undrawn.map((route) =>
        html(
          "li",
          {},
          html("span", { class: "stops" }, stopNames(route.stops)),
          html("span", { class: "facts" }, facts(route)),
          route.quotes.map((quote) => quotation(quote, language(route))),
        ),
      ),
    ),
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
}

function namedSection(findings) {
  const named = findings.places.filter((place) => !place.roles.length && place.name);
  if (!named.length) return null;
  const names = [...new Set(named.map((place) => place.name))];
  return html(
    "details",
    { class: "named", open: findings.routes.length ? false : "" },
    html(
      "summary",
      {},
      tn("{n} place named that is no stop", "{n} places named that are no stop", names.length),
    ),
    html(
      "p",
      {},
      nameList(names),
    ),
  );
}

function sourceSection(reports) {
  if (!reports.length) return null;
  return section(
    reports.length > 1 ? t("Sources") : t("Source"),
    "source",
    reports.map((report) =>
      rows([
        [t("Title"), text(report.title)],
        [t("Publisher"), text(report.publisher)],
        [t("Published"), tDate(text(report.published))],
        [t("Address"), link(text(report.url), text(report.url))],
        ["SHA-256", text(report.sha256)],
      ]),
    ),
  );
}
