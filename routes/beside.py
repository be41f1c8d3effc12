"""Files written whole or not at all: beside the target, then renamed."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from routes.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable


def write_beside(path: Path, write_to: Callable[[Path], object]) -> None:
    """Let something write a file beside a path, and put it there when it is done.

    Raises
    ------
    FormatError
        Where the folder does not exist or cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=".routes-") as folder:
            beside = Path(folder) / f"part{path.suffix}"
            write_to(beside)
            beside.replace(path)
    except OSError as error:
        raise FormatError(f"{path} cannot be written: {error.strerror or error}") from None
