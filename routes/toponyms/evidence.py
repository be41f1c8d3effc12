"""What speaks for and against a stretch of text being the name of a place, as features of a linear model.

What a feature weighs is learned (``routes/training/toponyms.py``). Each is a short string; those that hang on words are
given twice, with the language and without it, so that languages learn from one another where they can.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log10
from typing import TYPE_CHECKING

from geodata.demonyms import country_of
from routes.toponyms.lookup import Form
from routes.toponyms.ordinary import ordinary
from routes.toponyms.people import GIVEN, TITLES

if TYPE_CHECKING:
    from routes.toponyms.spans import Span
    from routes.toponyms.tokens import Tokens

_WINDOW = 5
_CAPITAL = frozenset({"A", "Aa"})
_STEM = 5


@dataclass(frozen=True, slots=True)
class Scene:
    """A text and its candidates, with what is counted over the whole of it."""

    tokens: Tokens
    language: str
    spans: list[Span]
    small: frozenset[str]
    counts: Counter[str]
    longest: dict[int, int]
    surnames: frozenset[str]
    behind: Counter[str]
    before: Counter[str]

    @classmethod
    def of(cls, tokens: Tokens, language: str, spans: list[Span]) -> Scene:
        """Count over the text what its features need."""
        pairs = list(zip(tokens.words, tokens.shapes, strict=True))
        longest: dict[int, int] = {}
        for span in spans:
            if span.found.form is not Form.UNKNOWN:
                for index in range(span.first, span.last + 1):
                    longest[index] = max(longest.get(index, 0), span.end - span.start)
        small = frozenset(word for word, shape in pairs if shape == "a")
        joined = [index for index in range(1, len(pairs)) if _in_run(tokens, index)]
        return cls(
            tokens,
            language,
            spans,
            small,
            Counter(tokens.words),
            longest,
            _surnames(tokens),
            behind=Counter(tokens.words[index] for index in joined),
            before=Counter(tokens.words[index - 1] for index in joined),
        )


def _surnames(tokens: Tokens) -> frozenset[str]:
    """Collect the words with a capital that follow a given name or a title somewhere in the text."""
    words, shapes = tokens.words, tokens.shapes
    return frozenset(
        words[index]
        for index in range(1, len(words))
        if shapes[index] in _CAPITAL
        and shapes[index - 1] in _CAPITAL
        and (words[index - 1] in GIVEN or words[index - 1] in TITLES)
    )


def name_features(scene: Scene, span: Span) -> list[str]:
    """Features of a candidate for being the name of a place."""
    known = _gazetteer(scene, span)
    written = _writing(scene, span)
    around = _words_around(scene, span)
    doubled = [feature for plain in around for feature in (plain, f"{scene.language}|{plain}")]
    return ["*", f"*{scene.language}", *known, *written, *_persons(scene, span), *_run(scene, span), *doubled]


def literal_features(scene: Scene, span: Span) -> list[str]:
    """Features of a name for standing for the place itself, and not for a government, an organisation or a team."""
    kind = _kind(span)
    around = _words_around(scene, span) + _phrases(scene, span)
    doubled = [feature for plain in around for feature in (plain, f"{scene.language}|{plain}")]
    paired = [f"{kind}|{feature}" for feature in around if feature[:2] in ("l1", "r1")]
    words = f"n={span.found.name}"
    return [
        "*",
        f"*{scene.language}",
        kind,
        f"{scene.language}|{kind}",
        words,
        *doubled,
        *paired,
        *_writing(scene, span),
    ]


def _kind(span: Span) -> str:
    if not span.found.candidates:
        return "k=none"
    place = span.found.candidates[0].place
    size = int(log10(place.population)) if place.population > 0 else -1
    return f"k={place.feature}{size if place.feature == 'town' else ''}"


def _gazetteer(scene: Scene, span: Span) -> list[str]:
    found, language = span.found, scene.language
    form = f"{found.form}"
    inside = "in" if scene.longest.get(span.first, 0) > span.end - span.start else ""
    if not found.candidates:
        return [f"f={form}{inside}", f"{language}|f={form}{inside}"]
    best = found.candidates[0]
    score = int(best.score * 10)
    how = best.why.partition(";")[0]
    features = [
        f"f={form}{inside}",
        f"s={score}",
        f"c={min(6, len(found.candidates).bit_length())}",
        f"t={best.place.feature}",
        f"how={how}|{form}",
        f"how={how}|s={score}",
        f"{form}|s={score}",
        f"s={score}|o={_opening(scene, span)}",
        f"s={score}|w={min(3, found.name.count(' '))}",
        f"s={score}|len={min(8, len(found.name))}",
        _kind(span),
        f"{_kind(span)}|{form}",
        f"own={_in_language(span, language)}",
        f"own={_in_language(span, language)}|s={score}",
    ]
    return features + [f"{language}|{feature}" for feature in features]


def _in_language(span: Span, language: str) -> str:
    """Tell whether the best place bears names of this language, and whether this is one."""
    names = span.found.candidates[0].place.names.get(language, ())
    return "no" if not names else "yes"


def _opening(scene: Scene, span: Span) -> str:
    return "1" if scene.tokens.opens[span.first] else "0"


def _writing(scene: Scene, span: Span) -> list[str]:
    tokens, language = scene.tokens, scene.language
    words = [word for word in tokens.words[span.first : span.last + 1] if word != "-"]
    shapes = "".join(tokens.shapes[span.first : span.last + 1])
    before, after = tokens.shape(span.first - 1), tokens.shape(span.last + 1)
    left = tokens.text[span.start - 1 : span.start]
    right = tokens.text[span.end : span.end + 1]
    glued = ("" if left.isspace() or not left else left if not left.isalnum() else "w") + "_"
    glued += "" if right.isspace() or not right else right if not right.isalnum() else "w"
    small = sum(word in scene.small for word in words)
    name = "".join(words) if tokens.shapes[span.first] == "x" else " ".join(words)
    opening = _opening(scene, span)
    features = [
        f"shape={shapes}",
        f"form={span.found.form}|{shapes}|{before}|{after}|{opening}",
        f"around={before}|{after}",
        f"glue={glued}",
        f"small={small}",
        f"o={opening}|{shapes}",
        f"again={min(3, min(scene.counts[word] for word in words) if words else 0)}",
        f"len={min(12, span.end - span.start)}",
    ]
    if shapes in _CAPITAL and country_of(tokens.text[span.start : span.end], language):
        features.append("demonym")
    if name in ordinary(language):
        features += ["ordinary", f"ordinary|o={opening}"]
    lexical = [f"n={name}", f"w1={words[0]}", f"w9={words[-1]}", *(f"e{size}={name[-size:]}" for size in (2, 3, 4))]
    lexical += [f"b{size}={name[:size]}" for size in (2, 3)]
    return features + [f"{language}|{feature}" for feature in features + lexical] + lexical[:1]


def _persons(scene: Scene, span: Span) -> list[str]:
    """Tell whether the name reads like a person's: by a given name or a title, here or elsewhere in the text."""
    tokens = scene.tokens
    before, first, last = tokens.word(span.first - 1), tokens.words[span.first], tokens.words[span.last]
    if before == ".":
        before = tokens.word(span.first - 2)
    clues = {
        "given": before in GIVEN and not tokens.opens[span.first],
        "title": before in TITLES,
        "own": first in GIVEN,
        "then": first in GIVEN and tokens.shape(span.last + 1) in _CAPITAL,
        "sur": last in scene.surnames,
    }
    told = [f"p={clue}" for clue, holds in clues.items() if holds]
    told += [f"{clue}|{span.found.form}" for clue in told] + (["p"] if told else [])
    if tokens.shapes[span.last] in _CAPITAL:
        # "Gillen", where another sentence has "Aidan Gillen"; how often its ends stand beside another capital
        beside = f"full={min(2, scene.behind[first])}{min(2, scene.before[last])}"
        told += [beside, f"{beside}|{span.found.form}", f"{beside}|{_in_run(tokens, span.first)}"]
    return told


def _run(scene: Scene, span: Span) -> list[str]:
    """Tell of the run of capitals that the name stands in, and of the words at its ends: "Seoul Central Court"."""
    tokens = scene.tokens
    if tokens.shapes[span.first] not in _CAPITAL:
        return []
    left, right = span.first, span.last
    while span.first - left < _WINDOW and tokens.shape(left - 1) in _CAPITAL and _spaced(tokens, left):
        left -= 1
    while right - span.last < _WINDOW and tokens.shape(right + 1) in _CAPITAL and _spaced(tokens, right + 1):
        right += 1
    sides = f"{min(2, span.first - left)}{min(2, right - span.last)}"
    features = [f"run={sides}", f"run={sides}|{span.found.form}", f"{scene.language}|run={sides}"]
    beside = (_known(scene, span.first - 1) if left < span.first else "") + "_"
    beside += _known(scene, span.last + 1) if right > span.last else ""
    features += [f"beside={beside}", f"beside={beside}|{span.found.form}"]
    if right > span.last:
        features += [f"run9={tokens.words[right]}", f"{scene.language}|run9={tokens.words[right]}"]
    if left < span.first:
        features += [f"run1={tokens.words[left]}", f"{scene.language}|run1={tokens.words[left]}"]
    return features


def _in_run(tokens: Tokens, index: int) -> bool:
    """Tell whether a word with a capital stands a space behind another."""
    return tokens.shape(index) in _CAPITAL and tokens.shape(index - 1) in _CAPITAL and _spaced(tokens, index)


def _known(scene: Scene, index: int) -> str:
    """Tell whether the gazetteer has a name with this token."""
    return "known" if index in scene.longest else "new"


def _spaced(tokens: Tokens, index: int) -> bool:
    """Tell whether a single space parts a token from the one before."""
    return tokens.text[tokens.ends[index - 1] : tokens.starts[index]] == " "


def _words_around(scene: Scene, span: Span) -> list[str]:
    tokens = scene.tokens
    left = [tokens.word(span.first - step) for step in (1, 2, 3)]
    right = [tokens.word(span.last + step) for step in (1, 2, 3)]
    if span.rest:
        right = [span.rest, *right[:2]]
    if span.start > tokens.starts[span.first]:
        left = [tokens.text[tokens.starts[span.first] : span.start], *left[:2]]
    features = [f"l{step}={word}" for step, word in enumerate(left, 1)]
    features += [f"r{step}={word}" for step, word in enumerate(right, 1)]
    features += [f"l12={left[1]} {left[0]}", f"r12={right[0]} {right[1]}", f"lr={left[0]}_{right[0]}"]
    features += [f"ls={left[0][:_STEM]}", f"rs={right[0][:_STEM]}", f"le={left[0][-3:]}", f"re={right[0][-3:]}"]
    features += [f"r1e={right[0][:size]}" for size in (1, 2)] if span.rest else []
    features += [f"ls2={left[1][:_STEM]}", f"rs2={right[1][:_STEM]}"]
    return features


def _phrases(scene: Scene, span: Span) -> list[str]:
    tokens = scene.tokens
    near = [f"L~{tokens.word(span.first - step)[:_STEM]}" for step in range(2, _WINDOW + 2)]
    return near + [f"R~{tokens.word(span.last + step)[:_STEM]}" for step in range(2, _WINDOW + 2)]
