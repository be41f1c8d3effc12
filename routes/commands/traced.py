"""What the terminal shows of a traced way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from routes.model import Basis
from routes.summary import plain
from routes.tracing import total_km
from routes.tracing.limits import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.world import World
    from routes.model import Leg, Resolution
    from routes.tracing import Trace

STYLES = {Basis.NETWORK: "green", Basis.GEODESIC: "cyan", Basis.SCHEMATIC: "yellow"}


def print_trace(way: Trace, world: World, *, to_stderr: bool = False) -> None:
    """Print which places were taken, and a table of the legs for the best way and for each alternative."""
    console = Console(stderr=to_stderr, highlight=False)
    for resolution in way.findings.resolutions:
        console.print(_taken(resolution))
    for number, legs in enumerate((way.legs, *way.alternatives)):
        console.print(_table(legs, world, "" if not way.alternatives else f"way {number + 1}"))
        for leg in legs:
            if leg.why:
                console.print(Text(f"{_name(leg)}: {plain(leg.why)}", style=STYLES[leg.basis]))
    if any(leg.inferred_countries for legs in (way.legs, *way.alternatives) for leg in legs):
        console.print("* inferred: neither asked for nor avoidable on this network")


def _taken(resolution: Resolution) -> Text:
    place = resolution.place
    assert place is not None  # noqa: S101 - a trace has no stop without a place
    where = ", ".join(part for part in (place.feature.value, place.country) if part)
    text = Text(f"{plain(resolution.toponym.quote.exact)}: ", style="bold")
    text.append(f"{plain(place.name)} ({where}; {place.id})", style="not bold")
    others = [f"{plain(it.place.name)} {it.place.id}" for it in resolution.alternatives[:2]]
    return text.append(f", not {' or '.join(others)}", style="not bold dim") if others else text


def _table(legs: Sequence[Leg], world: World, title: str) -> Table:
    table = Table(title=title or None, title_justify="left", show_footer=len(legs) > 1)
    table.add_column("leg", footer="in all", overflow="fold")
    table.add_column("km", footer=_km(total_km(legs)), justify="right", no_wrap=True)
    for heading in ("basis", "countries", "passages", "gaps, km"):
        table.add_column(heading, overflow="fold")
    for leg in legs:
        table.add_row(
            Text(f"{_name(leg)}, {leg.mode}"),
            _km(leg.length_km),
            Text(leg.basis, style=STYLES[leg.basis]),
            " ".join(f"{code}*" if code in leg.inferred_countries else code for code in leg.countries),
            "\n".join(name_of(passage, world) for passage in leg.passages),
            " ".join(f"{km:.1f}" for km in leg.snap_km),
        )
    return table


def _km(length_km: float | None) -> str:
    return "not told" if length_km is None else f"{length_km:,.0f}"


def _name(leg: Leg) -> str:
    return f"{plain(leg.origin.name)} → {plain(leg.destination.name)}"
