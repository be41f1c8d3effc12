"""The command that asks a network."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from routes.commands.shared import (
    PAGE_SUFFIXES,
    PICTURE_SUFFIXES,
    STDIO,
    check_drawn,
    gazetteer_option,
    one_line_errors,
    world_of,
    write_drawn,
)
from routes.model import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.model import Leg
    from routes.tracing import Trace

NUMERALS = [*"0123456789."]
TRACE_EXAMPLES = """\b
Examples:
  routes trace Tumangang Khasan Moscow --mode rail
  routes trace Odesa Mombasa --mode sea --avoid "Suez Canal" -o map.html
  routes trace Moskau Berlin --via Riga --mode rail --avoid Belarus --alternatives 3
  routes trace Rotterdam Yokohama --mode sea --allow "Northern Sea Route" --json
  routes trace geonames:524901 130.61,42.42 --mode air
  routes trace -74.0,40.7 Rotterdam --mode sea
"""


# a position may begin with a minus sign
@click.command(epilog=TRACE_EXAMPLES, context_settings={"ignore_unknown_options": True})
@click.argument("stops", nargs=-1, required=True, metavar="STOP STOP...")
@click.option("--via", multiple=True, metavar="STOP", help="A stop between two others. May be given several times.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.UNKNOWN.value,
    help="The network to follow; a straight link by default.",
)
@click.option("--avoid", multiple=True, metavar="NAME", help="A country, region or passage that is never entered.")
@click.option("--allow", multiple=True, metavar="NAME", help="A passage that is used only when it is asked for.")
@click.option("--alternatives", default=1, show_default=True, type=click.IntRange(min=1), help="Ways to look for.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="Also keep the way: as a map (.html), a picture (.svg, .png, .pdf) or as .geojson, .jsonl, .gpkg, .fgb, .csv; "
    "- for GeoJSON on standard output.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@gazetteer_option
@one_line_errors
def trace(  # each is an option
    stops: Sequence[str],
    via: Sequence[str],
    output: str | None,
    gazetteers: Sequence[str],
    *,
    as_json: bool,
    **wishes: Any,
) -> None:
    """Trace the way from place to place along a network: its length, the countries and passages on it.

    A STOP is a name in any language, an id such as geonames:524901, or longitude,latitude. The names are read together;
    what they were taken to mean is told.
    """
    from routes import files
    from routes import trace as traced
    from routes.commands.traced import print_trace

    stops = _in_order(stops, via)
    if as_json and output == STDIO:
        raise click.UsageError("--json and --output - both write to standard output; name a file, or leave one out")
    if output:
        check_drawn(output, files.SUFFIXES)
    world = world_of(gazetteers)
    way = traced(stops, world=world, **wishes)
    if as_json:
        click.echo(json.dumps(_record(way), ensure_ascii=False))
    else:
        print_trace(way, world, to_stderr=output == STDIO)
    if output:
        _keep(way, output, world)


def _in_order(stops: Sequence[str], via: Sequence[str]) -> tuple[str, ...]:
    """Put the stops in order of travel; a word that looks like an option is none of them."""
    for stop in stops:
        if stop.startswith("-") and stop[1:2] not in NUMERALS:
            raise click.NoSuchOption(stop)
    if len(stops) < 2:
        raise click.UsageError("two places are needed at least: where the way starts and where it ends")
    if via and len(stops) > 2:
        raise click.UsageError("--via stands between two places; give three and more in order of travel instead")
    return (*stops[:-1], *via, stops[-1])


def _keep(way: Trace, output: str, world: World) -> None:
    from routes import files

    if output.lower().endswith(PAGE_SUFFIXES + PICTURE_SUFFIXES):
        write_drawn(way.findings, output, world=world)
    else:
        files.write([way.findings], output, world)


def _record(way: Trace) -> dict[str, Any]:
    from routes.tracing import total_km

    return {
        "length_km": _rounded(way.length_km),
        "legs": [_leg(leg) for leg in way.legs],
        "stops": [
            {
                "name": it.name,
                "place": it.place.id,
                "lat": round(it.place.position.latitude, 5),
                "lon": round(it.place.position.longitude, 5),
                "why": it.why,
            }
            for it in (leg_end.resolution for leg_end in way.findings.routes[0].claim.stops)
            if it.place
        ],
        "warnings": list(way.warnings),
        "alternatives": [
            {"length_km": _rounded(total_km(legs)), "legs": [_leg(leg) for leg in legs]} for legs in way.alternatives
        ],
    }


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "origin": leg.origin.name,
        "destination": leg.destination.name,
        "mode": leg.mode.value,
        "basis": leg.basis.value,
        "length_km": _rounded(leg.length_km),
        "countries": list(leg.countries),
        "passages": list(leg.passages),
        "snap_km": [round(km, 2) for km in leg.snap_km],
        "countries_inferred": list(leg.inferred_countries),
        "why": leg.why,
    }


def _rounded(km: float | None) -> float | None:
    return None if km is None else round(km, 1)
