from __future__ import annotations

import json
import re

import pytest

from routes import maps
from routes.errors import FormatError
from routes.maps.tiles import tiles_of

EMPTY = {"type": "FeatureCollection", "features": []}


def images_of(html: str) -> str:
    found = re.search(r"img-src ([^;]*);", html)
    assert found
    return found[1]


def test_a_page_fetches_no_tiles_unless_asked() -> None:
    html = maps.draw(EMPTY).get_root().render()
    assert images_of(html) == "data:"
    assert 'id="tiles"' not in html


def test_tiles_widen_the_policy_for_their_servers_only() -> None:
    html = maps.draw(EMPTY, tiles="OpenStreetMap.Mapnik").get_root().render()
    assert images_of(html) == "data: https://tile.openstreetmap.org"
    assert "default-src 'none'" in html
    found = re.search(r'<script type="application/json" id="tiles">(.*?)</script>', html)
    assert found
    told = json.loads(found[1])
    assert told["name"] == "OpenStreetMap.Mapnik"
    assert told["attribution"] == "(C) OpenStreetMap contributors"


def test_each_server_of_a_provider_is_named() -> None:
    assert tiles_of("OpenTopoMap").origins == tuple(f"https://{letter}.tile.opentopomap.org" for letter in "abc")


@pytest.mark.parametrize("name", ["nobody", "", "Thunderforest.Landscape", "CartoDB.Positron"])
def test_what_cannot_be_fetched_is_refused(name: str) -> None:
    with pytest.raises(FormatError):
        tiles_of(name)
