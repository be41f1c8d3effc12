"""Which reader finds the names in a report: said in a word, parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from routes.errors import GivenError


class Kind(StrEnum):
    """What finds the names."""

    PLAIN = "plain"  # lexicons and linear models
    ENCODER = "encoder"  # the trained encoder beside them; the only one that is asked about the routes too
    SPACY = "spacy"  # a spaCy pipeline of the user's
    NATASHA = "natasha"  # for Russian
    LLM = "llm"  # a language model behind an endpoint, which is sent the report and asked about all of it


DEFAULT = Kind.ENCODER
CHOICES = "encoder, plain, spacy:PIPELINE, natasha, llm"


@dataclass(frozen=True, slots=True)
class Reader:
    """What finds the names, and which pipeline of it: the name or the path of a spaCy pipeline, else empty."""

    kind: Kind
    pipeline: str = ""

    @classmethod
    def of(cls, said: Self | str) -> Self:
        """Read ``"plain"``, ``"encoder"``, ``"natasha"`` or ``"spacy:en_core_web_md"``.

        Raises
        ------
        GivenError
            Where there is no such reader, or a pipeline is missing or too much.
        """
        if isinstance(said, cls):
            return said
        name, _, pipeline = str(said).strip().partition(":")
        if name not in set(Kind):
            raise GivenError(f"there is no reader {name!r}; the readers are: {CHOICES}")
        if name == Kind.SPACY and not pipeline:
            raise GivenError("the reader spacy needs a pipeline of yours: spacy:NAME, or spacy:PATH of its folder")
        if name != Kind.SPACY and pipeline:
            raise GivenError(f"the reader {name} takes no {pipeline!r}; the readers are: {CHOICES}")
        return cls(Kind(name), pipeline)
