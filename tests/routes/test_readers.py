"""Readers of others find the names; the packages themselves, no stand-ins."""

from __future__ import annotations

import importlib.util
import sys
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import routes
from routes.errors import GivenError, MissingExtraError
from routes.readers import DEFAULT, Kind, Reader
from routes.toponyms import outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from routes.model import Findings

ENGLISH = "A freighter left Foostadt for The Hague; the Black Sea lay calm. Foo Fighters played on."
RUSSIAN = "Судно вышло из Новороссийска и прибыло в Стамбул, заявил Иван Петров."


def needs(package: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(
        importlib.util.find_spec(package) is None,
        reason=f"the extra {package!r} is not installed: pip install {package}",
    )


@pytest.fixture(autouse=True)
def _their_warnings() -> Iterator[None]:
    """Their own deprecations are no failure of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    spacy = pytest.importorskip("spacy")
    nlp: Any = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    names = {"Foostadt": "GPE", "The Hague": "GPE", "the Black Sea": "LOC", "Foo Fighters": "ORG"}
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])
    nlp.to_disk(tmp_path / "pipeline")
    return tmp_path / "pipeline"


def names(findings: Findings) -> list[str]:
    return [it.toponym.quote.exact for it in findings.resolutions]


def test_a_reader_is_parsed_once() -> None:
    assert Reader.of("plain") == Reader(Kind.PLAIN)
    assert Reader.of("spacy:/models/a:b") == Reader(Kind.SPACY, "/models/a:b")
    assert Reader.of(Reader.of("natasha")) == Reader(Kind.NATASHA)
    assert Reader.of(DEFAULT).kind is DEFAULT


@pytest.mark.parametrize("word", ["", "Plain", "gpt", "spacy", "spacy:", "natasha:x", "plain:x"])
def test_a_reader_that_is_not_there_is_told(word: str) -> None:
    with pytest.raises(GivenError, match="spacy:"):
        routes.find_routes(ENGLISH, reader=word)


@needs("spacy")
def test_a_pipeline_of_spacy_finds_the_names(pipeline: Path) -> None:
    found = routes.find_routes(ENGLISH, reader=f"spacy:{pipeline}")
    assert names(found) == ["Foostadt", "The Hague", "Black Sea"]
    assert [it.place is not None for it in found.resolutions] == [False, True, True]
    assert [stop.name for stop in found.routes[0].claim.stops] == ["Foostadt", "The Hague"]


@needs("spacy")
def test_a_long_text_is_read_in_pieces(pipeline: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "PIECE", 40)
    text = "Calm.\n" * 20 + ENGLISH
    assert names(routes.find_routes(text, reader=f"spacy:{pipeline}")) == ["Foostadt", "The Hague", "Black Sea"]


@needs("spacy")
def test_a_pipeline_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    with pytest.raises(GivenError, match="python -m spacy download xx_nowhere_sm"):
        routes.find_routes(ENGLISH, reader="spacy:xx_nowhere_sm")
    with pytest.raises(GivenError, match="cannot open"):
        routes.find_routes(ENGLISH, reader=f"spacy:{tmp_path}")
    spacy.blank("de").to_disk(tmp_path / "empty")
    with pytest.raises(GivenError, match="finds no entities"):
        routes.find_routes(ENGLISH, reader=f"spacy:{tmp_path / 'empty'}")


@needs("natasha")
def test_natasha_finds_the_names_of_a_russian_report() -> None:
    report = routes.report_of(RUSSIAN, language="ru")
    found = routes.find_routes(report, reader="natasha")
    assert names(found) == ["Новороссийска", "Стамбул"]
    assert [stop.name for stop in found.routes[0].claim.stops] == ["Novorossiysk", "Istanbul"]
    assert names(routes.find_routes(routes.report_of(" \n", language="ru"), reader="natasha")) == []


@needs("natasha")
def test_natasha_reads_russian_alone() -> None:
    with pytest.raises(GivenError, match="--language ru"):
        routes.find_routes(ENGLISH, reader="natasha")


@pytest.mark.parametrize("reader", ["spacy:en_core_web_md", "natasha"])
def test_a_missing_package_is_told(reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package = reader.partition(":")[0]
    monkeypatch.setitem(sys.modules, package, None)
    for load in (outside._spacy, outside._natasha):
        load.cache_clear()
    with pytest.raises(MissingExtraError, match=rf"supply-routes\[{package}\]"):
        routes.find_routes(routes.report_of(RUSSIAN, language="ru"), reader=reader)


@given(st.text("ab \n", max_size=400))
def test_pieces_are_the_text(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outside, "PIECE", 7)
        pieces = list(outside._pieces(text))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[at : at + len(piece)] == piece and len(piece) <= 7 for at, piece in pieces)
