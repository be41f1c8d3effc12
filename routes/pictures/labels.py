"""Labels that do not run into each other: placed one after the other, the most telling first.

Which font a viewer has is not known, so that widths are those of Noto Sans, which is one of the wider ones.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from routes.pictures import markup
from routes.pictures.strokes import dense
from routes.pictures.style import GROUND_INK, QUIET, STYLE, WATER_INK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

# In thousandths of the font's size; bold is wider by BOLD.
_WIDTHS = {
    250: " '!,.:;Jijl|()-`",
    350: '/I[\\]ft"r{}',
    450: "?_zгт",
    500: "FLcsvyГзсухэ",
    550: "$*+0123456789<=>ESTYZ^aekx~ЕТавекь",
    600: "KPRVXbdghnopquБЗКРУХЬбдийлнопрцчъя",
    650: "#ABCАВСЧЭЯ",
    750: "&DGHNUДИЙНОПЦЛЪжмфы",
    850: "OQwФю%Ы",
    950: "@MWmЖМшщ",
    1050: "ЮШЩ",
}
_WIDTH = {character: width for width, characters in _WIDTHS.items() for character in characters}
BOLD = 1.06
# How many cells with lines a letter may cover, where the words can be spared.
MOST_INKED = {"along": 1.2, "ground": 0.6, "water": 0.3}
_CELL = 4.0  # pixels
SPACING = {"area": 0.06, "ground": 0.04, "water": 0.04}  # letter-spacing, in parts of the font's size
LOOKS: dict[str, dict[str, object]] = {
    "stop": {"font_weight": 600},
    "area": {"font_weight": 600, "letter_spacing": "0.06em"},
    "declared": {"font_style": "italic", "fill": STYLE["declared"]},
    "along": {},
    "mentioned": {"fill": QUIET},
    "ground": {"fill": GROUND_INK, "letter_spacing": "0.04em", "stroke": STYLE["land"], "stroke_opacity": 0.8},
    "water": {"fill": WATER_INK, "font_style": "italic", "letter_spacing": "0.04em", "stroke": STYLE["sea"]},
}
HALO = {"stroke": STYLE["casing"], "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a text may stand: its middle line, turned by an angle; side 1 is right of it, -1 left, 0 on it."""

    x: float
    y: float
    angle: float = 0.0
    side: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A text that wants to stand on one of some spots; a lower rank is served first."""

    words: str
    size: float
    spots: tuple[Spot, ...]
    kind: str
    rank: int


def width_of(words: str, size: float, kind: str = "") -> float:
    """Estimate how wide a text is, in pixels, in a font that is not known."""
    spacing = SPACING.get(kind, 0.0) * 1000
    bold = BOLD if kind in {"stop", "area"} else 1.0
    return sum(_advance(character) * bold + spacing for character in words) * size / 1000


def _advance(character: str) -> float:
    known = _WIDTH.get(character)
    if known:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 620


class Room:
    """The room in a picture that labels share: a box each, and where lines lie that they had better not cover."""

    def __init__(self, box: tuple[float, float, float, float]) -> None:
        self._box = box
        self._taken = np.empty((64, 4))
        self._count = 0
        shape = (int((box[3] - box[1]) // _CELL) + 1, int((box[2] - box[0]) // _CELL) + 1)
        self._inked = np.zeros(shape, dtype=np.int32)

    def take(self, boxes: NDArray[np.float64]) -> None:
        """Keep boxes (left, top, right, bottom) free of labels."""
        while self._count + len(boxes) > len(self._taken):
            self._taken = np.concatenate([self._taken, np.empty_like(self._taken)])
        self._taken[self._count : self._count + len(boxes)] = boxes
        self._count += len(boxes)

    def ink(self, line: NDArray[np.float64]) -> None:
        """Note where a line runs."""
        cells = ((dense(line, _CELL) - self._box[:2]) // _CELL).astype(int)
        inside = ((cells >= 0) & (cells < self._inked.shape[::-1])).all(axis=1)
        np.add.at(self._inked, (cells[inside, 1], cells[inside, 0]), 1)

    def free(self, boxes: NDArray[np.float64]) -> bool:
        """Tell whether boxes lie in the picture and touch none that is taken."""
        left, top, right, bottom = self._box
        if (boxes[:, :2] < (left, top)).any() or (boxes[:, 2:] > (right, bottom)).any():
            return False
        taken = self._taken[: self._count]
        return not any(((taken[:, :2] < box[2:]) & (taken[:, 2:] > box[:2])).all(axis=1).any() for box in boxes)

    def inked(self, boxes: NDArray[np.float64]) -> int:
        """Count the cells with lines under boxes."""
        total = 0
        for left, top, right, bottom in ((boxes - np.tile(self._box[:2], 2)) // _CELL).astype(int).tolist():
            total += int(np.count_nonzero(self._inked[max(top, 0) : bottom + 1, max(left, 0) : right + 1]))
        return total


def place(wishes: Iterable[Wish], room: Room) -> str:
    """Place what there is room for: on the free spot that covers the fewest lines; what has no room is left out."""
    drawn = []
    for wish in sorted(wishes, key=lambda wish: wish.rank):
        free = [(spot, boxes) for spot in wish.spots if room.free(boxes := _boxes(wish, spot))]
        if not free:
            continue
        # earlier spots are the better ones, where lines do not decide
        (spot, boxes), inked = min(
            ((one, room.inked(one[1])) for one in free), key=lambda told: told[1] + wish.spots.index(told[0][0]) / 2
        )
        if inked > MOST_INKED.get(wish.kind, np.inf) * len(wish.words):
            continue
        room.take(boxes)
        drawn.append(_label(wish, spot))
    return markup.element("g", *drawn, fill=STYLE["ink"], text_anchor="middle", **HALO) if drawn else ""


def _boxes(wish: Wish, spot: Spot) -> NDArray[np.float64]:
    """Give the boxes around a text: one, or several along it where it is turned."""
    width, height = width_of(wish.words, wish.size, wish.kind) + 6, wish.size + 3
    x = spot.x + spot.side * width / 2
    turned = abs(np.sin(spot.angle)) > 0.1
    count = max(1, int(np.ceil(width / height))) if turned else 1
    part = width / count
    offsets = (np.arange(count) + 0.5) * part - width / 2
    across = np.column_stack([x + offsets * np.cos(spot.angle), spot.y + offsets * np.sin(spot.angle)])
    reach = (
        abs(part * np.cos(spot.angle)) + abs(height * np.sin(spot.angle)),
        abs(part * np.sin(spot.angle)) + abs(height * np.cos(spot.angle)),
    )
    half = np.array(reach) / 2
    return np.column_stack([across - half, across + half])


def _label(wish: Wish, spot: Spot) -> str:
    width = width_of(wish.words, wish.size, wish.kind) + 6
    x, y = spot.x + spot.side * width / 2, spot.y
    # a third of the size below the middle line is the base line; not every program knows dominant-baseline
    down = wish.size * 0.35
    turn = None
    if abs(spot.angle) > 0.001:
        turn = f"translate({markup.number(x)} {markup.number(y)}) rotate({markup.number(np.degrees(spot.angle))})"
        x = y = 0.0
    return markup.text(
        markup.isolated(wish.words), x, y + down, font_size=wish.size, transform=turn, **LOOKS[wish.kind]
    )
