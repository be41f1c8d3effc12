from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.gazetteer import DATA
from geodata.records import Records

if TYPE_CHECKING:
    from pathlib import Path

IDS = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(IDS, unique=True))
def test_each_record_is_found_by_its_id_and_reads_back(ids: list[str]) -> None:
    records = Records.of([{"id": place_id, "name": f"“{place_id}”"} for place_id in ids])
    assert list(records.ids()) == ids == [record["id"] for record in records]
    assert [records.number(place_id) for place_id in ids] == list(range(len(ids)))
    assert records.number("no such") is None or "no such" in ids
    assert records.number("half \ud83d") is None  # ids are also looked up that a file tells


def test_records_are_kept_sorted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sorted"):
        Records.of([{"id": "b"}, {"id": "a"}]).save(tmp_path)
    Records.of([{"id": "a"}, {"id": "b", "x": 1}]).save(tmp_path)
    assert Records.load(tmp_path)[1] == {"id": "b", "x": 1}
    assert Records.load(tmp_path)[:] == [{"id": "a"}, {"id": "b", "x": 1}]


def test_a_folder_without_records_has_none(tmp_path: Path) -> None:
    assert len(Records.load(tmp_path)) == 0


def test_ours_are_all_there() -> None:
    records = Records.load(DATA)
    assert all(records.number(place_id) == number for number, place_id in enumerate(records.ids()))
    with pytest.raises(IndexError):
        records[len(records)]
