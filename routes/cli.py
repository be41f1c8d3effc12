"""The command line: parse, call one function, print.

Data goes to standard output, words for people to standard error, so that the pipe stays clean.
Exit codes: 0 done, also when no route was found; 1 could not do it; 2 wrong use.
"""

from __future__ import annotations

import functools
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from routes.__about__ import __version__
from routes.errors import ReportError, RoutesError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.progress import Progress

    from geodata.world import World
    from routes.find import Reader
    from routes.model import Findings

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
STDIO = "-"
PAGE_SUFFIXES = (".html", ".htm")

MAP_EXAMPLES = """\b
Examples:
  routes map article.de.txt -o map.html
  routes map article.txt --language ru --encoding cp1251 -o map.html
  routes map article.txt --gazetteer my.csv -o map.html
  cat article.txt | routes map - -o map.html
"""
FIND_EXAMPLES = """\b
Examples:
  routes find article.de.txt | routes draw -o map.html
  routes find article.de.txt -o routes.geojson
  routes find reports.jsonl -o findings.jsonl
  routes find article.de.txt --explain > /dev/null
"""
DRAW_EXAMPLES = """\b
Examples:
  routes draw routes.geojson -o map.html
  routes find article.de.txt | routes draw -o map.html
"""
PLACE_EXAMPLES = """\b
Examples:
  routes place Tumangang 하산 "Naher Osten"
  routes place Tripoli --limit 3
  routes place Tumangang --json
  routes place Vladivostock --fuzzy
  routes place "Depot 7" --gazetteer my.csv
"""


def one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Print a user's mistake as one line on standard error and exit with 1, without a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except RoutesError as error:
            click.echo(f"routes: {_one_line(str(error))}", err=True)
            sys.exit(1)

    return run


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="routes")
def main() -> None:
    """Read news reports about supply routes and put on a map what they report, with the sentence that says so."""


gazetteer_option = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="FILE",
    help="Your own places, over ours: a .csv (name, longitude, latitude, ...), a .geojson, or a folder that "
    "python -m geodata.compile made of a GeoNames dump. May be given several times.",
)
reading = (
    click.argument("reports", nargs=-1, required=True, metavar="REPORT..."),
    click.option(
        "--language", metavar="CODE", help="Language of the reports, such as de; told from the text by default."
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the files, such as cp1251; UTF-8 by default."),
    gazetteer_option,
    click.option(
        "--reader",
        type=click.Choice(["encoder", "plain"]),
        default="plain",
        show_default=True,
        help="How to read: with the trained encoder, or without it, which is faster.",
    ),
    click.option("--explain", is_flag=True, help="Say for each route which words led to it."),
    click.option("-q", "--quiet", is_flag=True, help="Print no summary."),
)


def reads_reports(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and options of reading."""
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(reading), command)


@main.command("map", epilog=MAP_EXAMPLES)
@reads_reports
@click.option("-o", "--output", required=True, metavar="FILE", help="The HTML file to write; - for standard output.")
@click.option("--title", help="Title of the page; the report's by default.")
@one_line_errors
def map_command(output: str, title: str | None, **options: Any) -> None:
    """Read reports and draw their routes as one HTML file that works without a network.

    A REPORT is a text file, a .jsonl file with one report a line, or - for standard input.
    """
    from routes import draw, files

    files.check_target(output, PAGE_SUFFIXES)
    world = _world(options.pop("gazetteers"))
    every = _find(world, **options)
    # One report is drawn as itself; several share a page.
    _write_page(draw(every[0] if len(every) == 1 else every, title=title, world=world), output)


@main.command(epilog=FIND_EXAMPLES)
@reads_reports
@click.option(
    "-o",
    "--output",
    default=STDIO,
    metavar="FILE",
    help="Where to write; the suffix says the format: .geojson, .jsonl, .gpkg, .fgb, .csv. Standard output by default.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["geojson", "jsonl"]),
    help="Format on standard output.  [default: geojson]",
)
@one_line_errors
def find(output: str, format_: str | None, **options: Any) -> None:
    """Read reports and write what they claim, as GeoJSON or as JSON lines.

    A REPORT is a text file, a .jsonl file with one report a line, or - for standard input.
    """
    from routes import files

    if format_ and output != STDIO:
        raise click.UsageError("--format is for standard output; the suffix of --output says the format of a file")
    files.check_target(output, files.SUFFIXES)
    world = _world(options.pop("gazetteers"))
    every = _find(world, **options)
    if output == STDIO:
        files.write_text(STDIO, files.text_of(every, f".{format_ or 'geojson'}", world))
    else:
        files.write(every, output, world)


@main.command(epilog=DRAW_EXAMPLES)
@click.argument("findings", default=STDIO)
@click.option("-o", "--output", required=True, metavar="FILE", help="The HTML file to write; - for standard output.")
@click.option("--title", help="Title of the page; the report's by default.")
@one_line_errors
def draw(findings: str, output: str, title: str | None) -> None:
    """Draw a findings GeoJSON, also one that was edited in QGIS or geojson.io, as an HTML map.

    FINDINGS is a file that 'routes find' wrote, or - for standard input, which is the default.
    """
    from routes import draw as draw_findings
    from routes import files, read_findings

    files.check_target(output, PAGE_SUFFIXES)
    _write_page(draw_findings(read_findings(findings), title=title), output)


@main.command(epilog=PLACE_EXAMPLES)
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

    gazetteer = _world(gazetteers).gazetteer
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


def _world(gazetteers: Sequence[str]) -> World:
    """Lay the user's gazetteers over ours, each over the one before."""
    from routes import default_world

    world = default_world()
    for source in gazetteers:
        try:
            world = world.extended(source)
        except OSError as error:
            raise RoutesError(f"{source}: {error.strerror or error}") from error
        except ValueError as error:
            raise RoutesError(str(error)) from error
    return world


def _find(
    world: World,
    reports: Sequence[str],
    language: str | None,
    encoding: str | None,
    *,
    reader: Reader,
    explain: bool,
    quiet: bool,
) -> list[Findings]:
    from routes import find_routes, read_reports
    from routes.summary import print_summary, progress

    every: list[Findings] = []
    read = [report for source in reports for report in read_reports(source, language=language, encoding=encoding)]
    if not read:
        raise ReportError(f"{', '.join(reports)}: there is no report in it")
    with progress(len(read), sum(len(report.text) for report in read)) as bar:
        for report in read:
            every.append(find_routes(report, world=world, reader=reader))
            _advance(bar)
    if not quiet:
        for findings in every:
            print_summary(findings, explain=explain)
    return every


def _advance(bar: Progress) -> None:
    for task in bar.task_ids:
        bar.advance(task)


def _write_page(page: Any, output: str) -> None:
    from routes import files

    files.write_text(output, page.get_root().render())
    if output != STDIO:
        click.echo(f"Map written to {output}", err=True)


def _one_line(text: str) -> str:
    """Show control characters in a message as what they are; a file name may hold any."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
