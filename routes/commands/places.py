"""The command that asks the gazetteer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from routes.commands.shared import gazetteer_option, one_line_errors, world_of

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE_EXAMPLES = """\b
Examples:
  routes place Tumangang 하산 "Naher Osten"
  routes place Tripoli --limit 3
  routes place Tumangang --json
  routes place Vladivostock --fuzzy
  routes place "Depot 7" --gazetteer my.csv
"""


@click.command(epilog=PLACE_EXAMPLES)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--language", metavar="CODE", help="Prefer the places that bear the name in this language.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(min=1), help="Candidates for each name.")
@click.option("--fuzzy", is_flag=True, help="Also names a letter off, or two where the name is long.")
@gazetteer_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line for each name.")
@one_line_errors
def place(
    names: Sequence[str], language: str | None, limit: int, gazetteers: Sequence[str], *, fuzzy: bool, as_json: bool
) -> None:
    """Ask the gazetteer which places bear a name, best first."""
    from routes.summary import print_candidates

    gazetteer = world_of(gazetteers).gazetteer
    found = {name: gazetteer.candidates(name, language, fuzzy=fuzzy)[:limit] for name in names}
    if as_json:
        for name, candidates in found.items():
            rows = [
                {
                    "place": it.place.id,
                    "name": it.place.name,
                    "lat": round(it.place.position.latitude, 5),
                    "lon": round(it.place.position.longitude, 5),
                    "country": it.place.country,
                    "feature": it.place.feature.value,
                    "score": round(it.score, 3),
                    "why": it.why,
                }
                for it in candidates
            ]
            click.echo(json.dumps({"query": name, "candidates": rows}, ensure_ascii=False))
    else:
        for name, candidates in found.items():
            print_candidates(name, candidates, gazetteer.spellings(name) if not candidates else ())
