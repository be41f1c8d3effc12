"""Commands that read reports, and that draw what was read."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from routes.commands.shared import PAGE_SUFFIXES, STDIO, gazetteer_option, one_line_errors, world_of, write_page
from routes.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.progress import Progress

    from geodata.world import World
    from routes.find import Reader
    from routes.llm.endpoint import Endpoint
    from routes.model import Findings

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

reading = (
    click.argument("reports", nargs=-1, required=True, metavar="REPORT..."),
    click.option(
        "--language", metavar="CODE", help="Language of the reports, such as de; told from the text by default."
    ),
    click.option("--encoding", metavar="NAME", help="Encoding of the files, such as cp1251; UTF-8 by default."),
    gazetteer_option,
    click.option(
        "--reader",
        type=click.Choice(["encoder", "plain", "llm"]),
        default="plain",
        show_default=True,
        help="How to read: with the trained encoder (needs the extra 'encoder'), or without it, which is faster; or "
        "llm: the reports are sent to the --endpoint (needs the extra 'llm').",
    ),
    click.option(
        "--endpoint",
        metavar="URL",
        help="OpenAI-compatible API for --reader llm, such as http://localhost:11434/v1; the environment variable "
        "ROUTES_LLM_KEY holds the key if it wants one.",
    ),
    click.option("--model", metavar="NAME", help="The model to ask there."),
    click.option("--explain", is_flag=True, help="Say for each route which words led to it."),
    click.option("-q", "--quiet", is_flag=True, help="Print no summary."),
)


def reads_reports(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the argument and options of reading."""
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(reading), command)


@click.command("map", epilog=MAP_EXAMPLES)
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
    world = world_of(options.pop("gazetteers"))
    every = _find(world, **options)
    # One report is drawn as itself; several share a page.
    write_page(draw(every[0] if len(every) == 1 else every, title=title, world=world), output)


@click.command(epilog=FIND_EXAMPLES)
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
    world = world_of(options.pop("gazetteers"))
    every = _find(world, **options)
    if output == STDIO:
        files.write_text(STDIO, files.text_of(every, f".{format_ or 'geojson'}", world))
    else:
        files.write(every, output, world)


@click.command(epilog=DRAW_EXAMPLES)
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
    write_page(draw_findings(read_findings(findings), title=title), output)


def _find(  # what the options of reading say
    world: World,
    reports: Sequence[str],
    language: str | None,
    encoding: str | None,
    *,
    reader: Reader,
    explain: bool,
    quiet: bool,
    **endpoint: str | None,
) -> list[Findings]:
    from routes import find_routes, read_reports
    from routes.summary import print_summary, progress

    asked = _endpoint(reader, **endpoint)
    every: list[Findings] = []
    read = [report for source in reports for report in read_reports(source, language=language, encoding=encoding)]
    if not read:
        raise ReportError(f"{', '.join(reports)}: there is no report in it")
    if asked:
        click.echo(f"{asked.whereto}.", err=True)
    with progress(len(read), sum(len(report.text) for report in read)) as bar:
        for report in read:
            every.append(find_routes(report, world=world, reader=reader, endpoint=asked))
            _advance(bar)
    if not quiet:
        for findings in every:
            print_summary(findings, explain=explain)
    return every


def _endpoint(reader: Reader, endpoint: str | None, model: str | None) -> Endpoint | None:
    from routes import Endpoint

    if reader != "llm":
        if endpoint or model:
            raise click.UsageError("--endpoint and --model are for --reader llm; without it nothing is sent anywhere")
        return None
    if not endpoint or not model:
        raise click.UsageError("--reader llm needs --endpoint and --model")
    return Endpoint.of(endpoint, model)


def _advance(bar: Progress) -> None:
    for task in bar.task_ids:
        bar.advance(task)
