// Legs as lines. What a line looks like says what is known: colour the mode, dash and label the factuality, an arrow a
// stated direction, a curve that no way is shown, a fading end that the place is an area.

const LANE_PIXELS = 6;
const HEADING_PIXELS = 12;
const BULGE = 0.1;
const FADE_PART = 0.4;

// The way on the screen, as lists of points in pixels.
function pixelLines(leg, project) {
  if (leg.basis === "schematic") {
    const whole = leg.lines.flat();
    return [curve(project(whole[0]), project(whole.at(-1)), heading(leg), leg.lane)];
  }
  return leg.lines.map((line) =>
    besides(L.LineUtil.simplify(line.map(project), leg.lane ? 2 : 0.7), leg.lane * heading(leg)),
  );
}

// A quarter of a hundred points of a gentle bend; another lane bends more, or the other way.
function curve(from, to, way, lane) {
  const bend = way * (lane > 0 ? -BULGE * lane : BULGE * (1 - lane));
  const middle = L.point(
    (from.x + to.x) / 2 + (to.y - from.y) * bend * 2,
    (from.y + to.y) / 2 - (to.x - from.x) * bend * 2,
  );
  return Array.from({ length: 25 }, (_, i) => {
    const t = i / 24,
      a = (1 - t) ** 2,
      b = 2 * t * (1 - t),
      c = t ** 2;
    return L.point(a * from.x + b * middle.x + c * to.x, a * from.y + b * middle.y + c * to.y);
  });
}

// The same way, moved sideways by so many lanes.
function besides(points, lanes) {
  if (!lanes) return points;
  return points.map((point, i) => {
    const a = points[Math.max(0, i - 1)],
      b = points[Math.min(points.length - 1, i + 1)];
    const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
    const by = (lanes * LANE_PIXELS) / length;
    return L.point(point.x + (b.y - a.y) * by, point.y - (b.x - a.x) * by);
  });
}

const pathOf = (lines) =>
  lines.map((points) => `M${points.map((p) => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`).join("L")}`).join("");

const lengthOf = (points) =>
  points.reduce((sum, p, i) => sum + (i ? Math.hypot(p.x - points[i - 1].x, p.y - points[i - 1].y) : 0), 0);

// The point so many pixels along the way, and where the way heads there.
function along(points, distance) {
  let left = distance;
  for (let i = 1; i < points.length; i += 1) {
    const a = points[i - 1],
      b = points[i],
      step = Math.hypot(b.x - a.x, b.y - a.y);
    if (step > 0 && (left <= step || i === points.length - 1)) {
      const t = Math.min(1, left / step);
      return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t, angle: Math.atan2(b.y - a.y, b.x - a.x) };
    }
    left -= step;
  }
  return { ...points[0], angle: 0 };
}

// The same, headed as the way goes over some pixels: a track's own bends are too small to tell a direction.
function headed(points, distance) {
  const a = along(points, Math.max(0, distance - HEADING_PIXELS)),
    b = along(points, distance + HEADING_PIXELS);
  return { ...along(points, distance), angle: Math.atan2(b.y - a.y, b.x - a.x) };
}

// A paint that goes pale towards an end that is an area.
function paint(id, leg, lines, color) {
  if (!leg.originArea && !leg.destinationArea) return [color, null];
  const from = lines[0][0],
    to = lines.at(-1).at(-1);
  const stops = [
    [0, leg.originArea ? 0.08 : 1],
    [FADE_PART, 1],
    [1 - FADE_PART, 1],
    [1, leg.destinationArea ? 0.08 : 1],
  ];
  const gradient = svg(
    "linearGradient",
    { id, gradientUnits: "userSpaceOnUse", x1: from.x, y1: from.y, x2: to.x, y2: to.y },
    stops.map(([offset, opacity]) => svg("stop", { offset, "stop-color": color, "stop-opacity": opacity })),
  );
  return [`url(#${id})`, gradient];
}

function marks(points, every, make) {
  const length = lengthOf(points);
  const count = Math.floor(length / every);
  return Array.from({ length: count }, (_, i) => make(along(points, ((i + 0.5) * length) / count)));
}

const turned = (spot, path, attributes) =>
  svg("path", {
    ...attributes,
    d: path,
    transform: `translate(${spot.x.toFixed(1)} ${spot.y.toFixed(1)}) rotate(${((spot.angle * 180) / Math.PI).toFixed(1)})`,
  });

// Only a stated direction gets an arrow, and only where the line is not pale.
function arrows(leg, points, color) {
  const length = lengthOf(points);
  if (leg.direction !== "stated" || length < 22) return [];
  const start = leg.originArea ? length * FADE_PART : 0,
    end = leg.destinationArea ? length * (1 - FADE_PART) : length;
  const count = Math.max(1, Math.round((end - start) / 320));
  return Array.from({ length: count }, (_, i) => {
    const at = headed(points, start + ((end - start) * (i + (count === 1 ? 0.56 : 0.5))) / count);
    return turned(at, "M7 0L-5 -6L-2.5 0L-5 6Z", { class: "arrow", fill: color });
  });
}

const crosses = (points) =>
  marks(points, 26, (spot) => turned(spot, "M-4 -4L4 4M-4 4L4 -4", { class: "cross", stroke: STYLE.cross }));

// One leg as a group: casing, line, marks, and a broad unseen line for the pointer.
function drawLeg(leg, project, id) {
  const { color } = STYLE.modes[leg.mode],
    { dash, width } = STYLE.factualities[leg.factuality];
  const lines = pixelLines(leg, project),
    d = pathOf(lines);
  const [casing, casingGradient] = paint(`${id}-casing`, leg, lines, STYLE.casing);
  const [ink, inkGradient] = paint(`${id}-ink`, leg, lines, color);
  const line = { d, fill: "none", "stroke-linejoin": "round" };
  const longest = lines.reduce((a, b) => (lengthOf(b) > lengthOf(a) ? b : a));
  const group = svg(
    "g",
    {
      class: "leg",
      "data-factuality": leg.factuality,
      "data-mode": leg.mode,
      "data-basis": leg.basis,
      "data-index": leg.index,
    },
    casingGradient,
    inkGradient,
    leg.kind === "corridor" && svg("path", { ...line, class: "corridor", stroke: ink, "stroke-width": 13 }),
    svg("path", { ...line, class: "casing", stroke: casing, "stroke-width": width + 3 }),
    svg("path", {
      ...line,
      class: "line",
      stroke: ink,
      "stroke-width": width,
      "stroke-dasharray": dash.join(" ") || null,
      "stroke-linecap": dash.includes(0.1) ? "round" : "butt",
    }),
    leg.factuality === "denied" && crosses(longest),
    arrows(leg, longest, color),
    svg("path", { ...line, class: "hit", stroke: "transparent", "stroke-width": 16 }),
  );
  return { group, label: legLabel(leg, longest) };
}

function legWords(leg) {
  const mode = leg.mode === "unknown" ? "" : STYLE.modes[leg.mode].label;
  const schematic = leg.basis === "schematic" ? t("schematic") : "";
  return [mode, schematic, STYLE.factualities[leg.factuality].label].filter(Boolean).join(" · ");
}

// The second channel of factuality: words along the line, upright, where the line is long enough for them.
function legLabel(leg, points) {
  const words = legWords(leg),
    length = lengthOf(points);
  if (length < textWidth(words, 11) + 36) return null;
  const spots = [0.5, 0.36, 0.64].map((part) => {
    const { x, y, angle } = along(points, length * part + 20);
    const upright = Math.abs(angle) > Math.PI / 2 ? angle - Math.sign(angle) * Math.PI : angle;
    return { x: x + Math.sin(upright) * 10, y: y - Math.cos(upright) * 10, angle: upright };
  });
  return { text: words, size: 11, className: "along", spots };
}
