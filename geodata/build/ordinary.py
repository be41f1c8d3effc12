"""Words that are too usual to be made a name of a place that few reports mean."""

from __future__ import annotations

from wordfreq import zipf_frequency

LANGUAGES = "en de fr es it pt nl pl ru uk tr ar fa".split()
USUAL = 3.3  # on Zipf's scale; about one word in half a million


def ordinary(name: str) -> bool:
    """Whether a name of one word is a usual word of one of the languages that are read, or a usual name in it."""
    return " " not in name and any(zipf_frequency(name, language) >= USUAL for language in LANGUAGES)
