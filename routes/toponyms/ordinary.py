"""Ordinary words that also name places, by language: the reader must not take "March" or "Mengen" for a town."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from geodata.names import fold


@cache
def ordinary(language: str) -> frozenset[str]:
    """Give the folded words of a language (ISO 639-1); none where there is no list for it."""
    return _all().get(language, frozenset())


@cache
def _all() -> dict[str, frozenset[str]]:
    text = resources.files(__package__).joinpath("ordinary.toml").read_text(encoding="utf-8")
    return {language: frozenset(map(fold, words.split())) for language, words in tomllib.loads(text).items()}
