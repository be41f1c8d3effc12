"""What the terminal shows of findings and of the gazetteer."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from routes.model import Factuality, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.gazetteer import Candidate
    from routes.model import Claim, Findings, Stop

# Below this much text everything is done before a bar could be read.
CHARACTERS_FOR_A_BAR = 100_000
JOINERS = "\u200c\u200d"  # Persian and Indic spelling needs them
STYLES = {Factuality.DENIED: "red", Factuality.CERTAIN: "green"}


def print_summary(findings: Findings, *, explain: bool = False) -> None:
    """Print each route with its stops, modes, factuality and quote, and what could not be placed, to standard error."""
    console = Console(stderr=True, highlight=False)
    report = findings.report
    placed = sum(resolution.place is not None for resolution in findings.resolutions)
    console.print(
        Text(f"{plain(report.title or report.id)} ({report.language}): ", style="bold").append(
            f"{_count(len(findings.routes), 'route')}, {_count(len(findings.resolutions), 'toponym')}, {placed} placed",
            style="not bold",
        )
    )
    if findings.routes:
        console.print(_table(findings, explain=explain))
    else:
        console.print("No route was found in this report.")
    unplaced = dict.fromkeys(it.toponym.quote.exact for it in findings.resolutions if it.place is None)
    if unplaced:
        console.print(Text(f"Not placed: {', '.join(map(plain, unplaced))}", style="yellow"))


def print_candidates(name: str, candidates: Sequence[Candidate], spellings: Sequence[str]) -> None:
    """Print the places that bear a name as a table to standard output, or the nearest spellings."""
    console = Console(highlight=False)
    if not candidates:
        hint = f"; nearest: {', '.join(map(plain, spellings))}" if spellings else ""
        console.print(Text(f"{plain(name)}: no place of this name is in the gazetteer{hint}"))
        return
    table = Table(title=Text(plain(name)), title_justify="left", box=None, pad_edge=False)
    for heading in ("place", "country", "longitude", "latitude", "score", "why", "id"):
        number = heading in {"longitude", "latitude", "score"}
        table.add_column(heading, justify="right" if number else "left", no_wrap=heading == "id", overflow="fold")
    for it in candidates:
        position = it.place.position
        table.add_row(
            Text(plain(it.place.name)),
            it.place.country or "",
            f"{position.longitude:.3f}",
            f"{position.latitude:.3f}",
            f"{it.score:.2f}",
            Text(plain(it.why)),
            it.place.id,
        )
    console.print(table)


def progress(reports: int, characters: int) -> Progress:
    """Give a progress bar over reports, which stays hidden where the work is short or no one watches."""
    console = Console(stderr=True)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or characters < CHARACTERS_FOR_A_BAR,
    )
    bar.add_task("reading", total=reports)
    return bar


def plain(text: str) -> str:
    """Make a report's words safe for a terminal: on one line, without control and bidi override characters."""

    def shown(c: str) -> bool:
        return c.isspace() or c in JOINERS or unicodedata.category(c) not in {"Cc", "Cf", "Cs"}

    return " ".join("".join(filter(shown, text)).split())


def _table(findings: Findings, *, explain: bool) -> Table:
    table = Table(show_lines=True)
    for heading in ("", "stops", "mode", "factuality", "quote"):
        table.add_column(heading, overflow="fold")
    for route in findings.routes:
        claim = route.claim
        quote = Text(f"“{plain(claim.quote.exact)}”", style="italic")
        if explain:
            quote.append("\n" + "\n".join(plain(step) for step in claim.why), style="not italic dim")
        table.add_row(
            route.id,
            Text(_stops(claim)),
            Text("\n".join(dict.fromkeys(mode.value for mode in claim.modes))),
            Text(_told(claim), style=STYLES.get(claim.factuality, "yellow")),
            quote,
        )
    return table


def _stops(claim: Claim) -> str:
    parts = [_stop(stop) for stop in claim.stops]
    if claim.stops[0].role is Role.VIA:
        parts.insert(0, "(origin not told)")
    if claim.stops[-1].role is Role.VIA:
        parts.append("(destination not told)")
    return " → ".join(parts)


def _stop(stop: Stop) -> str:
    name = plain(stop.name)
    if stop.role is Role.DECLARED_DESTINATION:
        name = f"[declared: {name}]"
    return name if stop.place else f"{name} (not placed)"


def _told(claim: Claim) -> str:
    source = f"\nsays {plain(claim.attribution)}" if claim.attribution else ""
    return f"{claim.factuality.value}\n{claim.kind.value}{source}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
