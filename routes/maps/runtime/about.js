// How to read the map, in three sentences, and what it is made from.

const HOW_TO_READ = [
  t("A line is a leg that a report tells of: its colour is the means of transport, its dash how certain the report is."),
  t("It follows tracks, roads or waters only where the legend says “traced”; a plain curve shows no way, a line that fades ends somewhere within an area, and an arrow stands only where the report states the direction."),
  t("Choose a line or a place to read the words it rests on; denied routes are off until they are switched on, and what could not be placed is listed beside the map."),
];

const howToRead = () =>
  html("details", { class: "how" }, html("summary", {}, t("How to read this map")), html("p", {}, HOW_TO_READ.join(" ")));
