// Leaflet's own controls, in the page's language and on the side where the page is read from.

const ACROSS = { topleft: "topright", topright: "topleft", bottomleft: "bottomright", bottomright: "bottomleft" };
const corner = (position) => (document.dir === "rtl" ? ACROSS[position] : position);

// Padding at the start and at the end of the line, as Leaflet wants it: left and right.
function paddings(start, top, end, bottom) {
  const [left, right] = document.dir === "rtl" ? [end, start] : [start, end];
  return { topLeft: [left, top], bottomRight: [right, bottom] };
}

const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, metres < 1000 ? tMetres(metres) : tKm(metres / 1000), metres / most);
  },
});

const tMetres = (metres) => tNumber(metres, { style: "unit", unit: "meter" });

function addControls(map) {
  L.control
    .zoom({
      position: corner("topleft"),
      zoomInTitle: t("Zoom in"),
      zoomOutTitle: t("Zoom out"),
    })
    .addTo(map);
  new ThemeSwitch({ position: corner("topleft") }).addTo(map);
  new Scale({ imperial: false, position: corner("bottomright") }).addTo(map);
  map.on("popupopen", ({ popup }) => popup._closeButton?.setAttribute("aria-label", t("Close")));
}
