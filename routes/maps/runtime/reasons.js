// Why a leg is drawn as it is and why a place is meant: the findings say it in English, in sentences of a known form.

const REASONS = [];

function reason(message) {
  const plain = message.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  REASONS.push([new RegExp(`^${plain.replace("{people}", "(?<people>[\\d,]+)").replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`, "s"), message]);
}

if (LANGUAGE !== "en") {
  reason("drawn as a straight link: {why}");
  reason("the means of transport is not told");
  reason("flight paths are not traced");
  reason("runs into {place}: where inside is not told");
  reason("ends at the edge of {place}: where inside is not told");
  reason("ends at the coast of {place}: where inside is not told");
  reason("runs into the areas, since too little lies between them");
  reason("along the {track} into {place}: how far is not told");
  reason("along the {track} between {place} and {other}: where inside them is not told");
  reason("{place} is {km} km from the nearest {track}: the gap is drawn straight");
  reason("{place} lies too far from any {track}");
  reason("no {track} comes within {km} km of {place}");
  reason("no network of {track}s is known");
  reason("no {track} joins them that avoids what is to be avoided");
  reason("no {track} was found between them");
  reason("passes {place} where the shortest way does");
  reason("as you said");
  reason("its name");
  reason("its name, spelled a little differently");
  reason("its name in {language}");
  reason("its name in {language}, spelled a little differently");
  reason("another name of it");
  reason("a form of its name");
  reason("the name of its town");
  reason("a form of {name}, {why}");
  reason("one letter off “{name}”, {why}");
  reason("two letters off “{name}”, {why}");
  reason("a part of it");
  reason("{kind} of {people}");
  reason("no other place of that name");
  reason("importance");
  reason("the most important");
  reason("in a country of the report's language");
  reason("in a country that many names share");
  reason("in a country that the report names");
  reason("near the other places");
  reason("near another place");
  reason("beside the name of its country or state");
  reason("as the words around call it");
  reason("otherwise than the words around call it");
  reason("a country");
  reason("an area or a water");
  reason("a state among its towns");
}

const TRACKS = {
  railway: t("track|railway"),
  road: t("track|road"),
  "shipping lane": t("track|shipping lane"),
  waterway: t("track|waterway"),
  pipeline: t("track|pipeline"),
};

const languageName = (code) => {
  try {
    return new Intl.DisplayNames([LANGUAGE], { type: "language" }).of(code);
  } catch {
    return code; // "und"
  }
};

const REASON_PARTS = {
  why: (words) => reasonPiece(words),
  place: inTongue,
  other: inTongue,
  track: (words) => (Object.hasOwn(TRACKS, words) ? TRACKS[words] : words),
  language: languageName,
  kind: (words) => kindName(words),
  people: (words) => tNumber(Number(words.replaceAll(",", ""))),
};

function reasonPiece(piece) {
  for (const [pattern, message] of REASONS) {
    const { groups } = pattern.exec(piece) ?? {};
    if (!groups && piece !== message) continue;
    const values = Object.entries(groups ?? {}).map(([part, words]) => [part, (REASON_PARTS[part] ?? String)(words)]);
    return t(message, Object.fromEntries(values));
  }
  return tKnown(`kind|${piece}`, piece);
}

// Word for word as in the findings on an English page.
const inReason = (why) => (LANGUAGE === "en" ? why : why.split("; ").map(reasonPiece).join(t("list|; ")));
