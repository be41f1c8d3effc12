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
    return _meant(language).get(written)


def is_postal(written: str, language: str) -> bool:
    """Tell whether a word stands for a place only where an address has it: "IN", "OR"."""
    return written in _postal(language)


@cache
def _meant(language: str) -> dict[str, str]:
    kinds = _all().get(language, {})
    return {**kinds.get("postal", {}), **kinds.get("always", {})}


@cache
def _postal(language: str) -> frozenset[str]:
    kinds = _all().get(language, {})
    return frozenset(kinds.get("postal", {})) - frozenset(kinds.get("always", {}))


@cache
def _all() -> dict[str, dict[str, dict[str, str]]]:
    text = resources.files(__package__).joinpath("abbreviations.toml").read_text(encoding="utf-8")
    return {
        language: {kind: dict(pair.split(":", 1) for pair in pairs.split()) for kind, pairs in kinds.items()}
        for language, kinds in tomllib.loads(text).items()
    }
