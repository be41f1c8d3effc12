// Legs that share a track get lanes of their own, so that they lie side by side and not on top of each other.

const CELL_DEGREES = 0.5;
const SHARED_PART = 0.25;

// The cells of half a degree that a line passes, in steps short enough to miss none that matters.
function cellsOf(lines) {
  const cells = new Set();
  for (const line of lines) {
    for (let i = 1; i < line.length; i += 1) {
      const [x0, y0] = line[i - 1],
        [x1, y1] = line[i];
      const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / (CELL_DEGREES / 2)));
      for (let step = 0; step <= steps; step += 1) {
        const x = modulo(x0 + ((x1 - x0) * step) / steps, 360),
          y = y0 + ((y1 - y0) * step) / steps;
        cells.add(`${Math.floor(x / CELL_DEGREES)},${Math.floor(y / CELL_DEGREES)}`);
      }
    }
  }
  return cells;
}

// A schematic leg shows no way; it shares a track only with one between the same two ends.
function endsOf(leg) {
  const ends = [leg.lines[0][0], leg.lines.at(-1).at(-1)].map(
    ([x, y]) => `${modulo(x, 360).toFixed(1)},${y.toFixed(1)}`,
  );
  return new Set([ends.sort().join(" ")]);
}

function neighbours(tracks) {
  const users = new Map(),
    shared = tracks.map(() => new Map());
  tracks.forEach((cells, i) => {
    for (const cell of cells) {
      for (const j of users.get(cell) ?? []) shared[i].set(j, (shared[i].get(j) ?? 0) + 1);
      users.set(cell, [...(users.get(cell) ?? []), i]);
    }
  });
  return shared.map((counts, i) =>
    [...counts]
      .filter(([j, n]) => n >= SHARED_PART * Math.min(tracks[i].size, tracks[j].size))
      .map(([j]) => j),
  );
}

// Sets leg.lane: 0 where a leg has its track to itself, then 1, -1, 2, -2, to the left of the way from west to east.
function assignLanes(legs) {
  for (const group of [
    legs.filter((leg) => leg.basis === "schematic"),
    legs.filter((leg) => leg.basis !== "schematic"),
  ]) {
    const beside = neighbours(
      group.map((leg) => (leg.basis === "schematic" ? endsOf(leg) : cellsOf(leg.lines))),
    );
    const taken = [];
    group.forEach((leg, i) => {
      const used = new Set(beside[i].map((j) => taken[j]));
      taken[i] = 0;
      while (used.has(taken[i])) taken[i] += 1;
      leg.lane = Math.ceil(taken[i] / 2) * (taken[i] % 2 ? 1 : -1) || 0;
    });
  }
}

// Whether a leg runs from west to east; its lane is on the left then, on the right otherwise, as on a road.
function heading(leg) {
  const [x0, y0] = leg.lines[0][0],
    [x1, y1] = leg.lines.at(-1).at(-1);
  return x1 > x0 || (x1 === x0 && y1 > y0) ? 1 : -1;
}
