"""The languages of the page: which one it speaks, and its words.

``translations/*.po`` are the source; ``translations/build.py`` compiles them to ``words/*.json``, so that a page needs
no more than the standard library. English is what the code says; no file is needed for it.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from routes.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH = "en"
LANGUAGES = ("ar", "de", ENGLISH, "es", "fr", "ko", "ru", "uk")
RIGHT_TO_LEFT = frozenset({"ar"})
_CONTEXT = re.compile(r"^[a-z]+\|")


def language_of_page(collection: Mapping[str, Any], asked: str | None = None) -> str:
    """Tell which language the page speaks.

    Parameters
    ----------
    collection : mapping
        A findings FeatureCollection.
    asked : str, optional
        A language tag such as ``de`` or ``ar-EG``; by default the language that all its reports are in, and English
        where they differ or the page does not speak it.

    Raises
    ------
    FormatError
        Where the page does not speak the language asked for.
    """
    if asked is not None:
        spoken = primary(asked)
        if spoken not in LANGUAGES:
            raise FormatError(f"the page does not speak {asked!r}; it speaks {', '.join(LANGUAGES)}")
        return spoken
    told = {primary(report.get("language")) for report in reports_of(collection)}
    found = told.pop() if len(told) == 1 else ENGLISH
    return found if found in LANGUAGES else ENGLISH


def direction(language: str) -> str:
    """Tell which way a language is written: ``ltr`` or ``rtl``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@cache
def words(language: str) -> str:
    """Give the words of a language as JSON: an English message to what is said, or to its plural forms."""
    if language == ENGLISH:
        return "{}"
    text = files("routes.maps").joinpath("words", f"{language}.json").read_text("utf-8")
    return json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":"))


def said(message: str, language: str) -> str:
    """Give what the page says for an English message, which may carry its context before a bar, as in ``mode|sea``."""
    found = json.loads(words(language)).get(message)
    return found if isinstance(found, str) else _CONTEXT.sub("", message)


def primary(tag: object) -> str:
    """Give the language of a tag without its script and region; nothing where it is no tag."""
    return re.split("[-_]", tag)[0].lower() if isinstance(tag, str) else ""


def reports_of(collection: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Give what a collection says of its report or reports."""
    one, many = collection.get("report"), collection.get("reports")
    reports = [one] if isinstance(one, dict) else many if isinstance(many, list) else []
    return [report for report in reports if isinstance(report, dict)]
