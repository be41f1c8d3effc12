// Makes the collection out of its packed form, as routes/maps/packing.py tells it; nothing is lost.

const GEOMETRIES = { P: "Point", L: "LineString", M: "MultiLineString", G: "Polygon", H: "MultiPolygon" };
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const DIGIT = Object.fromEntries([...DIGITS].map((digit, i) => [digit, i]));

// Google's encoded polyline, longitude first.
function decode(words, decimals = 2) {
  const line = [],
    scale = 10 ** decimals;
  let x = 0,
    y = 0;
  for (let i = 0, axis = 0; i < words.length; axis ^= 1) {
    let number = 0,
      shift = 0,
      bits;
    do {
      bits = words.charCodeAt(i++) - 63;
      number |= (bits & 31) << shift;
      shift += 5;
    } while (bits >= 32);
    const step = number & 1 ? ~(number >>> 1) : number >>> 1;
    if (axis) {
      y += step;
      line.push([x / scale, y / scale]);
    } else x += step;
  }
  return line;
}

function unpackGeometry(packed) {
  if (typeof packed !== "string") return packed;
  const type = GEOMETRIES[packed[0]],
    lines = packed
      .slice(2)
      .split(" ")
      .map((part) => part.split(",").map((line) => decode(line, Number(packed[1]))));
  const coordinates = { P: lines[0][0][0], L: lines[0][0], M: lines[0], G: lines[0], H: lines }[packed[0]];
  return { type, coordinates };
}

function numbers(digits, count) {
  const width = digits.length / count;
  return Array.from({ length: count }, (_, row) => {
    let number = 0;
    for (let i = 0; i < width; i += 1) number = number * 64 + DIGIT[digits[row * width + i]];
    return number;
  });
}

function unpackColumn(column, count, others) {
  if (Array.isArray(column)) return column;
  if (Object.hasOwn(column, "all")) return Array(count).fill(column.all);
  if (column.joined) {
    const [a, between, b] = column.joined;
    return others[a].map((text, i) => text + between + others[b][i]);
  }
  if (column.rows) {
    const inside = unpackColumns(column.rows, count),
      keys = Object.keys(column.rows);
    return Array.from({ length: count }, (_, row) =>
      Object.fromEntries(keys.map((key) => [key, inside[key][row]])),
    );
  }
  if (column.at) return numbers(column.at, count).map((i) => column.of[i]);
  const lengths = unpackColumn(column.lists, count);
  const inside = unpackColumn(
    column.of,
    lengths.reduce((a, b) => a + b, 0),
  );
  let at = 0;
  return lengths.map((length) => inside.slice(at, (at += length)));
}

function unpackColumns(columns, count) {
  const unpacked = {};
  for (const [key, column] of Object.entries(columns)) if (!column.joined) unpacked[key] = unpackColumn(column, count);
  for (const [key, column] of Object.entries(columns))
    if (column.joined) unpacked[key] = unpackColumn(column, count, unpacked);
  return unpacked;
}

function unpackTable(table) {
  if (table.raw) return table.raw;
  const own = unpackColumns(table.own, table.count),
    shared = table.claims ? unpackColumns(table.shared, table.claim_count) : {},
    claims = table.claims ? numbers(table.claims, table.count) : [];
  return table.geometry.map((geometry, row) => {
    const properties = {};
    for (const key of table.keys)
      properties[key] = Object.hasOwn(own, key) ? own[key][row] : shared[key][claims[row]];
    return { type: "Feature", geometry: unpackGeometry(geometry), properties };
  });
}

function unpack(collection) {
  const { order, count, tables } = collection.features,
    features = tables.map(unpackTable),
    next = tables.map(() => 0);
  return {
    ...collection,
    features: unpackColumn(order, count).map((table) => features[table][next[table]++]),
  };
}
