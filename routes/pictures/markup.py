"""SVG as text, so that nothing in a report can become markup.

Attributes of ours are numbers and words; whatever comes out of a report goes through `said`, and only there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What XML 1.0 does not allow (section 2.2), and what would turn the text around it (bidirectional controls).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\u061c]")
ISOLATE, END = "\u2068", "\u2069"


def plain(text: str) -> str:
    """Make a text of one line out of what a report says: no controls, no line breaks, nothing that XML forbids."""
    return " ".join(_FORBIDDEN.sub("\ufffd", text).split())


def said(text: str) -> str:
    """Escape a text for an element."""
    return escape(plain(text))


def isolated(text: str) -> str:
    """Keep a name from turning the text around it (Unicode's first strong isolate)."""
    return f"{ISOLATE}{plain(text)}{END}"


def element(tag: str, *children: str, **attributes: object) -> str:
    """Write one element; an attribute that is None or False is left out, ``_`` in its name is ``-``."""
    told = "".join(
        f" {name.strip('_').replace('_', '-')}={quoteattr(_value(value))}"
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    inside = "".join(children)
    return f"<{tag}{told}>{inside}</{tag}>" if inside else f"<{tag}{told}/>"


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Write words at a place; they may hold isolates of `isolated`, and nothing else that is not plain."""
    return element("text", escape(words), x=x, y=y, **attributes)


def link(address: str, *children: str) -> str:
    """Let children lead to an address, where it is http or https and nothing else."""
    try:
        parts = urlsplit(plain(address))
    except ValueError:
        return "".join(children)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return "".join(children)
    return element("a", *children, href=parts.geturl())


def number(value: float) -> str:
    """Write a number with one decimal at most; a picture has no finer pixels."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


def path(points: NDArray[np.float64], *, closed: bool = False) -> str:
    """Write a line as path data: tenths of a pixel, each step relative to the one before, which is shortest."""
    tenths = (points * 10).round().astype(int)
    steps = tenths[1:] - tenths[:-1]
    steps = steps[(steps != 0).any(axis=1)]
    if closed and len(steps) and (steps.sum(axis=0) == 0).all():
        steps = steps[:-1]
    if not len(steps):
        return ""
    x, y = tenths[0].tolist()
    return f"M{_pair(x, y)}l{' '.join(_pair(*step) for step in steps.tolist())}".replace(" -", "-") + "z" * closed


def _pair(x: int, y: int) -> str:
    return f"{_tenth(x)} {_tenth(y)}"


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or ('' if rest else '0')}.{rest}" if rest else f"{sign}{whole}"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
