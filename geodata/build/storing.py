"""Networks as files: the arrays that ``geodata.networks`` reads; its docstring says what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from lines import SCALE

from geodata.networks.tracks import BENDS, straight_km

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lines import Lines


def write(path: Path, lines: Lines, codes: list[str], passages: list[str], off: Sequence[str] = ()) -> None:
    """Write a network; `passages` are ids by number, and those in `off` are closed unless asked for."""
    position = np.round(lines.nodes * SCALE).astype(np.int32)
    straight = straight_km(position / SCALE, lines.edges)
    count = np.bincount(lines.edges[:, 0], minlength=len(position))
    used = np.unique(lines.country)
    np.savez_compressed(
        path,
        position=position,
        country=np.searchsorted(used, lines.country).astype(np.uint8),
        codes=np.array(codes)[used],
        degree=count.astype(np.uint8),
        ahead=(lines.edges[:, 1] - lines.edges[:, 0]).astype(np.int32),
        bend=np.round((lines.km - straight) * BENDS).clip(0, np.iinfo(np.uint16).max).astype(np.uint16),
        passage=lines.passage.astype(np.uint8),
        passages=np.array(passages),
        off=np.array(off, str),
    )
    sizes = np.sort(np.bincount(lines.components()))[::-1]
    print(f"{path.name}: {path.stat().st_size} bytes, {len(position)} nodes, {len(lines.edges)} edges")
    print(f"{len(sizes)} components, the largest {sizes[:8]}")
