"""Made-up pieces of ordinary news, in which people, firms, papers and teams bear the names of places.

The benchmark's training reports tell of supplies; the news of crime, courts, sport and weather. These pieces teach the
models of `routes.toponyms` and the encoder's head for names what such texts look like; they say nothing of the world.

The sentences are in ``sentences/``, a file a language: ``[town]`` is filled with a name from the list ``town``, of
that file or of ``places.toml``, and is a toponym; ``[town!]`` is one that stands for a government, a team or its
people; ``[town+s]`` has an ending, ``[TOWN]`` capitals, ``[=Moscow]`` is that name itself; what fills ``{word}`` is
none. A slot with a number is another draw from its list, and a slot means the same all through a piece. Of an entry of
a list such as ``the [Midwest]`` only the bracketed part is the name.
"""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.names import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FOLDER = Path(__file__).parent / "sentences"
_PIECES = {"en": 620, "de": 340}
_PIECES_ELSE = 40
_MOST_SENTENCES = 5
_HEADED = 0.25  # share of pieces with a headline, where the language has any
_STRAYING = 0.25  # share with a sentence on something else
_TRIES = 20
_SEED = 7
_CLOSED = frozenset({"zh", "ja"})  # no spaces between sentences
_NO_S = ("s", "ß", "x", "z")  # German names that take no genitive s
_SLOT = re.compile(r"\[([^\]]+)\]|\{(\w+)\}")
_UNMARKED = str.maketrans("", "", "[]")
_PARTS = re.compile(r"(.*?)\[(.+)\](.*)")


@dataclass(slots=True)
class _Piece:
    """A text under way: what its slots mean, and the toponyms so far."""

    lists: Mapping[str, Sequence[str]]
    draw: random.Random
    text: str = ""
    toponyms: list[dict[str, Any]] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)

    def add(self, sentence: str) -> None:
        """Write a sentence, its slots filled."""
        at = 0
        for slot in _SLOT.finditer(sentence):
            self.text += sentence[at : slot.start()]
            at = slot.end()
            if slot[1]:
                self._name(slot[1])
            else:
                self.text += self._value(slot[2]).translate(_UNMARKED)
        self.text += sentence[at:]

    def _name(self, slot: str) -> None:
        literal = not slot.endswith("!")
        slot, _, ending = slot.rstrip("!").partition("+")
        value = slot[1:] if slot.startswith("=") else self._value(slot.lower())
        before, name, after = parts.groups() if (parts := _PARTS.fullmatch(value)) else ("", value, "")
        if slot.isupper():
            name = name.upper()
        if ending and not name.endswith(_NO_S):
            name += ending
        start = len(self.text) + len(before)
        self.text += before + name + after
        self.toponyms.append({"start": start, "end": start + len(name), "literal": literal})

    def _value(self, slot: str) -> str:
        """Give what a slot means in this piece; two slots do not mean the same, so that no name is place and person."""
        if slot not in self.meant:
            choices = self.lists[slot.rstrip("0123456789")]
            drawn = (self.draw.choice(choices) for _ in range(_TRIES))
            taken = {fold(value) for value in self.meant.values()}
            self.meant[slot] = next((value for value in drawn if fold(value) not in taken), choices[0])
        return self.meant[slot]


def decoys() -> list[dict[str, Any]]:
    """Make the pieces up, the same every time.

    Returns
    -------
    list of dict
        Gold reports in the benchmark's form, without routes; toponyms are not placed.
    """
    shared = {name: _listed(entries) for name, entries in _read("places").items()}
    languages = sorted(path.stem for path in _FOLDER.glob("??.toml"))
    return [record for language in languages for record in _pieces(language, shared)]


def _pieces(language: str, shared: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    source = _read(language)
    lists = {**shared, **{name: _listed(entries) for name, entries in source["lists"].items()}}
    headlines = source["lists"].get("headline", "").strip().splitlines()
    themes = [lines.strip().splitlines() for lines in source["themes"].values()]
    draw = random.Random(f"{_SEED} {language}")  # noqa: S311  # no secret
    weights = [len(lines) for lines in themes]
    records = []
    for number in range(_PIECES.get(language, _PIECES_ELSE)):
        piece = _Piece(lists, draw)
        if headlines and draw.random() < _HEADED:
            piece.add(draw.choice(headlines) + draw.choice(("\n", "\n\n", ". ")))
        theme = draw.choices(themes, weights)[0]
        chosen = sorted(draw.sample(range(len(theme)), draw.randint(1, _MOST_SENTENCES)))
        sentences = [theme[index] for index in chosen]
        if draw.random() < _STRAYING:
            others = [line for line in draw.choice(themes) if line not in sentences]
            sentences += draw.sample(others, min(1, len(others)))
        for turn, sentence in enumerate(sentences):
            piece.add((" " if turn and language not in _CLOSED else "") + sentence)
        name = f"decoy-{language}-{number}"
        records.append({"id": name, "lang": language, "text": piece.text, "toponyms": piece.toponyms})
    return records


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _listed(entries: str) -> list[str]:
    return [" ".join(entry.split()) for entry in entries.split(";")]
