"""A picture as PNG and PDF, by typst, in fonts that come with the package.

So that a picture looks the same, and has the same bytes, on a machine without any fonts. Only the fonts whose letters
are in the picture are unpacked.
"""

from __future__ import annotations

import json
import lzma
import re
import tempfile
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, unescape

from routes.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Mapping

# In the order in which they are asked; a report's language says which Han comes first.
LATIN = ("sans", "sans-bold")
FAMILIES = {"arabic": "Noto Sans Arabic", "kr": "Noto Sans KR", "jp": "Noto Sans JP", "sc": "Noto Sans SC"}
FIRST = {"ja": "jp", "zh": "sc", "ko": "kr"}
INSTEAD = "□"  # for a letter that none of the fonts has
PNG_SCALE = 2  # pixels of the PNG for one of the picture
_POINTS = 0.75  # for a pixel
_TEXT = re.compile(r"(<text\b[^>]*>)([^<]*)")
_UNSEEN = re.compile("[\u200b-\u200f\u2066-\u2069\ufe00-\ufe0f\ufeff]")  # they have no shape, in no font
_SOURCE = """\
#set document(title: sys.inputs.title, date: none)
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image("picture.svg", width: {width}pt, height: {height}pt, alt: sys.inputs.title)
"""


def ready() -> None:
    """Refuse, before any work is done, where the extra is not installed.

    Raises
    ------
    MissingExtraError
    """
    if find_spec("typst") is None:
        raise MissingExtraError(
            "a picture in PNG or PDF needs typst: pip install 'supply-routes[pictures]'; .svg needs nothing more"
        )


def printed(svg: str, form: Literal["png", "pdf"], *, title: str, size: tuple[float, float], language: str) -> bytes:
    """Give an SVG as ``"png"`` or ``"pdf"``; the same SVG gives the same bytes.

    Raises
    ------
    MissingExtraError
        Where the extra is not installed.
    """
    ready()
    import typst  # noqa: PLC0415 - an extra

    names, text = _fonts(_TEXT.sub(lambda match: match[1] + _UNSEEN.sub("", match[2]), svg), language)
    width, height = (edge * _POINTS for edge in size)
    with tempfile.TemporaryDirectory(prefix="routes-picture-") as name:
        folder = Path(name)
        (folder / "picture.svg").write_text(text, "utf-8")
        (folder / "picture.typ").write_text(_SOURCE.format(width=width, height=height), "utf-8")
        for font in names:
            (folder / f"{font}.ttf").write_bytes(lzma.decompress(_read(f"{font}.ttf.xz")))
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
        data: bytes = typst.compile(
            folder / "picture.typ",
            format=form,
            font_paths=fonts,
            ppi=72 / _POINTS * PNG_SCALE,
            sys_inputs={"title": title},
        )
    return data


def _fonts(svg: str, language: str) -> tuple[list[str], str]:
    """Choose the fonts that the words need, and write into the SVG which letters are to be set in which.

    Left to itself, typst sets a line of several scripts in boxes. Letters that no font has become boxes here.
    """
    letters = {letter for match in _TEXT.finditer(svg) for letter in unescape(match[2])}
    first = FIRST.get(language.split("-", maxsplit=1)[0])
    order = ["sans", *sorted(FAMILIES, key=lambda script: script != first)]
    font_of = {letter: next((it for it in order if ord(letter) in _coverage()[it]), "") for letter in letters}
    instead = {ord(letter): INSTEAD for letter, font in font_of.items() if not font and letter != "\n"}
    names = [font for font in order if font in font_of.values()]
    spanned = _TEXT.sub(lambda match: match[1] + _spans(unescape(match[2]).translate(instead), font_of), svg)
    return [*LATIN, *(name for name in names if name != "sans")], spanned


def _spans(words: str, font_of: Mapping[str, str]) -> str:
    """Wrap each stretch of letters that the common font lacks; a line of Arabic is one, whatever stands in it."""
    if any(font_of.get(letter) == "arabic" for letter in words):
        font_of = {**font_of, **{letter: "arabic" for letter in words if ord(letter) in _coverage()["arabic"]}}
    spans = []
    for font, letters in groupby(words, key=lambda letter: font_of.get(letter, "")):
        stretch = escape("".join(letters))
        spans.append(f'<tspan font-family="{FAMILIES[font]}">{stretch}</tspan>' if font in FAMILIES else stretch)
    return "".join(spans)


@cache
def _coverage() -> dict[str, frozenset[int]]:
    told = json.loads(lzma.decompress(_read("coverage.json.xz")))
    return {
        font: frozenset(code for first, last in stretches for code in range(first, last + 1))
        for font, stretches in told.items()
    }


def _read(name: str) -> bytes:
    return files("routes.pictures").joinpath("fonts", name).read_bytes()
