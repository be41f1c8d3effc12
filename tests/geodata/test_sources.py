from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

GEODATA = Path(__file__).parents[2] / "geodata"


@pytest.fixture(scope="module")
def sources() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((GEODATA / "sources.toml").read_text(encoding="utf-8"))


def test_every_source_says_where_it_is_from(sources: dict[str, list[dict[str, Any]]]) -> None:
    for source in sources["source"]:
        for key in ("file", "title", "url", "licence", "version", "retrieved", "sha256"):
            assert source[key], source


def test_every_data_file_has_its_hash_and_script(sources: dict[str, list[dict[str, Any]]]) -> None:
    for data in sources["data"]:
        path = GEODATA / "data" / data["file"]
        assert sha256(path.read_bytes()).hexdigest() == data["sha256"], data["file"]
        assert (GEODATA / "build" / data["script"]).is_file()


def test_no_data_file_is_an_orphan(sources: dict[str, list[dict[str, Any]]]) -> None:
    there = {path.name for path in (GEODATA / "data").iterdir() if not path.name.startswith((".", "__"))}
    assert there == {data["file"] for data in sources["data"]}


def test_the_data_stays_small() -> None:
    """Places under 40 MB, and all with the networks under 50 MB."""
    sizes = {path.name: path.stat().st_size for path in (GEODATA / "data").iterdir()}
    assert sum(size for name, size in sizes.items() if not name.endswith(".npz") and name != "basemap.json") < 40e6
    assert sum(sizes.values()) < 50e6
