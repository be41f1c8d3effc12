from __future__ import annotations

import pytest

from geodata.regions import Regions


@pytest.fixture(scope="module")
def regions() -> Regions:
    return Regions.load()


@pytest.mark.parametrize(
    ("country", "neighbours"),
    [
        ("KP", "CN KR RU"),
        ("RU", "AZ BY CN EE FI GE KP KZ LT LV MN NO PL UA"),
        ("GE", "AM AZ RU TR"),
        ("UA", "BY HU MD PL RO RU SK"),
        ("EG", "IL LY PS SD"),
        ("EH", "DZ MA MR"),
        ("LS", "ZA"),
        ("SG", "MY"),
        ("JP", ""),
        ("??", ""),
    ],
)
def test_land_borders(regions: Regions, country: str, neighbours: str) -> None:
    assert regions.neighbours(country) == tuple(neighbours.split())


@pytest.mark.parametrize(
    ("one", "other"), [("DK", "SE"), ("MA", "MR"), ("VG", "VI"), ("BH", "SA"), ("TR", "CY"), ("US", "RU")]
)
def test_water_or_another_land_parts_them(regions: Regions, one: str, other: str) -> None:
    assert other not in regions.neighbours(one)


def test_borders_have_two_sides(regions: Regions) -> None:
    codes = [place_id.removeprefix("country:") for place_id in regions.ids() if place_id.startswith("country:")]
    for code in codes:
        neighbours = regions.neighbours(code)
        assert code not in neighbours
        assert list(neighbours) == sorted(set(neighbours))
        assert all(code in regions.neighbours(other) for other in neighbours)
