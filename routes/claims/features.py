"""What the linear reader looks at: a mention's surroundings, and what lies between two mentions; as hashed words."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from routes.claims.clauses import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geodata.position import Position
    from routes.claims.clauses import Mention, Reading

BUCKETS = 1 << 17
REACH = 10  # mentions further apart than this are never neighbours on a route
TRIGGERS = ("supply", "acquire", "move", "way", "disguise", "avoid", "noise", "link")
MODES = ("sea", "rail", "road", "air", "pipeline", "river")
HEDGES = ("denied", "possible", "planned", "probable")
_DOCUMENT_TOKENS = 600
_BETWEEN_TOKENS = 30
_SCENE = (*(f"triggers.{t}" for t in TRIGGERS), *(f"modes.{m}" for m in MODES), "onward", "there")
_BETWEEN = (*_SCENE, "or")
_LOOK_BACK = 400  # characters


def hashed(words: Iterable[str]) -> list[int]:
    """Bucket numbers of feature words (CRC-32: the same on every machine), each once, in order."""
    return sorted(set(map(_bucket, words)))


@lru_cache(maxsize=1 << 18)
def _bucket(word: str) -> int:
    """Return a word's bucket; remembered, since most come back."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) & (BUCKETS - 1)


def mention_words(reading: Reading) -> list[list[str]]:
    """Feature words of each mention: the words around it, its slot and its neighbours' slots."""
    return [_of_mention(reading, mention) for mention in reading.mentions]


def scene_buckets(reading: Reading) -> list[list[int]]:
    """Buckets of each mention's scene: what its sentence and the whole report are about."""
    stems = {token[:7] for token in reading.tokens[:_DOCUMENT_TOKENS] if _telling(reading, token)}
    document = hashed(f"doc:{stem}" for stem in stems)
    by_sentence = {
        number: sorted({*document, *hashed(f"s:{t[:6]}" for t in tokens if _telling(reading, t))})
        for number in sorted({m.sentence for m in reading.mentions})
        for tokens in (_tokens(reading, *reading.sentence_span(number)),)
    }
    return [by_sentence[mention.sentence] for mention in reading.mentions]


def report_words(reading: Reading) -> list[str]:
    """Feature words of a report as a whole: what it is about, and how much of it is cues."""
    words = [
        f"doc:{stem}"
        for stem in sorted({t[:6] for t in reading.tokens[: 2 * _DOCUMENT_TOKENS] if _telling(reading, t)})
    ]
    tenths = max(10, len(reading.tokens) // 10)
    for kind, spans in sorted(reading.hits.items()):
        if kind.partition(".")[0] in {"triggers", "modes", "factuality", "goods", "onward"}:
            words += [f"{kind}:{min(4, len(spans))}", f"{kind}|{min(5, 20 * len(spans) // tenths)}"]
    counts = {slot: sum(m.slot == slot for m in reading.mentions) for slot in ("from", "to", "via", "at")}
    return words + [f"slot:{slot}:{min(5, count)}" for slot, count in counts.items()]


def _telling(reading: Reading, token: str) -> bool:
    return token != NAME and (len(token) > 3 or reading.cues.characters) and token[0].isalpha()


def _of_mention(reading: Reading, mention: Mention) -> list[str]:
    left = ["BOS", "BOS", "BOS", *reading.tokens[max(0, mention.token - 8) : mention.token]]
    right = [*reading.tokens[mention.token + 1 : mention.token + 9], "EOS", "EOS", "EOS"]
    words = [f"l1={left[-1]}", f"l2={left[-2]}", f"l3={left[-3]}", f"r1={right[0]}", f"r2={right[1]}", f"r3={right[2]}"]
    words += [
        f"l12={left[-2]} {left[-1]}",
        f"l123={left[-3]} {left[-2]} {left[-1]}",
        f"r12={right[0]} {right[1]}",
        f"lr={left[-1]}_{right[0]}",
    ]
    words += [f"L~{t[:6]}" for t in left[3:]] + [f"R~{t[:6]}" for t in right[:-3]]
    before, after = (
        reading.text[max(0, mention.start - 6) : mention.start].lower(),
        reading.text[mention.end : mention.end + 6].lower(),
    )
    words += [f"lc{n}={before[-n:]}" for n in (1, 2, 3, 4, 5)] + [f"rc{n}={after[:n]}" for n in (1, 2, 3, 4, 5)]
    words = [f"{reading.cues.language}:{w}" for w in words] + words
    return words + _place_words(reading, mention) + _scope_words(reading, mention)


def _place_words(reading: Reading, mention: Mention) -> list[str]:
    n, k = len(reading.mentions), mention.index
    last = reading.mentions[k - 1] if k else None
    after = reading.mentions[k + 1] if k + 1 < n else None
    last_slot = (
        f"{last.slot}{last.sentence - mention.sentence}" if last and mention.sentence - last.sentence < 2 else "none"
    )
    next_slot = (
        f"{after.slot}{after.sentence - mention.sentence}"
        if after and after.sentence - mention.sentence < 2
        else "none"
    )
    surface = reading.text[mention.start : mention.end].lower()
    return [
        f"slot={mention.slot}",
        f"slot={mention.slot}{min(mention.gap, 2)}",
        f"slot={mention.slot}|{mention.extent}",
        f"next={next_slot}",
        f"last={last_slot}",
        f"slots={last_slot}{mention.slot}{next_slot}",
        f"link={mention.link}",
        f"extent={mention.extent}",
        f"from_start={min(k, 5)}",
        f"from_end={min(n - 1 - k, 5)}",
        f"sentence={min(mention.sentence, 4)}",
        f"count={min(n, 24) // 3}",
        f"{reading.cues.language}:suffix={surface[-2:]}",
        f"{reading.cues.language}:suffix={surface[-1:]}",
        "bias",
    ]


def _scope_words(reading: Reading, mention: Mention) -> list[str]:
    words = []
    sentence, clause = reading.sentence_span(mention.sentence), reading.clause_span(mention.clause)
    for kind in _SCENE:
        if reading.any_hit(kind, *sentence):
            words += [f"sentence:{kind}", f"sentence:{kind}|{mention.slot}|{mention.extent}"]
            if reading.any_hit(kind, sentence[0], mention.start):
                words.append(f"before:{kind}|{mention.slot}")
        if reading.any_hit(kind, *clause):
            words.append(f"clause:{kind}|{mention.slot}")
    return words


def _tokens(reading: Reading, start: int, end: int) -> Sequence[str]:
    return reading.tokens[bisect_left(reading.offsets, start) : bisect_left(reading.offsets, end)]


def pairs(reading: Reading, stops: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Ordered pairs of mentions that may be neighbours on a route: two places, not far apart, both likely stops."""
    mentions = reading.mentions
    for i in range(len(mentions)):
        if not stops[i]:
            continue
        for j in range(i + 1, min(len(mentions), i + REACH + 1)):
            if stops[j] and mentions[i].entity != mentions[j].entity:
                yield i, j
                yield j, i


def pair_words(reading: Reading, i: int, j: int) -> list[str]:
    """Feature words of the leg from mention i to mention j."""
    a, b = reading.mentions[i], reading.mentions[j]
    first, second = (a, b) if i < j else (b, a)
    sign, apart = ("+", "-")[i > j], max(-4, min(5, j - i))
    sentences = second.sentence - first.sentence
    between = reading.tokens[first.token + 1 : second.token]
    key = f"{sign}{min(sentences, 2)}"
    words = [
        "bias",
        f"d{apart}",
        f"s{key}",
        f"d{apart}|s{key}",
        f"c{sign}{min(3, second.clause - first.clause)}",
        f"slots{a.slot}>{b.slot}",
        f"slots{a.slot}>{b.slot}|{apart}|{min(sentences, 1)}",
        f"extents{a.extent}>{b.extent}",
        f"length{sign}{min(8, len(between) // 4)}",
        f"slots{a.slot}{a.extent}>{b.slot}{b.extent}|{sign}",
        f"links{a.link}>{b.link}|{apart}",
    ]
    if len(between) <= _BETWEEN_TOKENS:
        words += [f"b{sign}{t[:6]}" for t in between] + [f"b{sign}{abs(apart) > 1}{t[:6]}" for t in between]
        words += [f"b2{sign}{s[:5]} {t[:5]}" for s, t in pairwise(between)]
        if len(between) <= 6:
            words.append(f"B{sign}" + " ".join(between))
    words += [f"mid{sign}{'|'.join(m.slot for m in reading.mentions[min(i, j) + 1 : max(i, j)][:4])}"]
    return words + _scopes(reading, a, b, key) + _grounds(a, b)


def _scopes(reading: Reading, a: Mention, b: Mention, key: str) -> list[str]:
    words = []
    first, second = (a, b) if a.start < b.start else (b, a)
    whole = reading.sentence_span(first.sentence)[0], reading.sentence_span(second.sentence)[1]
    for kind in _BETWEEN:
        if kind in reading.hits and reading.any_hit(kind, *whole):
            where = "between" if reading.any_hit(kind, first.end, second.start) else "around"
            words += [f"{where}:{kind}{key}", f"{where}:{kind}{key}|{a.slot}>{b.slot}"]
    return words


def _grounds(a: Mention, b: Mention) -> list[str]:
    """How far apart two places are, and whether one lies within the other."""
    one, two = a.resolution.place, b.resolution.place
    if one is None or two is None:
        return ["nowhere"]
    distance = _km(one.position, two.position)
    words = [f"km{sum(distance > step for step in (30, 100, 300, 1000, 3000, 8000))}"]
    if distance < one.radius_km > 1.5 * two.radius_km:
        words.append("outer>inner")
    if distance < two.radius_km > 1.5 * one.radius_km:
        words.append("inner>outer")
    return words


def _km(a: Position, b: Position) -> float:
    """Great-circle distance in km (haversine on a sphere of 6371 km; a few parts in a thousand off is enough here)."""
    east, south = radians(b.longitude - a.longitude) / 2, radians(b.latitude - a.latitude) / 2
    h = sin(south) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def circumstance_words(reading: Reading, i: int, j: int) -> list[str]:
    """Feature words of how a leg is travelled and how sure it is: cues between its ends, around them, in the report."""
    a, b = sorted((reading.mentions[i], reading.mentions[j]), key=lambda m: m.start)
    goal = reading.mentions[j]
    sentences = reading.sentence_span(a.sentence)[0], reading.sentence_span(b.sentence)[1]
    scopes = {
        "between": (a.end, b.start),
        "goal": reading.clause_span(goal.clause),
        "start": reading.clause_span(reading.mentions[i].clause),
        "lead": (sentences[0], a.start),
        "tail": (b.end, sentences[1]),
        "goal_sentence": reading.sentence_span(goal.sentence),
        "past": (reading.sentence_span(max(0, a.sentence - 1))[0], sentences[0]),
        "next": (sentences[1], reading.sentence_span(min(len(reading.sentences) - 2, b.sentence + 1))[1]),
        "report": (0, min(len(reading.text), _DOCUMENT_TOKENS * 6)),
    }
    kinds = [
        *(f"modes.{m}" for m in MODES),
        *(f"factuality.{h}" for h in HEDGES),
        *(f"triggers.{t}" for t in TRIGGERS),
        "sources.according",
        "sources.said",
    ]
    words = [
        "bias",
        f"to={goal.slot}{goal.extent}",
        f"from={reading.mentions[i].slot}{reading.mentions[i].extent}",
        *_grounds(reading.mentions[i], goal),
    ]
    words += [f"{reading.cues.language}:bias", f"extent:{reading.mentions[i].extent}", f"extent:{goal.extent}"]
    for kind in kinds:
        if kind not in reading.hits:
            continue
        seen = [scope for scope, span in scopes.items() if reading.any_hit(kind, *span)]
        words += [f"{scope}:{kind}" for scope in seen] + [
            f"{reading.cues.language}:{scope}:{kind}" for scope in seen[:-1]
        ]
    for kind, group in (("modes", MODES), ("factuality", HEDGES)):
        words.append(f"nearest:{kind}:{_nearest(reading, kind, group, goal)}")
    for scope in ("between", "lead", "tail", "goal"):
        tokens = _tokens(reading, *scopes[scope])[:_BETWEEN_TOKENS]
        words += [f"{scope}~{t[:6]}" for t in tokens] + [f"any~{t[:6]}" for t in tokens]
        words += [f"any2~{s[:5]} {t[:5]}" for s, t in pairwise(tokens)]
    words += _vehicles(reading, a, b)
    return words


def _vehicles(reading: Reading, a: Mention, b: Mention) -> list[str]:
    """Return what kinds of places the ends are, and by which vehicle cue goods were last said to travel before."""
    kinds = [_feature(m) for m in (a, b)]
    words = [f"end:{kind}" for kind in kinds] + ["ends:" + ">".join(kinds)]
    told = [
        (spans[k - 1][0], mode)
        for mode in MODES
        for spans in (reading.hits.get(f"modes.{mode}", ()),)
        for k in (bisect_left(spans, (b.start, 0)),)
        if k and spans[k - 1][0] > a.start - _LOOK_BACK
    ]
    return [*words, f"last:{max(told, default=(0, 'none'))[1]}"]


def _feature(mention: Mention) -> str:
    place = mention.resolution.place
    return place.feature.value if place else "unplaced"


def _nearest(reading: Reading, table: str, names: Sequence[str], goal: Mention) -> str:
    """Return the cue class that stands nearest to a mention within its sentence."""
    span = reading.sentence_span(goal.sentence)
    found = [
        (min(abs(start - goal.start), abs(goal.start - end)), name)
        for name in names
        for start, end in reading.all_hits(f"{table}.{name}", *span)
    ]
    return min(found, default=(0, "none"))[1]
