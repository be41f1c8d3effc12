"""Passages of the sea, each a line across that is crossed or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from geodata.position import Position


@dataclass(frozen=True, eq=False)
class Gates:
    """All passages.

    Attributes
    ----------
    ids : tuple of str
    ends : (n, 4) array of float
        Longitude and latitude of both ends of each gate.
    inner : (n, 4) array of float
        West, south, east, north of the waters to which a passage that is off is on all the same; nan for those that
        are on for all, and for those without such waters.
    off : (n,) array of bool
    groups : mapping of str to tuple of str
        Ids that stand for several.
    """

    ids: tuple[str, ...]
    ends: NDArray[np.float64]
    inner: NDArray[np.float64]
    off: NDArray[np.bool_]
    groups: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> Self:
        """Read what ``build/passages.toml`` says."""
        passages = written["passage"]
        return cls(
            tuple(passage["id"] for passage in passages),
            np.array([np.ravel(passage["gate"]) for passage in passages], float),
            np.array([passage.get("inner", [np.nan] * 4) for passage in passages], float),
            np.array([passage.get("off", False) for passage in passages]),
            {group["id"]: tuple(group["members"]) for group in written["group"]},
        )

    @classmethod
    def read(cls, file: Mapping[str, NDArray[Any]]) -> Self:
        """Read what `arrays` wrote."""
        groups = {name: tuple(members.split()) for name, *_, members in (str(row).partition(": ") for row in file["groups"])}
        return cls(tuple(map(str, file["gates"])), file["ends"], file["inner"], file["off"], groups)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give all of it as arrays for an npz."""
        groups = np.array([f"{name}: {' '.join(members)}" for name, members in self.groups.items()])
        return {"gates": np.array(self.ids), "ends": self.ends, "inner": self.inner, "off": self.off, "groups": groups}

    def shut(self, closed: frozenset[str], opened: frozenset[str], ends: Iterable[Position] = ()) -> frozenset[str]:
        """List the passages that may not be used on a way between two ends."""
        members = {member for name in closed for member in self.groups.get(name, (name,))}
        unlocked = {member for name in opened for member in self.groups.get(name, (name,))}
        unlocked |= {self.ids[i] for i in np.flatnonzero(self.off) if any(self._within(i, end) for end in ends)}
        off = {self.ids[i] for i in np.flatnonzero(self.off)}
        return frozenset((members & set(self.ids)) | (off - unlocked))

    def _within(self, index: int, place: Position) -> bool:
        west, south, east, north = self.inner[index]
        return bool((place.longitude - west) % 360 <= east - west and south <= place.latitude <= north)

    def mask(self, ids: Iterable[str]) -> int:
        """Give the bits of some passages."""
        return sum(1 << self.ids.index(name) for name in ids)

    def crossed(
        self, positions: NDArray[np.float64], pairs: NDArray[np.intp], mask: int = -1
    ) -> NDArray[np.int64]:
        """Tell which gates each straight run between two positions crosses, as bits (m,); `mask` says which to look at."""
        first, last = positions[pairs[:, 0]].copy(), positions[pairs[:, 1]].copy()
        first[:, 0] = (first[:, 0] + 180) % 360 - 180
        last[:, 0] = first[:, 0] + (last[:, 0] - first[:, 0] + 180) % 360 - 180
        low, high = np.minimum(first, last), np.maximum(first, last)
        bits = np.zeros(len(pairs), np.int64)
        for index, gate in enumerate(self.ends):
            if not mask >> index & 1:
                continue
            for turn in (-360.0, 0.0, 360.0):
                here = gate + (turn, 0, turn, 0)
                south, north = sorted(here[1::2])
                west, east = sorted(here[::2])
                near = np.flatnonzero(
                    (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
                )
                if len(near):
                    bits[near] |= _cross(first[near], last[near], here).astype(np.int64) << index
        return bits

    def crosses(self, start: NDArray[np.float64], end: NDArray[np.float64], mask: int) -> bool:
        """Tell whether a straight run crosses one of the gates of some bits."""
        if not mask:
            return False
        pair = np.array([start, end])
        return bool(self.crossed(pair, np.array([[0, 1]]), mask)[0] & mask)

    def along(self, line: NDArray[np.float64]) -> list[str]:
        """List the passages that a line crosses, in order, each once where it is crossed again at once."""
        at = np.arange(len(line) - 1)
        bits = self.crossed(line, np.column_stack([at, at + 1]))
        names = [name for run in bits[bits != 0].tolist() for name in self.names(run)]
        return [name for before, name in zip([None, *names], names, strict=False) if name != before]

    def names(self, bits: int) -> list[str]:
        """List the passages of some bits."""
        return [name for index, name in enumerate(self.ids) if bits >> index & 1]

    @cached_property
    def positions(self) -> dict[str, NDArray[np.float64]]:
        """The ends of each gate, (2, 2)."""
        return {name: ends.reshape(2, 2) for name, ends in zip(self.ids, self.ends, strict=True)}


def _cross(first: NDArray[np.float64], last: NDArray[np.float64], gate: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which segments cross a gate, on the plane of longitude and latitude."""
    start, end = gate[:2], gate[2:]

    def side(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> NDArray[np.bool_]:
        ahead: NDArray[np.bool_] = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) > (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        return ahead

    return (side(start, end, first) != side(start, end, last)) & (side(first, last, start) != side(first, last, end))
