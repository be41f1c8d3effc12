// The panel beside the map: the reports, one opened at a time, each read as text with its quotes marked or as a list of
// its routes. What is chosen here is shown on the map, and what is chosen there is found here.

function drawPanel(panel, findings, articles) {
  const body = html("div", { class: "body" });
  const single = articles.length === 1;
  panel.replaceChildren(html("header", { class: "bar" }, panelTitle(articles), foldButton(panel)), body);
  let opened = null; // {article, view}
  function open(article, place) {
    opened?.view.element.remove();
    opened = article && { article, view: articleView(article, findings) };
    if (!opened) return;
    place.append(opened.view.element);
    opened.view.filled();
  }
  const shelf = single ? null : shelfOf(articles, open, () => opened?.article);
  body.append(single ? "" : shelf.element);
  const [only] = single ? articles : [];
  state.subscribe(({ selection, filters }) => {
    if (filters) {
      shelf?.fill();
      opened?.view.filled();
    }
    if (only && !opened) open(only, body);
    if (!selection) return;
    const chosen = state.selection.kind && articles.find(isChosenIn);
    if (shelf && chosen && chosen !== opened?.article) shelf.toggle(chosen);
    opened?.view.chosen();
  });
}

// Whether the choice is one of this article's.
function isChosenIn(article) {
  const { kind, id, routes } = state.selection;
  if (kind === "place") return article.places.some((place) => place.index === id);
  return article.routes.some((route) => routes.has(route.key));
}

function panelTitle(articles) {
  const [only] = articles.length === 1 ? articles : [];
  const byline = only
    ? nameList([text(only.report.publisher), tDate(text(only.report.published))].filter(Boolean))
    : tn("{n} report", "{n} reports", articles.length);
  return html(
    "div",
    { class: "heading" },
    html("h1", { dir: "auto", lang: only?.language || null }, document.title),
    html("p", { class: "byline" }, byline),
  );
}

function foldButton(panel) {
  const button = html(
    "button",
    { type: "button", class: "fold", "aria-expanded": "true", onclick: fold },
    svg("svg", { width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true" }, svg("path", { d: "M4 1l5 5l-5 5" })),
  );
  function fold() {
    const folded = panel.parentElement.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    tell(folded);
  }
  const tell = (folded) => {
    const words = folded ? t("Show the report") : t("Fold the report away");
    button.setAttribute("aria-label", words);
    button.title = words;
  };
  tell(false);
  return button;
}

// Several reports as a list with counts.
function shelfOf(articles, open, opened) {
  const list = pagedList((article) => {
    const drawn = article.routes.filter((route) => route.legs.length && isListed(route)).length;
    const lost = article.unresolved.length + article.routes.filter((route) => !route.legs.length).length;
    const counts = [
      tn("{n} route", "{n} routes", drawn),
      lost && tn("{n} not placed", "{n} not placed", lost),
      text(article.report.publisher),
      tDate(text(article.report.published)),
    ];
    const isOpen = article === opened();
    const item = html(
      "li",
      { class: "report" },
      html(
        "h2",
        {},
        html(
          "button",
          { type: "button", "aria-expanded": String(isOpen), onclick: () => toggle(article) },
          html("span", { class: "title", dir: "auto", lang: article.language || null }, article.title || "?"),
          html("span", { class: "facts" }, counts.filter(Boolean).join(" · ")),
        ),
      ),
    );
    return item;
  });
  function toggle(article) {
    const item = list.reach(article);
    const closing = article === opened();
    for (const button of list.element.querySelectorAll("h2 button")) button.setAttribute("aria-expanded", "false");
    open(closing ? null : article, item);
    item.querySelector("button").setAttribute("aria-expanded", String(!closing));
    if (!closing) item.scrollIntoView({ block: "start", behavior: "instant" });
  }
  return {
    element: html("section", { class: "reports", "aria-label": t("Reports") }, list.element),
    toggle,
    fill() {
      const article = opened();
      if (article) open(null);
      list.set(articles);
      if (article) toggle(article);
    },
  };
}

// One report: its text and its routes as two tabs, or its routes alone where the text is not on the page.
function articleView(article, findings) {
  const routes = routesView(article, findings);
  if (!article.text)
    return {
      element: html("div", { class: "article" }, routes.element),
      filled: () => routes.fill(),
      chosen: () => routes.reveal(),
    };
  const body = textView(article),
    finds = foundBar(body);
  const panes = [
    { label: () => t("Report"), element: html("div", {}, body.element) },
    { label: () => `${t("Routes")} ${tNumber(article.routes.filter(isListed).length)}`, element: routes.element },
  ];
  const tabs = tabsOf(panes, () => {
    finds.element.classList.toggle("away", tabs.at() !== 0);
    reveal();
  });
  function reveal() {
    if (state.selection.kind === "") return;
    if (tabs.at() === 0) finds.reveal();
    else routes.reveal();
  }
  return {
    element: html("div", { class: "article" }, html("div", { class: "tabs" }, tabs.element, finds.element), ...panes.map(({ element }) => element)),
    filled() {
      routes.fill();
      body.paint();
      tabs.name();
    },
    chosen() {
      body.paint();
      routes.paint();
      finds.count();
      if (!narrow.matches || !document.activeElement.closest("#table")) reveal();
    },
  };
}

// Where the choice stands in the text: shows one of the spots and steps through the others.
function foundBar(body) {
  const short = html("span", { "aria-hidden": "true" }),
    long = html("span", { class: "unseen", role: "status" });
  const step = (label, sign, by) =>
    html("button", { type: "button", "aria-label": label, onclick: () => go(by) }, sign);
  const element = html(
    "div",
    { class: "found", hidden: "" },
    short,
    long,
    step(t("Previous one"), "‹", -1),
    step(t("Next one"), "›", 1),
  );
  let spots = [],
    at = 0;
  function go(by) {
    at = (at + by + spots.length) % spots.length;
    tell();
    body.reveal(spots[at]);
  }
  const tell = () => {
    short.textContent = `${tNumber(at + 1)} / ${tNumber(spots.length)}`;
    long.textContent = t("{which} of {n} in the text", { which: at + 1, n: spots.length });
  };
  return {
    element,
    count() {
      spots = state.selection.kind ? body.spots() : [];
      at = 0;
      element.hidden = spots.length < 2;
      tell();
    },
    // Stays where it is if one of the spots can be seen.
    reveal() {
      if (!spots.length) return;
      const seen = [...body.element.querySelectorAll("mark.chosen, .toponym.chosen")].find(isInView);
      const start = Number(seen?.dataset.start);
      at = Math.max(0, spots.findIndex((spot) => spot[0] <= start && start < spot[1]));
      tell();
      if (!seen) body.reveal(spots[at]);
    },
  };
}

function isInView(element) {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = narrow.matches
    ? { top: document.getElementById("map").getBoundingClientRect().bottom, bottom: innerHeight }
    : element.closest(".body").getBoundingClientRect();
  return bottom > top && top >= frame.top + 30 && bottom <= frame.bottom;
}

// The pattern of the ARIA Authoring Practices: one stop of the tab key, arrows between the tabs.
function tabsOf(panes, onTurn) {
  const scrolled = panes.map(() => 0);
  let at = 0;
  const buttons = panes.map((pane, i) => {
    pane.element.id = `pane-${i}`;
    pane.element.setAttribute("role", "tabpanel");
    pane.element.setAttribute("aria-labelledby", `tab-${i}`);
    pane.element.hidden = i !== at;
    return html("button", {
      type: "button",
      role: "tab",
      id: `tab-${i}`,
      "aria-controls": `pane-${i}`,
      "aria-selected": String(i === at),
      tabindex: i === at ? 0 : -1,
      onclick: () => turn(i),
      onkeydown: (event) => {
        const to = { ArrowLeft: 1 - i, ArrowRight: 1 - i, Home: 0, End: panes.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        turn(to);
        buttons[to].focus();
      },
    });
  });
  function turn(to) {
    if (to === at) return;
    const body = buttons[0].closest(".body");
    scrolled[at] = body.scrollTop;
    at = to;
    panes.forEach(({ element }, i) => (element.hidden = i !== at));
    buttons.forEach((button, i) => {
      button.setAttribute("aria-selected", String(i === at));
      button.tabIndex = i === at ? 0 : -1;
    });
    body.scrollTop = scrolled[at];
    onTurn();
  }
  return {
    element: html("div", { role: "tablist", "aria-label": t("The report") }, buttons),
    at: () => at,
    name: () => buttons.forEach((button, i) => (button.textContent = panes[i].label())),
  };
}
