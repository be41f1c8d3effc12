"""Our scripts and styles without what only people need: comments, indentation, spaces around signs.

Names stay as they are, and lines end where they did unless nothing can go wrong. It knows no more JavaScript than our
own files use: comments are lines or ends of lines, and no text between backticks runs over a line's end (a test holds
them to that).
"""

from __future__ import annotations

import re

# A piece of text in quotes, which stays as it is.
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`""")
_SIGNS = re.compile(r"\s*([=,{}()\[\]?:<>&|;*!])\s*")
TEMPLATE = 2  # backticks
_OPEN_END = tuple("{([,;")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SIGNS = re.compile(r"\s*([{};,>])\s*")


def script(text: str) -> str:
    """Shorten JavaScript."""
    lines = [line for line in map(_line, text.split("\n")) if line]
    return "".join(line if line.endswith(_OPEN_END) else f"{line}\n" for line in lines)


def style(text: str) -> str:
    """Shorten CSS; what is in quotes must hold no sign of CSS beside a space."""
    text = _CSS_SIGNS.sub(r"\1", re.sub(r"\s+", " ", _CSS_COMMENT.sub("", text)))
    return re.sub(r":\s+", ":", text.replace(";}", "}")).strip()


def _line(line: str) -> str:
    line = line.strip()
    if line.startswith("//"):
        return ""
    quoted = _QUOTED.findall(line)
    code = _QUOTED.sub("\0", line)
    code = code.split(" // ")[0].rstrip()
    # A slash may start a regular expression, in which a space is a space; a template may hold another.
    if "/" not in code and line.count("`") <= TEMPLATE:
        code = _SIGNS.sub(r"\1", code)
    return "".join(text + piece for text, piece in zip(["", *quoted], code.split("\0"), strict=False))
