"""``python -m routes`` is the command ``routes``."""

from routes.cli import main

main(prog_name="routes")
