// The world is round and the map is not: lines come cut at the antimeridian (RFC 7946) and are made whole again.

const modulo = (value, by) => ((value % by) + by) % by;

// Shift longitudes so that neighbours never differ by more than 180 degrees.
function unwrap(points) {
  if (points.every((point, i) => !i || Math.abs(point[0] - points[i - 1][0]) <= 180)) return points;
  let before = points[0][0];
  return points.map(([longitude, latitude]) => {
    before = longitude - 360 * Math.round((longitude - before) / 360);
    return [before, latitude];
  });
}

const onCut = ([longitude]) => Math.abs(Math.abs(longitude) - 180) < 1e-6;

// Join parts that meet at the antimeridian; parts that do not meet stay apart, so that no line is invented.
function joinCut(parts) {
  const joined = [];
  for (const part of parts) {
    const last = joined.at(-1),
      end = last?.at(-1);
    if (end && onCut(end) && onCut(part[0]) && Math.abs(end[1] - part[0][1]) < 0.01)
      last.push(...part.slice(1));
    else joined.push([...part]);
  }
  return joined.map(unwrap);
}

const longitudeSpan = (points) => {
  const longitudes = points.map((point) => point[0]);
  return [longitudes.reduce((a, b) => Math.min(a, b)), longitudes.reduce((a, b) => Math.max(a, b))];
};

// Two corners of the box around a leg.
function legCorners(leg) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of leg.lines) {
    for (const [x, y] of line) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
  }
  return [box.slice(0, 2), box.slice(2)];
}

// The middle of the narrowest stretch of longitudes that holds every span: the map's far side lies where nothing is.
function centreLongitude(spans) {
  if (!spans.length) return 0;
  const around = spans
    .map(([west, east]) => [modulo(west, 360), modulo(west, 360) + east - west])
    .sort((a, b) => a[0] - b[0]);
  let reach = around.reduce((most, span) => Math.max(most, span[1]), 0) - 360;
  let gap = -Infinity,
    start = 0;
  for (const [west, east] of around) {
    if (west - reach > gap) [gap, start] = [west - reach, west];
    reach = Math.max(reach, east);
  }
  return gap <= 0 ? 0 : modulo(start + (360 - gap) / 2 + 180, 360) - 180;
}

// Shift points as a whole to the world copy nearest the centre.
function near(points, centre) {
  const [west, east] = longitudeSpan(points);
  const shift = 360 * Math.round((centre - (west + east) / 2) / 360);
  return shift ? points.map(([longitude, latitude]) => [longitude + shift, latitude]) : points;
}

function moveToOneWorld(findings) {
  const spans = findings.legs.flatMap((leg) => leg.lines.map(longitudeSpan));
  const instead = findings.places.flatMap((place) =>
    place.points.map(([longitude]) => [longitude, longitude]),
  );
  const centre = centreLongitude(spans.length ? spans : instead);
  for (const leg of findings.legs) leg.lines = leg.lines.map((line) => near(line, centre));
  for (const place of findings.places) {
    place.points = place.points.map((point) => near([point], centre)[0]);
    if (place.position) [place.position] = near([place.position], centre);
    place.polygons = place.polygons.map((rings) => {
      const [west, east] = longitudeSpan(rings[0]);
      const shift = 360 * Math.round((centre - (west + east) / 2) / 360);
      return rings.map((ring) => ring.map(([longitude, latitude]) => [longitude + shift, latitude]));
    });
  }
  return centre;
}
