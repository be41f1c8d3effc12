"""Places by the names that they bear."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from geodata.declensions import NOUNS
from geodata.index import NameIndex, Names, load_names
from geodata.inflection import lemmas
from geodata.matching import A_FORM, OF_TOWN, match
from geodata.names import fold, without_generic
from geodata.places import Candidate, Feature, Place, PlaceTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geodata.extend import Own
    from geodata.rows import Source

__all__ = ["DATA", "Candidate", "Feature", "Gazetteer", "Layer", "Place", "PlaceTable"]

DATA = Path(__file__).parent / "data"
BENT = 0.9  # what a case ending undone takes from the score
MISSPELT = 0.5  # what each letter amiss takes from the score
NEIGHBOURS = 3_000  # names looked at for a spelling
_AMISS = {1: "one letter", 2: "two letters"}


@dataclass(frozen=True, slots=True)
class Layer:
    """The names and places of one source; a gazetteer is a pile of them."""

    names: Names
    places: PlaceTable

    @classmethod
    def load(cls, folder: Path) -> Layer:
        """Open a compiled folder; its large parts are mapped, not read."""
        return cls(load_names(folder), PlaceTable.load(folder))

    @classmethod
    def of(cls, own: Own) -> Layer:
        """Index a user's own places."""
        bearers: dict[str, list[int]] = {}
        for number, spellings in enumerate(own.spellings):
            for name in spellings:
                bearers.setdefault(fold(name), []).append(number)
        return cls(NameIndex.of(bearers), PlaceTable.of(own.records))

    def bearing(self, key: str, name: str, language: str | None) -> Iterator[Candidate]:
        """Give the places under a key, and how well the name, which may have more to it, fits them."""
        numbers = self.names.bearers(key)
        if not numbers:
            return
        folded = fold(name)
        for number in numbers:
            place, importance = self.places.entry(number)
            weight, how = match(place, name, folded, language)
            what = f"{place.feature.value} of {place.population:,}" if place.population else place.feature.value
            yield Candidate(place, round(importance * weight, 4), f"{how}; {what}")


class Gazetteer:
    """All places that we know, by name and by id.

    Parameters
    ----------
    *layers : Layer
        Topmost first: a place that two layers have under one id is the upper one's.
    """

    def __init__(self, *layers: Layer) -> None:
        self._layers = layers
        self._remembered = lru_cache(maxsize=16_384)(self._candidates)

    @classmethod
    def load(cls, folder: Path = DATA) -> Self:
        """Open a compiled gazetteer, ours or one that `geodata.compile` made; its large parts are mapped, not read.

        Raises
        ------
        FileNotFoundError
            Where the folder does not hold ``names.*`` and ``places.*``.
        """
        return cls(Layer.load(folder))

    def extend(self, source: Source | Own) -> Self:
        """Lay a user's own places over these; this gazetteer stays as it is.

        Parameters
        ----------
        source : path, GeoDataFrame or Own
            A ``.csv`` or ``.geojson`` file, a GeoDataFrame, a folder that `geodata.compile` made, or what
            `geodata.extend.read` gave. See there for the columns.

        Returns
        -------
        Gazetteer
            With ids ``user:...`` for the places of a table. Unless they state an importance below 1, they come
            before ours of the same name.

        Raises
        ------
        ValueError, OSError
            As `geodata.extend.read` does.
        """
        from geodata.extend import Own, is_compiled, read  # noqa: PLC0415  # shapely is not needed for a look-up

        if not isinstance(source, Own) and is_compiled(source):
            return type(self)(Layer.load(Path(source)), *self._layers)
        return type(self)(Layer.of(source if isinstance(source, Own) else read(source)), *self._layers)

    def __len__(self) -> int:
        """How many places there are."""
        return sum(1 for _ in self._own()) if len(self._layers) > 1 else len(self._layers[0].places)

    def __iter__(self) -> Iterator[Place]:
        """All places, the topmost first; of ours, what we wrote first."""
        return (table.place(number) for table, number in self._own())

    def _own(self) -> Iterator[tuple[PlaceTable, int]]:
        """Give the places of each layer that no upper one has, each as its table and number."""
        top = self._layers[0].places
        yield from ((top, number) for number in range(len(top)))
        for depth, layer in enumerate(self._layers[1:], start=1):
            numbered = enumerate(layer.places.ids())
            yield from ((layer.places, number) for number, place_id in numbered if self._depth(place_id) == depth)

    def _depth(self, place_id: str) -> int:
        """Tell which layer has a place of this id first; the number of layers where none has."""
        having = (depth for depth, layer in enumerate(self._layers) if layer.places.number(place_id) is not None)
        return next(having, len(self._layers))

    def candidates(self, name: str, language: str | None = None, *, fuzzy: bool = False) -> tuple[Candidate, ...]:
        """All places that bear a name, best first.

        Parameters
        ----------
        name : str
            As written; case, diacritics, hyphens and apostrophes do not matter.
        language : str, optional
            BCP 47 tag of the text; a name in that language counts a little more. What the language writes on to names
            is undone where no place bears the name: Korean particles, Turkish suffixes, Arabic proclitics, Persian
            ezafe; German cases; and those of Russian, Ukrainian and Polish, there also below the places that bear it
            ("Орле" is a town in Poland, and Орёл). Without a language nothing is guessed. "Port of Izmail" is Izmail.
        fuzzy : bool, optional
            Whether to give, below those, also the places whose names are one letter off, or two where the name has
            more than eight letters: left out, put in, replaced, or exchanged with the next.

        Returns
        -------
        tuple of Candidate
            Empty where no place bears the name. Ties are ordered by place id.
        """
        return self._remembered(name, language, fuzzy)

    def _candidates(self, name: str, language: str | None, fuzzy: bool) -> tuple[Candidate, ...]:  # noqa: FBT001  # behind the cache only
        key = fold(name)
        found = self._bearing(key, name, language)
        if language and (not found or name[:1].isupper()):
            found = self._bent(found, name, language) | found
        if (bare := without_generic(name)) != name:
            found = self._bearing(fold(bare), name, language) | found
        exact = _ranked(found)
        return exact + self._misspelt(key, language, exact) if fuzzy else exact

    def _bearing(self, key: str, name: str, language: str | None) -> dict[str, Candidate]:
        found: dict[str, Candidate] = {}
        for depth, layer in enumerate(self._layers):
            for candidate in layer.bearing(key, name, language):
                place_id = candidate.place.id
                if not depth or (upper := self._depth(place_id)) == depth:
                    found[place_id] = candidate
                else:
                    place = self._layers[upper].places.place(self._layers[upper].places.number(place_id) or 0)
                    found.setdefault(place_id, replace(candidate, place=place))
        return found

    def _bent(self, found: dict[str, Candidate], name: str, language: str) -> dict[str, Candidate]:
        """Give the places whose name this may be a form of, below those that bear it as it stands."""
        tongue = language.split("-", maxsplit=1)[0]
        borne = [one.score for one in found.values() if not one.why.startswith((A_FORM, OF_TOWN))]
        if borne and tongue not in NOUNS:
            return {}
        best = max(borne, default=1.0)
        bent: dict[str, Candidate] = {}
        for lemma in lemmas(name, tongue):
            for place_id, it in self._bearing(fold(lemma), lemma, language).items():
                score = round(min(it.score, best) * BENT, 4)
                bent.setdefault(place_id, Candidate(it.place, score, f"a form of {lemma}, {it.why}"))
        return bent

    def _misspelt(self, key: str, language: str | None, exact: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Give the bearers of names that are spelled nearly so, all below those that bear the name itself."""
        found: dict[str, Candidate] = {}
        known = {candidate.place.id for candidate in exact}
        for edits, other in self._near(key):
            for place_id, it in self._bearing(other, other, language).items():
                if place_id not in known | found.keys():
                    why = f"{_AMISS[edits]} off “{other}”, {it.why}"
                    found[place_id] = Candidate(it.place, it.score * MISSPELT**edits, why)
        ceiling = min((candidate.score for candidate in exact), default=1.0)
        share = min(1.0, ceiling / max((candidate.score for candidate in found.values()), default=1.0))
        return _ranked({it.place.id: replace(it, score=round(it.score * share, 4)) for it in found.values()})

    def _near(self, key: str) -> list[tuple[int, str]]:
        from geodata.fuzzy import near  # noqa: PLC0415  # rapidfuzz is not needed for a look-up

        every = dict.fromkeys(pair for layer in self._layers for pair in near(layer.names, key))
        return sorted(every, key=lambda pair: pair[0])

    def holds(self, folded: str) -> bool:
        """Tell whether any place bears a folded name."""
        return any(folded in layer.names for layer in self._layers)

    def prefixes(self, folded: str, start: int) -> list[tuple[int, int]]:
        """All names that begin at an offset of a folded text.

        Parameters
        ----------
        folded : str
            A text folded by `geodata.names.fold_with_offsets`.
        start : int
            Offset into it.

        Returns
        -------
        list of (int, int)
            End offset in `folded` and number of places of that name, shortest first; a place in two layers counts
            twice. A name may end amid a word.
        """
        if len(self._layers) == 1:
            return self._layers[0].names.prefixes(folded, start)
        counts: dict[int, int] = {}
        for layer in self._layers:
            for end, count in layer.names.prefixes(folded, start):
                counts[end] = counts.get(end, 0) + count
        return sorted(counts.items())

    def place(self, place_id: str) -> Place:
        """Get the place of an id.

        Raises
        ------
        LookupError
            Where there is no such place.
        """
        for layer in self._layers:
            number = layer.places.number(place_id)
            if number is not None:
                return layer.places.place(number)
        raise LookupError(f"the gazetteer has no place {place_id!r}; ids look like 'geonames:2013348' or 'country:KP'")

    def spellings(self, name: str, limit: int = 3) -> tuple[str, ...]:
        """Names of places that are spelled nearly like one that is not there, nearest first.

        Those that `candidates` finds with `fuzzy`; failing them, names that share its beginning and are at least three
        quarters the same.
        """
        from geodata.fuzzy import alike  # noqa: PLC0415  # rapidfuzz is not needed for a look-up

        key = fold(name)
        keys = [other for _, other in self._near(key)] or [
            other for layer in self._layers for other in alike(layer.names, key, 4 * limit, NEIGHBOURS)
        ]
        best = (_ranked(self._bearing(other, other, None))[0].place.name for other in keys)
        return tuple(dict.fromkeys(best))[:limit]


def _ranked(found: dict[str, Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(found.values(), key=lambda candidate: (-candidate.score, candidate.place.id)))
