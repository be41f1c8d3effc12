"""The command line: parse, call one function, print.

Data goes to standard output, words for people to standard error, so that the pipe stays clean.
Exit codes: 0 done, also when no route was found; 1 could not do it; 2 wrong use.
"""

from __future__ import annotations

import click

from routes.__about__ import __version__
from routes.commands.places import place
from routes.commands.reports import draw, find, map_command
from routes.commands.ways import trace

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(context_settings=CONTEXT)
@click.version_option(__version__, prog_name="routes")
def main() -> None:
    """Read news reports about supply routes and put on a map what they report, with the sentence that says so."""


for command in (map_command, find, draw, place, trace):
    main.add_command(command)
