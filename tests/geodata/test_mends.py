"""The tables that mend the tracks: every row can be checked, and leads somewhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from geodata.networks import Network
from geodata.position import Position, distance_km, length_km

MENDS = Path(__file__).parents[2] / "geodata" / "build" / "mends"


def rows(table: str) -> list[dict[str, str]]:
    with (MENDS / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def points(row: dict[str, str]) -> list[Position]:
    return [Position(*map(float, point.split())) for point in row["points"].split(";")]


def test_every_row_has_a_source_or_a_reason() -> None:
    assert all(row["source"] for row in rows("links"))
    assert all(row["reason"] for row in rows("closed") + rows("cuts"))


@pytest.mark.parametrize("row", rows("links"), ids=lambda row: f"{row['mode']}: {row['name']}")
def test_a_link_is_about_as_long_as_it_lies_wide(row: dict[str, str]) -> None:
    straight_km = length_km(points(row))
    assert len(points(row)) > 1
    if row["km"]:
        assert straight_km * 0.99 <= float(row["km"]) <= 3 * straight_km


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_links_are_in_the_network(mode: str) -> None:
    network = Network.load(mode)
    for row in (row for row in rows("links") if row["mode"] == mode):
        first, last = points(row)[0], points(row)[-1]
        opened = frozenset({row["passage"]} if row["default"] == "off" else ())
        path = network.path(first, last, reach_km=(2, 2), opened=opened)
        told_km = float(row["km"] or 0) or length_km(points(row))
        assert path is not None, row["name"]
        assert path.length_km <= told_km + 2, row["name"]
        assert max(path.snap_km) < 1, row["name"]
        assert distance_km(first, last) - 2 <= path.length_km, row["name"]
