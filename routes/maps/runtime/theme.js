// Light and dark: as the device says, until the switch says otherwise; on paper always light. What is drawn takes its
// colours from STYLE, the page from custom properties; whoever draws asks to be told when they change.

const coloursOf = ({ modes, factualities, dark, ...colours }, own = modes) => ({
  colours,
  inks: Object.fromEntries(Object.keys(modes).map((mode) => [mode, own[mode]?.color ?? own[mode]])),
});
const LIGHT = coloursOf(STYLE);
const { modes: darkInks, ...darkColours } = STYLE.dark;
const DARK = { colours: { ...LIGHT.colours, ...darkColours }, inks: { ...LIGHT.inks, ...darkInks } };

const deviceIsDark = window.matchMedia("(prefers-color-scheme: dark)");
const repaints = [];
let wishedDark = null;

const isDark = () => wishedDark ?? deviceIsDark.matches;

function paintPage(dark) {
  const { colours, inks } = dark ? DARK : LIGHT;
  const root = document.documentElement;
  Object.assign(STYLE, colours);
  root.dataset.theme = dark ? "dark" : "light";
  for (const [mode, ink] of Object.entries(inks)) {
    STYLE.modes[mode].color = ink;
    root.style.setProperty(`--mode-${mode}`, ink);
  }
  for (const colour of ["casing", "cross", "area", "declared", "sea"]) {
    root.style.setProperty(`--map-${colour}`, STYLE[colour]);
  }
  for (const repaint of repaints) repaint();
}

paintPage(isDark());
deviceIsDark.addEventListener("change", () => paintPage(isDark()));
window.addEventListener("beforeprint", () => isDark() && paintPage(false));
window.addEventListener("afterprint", () => isDark() && paintPage(true));

const ThemeSwitch = L.Control.extend({
  onAdd() {
    const words = t("Dark colours");
    const button = html(
      "button",
      {
        type: "button",
        class: "theme",
        title: words,
        "aria-label": words,
        "aria-pressed": String(isDark()),
        onclick() {
          wishedDark = !isDark();
          paintPage(wishedDark);
        },
      },
      svg(
        "svg",
        { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" },
        svg("circle", { cx: 9, cy: 9, r: 7, fill: "none", stroke: "currentColor", "stroke-width": 1.6 }),
        svg("path", { d: "M9 2a7 7 0 0 1 0 14Z", fill: "currentColor" }),
      ),
    );
    repaints.push(() => button.setAttribute("aria-pressed", String(isDark())));
    L.DomEvent.disableClickPropagation(button);
    return html("div", { class: "leaflet-bar" }, button);
  },
});
