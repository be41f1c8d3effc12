"""Readers of others for the names alone: spaCy pipelines that the user has, and natasha for Russian.

They say which words name places. Whether a name is literal, where it is, and what moves is for our own models.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geodata.names import fold
from routes.errors import GivenError, MissingExtraError
from routes.toponyms.given import marked
from routes.toponyms.lookup import Form, Lookup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geodata.gazetteer import Gazetteer
    from routes.model import Report, Toponym

# What spaCy's own pipelines call places: most of them; then Korean, Polish, Norwegian, Romanian.
PLACES = frozenset({"GPE", "LOC", "FAC", "LC", "PLACENAME", "GEOGNAME", "GPE_LOC", "GPE_ORG", "FACILITY"})
ARTICLES = frozenset("the der die das den dem des la le les el los las il lo gli de het o os as".split())
RUSSIAN = "ru"
PIECE = 100_000  # characters read at once; a million is the most that spaCy takes


def with_spacy(report: Report, gazetteer: Gazetteer, pipeline: str) -> tuple[Toponym, ...]:
    """Find names of places with a spaCy pipeline.

    Parameters
    ----------
    report : Report
    gazetteer : Gazetteer
        For what becomes of an article: "The Hague", "the Black Sea".
    pipeline : str
        The name of a pipeline that is installed, or the path of its folder.

    Raises
    ------
    MissingExtraError
        Where spaCy is not installed.
    GivenError
        Where it has no such pipeline, or the pipeline finds no entities.
    """
    nlp = _spacy(pipeline)
    found = (
        (at + entity.start_char, at + entity.end_char)
        for at, piece in _pieces(report.text)
        for entity in nlp(piece).ents
        if entity.label_.upper() in PLACES
    )
    return marked(report, list(_names(report, found, gazetteer)), gazetteer)


def with_natasha(report: Report, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find names of places in Russian with natasha's tagger of news.

    Raises
    ------
    MissingExtraError
        Where natasha is not installed.
    GivenError
        Where the report is not Russian.
    """
    if report.language.split("-", maxsplit=1)[0] != RUSSIAN:
        raise GivenError(
            f"report {report.id!r} is in {report.language!r} and natasha reads Russian alone; where it is Russian, say "
            "--language ru"
        )
    tagger = _natasha()
    found = (
        (at + span.start, at + span.stop)
        for at, piece in _pieces(report.text)
        if piece.strip()
        for span in tagger(piece).spans
        if span.type == "LOC"
    )
    return marked(report, list(_names(report, found, gazetteer)), gazetteer)


@lru_cache(maxsize=1)
def _spacy(pipeline: str) -> Any:
    try:
        import spacy  # noqa: PLC0415 - takes a second to import, and few use it
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "--reader spacy needs spaCy: pip install 'supply-routes[spacy]', or read with another reader"
        ) from error
    try:
        nlp = spacy.load(pipeline)
    except Exception as error:  # noqa: BLE001 - a folder may hold anything, and spaCy raises whatever comes of it
        if isinstance(error, OSError) and "E050" in str(error):
            how = f"to install one by its name: python -m spacy download {pipeline}; or give the path of its folder"
            raise GivenError(f"spaCy has no pipeline {pipeline!r} here; {how}") from None
        raise GivenError(f"spaCy cannot open the pipeline {pipeline!r}: {' '.join(str(error).split())}") from None
    if not nlp.analyze_pipes()["attrs"].get("doc.ents", {}).get("assigns"):
        raise GivenError(
            f"the spaCy pipeline {pipeline!r} finds no entities: it has {', '.join(nlp.pipe_names) or 'no parts'}"
        )
    return nlp


@lru_cache(maxsize=1)
def _natasha() -> Any:
    try:
        from natasha import NewsEmbedding, NewsNERTagger  # noqa: PLC0415 - takes seconds to import, and few use it
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "--reader natasha needs natasha: pip install 'supply-routes[natasha]', or read with another reader"
        ) from error
    return NewsNERTagger(NewsEmbedding())


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text at the ends of lines, or failing those at spaces; yields offset and piece."""
    start = 0
    while len(text) - start > PIECE:
        cut = max(text.rfind("\n", start, start + PIECE), start) + 1
        if cut == start + 1:
            cut = max(text.rfind(" ", start, start + PIECE), start + PIECE - 1) + 1
        yield start, text[start:cut]
        start = cut
    yield start, text[start:]


def _names(report: Report, stretches: Iterable[tuple[int, int]], gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Take off space at the edges, and an article that is no part of the name; what holds no letter is left out."""
    lookup = Lookup(gazetteer, report.language.split("-", maxsplit=1)[0])
    for start, end in stretches:
        name = report.text[start:end]
        bare = name.lstrip()
        first, _, rest = bare.partition(" ")
        if rest and first.lower() in ARTICLES and lookup.find(bare.rstrip()).form is Form.UNKNOWN:
            bare = rest.lstrip()
        if fold(bare):
            yield end - len(bare), end - len(bare) + len(bare.rstrip())
