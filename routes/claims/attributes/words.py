"""What is seen of the words around a route: what each is written like, and how it stands to the route's stops."""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from routes.claims.attributes.scope import sentence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from routes.claims.attributes.scope import Scope
    from routes.claims.clauses import Mention

BUCKETS = 1 << 14
_FAR = (1, 2, 3, 5, 8, 13, 21, 40)
_TRIGGERS = ("supply", "acquire", "move", "way")
_SAID = ("sources.said", "sources.according", "sources.after")


def hashed(words: Iterable[str]) -> list[int]:
    """Bucket numbers of feature words."""
    return [_bucket_of(word) for word in words]


@lru_cache(maxsize=200_000)
def _bucket_of(word: str) -> int:
    """Hash a feature word (CRC-32: the same on every machine); remembered, since a language's words come back."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)


def written(scope: Scope) -> list[list[str]]:
    """Return for each token what it is written like, and which cues it is."""
    language = scope.reading.cues.language
    cues = _cues(scope)
    names = _names(scope)
    seen = []
    for k, token in enumerate(scope.tokens):
        low = token.lower()[:40]
        words = [f"w {language} {low}", *(f"c {kind}" for kind in cues[k]), f"s {language} {low[-3:]}", names[k]]
        if len(low) > 4:
            words += [f"p {language} {low[:5]}", f"p {low[:5]}", f"s {language} {low[-2:]}"]
        words.append(f"shape {language} {_shape(token)}")
        if names[k] == "name 0" and not cues[k]:
            words.append(f"plain {language} {_shape(token)}")
        seen.append(words)
    return seen


def _shape(token: str) -> str:
    if not token[0].isalnum():
        return token[0]
    if token[0].isdigit():
        return "0"
    return ("A" if token.isupper() and len(token) > 1 else "Aa" if token[0].isupper() else "a") + str(
        min(len(token), 4)
    )


def _cues(scope: Scope) -> list[list[str]]:
    """Return the classes of the cues that each token is part of; where a cue starts and where it ends too."""
    start, end = int(scope.starts[0]), int(scope.ends[-1])
    starts, ends = scope.starts.tolist(), scope.ends.tolist()
    found: list[list[str]] = [[] for _ in starts]
    for kind in scope.reading.hits:
        if kind == "noise":
            continue
        for a, b in scope.reading.all_hits(kind, start, end):
            low, high = bisect_right(ends, a), bisect_left(starts, b)
            for k in range(low, high):
                found[k].append(kind)
            if high > low:
                found[low].append(f"{kind}[")
                found[high - 1].append(f"{kind}]")
    return found


def _names(scope: Scope) -> list[str]:
    """Return for each token whether it is part of a place's name: of a stop, of another place, of a metonym."""
    starts, ends = scope.starts.tolist(), scope.ends.tolist()
    names = ["name 0"] * len(starts)
    stops = {m.index for m in scope.stops}
    for m in _mentions(scope):
        kind = "stop" if m.index in stops else "place"
        literal = "literal" if m.resolution.toponym.literal else "metonym"
        for k in range(bisect_right(ends, m.start), bisect_left(starts, m.end)):
            names[k] = f"name {kind} {literal}"
    return names


def _mentions(scope: Scope) -> Sequence[Mention]:
    low = bisect_left(scope.reading.mentions, int(scope.starts[0]), key=lambda m: m.start)
    high = bisect_right(scope.reading.mentions, int(scope.ends[-1]), key=lambda m: m.start)
    return scope.reading.mentions[low:high]


def standing(scope: Scope) -> list[list[str]]:
    """Return for each token how it stands to the route: its distance to stops, verbs and source words."""
    reading = scope.reading
    low, high = scope.stops[0].sentence, max(m.sentence for m in scope.stops)
    stop_starts = [m.start for m in scope.stops]
    others = [m.start for m in _mentions(scope)]
    start, end = int(scope.starts[0]), int(scope.ends[-1])
    marks = {
        "trigger": sorted(a for kind in _TRIGGERS for a, _ in reading.all_hits(f"triggers.{kind}", start, end)),
        "said": sorted(a for kind in _SAID for a, _ in reading.all_hits(kind, start, end)),
        "goods": [a for a, _ in reading.all_hits("goods", start, end)],
    }
    clauses = {m.clause for m in scope.stops}
    sentences = {m.sentence for m in scope.stops}
    language = reading.cues.language
    seen = []
    for a in scope.starts.tolist():
        sentence = sentence_of(reading, a)
        clause = bisect_right(reading.clauses, a) - 1
        where = sentence - low if sentence < low else max(0, sentence - high)
        k = bisect_left(stop_starts, a)
        near = min((abs(x - a), x) for x in stop_starts[max(0, k - 1) : k + 1])[1]
        between = abs(bisect_left(others, near) - bisect_left(others, a))
        side = "before" if k == 0 else "after" if k == len(stop_starts) else "among"
        own = "clause" if clause in clauses else "sentence" if sentence in sentences else "out"
        words = [
            f"at {where}",
            f"at {where} {side} {own}",
            f"at {own} {min(between, 3)}",
            f"near {_step((a - near) // 5)}",
            f"opens {a == reading.sentences[sentence]} {where}",
            f"lang {language} {side} {own}",
        ]
        for name, spans in marks.items():
            gap = _gap(spans, a)
            words += [f"{name} {gap}", f"{language} {name} {gap}"]
        seen.append(words)
    return seen


def _gap(marks: Sequence[int], at: int) -> str:
    """Return how far off the nearest of some marks is, and on which side."""
    k = bisect_left(marks, at)
    before, after = marks[k - 1] if k else None, marks[k] if k < len(marks) else None
    if before is None or (after is not None and after - at < at - before):
        return "none" if after is None else _step((at - after) // 5)
    return _step((at - before) // 5)


@lru_cache(maxsize=4096)
def _step(distance: int) -> str:
    size = bisect_right(_FAR, abs(distance))
    return str(-size if distance < 0 else size)


def phrases(scope: Scope) -> Iterator[list[str]]:
    """Yield for each phrase what is seen of it as a whole."""
    reading, language = scope.reading, scope.reading.cues.language
    text = reading.text
    goods = reading.all_hits("goods", int(scope.starts[0]), int(scope.ends[-1]))
    heads, tails = {a for a, _ in goods}, {b for _, b in goods}
    starts, ends = scope.starts.tolist(), scope.ends.tolist()
    for i, j in zip(scope.first.tolist(), scope.last.tolist(), strict=True):
        whole = text[starts[i] : ends[j]].lower()
        a, b = starts[i] in heads, ends[j] in tails
        yield [
            f"whole {language} {whole}",
            f"length {language} {j - i}",
            f"length {j - i} {a} {b}",
            f"goods {language} {a} {b}",
        ]


def none(scope: Scope) -> list[str]:
    """Return what speaks for nothing being named."""
    reading, language = scope.reading, scope.reading.cues.language
    start, end = int(scope.starts[0]), int(scope.ends[-1])
    first, last = reading.sentence_span(scope.stops[0].sentence)[0], reading.sentence_span(scope.stops[-1].sentence)[1]
    first, last = max(first, start), min(last, end)
    words = ["none", f"none {language}", f"none stops {min(len(scope.stops), 5)}"]
    for kind in reading.hits:
        near, far = reading.any_hit(kind, first, last), reading.any_hit(kind, start, end)
        if near:
            words += [f"none {kind}", f"none {language} {kind}"]
        elif far:
            words.append(f"none far {kind}")
    return words
