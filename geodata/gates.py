"""Passages of the sea, each a line across that is crossed or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
    beside : mapping of str to tuple of str
        Passages that a way through another one does not come back by.
    """

    ids: tuple[str, ...]
    ends: NDArray[np.float64]
    inner: NDArray[np.float64]
    off: NDArray[np.bool_]
    groups: Mapping[str, tuple[str, ...]]
    beside: Mapping[str, tuple[str, ...]]

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
            {passage["id"]: tuple(passage["beside"]) for passage in passages if "beside" in passage},
        )

    @classmethod
    def read(cls, file: Mapping[str, NDArray[Any]]) -> Self:
        """Read what `arrays` wrote."""
        return cls(
            tuple(map(str, file["gates"])),
            file["ends"],
            file["inner"],
            file["off"],
            _unlisted(file["groups"]),
            _unlisted(file["beside"]),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give all of it as arrays for an npz."""
        return {
            "gates": np.array(self.ids),
            "ends": self.ends,
            "inner": self.inner,
            "off": self.off,
            "groups": _listed(self.groups),
            "beside": _listed(self.beside),
        }

    def shut(self, closed: frozenset[str], opened: frozenset[str], ends: Iterable[Position] = ()) -> frozenset[str]:
        """List the passages that may not be used on a way between two ends."""
        members = {member for name in closed for member in self.groups.get(name, (name,))}
        unlocked = {member for name in opened for member in self.groups.get(name, (name,))}
        off = np.flatnonzero(self.off).tolist()
        unlocked |= {self.ids[i] for i in off if any(self._within(i, end) for end in ends)}
        return frozenset((members & set(self.ids)) | ({self.ids[i] for i in off} - unlocked))

    def _within(self, index: int, place: Position) -> bool:
        west, south, east, north = self.inner[index]
        return bool((place.longitude - west) % 360 <= east - west and south <= place.latitude <= north)

    def mask(self, ids: Iterable[str]) -> int:
        """Give the bits of some passages."""
        return sum(1 << self.ids.index(name) for name in ids)

    def crossed(self, positions: NDArray[np.float64], pairs: NDArray[np.intp]) -> NDArray[np.int64]:
        """Tell which gates each straight run between two positions crosses, as bits (m,)."""
        first, last = positions[pairs[:, 0]].copy(), positions[pairs[:, 1]].copy()
        first[:, 0] = (first[:, 0] + 180) % 360 - 180
        last[:, 0] = first[:, 0] + (last[:, 0] - first[:, 0] + 180) % 360 - 180
        low, high = np.minimum(first, last), np.maximum(first, last)
        bits = np.zeros(len(pairs), np.int64)
        for index, gate in enumerate(self.ends):
            for turn in (-360.0, 0.0, 360.0):
                here = gate - (-turn, 0, -turn, 0)
                south, north = sorted(here[1::2])
                west, east = sorted(here[::2])
                near = np.flatnonzero(
                    (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
                )
                if len(near):
                    bits[near] |= _cross(first[near], last[near], here).astype(np.int64) << index
        return bits

    def crosses(self, start: Sequence[float], end: Sequence[float], mask: int) -> bool:
        """Tell whether a straight run crosses one of the gates of some bits; quick for few gates."""
        x0, y0 = (start[0] + 180) % 360 - 180, start[1]
        x1, y1 = x0 + (end[0] - x0 + 180) % 360 - 180, end[1]
        while mask:
            bit = mask & -mask
            mask ^= bit
            gx0, gy0, gx1, gy1 = self._listed[bit.bit_length() - 1]
            if max(y0, y1) < min(gy0, gy1) or min(y0, y1) > max(gy0, gy1):
                continue
            for turn in (-360.0, 0.0, 360.0):
                a, b = gx0 + turn, gx1 + turn
                sides = _ahead(a, gy0, b, gy1, x0, y0) != _ahead(a, gy0, b, gy1, x1, y1)
                if sides and _ahead(x0, y0, x1, y1, a, gy0) != _ahead(x0, y0, x1, y1, b, gy1):
                    return True
        return False

    @cached_property
    def _listed(self) -> list[list[float]]:
        listed: list[list[float]] = self.ends.tolist()
        return listed

    def along(self, line: Sequence[Position]) -> list[str]:
        """List the passages that an unwrapped line crosses, in order, each once where it is crossed again at once."""
        points = np.array(line)
        points[:, 0] -= 360 * np.round((points[0, 0]) / 360)
        shifts = [turn for turn in (-360.0, 0.0, 360.0) if abs(points[:, 0] - turn).min() <= 180]
        found = []
        for turn in shifts:
            start, end = points[:-1, None] - (turn, 0), points[1:, None] - (turn, 0)
            first, last = self.ends[None, :, :2], self.ends[None, :, 2:]
            sides = _left(first, last, start) != _left(first, last, end)
            found.append(np.argwhere(sides & (_left(start, end, first) != _left(start, end, last))))
        names = [self.ids[gate] for _, gate in sorted(map(tuple, np.concatenate(found).tolist()))]
        return [name for before, name in zip([None, *names], names, strict=False) if name != before]

    @cached_property
    def positions(self) -> dict[str, NDArray[np.float64]]:
        """The ends of each gate, (2, 2)."""
        return {name: ends.reshape(2, 2) for name, ends in zip(self.ids, self.ends, strict=True)}


def _listed(members: Mapping[str, tuple[str, ...]]) -> NDArray[np.str_]:
    """Write ids and their members, one a row."""
    return np.array([" ".join((name, *others)) for name, others in members.items()])


def _unlisted(rows: NDArray[np.str_]) -> dict[str, tuple[str, ...]]:
    """Read what `_listed` wrote."""
    return {row.split()[0]: tuple(row.split()[1:]) for row in rows.tolist()}


def _ahead(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> bool:
    """Tell whether `c` lies left of the line from `a` to `b`."""
    return (bx - ax) * (cy - ay) > (by - ay) * (cx - ax)


def _cross(first: NDArray[np.float64], last: NDArray[np.float64], gate: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which segments cross a gate, on the plane of longitude and latitude."""
    start, end = gate[:2], gate[2:]
    sides: NDArray[np.bool_] = _left(start, end, first) != _left(start, end, last)
    sides &= _left(first, last, start) != _left(first, last, end)
    return sides


def _left(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which `c` lie left of the line from `a` to `b`."""
    along, toward = b - a, c - a
    left: NDArray[np.bool_] = along[..., 0] * toward[..., 1] > along[..., 1] * toward[..., 0]
    return left
