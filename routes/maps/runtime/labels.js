// Labels that do not run into each other: placed one after the other, the most telling first; what has no room is hidden.

const FONT = getComputedStyle(document.documentElement).getPropertyValue("--font");
const AREA_SPACING = ["ar", "ko"].includes(LANGUAGE) ? 0 : 1.1; // pixels a letter: letter-spacing and bold, see runtime.css
const measuring = document.createElement("canvas").getContext("2d");

function textWidth(words, size) {
  measuring.font = `${size}px ${FONT}`;
  return measuring.measureText(words).width;
}

const overlaps = (a, b) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;

const inside = (box, window) =>
  Number(box.x0 >= window.x0 && box.x1 <= window.x1 && box.y0 >= window.y0 && box.y1 <= window.y1);

// The box around a text centred on (x, y) and turned by an angle in radians.
function boxOf(x, y, width, height, angle = 0) {
  const w = (Math.abs(width * Math.cos(angle)) + Math.abs(height * Math.sin(angle))) / 2;
  const h = (Math.abs(width * Math.sin(angle)) + Math.abs(height * Math.cos(angle))) / 2;
  return { x0: x - w, x1: x + w, y0: y - h, y1: y + h };
}

// `wishes` are {text, size, className, spots: [{x, y, angle, dx}]}; they come back as text elements.
// Spots where the text is whole in the window come first.
function placeLabels(wishes, taken, window) {
  const elements = [];
  for (const wish of wishes) {
    const spot = spotsOf(wish)
      .map((one) => (wish.className.endsWith("of-area") ? moved(one, window) : one))
      .sort((a, b) => inside(b.box, window) - inside(a.box, window))
      .find(({ box }) => !taken.some((other) => overlaps(box, other)));
    if (!spot) continue;
    taken.push(spot.box);
    elements.push(labelAt(wish, spot));
  }
  return elements;
}

// An area's name may stand anywhere in it: where the window cuts it, it moves inwards by up to half its width.
function moved(spot, window) {
  const half = (spot.box.x1 - spot.box.x0) / 2,
    outside = Math.max(0, window.x0 - spot.box.x0) - Math.max(0, spot.box.x1 - window.x1);
  if (!outside || Math.abs(outside) > half) return spot;
  const box = { ...spot.box, x0: spot.box.x0 + outside, x1: spot.box.x1 + outside };
  return { ...spot, x: spot.x + outside, box };
}

// A spot's dx says on which side of it the text stands: 1 right, -1 left, 0 on it.
function spotsOf(wish) {
  const spaced = wish.className.endsWith("of-area") ? AREA_SPACING : 0,
    width = textWidth(wish.text, wish.size) + spaced * wish.text.length + 6,
    height = wish.size + 3;
  return wish.spots.map(({ x, y, angle = 0, dx = 0 }) => {
    const middle = x + (dx * width) / 2;
    return { x: middle, y, angle, box: boxOf(middle, y, width, height, angle) };
  });
}

function labelAt(wish, { x, y, angle }) {
  const transform = `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((angle * 180) / Math.PI).toFixed(1)})`;
  return svg("text", { class: `label ${wish.className}`, "font-size": wish.size, transform }, wish.text);
}
