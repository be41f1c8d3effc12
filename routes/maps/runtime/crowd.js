// Very many legs: while more are in view than anyone could tell apart, they are drawn on a canvas, in colour and dash only,
// with the stops as dots. Arrows, words, lanes and marks come back as soon as few enough are in view.

const CROWD = 200;
const CROWD_NAMES = 120;
const DENSE = 4_000;
const NEAR_PIXELS = 7;

// A leg in the pixels of zoom 0, made once: flat lists of coordinates, and the box around them.
function sketchOf(leg) {
  if (leg.sketch) return leg.sketch;
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const whole = leg.basis === "schematic" ? [leg.lines.flat()] : leg.lines;
  const lines = whole.map((points) => {
    const ends = leg.basis === "schematic" ? [points[0], points.at(-1)] : points;
    const flat = new Float64Array(2 * ends.length);
    ends.forEach(([longitude, latitude], i) => {
      const x = mercatorX(longitude),
        y = mercatorY(latitude);
      flat[2 * i] = x;
      flat[2 * i + 1] = y;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    });
    return leg.basis === "schematic" ? bent(flat, heading(leg)) : flat;
  });
  leg.sketch = { lines, box };
  return leg.sketch;
}

// Schematic legs bend, as everywhere.
function bent([x0, y0, x1, y1], way) {
  const points = curve({ x: x0, y: y0 }, { x: x1, y: y1 }, way, 0);
  return Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
}

// What of the legs is in a rectangle of the layer's pixels.
function legsWithin(legs, map, { min, max }) {
  const scale = 2 ** map.getZoom(),
    origin = map.getPixelOrigin();
  const [x0, y0, x1, y1] = [min.x + origin.x, min.y + origin.y, max.x + origin.x, max.y + origin.y].map(
    (pixel) => pixel / scale,
  );
  return legs.filter((leg) => {
    const [a, b, c, d] = sketchOf(leg).box;
    return a <= x1 && c >= x0 && b <= y1 && d >= y0;
  });
}

// The legs in view, and whether they are a crowd.
function crowdOf(view, map, bounds) {
  const legs = view.shownLegs();
  if (legs.length <= CROWD) return { legs, crowded: false };
  const within = legsWithin(legs, map, bounds);
  return { legs: within, crowded: within.length > CROWD };
}

const styleOf = (leg) => (leg.declared ? "declared possible" : `${leg.mode} ${leg.factuality}`);

function drawCrowd([context, ratio], legs, scale, dx, dy, dimmed) {
  const groups = new Map();
  for (const leg of legs) {
    const style = styleOf(leg);
    if (!groups.has(style)) groups.set(style, []);
    groups.get(style).push(leg);
  }
  context.lineJoin = "bevel";
  context.globalAlpha = dimmed ? 0.12 : legs.length > DENSE ? 0.5 : 0.8;
  for (const [style, members] of groups) {
    const [mode, factuality] = style.split(" ");
    context.strokeStyle = STYLE.modes[mode]?.color ?? STYLE.declared;
    context.lineWidth = 1 / ratio; // more than a pixel of the screen takes a browser seven times as long
    context.setLineDash(STYLE.factualities[factuality].dash.map((length) => Math.max(1.2, length / 2)));
    context.beginPath();
    for (const leg of members) for (const flat of leg.sketch.lines) tracePath(context, flat, scale, dx, dy);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}

// Points less than two pixels on are left out.
function tracePath(context, flat, scale, dx, dy) {
  let x = flat[0] * scale + dx,
    y = flat[1] * scale + dy;
  context.moveTo(x, y);
  for (let i = 2; i < flat.length; i += 2) {
    const nextX = flat[i] * scale + dx,
      nextY = flat[i + 1] * scale + dy;
    if (i + 2 < flat.length && Math.abs(nextX - x) + Math.abs(nextY - y) < 2) continue;
    context.lineTo(nextX, nextY);
    x = nextX;
    y = nextY;
  }
}

function drawDots(context, places, scale, dx, dy, size) {
  const drawn = new Set();
  context.beginPath();
  for (const { place, status } of places) {
    if (status === "mentioned") continue;
    for (const [longitude, latitude] of place.points) {
      const x = Math.round(mercatorX(longitude) * scale + dx),
        y = Math.round(mercatorY(latitude) * scale + dy);
      if (x < 0 || y < 0 || x > size.x || y > size.y || drawn.has(x * 65536 + y)) continue;
      drawn.add(x * 65536 + y);
      context.moveTo(x + 2.5, y);
      context.arc(x, y, 2.5, 0, 7);
    }
  }
  context.fillStyle = STYLE.casing;
  context.fill();
  context.strokeStyle = STYLE.ink;
  context.lineWidth = 1.2;
  context.stroke();
}

const Crowd = L.Renderer.extend({
  options: { pane: "crowd", padding: 0.1 },

  initialize(view, options) {
    L.Renderer.prototype.initialize.call(this, options);
    this._view = view;
  },

  _initContainer() {
    this._container = html("canvas", { class: "crowd", "aria-hidden": "true" });
    this._map.on("mousemove", this._pointed, this);
  },

  _destroyContainer() {
    this._map.off("mousemove", this._pointed, this);
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    this.redraw();
  },

  redraw() {
    if (!this._map) return;
    const { legs, crowded } = crowdOf(this._view, this._map, this._bounds);
    this._legs = crowded ? legs : [];
    this._container.hidden = !crowded;
    if (!crowded) return;
    const canvas = freshCanvas(this),
      scale = 2 ** this._map.getZoom(),
      from = this._map.getPixelOrigin().add(this._bounds.min);
    for (const leg of legs) sketchOf(leg);
    drawCrowd(canvas, legs, scale, -from.x, -from.y, legs.some(this._view.isDimmed));
    drawDots(canvas[0], this._view.shownPlaces(), scale, -from.x, -from.y, this._bounds.getSize());
  },

  isCrowded() {
    return this._legs?.length > 0;
  },

  // The leg under the pointer, or null.
  hitAt(event) {
    const leg = nearestLeg(this._legs ?? [], this._map, event.layerPoint);
    return leg && { index: leg.index, leg: true, event: event.originalEvent };
  },

  _pointed(event) {
    if (!this._legs?.length) return;
    const hit = this.hitAt(event);
    this._map.getContainer().classList.toggle("pointing", Boolean(hit));
    this._view.onHover(hit);
  },
});

function nearestLeg(legs, map, at) {
  const scale = 2 ** map.getZoom(),
    point = at.add(map.getPixelOrigin()).divideBy(scale),
    reach = NEAR_PIXELS / scale;
  let nearest = null,
    least = reach * reach;
  for (const leg of legs) {
    const [a, b, c, d] = leg.sketch.box;
    if (point.x < a - reach || point.x > c + reach || point.y < b - reach || point.y > d + reach) continue;
    for (const flat of leg.sketch.lines) {
      for (let i = 2; i < flat.length; i += 2) {
        const from = { x: flat[i - 2], y: flat[i - 1] },
          to = { x: flat[i], y: flat[i + 1] };
        const far = L.LineUtil._sqClosestPointOnSegment(point, from, to, true);
        if (far < least) [least, nearest] = [far, leg];
      }
    }
  }
  return nearest;
}
