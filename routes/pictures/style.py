"""The look of a picture: the page's colours and dashes, read from the same file, and what only paper needs."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

# The page's own file; asking for it by way of the package ``routes`` does not import ``routes.maps``.
STYLE: dict[str, Any] = json.loads(files("routes").joinpath("maps/style.json").read_text("utf-8"))

PAPER = "#FFFFFF"
QUIET = "#52606D"
GROUND_INK = "#66707A"
WATER_INK = "#456A85"
# What is on most machines first; then Noto, which covers Cyrillic, Greek, Arabic, Hangul and Han where it is installed.
FONTS = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, 'Noto Sans Arabic', 'Noto Sans KR', "
    "'Noto Sans CJK KR', 'Malgun Gothic', 'Apple SD Gothic Neo', 'Noto Sans SC', 'Noto Sans JP', sans-serif"
)
