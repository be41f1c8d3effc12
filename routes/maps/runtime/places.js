// Places: areas with a soft edge and a hatch, never a point; points as small circles. Who is a stop stands out, who is
// only named stays quiet, and a declared destination looks feigned.

const SIZES = { stop: 12.5, area: 13, mentioned: 11 };

// What a place is to the routes that are shown.
function standing(place, shownRoutes) {
  const stop = place.routes.length
    ? place.routes.some((route) => shownRoutes.has(route))
    : place.roles.length > 0;
  if (!stop || !place.roles.length) return "mentioned";
  return place.roles.every((role) => role === "declared_destination") ? "declared" : "stop";
}

const displayName = (place, status) => (status === "declared" ? t("declared: {place}", { place: place.name }) : place.name);

function ringPath(rings, project, bounds) {
  return rings
    .map((ring) => L.LineUtil.simplify(L.PolyUtil.clipPolygon(ring.map(project), bounds, true), 0.8))
    .filter((points) => points.length > 2)
    .map((points) => `${pathOf([points])}Z`)
    .join("");
}

// The outline without the seam at the antimeridian, which is no border.
function outlinePath(polygons, project) {
  const lines = [];
  for (const ring of polygons.flat()) {
    let line = [];
    ring.forEach((point, i) => {
      if (i && onSeam(point) && onSeam(ring[i - 1])) line = [];
      if (line.length === 0) lines.push(line);
      line.push(project(point));
    });
  }
  return pathOf(lines.filter((line) => line.length > 1).map((line) => L.LineUtil.simplify(line, 0.8)));
}

const onSeam = ([longitude]) => modulo(longitude, 360) === 180;

// The mask is the blurred shape, so that fill and hatch both end softly.
function drawArea(place, status, project, bounds, id) {
  const d = place.polygons.map((rings) => ringPath(rings, project, bounds)).join("");
  const group = svg("g", { class: `area ${status}`, "data-index": place.index });
  if (status === "declared") {
    group.append(
      svg("path", {
        d: outlinePath(place.polygons, project),
        class: "feigned",
        fill: "none",
        stroke: STYLE.declared,
      }),
    );
  } else {
    const box = {
      x: bounds.min.x,
      y: bounds.min.y,
      width: bounds.max.x - bounds.min.x,
      height: bounds.max.y - bounds.min.y,
    };
    group.append(
      svg(
        "mask",
        { id, maskUnits: "userSpaceOnUse", ...box },
        svg("path", { d, fill: "#fff", "fill-rule": "evenodd", filter: "url(#soft)" }),
      ),
      svg("rect", { ...box, class: "wash", fill: STYLE.area, mask: `url(#${id})` }),
      status === "stop"
        ? svg("rect", { ...box, class: "hatch", fill: "url(#hatching)", mask: `url(#${id})` })
        : "",
    );
  }
  group.append(svg("path", { d, class: "hit", fill: "transparent", "fill-rule": "evenodd" }));
  return group;
}

function drawPoint(place, status, at) {
  const radius = { stop: 5, declared: 6, mentioned: 3 }[status];
  return svg(
    "g",
    { class: `point ${status}`, "data-index": place.index },
    svg("circle", { cx: at.x, cy: at.y, r: radius, stroke: STYLE[status] ?? STYLE.ink }),
    svg("circle", { cx: at.x, cy: at.y, r: 12, class: "hit", fill: "transparent" }),
  );
}

// Where an area's name stands: at its own position, else in the middle of its largest part.
function middleOf(place, project) {
  if (place.position) return project(place.position);
  const rings = place.polygons.map((polygon) => polygon[0].map(project));
  const largest = rings.reduce((a, b) => (spread(b) > spread(a) ? b : a));
  return L.bounds(largest).getCenter();
}

const spread = (points) => {
  const { x, y } = L.bounds(points).getSize();
  return x * y;
};

function placeLabel(place, status, at) {
  if (!place.name) return null;
  const area = place.polygons.length > 0;
  const spots = area
    ? [0, 16, -16].map((dy) => ({ x: at.x, y: at.y + dy }))
    : [
        [9, 0, 1],
        [-9, 0, -1],
        [0, -14, 0],
        [0, 15, 0],
        [8, -11, 1],
        [8, 11, 1],
        [-8, -11, -1],
        [-8, 11, -1],
      ].map(([dx, dy, side]) => ({ x: at.x + dx, y: at.y + dy, dx: side }));
  const size = status === "mentioned" ? SIZES.mentioned : area ? SIZES.area : SIZES.stop;
  return {
    text: displayName(place, status),
    size,
    className: `${status} ${area ? "of-area" : "of-point"}`,
    spots,
  };
}
