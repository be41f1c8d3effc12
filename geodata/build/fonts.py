"""Compile the fonts of pictures in PNG and PDF: ``python geodata/build/fonts.py FOLDER``.

FOLDER holds the unpacked npm packages ``@fontsource/noto-sans``, ``-arabic``, ``-kr``, ``-jp`` and ``-sc``, 5.3.0, as
``noto-sans``, ``noto-sans-arabic`` and so on. It needs ``fonttools[woff]``. Noto's slices are put together again, a
font for each script, and packed; ``coverage.json.xz`` tells which characters each has, as first and last of a stretch.
"""

from __future__ import annotations

import argparse
import io
import json
import lzma
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

OUT = Path(__file__).parents[2] / "routes" / "pictures" / "fonts"
LATIN = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "greek-ext", "vietnamese"]
FONTS = {
    "sans": ("Noto Sans", 400, [f"noto-sans/noto-sans-{script}-400-normal" for script in LATIN]),
    "sans-bold": ("Noto Sans", 600, [f"noto-sans/noto-sans-{script}-600-normal" for script in LATIN]),
    # with Latin letters, digits and signs: typst sets a line of Arabic, which joins letters, in one font or not at all
    "arabic": (
        "Noto Sans Arabic",
        400,
        ["noto-sans-arabic/noto-sans-arabic-arabic-400-normal", "noto-sans/noto-sans-latin-400-normal"],
    ),
    "kr": ("Noto Sans KR", 400, ["noto-sans-kr/noto-sans-kr-korean-400-normal"]),
    "jp": ("Noto Sans JP", 400, ["noto-sans-jp/noto-sans-jp-japanese-400-normal"]),
    "sc": ("Noto Sans SC", 400, ["noto-sans-sc/noto-sans-sc-chinese-simplified-400-normal"]),
}
# Signs that Noto Sans lacks and reports have: arrows, a box for what no font knows.
SIGNS = "←↑→↓↔□■"
SLICES_OF_SIGNS = "noto-sans-kr/files/noto-sans-kr-*-400-normal.woff2"


def main() -> None:
    """Put together, subset, pack."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    coverage = {}
    for name, (family, weight, slices) in FONTS.items():
        parts = []
        for one in slices:
            package, _, file = one.partition("/")
            parts.append(plain(folder / package / "files" / f"{file}.woff2"))
        if not name.startswith(("kr", "jp", "sc")):
            parts += signs(folder)
        font = joined(parts, shaped=name == "arabic")
        font["name"].setName(family, 1, 3, 1, 0x409)
        font["name"].setName(family, 16, 3, 1, 0x409)
        font["OS/2"].usWeightClass = weight
        font.recalcTimestamp = False
        font["head"].created = font["head"].modified = parts[0]["head"].created
        data = packed(font)
        (OUT / f"{name}.ttf.xz").write_bytes(data)
        coverage[name] = stretches(sorted(font.getBestCmap()))
        print(name, len(font.getBestCmap()), len(data))
    text = json.dumps(coverage, separators=(",", ":")).encode("ascii")
    (OUT / "coverage.json.xz").write_bytes(lzma.compress(text, preset=9 | lzma.PRESET_EXTREME))
    (OUT / "LICENSE").write_bytes((folder / "noto-sans" / "LICENSE").read_bytes())


def plain(path: Path) -> TTFont:
    """Open a font, without its compression."""
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = None
    return font


def signs(folder: Path) -> list[TTFont]:
    """Take the signs out of the slices that have them, each once."""
    found, left = [], {ord(sign) for sign in SIGNS}
    for path in sorted(folder.glob(SLICES_OF_SIGNS)):
        font = plain(path)
        here = left & set(font.getBestCmap())
        if here:
            left -= here
            found.append(only(font, here))
    return found


def only(font: TTFont, characters: set[int]) -> TTFont:
    """Keep some characters of a font, and no rules of setting, which differ from font to font."""
    dropped = ["GSUB", "GPOS", "vhea", "vmtx", "VORG", "BASE", "STAT"]
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=dropped)
    one = subset.Subsetter(options)
    one.populate(unicodes=characters)
    one.subset(font)
    return font


def joined(parts: list[TTFont], *, shaped: bool) -> TTFont:
    """Put slices together into one font; a character that several have comes from the first.

    Where it is shaped, the first keeps its rules of setting.
    """
    if len(parts) == 1:
        return parts[0]
    files, seen = [], set()
    for part in parts:
        here = set(part.getBestCmap()) - seen
        files.append(io.BytesIO())
        (part if shaped and not seen else only(part, here)).save(files[-1])
        files[-1].seek(0)
        seen |= here
    return Merger().merge(files)


def packed(font: TTFont) -> bytes:
    """Write a font and pack it; the same font gives the same bytes."""
    file = io.BytesIO()
    font.save(file, reorderTables=True)
    return lzma.compress(file.getvalue(), preset=9 | lzma.PRESET_EXTREME)


def stretches(codes: list[int]) -> list[list[int]]:
    """Write sorted numbers as stretches, first and last."""
    found: list[list[int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


if __name__ == "__main__":
    main()
