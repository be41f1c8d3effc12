"""What stands around the map: title, scale, what is not on it, the source, the data."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from routes.pictures import markup
from routes.pictures.labels import HALO, width_of
from routes.pictures.style import QUIET, STYLE
from routes.pictures.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from routes.geojson.shown import Shown, ShownLeg
    from routes.pictures.view import View

TITLE_SIZE, TITLE_LINES = 22.0, 2
SMALL = 11.5
MOST_NAMES = 30  # of what could not be placed
_RIGHT_TO_LEFT = {"R", "AL"}
_STRONG = {"L", *_RIGHT_TO_LEFT}


def title(words: str, told: Shown, x: float, y: float, width: float) -> tuple[str, float]:
    """Write the title and whose report it is; gives it and its height."""
    lines = wrapped(words, TITLE_SIZE, width / 1.06, most=TITLE_LINES)
    drawn = [_line(line, x, width, y + 22 + i * 28, TITLE_SIZE, font_weight=600) for i, line in enumerate(lines)]
    height = 28.0 * len(lines)
    one = told.reports[0] if len(told.reports) == 1 else None
    under = " · ".join(filter(None, (one.publisher, one.published))) if one else ""
    if under:
        (line,) = wrapped(under, 13, width, most=1)
        drawn.append(_line(line, x, width, y + height + 14, 13, fill=QUIET))
        height += 20
    return "".join(drawn), height + 8


def scale(view: View) -> tuple[str, tuple[float, float, float, float]]:
    """Draw a scale bar in the frame's corner; gives it and its box."""
    left, _, _, bottom = view.box
    a_pixel = view.km_a_pixel()
    lengths = [step * 10**power for power in range(-1, 5) for step in (1, 2, 5)]
    km = max((it for it in lengths if it / a_pixel <= 150), default=lengths[0])
    width = km / a_pixel
    x, y = left + 14, bottom - 14
    bar = f"M{markup.number(x)} {markup.number(y - 5)}v5h{markup.number(width)}v-5"
    words = f"{km:,.0f} km" if km >= 1 else f"{km * 1000:.0f} m"
    drawn = (
        markup.element("path", d=bar, fill="none", stroke=STYLE["casing"], stroke_width=4)
        + markup.element("path", d=bar, fill="none", stroke=STYLE["ink"], stroke_width=1.5)
        + markup.text(words, x + width / 2, y - 7, font_size=SMALL, text_anchor="middle", **HALO)
    )
    return drawn, (x - 6, y - 24, x + width + 6, y + 8)


def foot(told: Shown, notes: Iterable[str], view: View, x: float, y: float, width: float) -> tuple[str, float]:
    """Write what is not on the map, the source and the data; gives it and its height."""
    rows: list[tuple[str, str]] = [(note, "") for note in notes]
    rows += _sources(told)
    rows.append((_projection(view), ""))
    rows.append((WORDS["data"].format(credits=" · ".join(told.credits) or "Natural Earth (public domain)"), ""))
    drawn, down = [], y
    for words, address in rows:
        for line in wrapped(words, SMALL, width, most=4):
            down += 16
            text = _line(line, x, width, down, SMALL, fill=QUIET)
            drawn.append(markup.link(address, text) if address else text)
    return "".join(drawn), down - y


def notes(told: Shown, denied: int, unseen: Sequence[ShownLeg]) -> list[str]:
    """Say what is not on the map, or not to be seen on it."""
    said = [] if told.legs else [WORDS["nothing"]]
    if unseen:
        ways = dict.fromkeys(f"{leg.origin or '?'} → {leg.destination or '?'}" for leg in unseen)
        said.append(WORDS["unseen"].format(ways=_listed(list(ways))))
    if denied:
        said.append(WORDS["one denied" if denied == 1 else "denied"].format(count=denied))
    if told.unplaced:
        said.append(WORDS["unplaced"].format(names=_listed(told.unplaced)))
    if told.strange:
        said.append(WORDS["strange"].format(count=told.strange))
    return said


def _listed(names: Sequence[str]) -> str:
    listed, more = ", ".join(names[:MOST_NAMES]), len(names) - MOST_NAMES
    return WORDS["and more"].format(names=listed, count=more) if more > 0 else listed


def _sources(told: Shown) -> list[tuple[str, str]]:
    if len(told.reports) > 1:
        titles = "; ".join(one.title for one in told.reports if one.title)
        return [(f"{WORDS['source']}: {WORDS['reports'].format(count=len(told.reports), titles=titles)}", "")]
    rows = []
    for one in told.reports:
        said = " · ".join(filter(None, (one.title, one.publisher, one.published)))
        told_of = [(said, ""), (one.url, one.url), (f"SHA-256 {one.sha256}" if one.sha256 else "", "")]
        rows += [row for row in told_of if row[0]]
    return [(f"{WORDS['source']}: {rows[0][0]}", rows[0][1]), *rows[1:]] if rows else []


def _projection(view: View) -> str:
    if view.projection.world:
        return WORDS["world"]
    longitude, latitude = view.projection.centre
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return WORDS["azimuthal"].format(centre=f"{abs(latitude):.0f}° {north}, {abs(longitude):.0f}° {east}")


def wrapped(words: str, size: float, width: float, most: int) -> list[str]:
    """Break a text into lines of a width, the last with an ellipsis where there are more than the most."""
    lines, line = [], ""
    for word in _breakable(words, size, width):
        if line and width_of(line + word, size) > width:
            lines.append(line.strip())
            line = ""
        line += word
    lines.append(line.strip())
    lines = [line for line in lines if line] or [""]
    if len(lines) > most:
        lines = lines[:most]
        while width_of(lines[-1] + "…", size) > width:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip() + "…"
    return lines


def _breakable(words: str, size: float, width: float) -> list[str]:
    """Part a text where a line may end: after spaces, between Han and kana, and anywhere in a word that is too long."""
    parts: list[str] = []
    for word in markup.plain(words).split(" "):
        letters = width_of(word, size) > width or any(unicodedata.east_asian_width(it) == "W" for it in word)
        parts += [*word, " "] if letters and not _hangul(word) else [word + " "]
    return parts


def _hangul(word: str) -> bool:
    return any("\uac00" <= letter <= "\ud7a3" for letter in word)


def _line(words: str, x: float, width: float, y: float, size: float, **look: object) -> str:
    """Write one line from the side on which its script begins."""
    if right_to_left(words):
        return markup.text(markup.isolated(words), x + width, y, font_size=size, text_anchor="end", **look)
    return markup.text(markup.isolated(words), x, y, font_size=size, **look)


def right_to_left(words: str) -> bool:
    """Tell whether a text begins on the right, by its first letter that has a side (UAX 9, rule P2)."""
    sides: Sequence[str] = [side for it in words if (side := unicodedata.bidirectional(it)) in _STRONG]
    return bool(sides) and sides[0] in _RIGHT_TO_LEFT
