"""Trunk pipelines: their lines, and the networks of oil and gas that they make."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from geodata.gazetteer import DATA
from geodata.networks import Network
from geodata.position import Position, distance_km

BUILD = Path(__file__).parents[2] / "geodata" / "build"
PIPELINES = tomllib.loads((BUILD / "pipelines.toml").read_text(encoding="utf-8"))
STATUS = {"laid", "idle", "damaged", "under construction", "planned"}
LAID = sorted(name for name, told in PIPELINES.items() if told["status"] in {"laid", "idle", "damaged"})
# km, from the articles that pipelines.toml names
PUBLISHED = {
    "pipeline:nord-stream-1": 1224,
    "pipeline:btc": 1768,
    "pipeline:tanap": 1850,
    "pipeline:tap": 878,
    "pipeline:cpc": 1511,
    "pipeline:east-west": 1201,
    "pipeline:blue-stream": 1213,
    "pipeline:taps": 1288,
    "pipeline:trans-mountain": 1150,
    "pipeline:langeled": 1166,
    "pipeline:chad-cameroon": 1070,
    "pipeline:kirkuk-ceyhan": 970,
    "pipeline:brotherhood": 4451,
    "pipeline:niger-benin": 1950,
    "pipeline:greenstream": 520,
    "pipeline:sumed": 320,
}


@pytest.fixture(scope="module")
def pipeline() -> Network:
    return Network.load("pipeline")


@pytest.fixture(scope="module")
def passage() -> np.ndarray:
    with np.load(DATA / "pipeline.npz") as file:
        assert file["passages"].tolist() == ["", *LAID]
        return file["passage"]


def test_every_entry_is_told_in_full() -> None:
    assert len(PIPELINES) > 60
    for name, told in PIPELINES.items():
        assert name.startswith("pipeline:")
        assert told["carries"] in {"oil", "gas", "products", "ammonia"}, name
        assert told["status"] in STATUS, name
        assert ("since" in told) == (told["status"] in {"idle", "damaged"}), name
        assert {"en", "de", "ru"} <= told["names"].keys(), name
        assert told["source"].startswith("WP: "), name
        assert told["countries"], name
        assert all(len(points) > 1 for points in told["points"]), name


@pytest.mark.parametrize("name", LAID)
def test_a_pipeline_lies_in_its_countries(pipeline: Network, passage: np.ndarray, name: str) -> None:
    own = pipeline.edges[passage == LAID.index(name) + 1]
    assert {pipeline.codes[country] for country in pipeline.country[own].ravel()} == set(PIPELINES[name]["countries"])


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_lines_are_somewhat_shorter_than_the_pipelines(pipeline: Network, passage: np.ndarray, name: str) -> None:
    ends = pipeline.positions[pipeline.edges[passage == LAID.index(name) + 1]]
    km = sum(distance_km(Position(*first), Position(*last)) for first, last in ends.tolist())
    assert 0.8 < km / PUBLISHED[name] < 1.05


@pytest.mark.parametrize(
    ("origin", "destination", "countries"),
    [
        ((52.3, 54.9), (14.28, 53.06), ("RU", "BY", "PL", "DE")),  # Almetyevsk - Schwedt
        ((52.3, 54.9), (18.92, 47.32), ("RU", "BY", "UA", "HU")),  # Almetyevsk - Szazhalombatta
        ((28.75, 60.71), (13.65, 54.1), ("RU", "DE")),  # Vyborg - Lubmin: no country at sea
        ((49.4, 40.2), (35.8, 37.0), ("AZ", "GE", "TR")),  # Sangachal - Ceyhan
        ((49.4, 40.2), (18.4, 40.27), ("AZ", "GE", "TR", "GR", "AL", "IT")),  # Sangachal - Melendugno
        ((53.4, 46.1), (37.77, 44.72), ("KZ", "RU")),  # Tengiz - Novorossiysk
        ((44.39, 35.47), (35.82, 37.03), ("IQ", "TR")),  # Kirkuk - Ceyhan
        ((76.6, 66.1), (22.3, 48.6), ("RU", "UA")),  # Novy Urengoy - Uzhhorod
        ((93.55, 19.43), (102.7, 25.05), ("MM", "CN")),  # Kyaukpyu - Kunming
    ],
)
def test_a_way_by_pipeline(
    pipeline: Network, origin: tuple[float, float], destination: tuple[float, float], countries: tuple[str, ...]
) -> None:
    path = pipeline.path(Position(*origin), Position(*destination))
    assert path is not None
    assert path.countries == countries
    assert max(path.snap_km) < 12


def test_oil_and_gas_never_meet(pipeline: Network, passage: np.ndarray) -> None:
    carries = np.array(["", *(PIPELINES[name]["carries"] for name in LAID)])[passage]
    for component in np.unique(pipeline._component):
        assert len(set(carries[pipeline._component[pipeline.edges[:, 0]] == component])) == 1


def test_nodes_are_dense(pipeline: Network) -> None:
    ends = pipeline.positions[pipeline.edges[::20]]
    assert max(distance_km(Position(*first), Position(*last)) for first, last in ends.tolist()) < 20
