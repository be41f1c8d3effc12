"""JSON inside HTML, so that no text in it can end the script element or start another."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from routes.errors import FindingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

# "<", ">" and "&" could open or close markup; U+2028 and U+2029 end a line in older JavaScript; a lone surrogate is
# no character and cannot be written as UTF-8. JSON allows each as an escape.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def escaped(text: str) -> str:
    r"""Write the characters of a JSON text that HTML could misread as ``\uXXXX``; it stays the same JSON."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def dumps(data: Mapping[str, Any]) -> str:
    """Give data as JSON for an island.

    Raises
    ------
    FindingsError
        Where a number is NaN or infinite, which JSON does not know.
    """
    try:
        text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise FindingsError(f"the findings hold a number that GeoJSON does not know: {error}") from None
    return escaped(text)
