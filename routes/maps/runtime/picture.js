// The view as a picture (PNG): the layers of the map as they lie, then title, legend and credits under it.
// Canvases are copied; an SVG becomes an image of its own, with its looks written into it. That image is a data: address, which
// the policy already lets in for images, and without foreignObject it leaves the canvas readable.

const MOST_PIXELS = 24e6;
const PICTURE_GAP = 14;
const LOOKS = [
  "direction",
  "display",
  "dominant-baseline",
  "fill",
  "fill-opacity",
  "fill-rule",
  "font-family",
  "font-size",
  "font-style",
  "font-weight",
  "letter-spacing",
  "opacity",
  "paint-order",
  "stop-color",
  "stop-opacity",
  "stroke",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "stroke-opacity",
  "stroke-width",
  "text-anchor",
  "unicode-bidi",
  "visibility",
];
// Characters that XML cannot hold, half ones included.
const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

// How many pixels a canvas of the map has at least for one of the page's; more than the screen's own while the map
// goes into a picture or onto paper.
let sharpness = 1;

function sharper(ratio) {
  sharpness = ratio;
  map.fire("viewreset");
}

// A copy that looks the same anywhere: what style sheets say of it becomes attributes, where it is not what an element
// has anyway or has from the one around it.
function withLooks(original) {
  const copy = original.cloneNode(true);
  const pairs = [original, ...original.querySelectorAll("*")].map((from, i) => [from, i]),
    to = [copy, ...copy.querySelectorAll("*")],
    seen = new Map(),
    usual = looksOf(document.body.appendChild(svg("svg")));
  document.body.lastChild.remove();
  for (const [from, i] of pairs) {
    const looks = looksOf(from),
      around = seen.get(from.parentNode);
    seen.set(from, looks);
    LOOKS.forEach((look, n) => {
      if (!around || looks[n] !== usual[n] || looks[n] !== around[n]) to[i].setAttribute(look, looks[n]);
    });
  }
  copy.querySelectorAll(".hit").forEach((hit) => hit.remove());
  copy.removeAttribute("style");
  return copy;
}

function looksOf(element) {
  const style = getComputedStyle(element);
  return LOOKS.map((look) => style.getPropertyValue(look));
}

async function imageOf(drawing, width, height) {
  fill(drawing, { width, height, xmlns: SVG_NAMESPACE }, []);
  const words = new XMLSerializer().serializeToString(drawing).replace(NOT_XML, "");
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(words)}`;
  await image.decode();
  return image;
}

// Everything drawn on the map, from bottom to top: ours, and the layers of a folium user.
function layersFromBottom() {
  const { mapPane, popupPane, tooltipPane, ...panes } = map.getPanes();
  return Object.values(panes)
    .sort((a, b) => getComputedStyle(a).zIndex - getComputedStyle(b).zIndex)
    .flatMap((pane) => [...pane.querySelectorAll(":scope > canvas, :scope > svg, :scope > img")]);
}

async function drawLayers(context, scale) {
  const ground = map.getContainer().getBoundingClientRect();
  context.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
  context.fillRect(0, 0, ground.width, ground.height);
  context.save();
  context.beginPath();
  context.rect(0, 0, ground.width, ground.height);
  context.clip();
  for (const layer of layersFromBottom()) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (!width || !height) continue;
    const drawn = layer instanceof SVGElement ? await imageOf(withLooks(layer), width * scale, height * scale) : layer;
    context.drawImage(drawn, left - ground.left, top - ground.top, width, height);
  }
  context.restore();
}

// Words in lines no wider than this; a word that is wider than a line is broken.
function wrapped(words, size, width) {
  const lines = [""];
  for (let word of words.split(/\s+/)) {
    if (textWidth(`${lines.at(-1)} ${word}`, size) <= width) {
      lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
      continue;
    }
    while (textWidth(word, size) > width) {
      const letters = [...word],
        fits = Math.max(1, Math.floor((letters.length * width) / textWidth(word, size)) - 1);
      lines.push(letters.slice(0, fits).join(""));
      word = letters.slice(fits).join("");
    }
    lines.push(word);
  }
  return lines.filter(Boolean);
}

// What stands under the map, as one SVG, `width` wide, mirrored where the page is written from the right.
function captionOf(width) {
  const inner = width - 2 * PICTURE_GAP,
    right = document.dir === "rtl",
    parts = [];
  const { color } = getComputedStyle(document.body);
  let y = PICTURE_GAP;
  const put = (x, baseline, size, words, more = {}) => {
    const at = { x: right ? width - x : x, y: baseline, "font-size": size, fill: color, "unicode-bidi": "plaintext" };
    parts.push(svg("text", { ...at, ...more }, words));
  };
  const paragraph = (words, size, most, more) => {
    for (const line of wrapped(words, size * (more ? 1.08 : 1), inner).slice(0, most)) {
      put(PICTURE_GAP, y + size, size, line, more);
      y += size * 1.35;
    }
  };
  paragraph(oneLine(document.title), 16, 3, { "font-weight": 600 });
  y = legendColumns(parts, put, y + 8, width, right);
  y += 4;
  paragraph(findings.credits.map(oneLine).join(" · "), 10.5, 8);
  paragraph([madeWith(), ...citedSources()].join(" · "), 10.5, 8);
  const height = Math.ceil(y + PICTURE_GAP);
  const attributes = { viewBox: `0 0 ${width} ${height}`, "font-family": FONT, direction: right ? "rtl" : "ltr" };
  return { drawing: svg("svg", attributes, parts), height };
}

// The legend as it stands on the page, group by group, in as many columns as there is room for.
function legendColumns(parts, put, top, width, right) {
  let x = PICTURE_GAP,
    y = top,
    lowest = top;
  for (const group of document.querySelectorAll("#legend .group")) {
    const items = [...group.querySelectorAll("li")].map((item) => [item.querySelector("svg"), item.textContent]);
    const title = group.querySelector("h3")?.textContent ?? "";
    const wide = Math.max(textWidth(title, 12) + 8, ...items.map(([, words]) => textWidth(words, 12) + 52));
    if (x > PICTURE_GAP && x + wide > width - PICTURE_GAP) [x, y] = [PICTURE_GAP, lowest + 8];
    put(x, y + 12, 12, title, { "font-weight": 600 });
    items.forEach(([sample, words], i) => {
      const line = y + 20 + i * 18;
      if (sample) {
        const middle = line + 8 - sample.getAttribute("height") / 2;
        const transform = right ? `translate(${width - x} ${middle}) scale(-1 1)` : `translate(${x} ${middle})`;
        parts.push(svg("g", { transform }, withLooks(sample)));
      }
      put(x + 52, line + 12, 12, words);
    });
    lowest = Math.max(lowest, y + 22 + items.length * 18);
    x += wide + 24;
  }
  return lowest;
}

// The scale of the map, drawn as the control shows it.
function drawScale(context) {
  const ground = map.getContainer().getBoundingClientRect();
  for (const bar of document.querySelectorAll(".leaflet-control-scale-line")) {
    const box = bar.getBoundingClientRect();
    const [x, y] = [ground.width - box.width - 12, ground.height - 14];
    context.fillStyle = context.strokeStyle = getComputedStyle(bar).color;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x, y - 6);
    context.lineTo(x, y);
    context.lineTo(x + box.width, y);
    context.lineTo(x + box.width, y - 6);
    context.stroke();
    context.font = `11px ${FONT}`;
    context.textAlign = "center";
    context.fillText(bar.textContent, x + box.width / 2, y - 5);
  }
}

async function pictureOfView() {
  const { x: width, y: ground } = map.getSize(),
    caption = captionOf(width),
    height = ground + caption.height;
  const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (width * height)));
  const canvas = html("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) }),
    context = canvas.getContext("2d");
  context.scale(canvas.width / width, canvas.height / height);
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, width, height);
  sharper(scale);
  try {
    await drawLayers(context, scale);
  } finally {
    sharper(1);
  }
  drawScale(context);
  const under = await imageOf(caption.drawing, width * scale, caption.height * scale);
  context.drawImage(under, 0, ground, width, caption.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}
