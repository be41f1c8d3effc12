"""Made-up sentences in which people, firms and papers bear the names of places.

The benchmark's training reports name few people and firms, the news name many. These sentences teach the model of
`routes.toponyms` what such names look like; they say nothing of the world.
"""

from __future__ import annotations

import random
from typing import Any

from routes.toponyms.people import GIVEN

_BEARERS = """
Washington London Lincoln Austin Houston Jackson Hamilton Wellington Cleveland Madison Kingston Bristol
Chester Lancaster Preston Stafford Burton Clinton Dallas Denver Carter Kent Bradford Milton Florence Sydney
Victoria Berlin Hamburg Frankfurt Bremer Nürnberger Posen Wiener Moskau Valencia Toledo Medina Santiago
Cordoba Romano Milano Genova Ferrara Warszawski Krakowski Paris Orange Nancy Lourdes Cali Marseille Lyon
Lima Aragon
"""
_PLACES = """
Berlin Paris London Warsaw Rotterdam Lisbon Tokyo Nairobi Cairo Dubai Lima Boston Chicago Oslo Antwerp
Mombasa Geneva Singapore Jakarta Bogotá Santos Dakar Accra Tunis
"""
_TEMPLATES = {
    "en": (
        "{given} {bearer} told reporters in {place} that talks would go on. {bearer} said no more.",
        "The deal was signed by {given} {bearer}, a lawyer, and {given2} {bearer2}. Then {bearer} left for {place}.",
        "Mr. {bearer} and Dr. {bearer2} met in {place}; {bearer2} thanked {bearer}.",
        "According to the {bearer} Times, shares of {bearer2} Bank fell on Friday in {place}.",
        "The University of {bearer} and {bearer2} College opened an office in {place}.",
        "{bearer} Airlines and the {bearer2} Group will fly to {place}, said {given} {bearer}.",
        "President {bearer} called Minister {bearer2} from {place}. Judge {given} {bearer} ruled in March.",
    ),
    "de": (
        "{given} {bearer} sagte in {place}, die Gespräche gingen weiter. Mehr wollte {bearer} nicht sagen.",
        "Herr {bearer} und Frau {bearer2} trafen sich in {place}. Das bestätigte {given} {bearer}.",
        "Die {bearer} Bank und die {bearer2} Gruppe eröffnen ein Büro in {place}, schreibt die {bearer} Post.",
    ),
    "fr": (
        "{given} {bearer} a déclaré à {place} que les discussions continuaient. {bearer} n'en dit pas plus.",
        "Selon {given} {bearer}, le groupe {bearer2} ouvrira un bureau à {place}.",
    ),
    "es": (
        "{given} {bearer} dijo en {place} que seguirán las conversaciones. {bearer} no dio detalles.",
        "El señor {bearer} y {given} {bearer2} se reunieron en {place}.",
    ),
    "it": ("{given} {bearer} ha detto a {place} che continuano. Lo dice {given2} {bearer2}.",),
    "pl": ("{given} {bearer} powiedział to w {place} w piątek. Pan {bearer2} milczał.",),
}
_EACH = 20
_SEED = 7


def decoys() -> list[dict[str, Any]]:
    """Make the sentences up, the same every time.

    Returns
    -------
    list of dict
        Gold reports in the benchmark's form; of the names in them only that of the place is a toponym.
    """
    draw = random.Random(_SEED)  # noqa: S311  # no secret
    given = sorted(name.title() for name in GIVEN if name.isascii())
    return [
        _report(template, language, draw, given, f"decoy-{language}-{number}-{turn}")
        for language, templates in _TEMPLATES.items()
        for number, template in enumerate(templates)
        for turn in range(_EACH)
    ]


def _report(template: str, language: str, draw: random.Random, given: list[str], name: str) -> dict[str, Any]:
    place = draw.choice(_PLACES.split())
    first, second = draw.sample([bearer for bearer in _BEARERS.split() if bearer != place], 2)
    before, _, after = template.partition("{place}")
    fill = {"given": draw.choice(given), "given2": draw.choice(given), "bearer": first, "bearer2": second}
    start = len(before.format(**fill))
    text = before.format(**fill) + place + after.format(**fill)
    return {
        "id": name,
        "lang": language,
        "text": text,
        "toponyms": [{"start": start, "end": start + len(place), "literal": True}],
    }
