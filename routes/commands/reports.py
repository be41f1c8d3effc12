"""Commands that read reports, and that draw what was read."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from routes.commands.shared import (
    PAGE_SUFFIXES,
    STDIO,
    gazetteer_option,
    one_line_errors,
    page_language_option,
    place_option,
    reader_option,
    tiles_option,
    world_of,
    write_page,
)
from routes.errors import GivenError, ReportError
from routes.readers import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.progress import Progress

    from geodata.world import World
    from routes.llm.endpoint import Endpoint
    from routes.model import Findings, Report
    from routes.readers import Reader

MAP_EXAMPLES = """\b
Examples:
  routes map article.de.txt -o map.html
  routes map article.txt --language ru --encoding cp1251 -o map.html
  routes map article.ru.txt --page-language en -o map.html
  routes map article.txt --tiles OpenStreetMap.Mapnik -o map.html
  routes map article.txt --gazetteer my.csv -o map.html
  routes map article.txt --place "Tripoli=geonames:2210247" --place "Depot 7=38.5,47.2" -o map.html
  routes map article.txt --place "Union=none" -o map.html
  cat article.txt | routes map - -o map.html
"""
FIND_EXAMPLES = """\b
Examples:
  routes find article.de.txt --text | routes draw -o map.html
  routes find article.de.txt -o routes.geojson
  routes find reports.jsonl -o findings.jsonl
  routes find article.de.txt --explain > /dev/null
  routes find reports.jsonl --placed-toponyms names.jsonl -o findings.jsonl
  routes find article.txt --reader spacy:en_core_web_md
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
    place_option,
    click.option(
        "--toponyms",
        metavar="FILE",
        help="Look for no names but those of a .jsonl file: for each report its id and its toponyms with start and "
        "end. Where they are is decided as ever.",
    ),
    click.option(
        "--placed-toponyms",
        metavar="FILE",
        help="The same, and take over where they are: place (an id), or lat and lon. What 'find -o names.jsonl' wrote "
        "can be mended and given back so.",
    ),
    reader_option,
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
@page_language_option
@tiles_option
@one_line_errors
def map_command(output: str, title: str | None, page_language: str | None, tiles: str | None, **options: Any) -> None:
    """Read reports and draw their routes as one HTML file that works without a network.

    A REPORT is a text file, a .jsonl file with one report a line, or - for standard input.
    """
    from routes import draw, files

    files.check_target(output, PAGE_SUFFIXES)
    world = world_of(options.pop("gazetteers"))
    every = _find(world, **options)
    # One report is drawn as itself; several share a page.
    write_page(
        draw(every[0] if len(every) == 1 else every, title=title, language=page_language, tiles=tiles, world=world),
        output,
    )


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
@click.option(
    "--text", is_flag=True, help="Put the reports' texts into GeoJSON, so that a map drawn from it shows them."
)
@one_line_errors
def find(output: str, format_: str | None, *, text: bool, **options: Any) -> None:
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
        files.write_text(STDIO, files.text_of(every, f".{format_ or 'geojson'}", world, text=text))
    else:
        files.write(every, output, world, text=text)


@click.command(epilog=DRAW_EXAMPLES)
@click.argument("findings", default=STDIO)
@click.option("-o", "--output", required=True, metavar="FILE", help="The HTML file to write; - for standard output.")
@click.option("--title", help="Title of the page; the report's by default.")
@page_language_option
@tiles_option
@one_line_errors
def draw(findings: str, output: str, title: str | None, page_language: str | None, tiles: str | None) -> None:
    """Draw a findings GeoJSON, also one that was edited in QGIS or geojson.io, as an HTML map.

    FINDINGS is a file that 'routes find' wrote, or - for standard input, which is the default.
    """
    from routes import draw as draw_findings
    from routes import files, read_findings

    files.check_target(output, PAGE_SUFFIXES)
    write_page(draw_findings(read_findings(findings), title=title, language=page_language, tiles=tiles), output)


def _find(  # what the options of reading say
    world: World,
    reports: Sequence[str],
    language: str | None,
    encoding: str | None,
    *,
    explain: bool,
    quiet: bool,
    **told: Any,
) -> list[Findings]:
    from routes import read_reports
    from routes.summary import print_summary, progress

    every: list[Findings] = []
    find_one = _told(world, **told)
    read = [report for source in reports for report in read_reports(source, language=language, encoding=encoding)]
    if not read:
        raise ReportError(f"{', '.join(reports)}: there is no report in it")
    with progress(len(read), sum(len(report.text) for report in read)) as bar:
        for report in read:
            every.append(find_one(report))
            _advance(bar)
    if not quiet:
        for findings in every:
            print_summary(findings, explain=explain)
    return every


def _endpoint(reader: Reader, endpoint: str | None, model: str | None) -> Endpoint | None:
    """Return whom the reader ``llm`` asks, and tell the user where reports are about to go."""
    from routes import Endpoint

    if reader.kind is not Kind.LLM:
        if endpoint or model:
            raise click.UsageError("--endpoint and --model are for --reader llm; without it nothing is sent anywhere")
        return None
    if not endpoint or not model:
        raise click.UsageError("--reader llm needs --endpoint and --model")
    asked = Endpoint.of(endpoint, model)
    click.echo(f"{asked.whereto}.", err=True)
    return asked


def _told(
    world: World,
    *,
    places: Mapping[str, str],
    toponyms: str | None,
    placed_toponyms: str | None,
    reader: Reader,
    **endpoint: str | None,
) -> Callable[[Report], Findings]:
    """Make of what the user tells the reader a function that reads a report so."""
    from routes import find_routes, toponyms_of
    from routes.toponyms.given import read_records

    if toponyms and placed_toponyms:
        raise click.UsageError("--toponyms and --placed-toponyms: give one of them")
    source = placed_toponyms or toponyms
    records = read_records(source) if source else None
    asked = _endpoint(reader, **endpoint)

    def find_one(report: Report) -> Findings:
        named = None
        if records is not None:
            if report.id not in records:
                raise GivenError(
                    f"{source} has no line with the id {report.id!r}; every report needs its toponyms there"
                )
            named = toponyms_of(report, records[report.id], placed=placed_toponyms is not None, world=world)
        return find_routes(report, world=world, reader=reader, places=places, toponyms=named, endpoint=asked)

    return find_one


def _advance(bar: Progress) -> None:
    for task in bar.task_ids:
        bar.advance(task)
