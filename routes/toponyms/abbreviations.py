"""Abbreviations of states and countries that the gazetteer does not hold as names: "IL", "DC", "Lancs"."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def abbreviated(written: str, language: str) -> str | None:
    """Give the id of the place that a word stands for.

    Parameters
    ----------
    written : str
        As in the text; case matters.
    language : str
        ISO 639-1.

    Returns
    -------
    str or None
    """
    kinds = _all().get(language, {})
    return next((known[written] for known in kinds.values() if written in known), None)


def is_postal(written: str, language: str) -> bool:
    """Tell whether a word stands for a place only where an address has it: "IN", "OR"."""
    kinds = _all().get(language, {})
    return written in kinds.get("postal", {}) and written not in kinds.get("always", {})


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return {
        language: {kind: dict(pair.split(":", 1) for pair in pairs.split()) for kind, pairs in kinds.items()}
        for language, kinds in tomllib.loads(text).items()
    }
