"""Keep sources.toml true: the hash of each data file, and the script that wrote it."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

GEODATA = Path(__file__).parents[1]
SOURCES = GEODATA / "sources.toml"


def record(names: list[str], script: str) -> None:
    """Write the hashes of data files into sources.toml, in place or as new entries at its end."""
    text = SOURCES.read_text(encoding="utf-8")
    for name in names:
        digest = sha256((GEODATA / "data" / name).read_bytes()).hexdigest()
        entry = f'[[data]]\nfile = "{name}"\nsha256 = "{digest}"\nscript = "{script}"\n'
        pattern = re.compile(rf'\[\[data\]\]\nfile = "{re.escape(name)}"\nsha256 = ".*"\nscript = ".*"\n')
        text = pattern.sub(entry, text) if pattern.search(text) else f"{text.rstrip()}\n\n{entry}"
    SOURCES.write_text(text, encoding="utf-8")
