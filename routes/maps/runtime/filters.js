// The filters above the map: a search, a sheet of boxes for each thing that legs differ in, how many are shown, a reset.

const FACETS = {
  mode: { title: t("Mode"), say: (mode) => STYLE.modes[mode].label },
  factuality: { title: t("Certainty"), say: (factuality) => STYLE.factualities[factuality].label },
  kind: { title: t("Kind"), say: (kind) => told(KINDS, kind) },
  cargo: { title: t("Cargo"), say: (cargo) => cargo || t("not told") },
  attribution: { title: t("Said by"), say: (source) => source || t("not told") },
  publisher: { title: t("Publisher"), say: (publisher) => publisher || t("not told") },
  report: { title: t("Report"), say: (id) => reportTitle(id) },
};
// Who says so, who printed it, and where, are one question: by whom is this known?
const SHEETS = [["mode"], ["factuality"], ["kind"], ["cargo"], ["attribution", "publisher", "report"]];
const LONG_LIST = 15;
const MOST_LISTED = 200;
const TYPING_MS = 150;

function reportTitle(id) {
  const report = findings.reports.find((one) => text(one.id) === id);
  return text(report?.title) || id || t("not told");
}

// The values of a facet that the findings have: modes and certainties as the legend orders them, others by number.
function valuesOf(facet, legs) {
  const numbers = new Map();
  for (const { facets } of legs) numbers.set(facets[facet], (numbers.get(facets[facet]) ?? 0) + 1);
  const order = { mode: Object.keys(STYLE.modes), factuality: Object.keys(STYLE.factualities) }[facet];
  if (order) return order.filter((value) => numbers.has(value));
  return [...numbers.keys()].sort((a, b) => numbers.get(b) - numbers.get(a) || (a < b ? -1 : 1));
}

const isKept = (facet) => Object.hasOwn(state.filters.only, facet);
const isTicked = (facet, value) =>
  isKept(facet) ? state.filters.only[facet].includes(value) : !state.filters.hidden[facet].includes(value);

function tick(facet, value, ticked) {
  if (isKept(facet)) state.keep(facet, value, ticked);
  else state.hide(facet, value, !ticked);
}

// One box: what it stands for, and how many legs it would leave.
function facetBox(facet, value) {
  const box = html("input", {
    type: "checkbox",
    onchange: () => tick(facet, value, box.checked),
  });
  const count = html("span", { class: "count" });
  const looks = { mode: () => sample(value, "certain"), factuality: () => sample("pipeline", value) }[facet];
  const row = html("label", {}, box, looks?.(), html("bdi", {}, FACETS[facet].say(value)), count);
  const update = () => {
    const n = state.counts(facet).get(value) ?? 0;
    box.checked = isTicked(facet, value);
    count.textContent = tNumber(n);
    row.classList.toggle("none", n === 0);
  };
  return { row, update };
}

// A group of boxes; a long one has a field to find one by, and lists only so many at once.
function facetGroup(facet, values) {
  let boxes = [];
  const listed = html("div", { class: "boxes" });
  const list = (wanted = "") => {
    const found = values.filter((value) => fold(FACETS[facet].say(value)).includes(fold(wanted)));
    const ticked = found.filter((value) => isKept(facet) && isTicked(facet, value));
    boxes = [...new Set([...ticked, ...found.slice(0, MOST_LISTED)])].map((value) => facetBox(facet, value));
    const more = found.length - boxes.length;
    const rest = more > 0 && html("p", { class: "hint" }, tn("{n} more", "{n} more", more));
    listed.replaceChildren(...boxes.map(({ row }) => row), ...[rest].filter(Boolean));
    for (const { update } of boxes) update();
  };
  const find = html("input", {
    type: "search",
    "aria-label": t("Find in {list}", { list: FACETS[facet].title }),
    placeholder: t("Find in the list"),
    oninput: (event) => list(event.target.value),
  });
  const group = html(
    "fieldset",
    {},
    html("legend", {}, FACETS[facet].title),
    values.length > LONG_LIST && find,
    listed,
  );
  return { group, list, update: () => boxes.forEach(({ update }) => update()) };
}

// A button that opens a sheet of groups; the sheet is filled when it is first opened.
function facetSheet(facets, values) {
  const offered = facets.filter((facet) => values[facet].length > 1);
  if (!offered.length) return null;
  const groups = offered.map((facet) => facetGroup(facet, values[facet]));
  const mark = html("span", { class: "mark" });
  const title = facets.length > 1 ? t("Source") : FACETS[facets[0]].title;
  const sheet = html("div", { class: "sheet" });
  const hint = isKept(offered[0]) ? html("p", { class: "hint" }, t("None ticked means any.")) : "";
  const details = html(
    "details",
    {
      name: "facet",
      "data-facet": facets[0],
      ontoggle: () => {
        if (details.open && !sheet.firstChild) sheet.append(hint, ...groups.map(({ group }) => group));
        if (details.open) groups.forEach(({ list }) => list());
      },
    },
    html("summary", {}, title, mark),
    sheet,
  );
  const update = () => {
    const ticked = offered.flatMap((facet) => values[facet].filter((value) => isTicked(facet, value)));
    const all = isKept(offered[0]) ? 0 : values[offered[0]].length;
    mark.textContent =
      ticked.length === all ? "" : all ? `${tNumber(ticked.length)}/${tNumber(all)}` : tNumber(ticked.length);
    if (details.open) groups.forEach((group) => group.update());
  };
  return { details, update };
}

// A sheet closes as a menu does: by Escape, by a press elsewhere, by going on with the tabulator.
function closeLikeMenus(bar) {
  const close = (but) => {
    for (const details of bar.querySelectorAll("details[open]")) if (details !== but) details.open = false;
  };
  bar.addEventListener("keydown", (event) => {
    const open = bar.querySelector("details[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("pointerdown", (event) => close(event.target.closest?.("#filters details")));
  bar.addEventListener("focusin", (event) => close(event.target.closest("details")));
}

function searchField(view) {
  let waiting;
  return html("input", {
    type: "search",
    class: "words",
    "aria-label": t("Search places and quotes"),
    placeholder: t("Search places and quotes"),
    maxlength: MOST_WORDS,
    oninput: ({ target }) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => state.filter({ words: target.value }), TYPING_MS);
    },
    // Enter brings what was found into view.
    onkeydown: ({ key, target }) => {
      if (key !== "Enter") return;
      clearTimeout(waiting);
      state.filter({ words: target.value });
      view.fit(state.legs);
    },
  });
}

function drawFilters(bar, findings, view) {
  const values = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, valuesOf(facet, findings.legs)]));
  bar.hidden = findings.legs.length < 2;
  if (bar.hidden) return;
  const field = searchField(view);
  const sheets = SHEETS.map((facets) => facetSheet(facets, values)).filter(Boolean);
  const count = html("p", { class: "shown", role: "status" });
  const reset = html("button", { type: "button", class: "reset", onclick: () => state.reset() }, t("Reset"));
  bar.append(
    field,
    html("div", { class: "facets" }, sheets.map(({ details }) => details)),
    html("div", { class: "result" }, count, reset),
  );
  closeLikeMenus(bar);
  state.subscribe((change) => {
    if (!change.filters) return;
    sheets.forEach(({ update }) => update());
    if (document.activeElement !== field || !state.filters.words) field.value = state.filters.words;
    const all = findings.legs.length;
    count.textContent = tn("{shown} of {n} leg shown", "{shown} of {n} legs shown", all, { shown: state.legs.length });
    reset.disabled = state.isReset();
  });
}
