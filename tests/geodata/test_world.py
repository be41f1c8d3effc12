from __future__ import annotations

from geodata.gazetteer import Gazetteer
from geodata.world import World


def test_the_world_opens_its_parts_once() -> None:
    world = World.load()
    assert world.gazetteer is world.gazetteer
    assert world.regions is world.regions
    assert world.network("rail") is world.network("rail") is not None


def test_there_is_no_network_of_the_air() -> None:
    assert World.load().network("air") is None
    assert World.load().network("../names.places") is None


def test_a_world_of_ones_own() -> None:
    gazetteer = Gazetteer.load()
    assert World(gazetteer=gazetteer).gazetteer is gazetteer
