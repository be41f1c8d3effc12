// Elements are built from text only: nothing that a report says is ever parsed as markup.

const SVG_NAMESPACE = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  // A string that is appended becomes a text node.
  node.append(...children.flat(Infinity).filter(Boolean));
  return node;
}

const html = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);

// A name from the report, kept from turning the text around it (bidi).
const name = (text) => html("bdi", {}, text);

// It points the way that the page is read.
const ARROW = document.dir === "rtl" ? " ← " : " → ";

const chain = (names) => names.flatMap((text, i) => (i ? [ARROW, name(text)] : [name(text)]));

const quotation = (text, language) =>
  text ? html("blockquote", { dir: "auto", lang: language || null }, `“${text}”`) : null;

// Rows of a description list; a row without a value is left out.
const rows = (pairs) =>
  html(
    "dl",
    {},
    pairs
      .filter(([, value]) => value)
      .map(([term, value]) => [html("dt", {}, term), html("dd", { dir: "auto" }, value)]),
  );

// Only http and https lead anywhere; any other address is shown as it is written.
function link(words, address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return words;
  }
  if (!["http:", "https:"].includes(url.protocol)) return words;
  return html("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, words);
}
