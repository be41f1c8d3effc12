"""What Debian's packages hold, without installing them."""

from __future__ import annotations

import io
import lzma
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def opened(package: Path) -> tarfile.TarFile:
    """Open the files of a .deb, an ar archive of which one member is ``data.tar.xz``."""
    data, at = package.read_bytes(), 8
    while at < len(data):
        title, size = data[at : at + 16].strip(b" /"), int(data[at + 48 : at + 58])
        if title == b"data.tar.xz":
            return tarfile.open(fileobj=io.BytesIO(lzma.decompress(data[at + 60 : at + 60 + size])))
        at += 60 + size + size % 2
    raise FileNotFoundError(f"{package} has no data.tar.xz")
