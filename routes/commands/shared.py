"""What the commands share: how they fail, where they write, and whose places they know."""

from __future__ import annotations

import functools
import sys
from typing import TYPE_CHECKING, Any

import click

from routes.errors import GivenError, RoutesError
from routes.readers import DEFAULT, Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geodata.world import World

STDIO = "-"
PAGE_SUFFIXES = (".html", ".htm")
PICTURE_SUFFIXES = (".svg", ".png", ".pdf")
PAGE_LANGUAGES = (
    "ar",
    "de",
    "en",
    "es",
    "fr",
    "ko",
    "ru",
    "uk",
)  # maps.tongues has them too, but takes folium to import


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


gazetteer_option = click.option(
    "--gazetteer",
    "gazetteers",
    multiple=True,
    metavar="FILE",
    help="Your own places, over ours: a .csv (name, longitude, latitude, ...), a .geojson, or a folder that "
    "python -m geodata.compile made of a GeoNames dump. May be given several times.",
)


def _reader(_: click.Context, __: click.Parameter, said: str) -> Reader:
    try:
        return Reader.of(said)
    except GivenError as error:
        raise click.BadParameter(str(error)) from None


reader_option = click.option(
    "--reader",
    metavar="READER",
    default=DEFAULT.value,
    show_default=True,
    callback=_reader,
    help="How to read: encoder (with the trained encoder), plain (without it, which is faster), or plain with the "
    "names of others: spacy:PIPELINE (the name or path of a spaCy pipeline that you have; extra 'spacy'), natasha (for "
    "Russian; extra 'natasha'); or llm: the reports are sent to the --endpoint (extra 'llm').",
)


def _places(_: click.Context, __: click.Parameter, said: Sequence[str]) -> dict[str, str]:
    places = {}
    for one in said:
        name, sign, place = one.rpartition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"{one!r} is not NAME=ID, NAME=LONGITUDE,LATITUDE or NAME=none")
        places[name.strip()] = place
    return places


place_option = click.option(
    "--place",
    "places",
    multiple=True,
    callback=_places,
    metavar="NAME=PLACE",
    help="What a name in the text means: the id of a place ('routes place NAME' lists them), its longitude and "
    "latitude, or none for a word that names no place. It wins over all else. May be given several times.",
)

page_language_option = click.option(
    "--page-language",
    type=click.Choice(PAGE_LANGUAGES),
    help="Language of the page; the reports' by default, else English.",
)


tiles_option = click.option(
    "--tiles",
    metavar="PROVIDER",
    help="Fetch online tiles from this provider whenever the page is opened, such as OpenStreetMap.Mapnik (names of "
    "xyzservices). By default the page asks no one for anything.",
)


def world_of(gazetteers: Sequence[str]) -> World:
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


def check_drawn(
    output: str, suffixes: Sequence[str] = (), *, language: str | None = None, tiles: str | None = None
) -> None:
    """Refuse, before the work is done, a map, picture or file of these suffixes that cannot be written."""
    from routes import files

    files.check_target(output, (*PAGE_SUFFIXES, *PICTURE_SUFFIXES, *suffixes))
    if output.lower().endswith(PICTURE_SUFFIXES):
        if language not in {None, "en"}:
            raise click.UsageError("--page-language is for the HTML page; a picture speaks English")
        if tiles:
            raise click.UsageError("--tiles is for the HTML page; a picture has its own base map")
        from routes import pictures

        pictures.check(output)


def write_drawn(
    findings: Any, output: str, *, language: str | None = None, tiles: str | None = None, **how: Any
) -> None:
    """Draw findings as what the suffix of the output says, a page by default, and say where to."""
    from routes import draw, files, picture

    kind = "Picture" if output.lower().endswith(PICTURE_SUFFIXES) else "Map"
    if kind == "Picture":
        picture(findings, **how).save(output)
    else:
        files.write_text(output, draw(findings, language=language, tiles=tiles, **how).get_root().render())
    if output != STDIO:
        click.echo(f"{kind} written to {output}", err=True)


def _one_line(text: str) -> str:
    """Show control characters in a message as what they are; a file name may hold any."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
