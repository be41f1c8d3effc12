// Land and borders on one canvas, as often as the view needs the world: panning never comes to an edge.

const WORLD = 256;
const mercatorX = (longitude) => ((longitude + 180) / 360) * WORLD;
const mercatorY = (latitude) => {
  const sine = Math.sin((Math.max(-85.06, Math.min(85.06, latitude)) * Math.PI) / 180);
  return (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD;
};

const atEdge = ([longitude, latitude]) => Math.abs(longitude) > 179.99 || latitude < -85;

// Lines as one path in the pixels of zoom 0, made once; every view only scales it.
function worldPath(lines, filled) {
  const path = new Path2D();
  for (const line of lines) {
    line.forEach((point, i) => {
      // The edge of the world is no coast: its seam is filled over, never drawn.
      const drawn = i && (filled || !(atEdge(point) && atEdge(line[i - 1])));
      path[drawn ? "lineTo" : "moveTo"](mercatorX(point[0]), mercatorY(point[1]));
    });
    if (filled) path.closePath();
  }
  return path;
}

// Empties a renderer's canvas and lays it over the renderer's bounds: its context in CSS pixels, and the screen's per such.
function freshCanvas(renderer) {
  const size = renderer._bounds.getSize(),
    ratio = Math.max(sharpness, window.devicePixelRatio || 1),
    canvas = renderer._container;
  L.DomUtil.setPosition(canvas, renderer._bounds.min);
  [canvas.width, canvas.height] = [size.x * ratio, size.y * ratio];
  [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return [context, ratio];
}

const Basemap = L.Renderer.extend({
  options: { pane: "ground", padding: 0.3 },

  initialize(ground, options) {
    L.Renderer.prototype.initialize.call(this, options);
    const rings = ground.land.flat().map((ring) => decode(ring));
    this._land = worldPath(rings, true);
    this._coasts = worldPath(rings, false);
    this._borders = worldPath(ground.borders.map((line) => decode(line)), false);
    this._lakes = worldPath(ground.lakes.map((ring) => decode(ring)), true);
  },

  _initContainer() {
    this._container = document.createElement("canvas");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this._draw(...freshCanvas(this));
  },

  _draw(context, ratio) {
    const scale = 2 ** this._map.getZoom();
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const first = Math.floor(origin.x / (WORLD * scale)),
      last = Math.floor((origin.x + this._bounds.getSize().x) / (WORLD * scale));
    for (let world = first; world <= last; world += 1) {
      context.setTransform(
        scale * ratio,
        0,
        0,
        scale * ratio,
        (world * WORLD * scale - origin.x) * ratio,
        -origin.y * ratio,
      );
      context.fillStyle = STYLE.land;
      context.fill(this._land, "evenodd");
      context.fillStyle = STYLE.sea;
      context.fill(this._lakes);
      context.strokeStyle = STYLE.coast;
      context.lineWidth = 0.8 / scale;
      context.stroke(this._coasts);
      context.stroke(this._lakes);
      context.strokeStyle = STYLE.border;
      context.stroke(this._borders);
    }
  },
});
// Country and sea names for this zoom, in every copy of the world that is in view; they give way to all other labels.
function groundLabels(ground, map, project, window) {
  const west = map.getBounds().getWest(),
    east = map.getBounds().getEast();
  const wishes = [];
  const labels = [
    ...ground.labels.map(([longitude, latitude, code, zoom]) => [longitude, latitude, countryName(code), zoom, "ground"]),
    ...ground.waters.map((label) => [...label, "ground water"]),
  ];
  for (const [longitude, latitude, text, zoom, className] of labels) {
    if (zoom > map.getZoom()) continue;
    for (let shift = 360 * Math.ceil((west - longitude) / 360); longitude + shift <= east; shift += 360) {
      const { x, y } = project([longitude + shift, latitude]);
      if (y > window.y0 && y < window.y1)
        wishes.push({ text, size: 11, className, spots: [{ x, y }] });
    }
  }
  return wishes;
}
