from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.progress import Progress

from geodata.compile import compile_dump, main
from geodata.gazetteer import Feature, Gazetteer
from geodata.geonames import feature_of
from geodata.names import fold

if TYPE_CHECKING:
    from types import ModuleType

DUMP = Path(__file__).parents[1] / "benchmarks" / "dump.py"
MILLION = 1_000_000
MOST_MB = 250  # what compiling a million places may take: 130 when measured, of which the interpreter has 80
MEASURED = """
import re, sys
from pathlib import Path
from geodata.compile import main
try:
    main(sys.argv[1:])
finally:
    # not getrusage: its peak is carried over from the process that started this one
    print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
MOSCOW = (
    "524901\tMoscow\tMoscow\tMoskau,Moskva\t55.75222\t37.61556\tP\tPPLC"
    "\tRU\t\t48\t\t\t\t10381222\t\t144\tEurope/Moscow\tx"
)
STRAIT = "385\tKertsch\tKertsch\t\t45.2\t36.6\tH\tSTRT\tUA\t\t\t\t\t\t0\t\t\tEurope/Kiev\tx"
HOTEL = "9\tHotel Moscow\tHotel Moscow\t\t55.7\t37.6\tS\tHTL\tRU\t\t48\t\t\t\t0\t\t\tEurope/Moscow\tx"
NAMES = """1\t524901\tde\tMoskau\t\t\t\t\t\t
2\t524901\tru\tМосква\t1\t\t\t\t\t
3\t524901\tru\tПервопрестольная\t\t\t1\t\t\t
4\t524901\tlink\thttps://en.wikipedia.org/wiki/Moscow\t\t\t\t\t\t
5\t524901\tiata\tMOW\t\t\t\t\t\t
6\t9\ten\tThe Moscow\t\t\t\t\t\t
7\t385\t\tМост\t\t\t\t\t\t
"""


@pytest.fixture(scope="module")
def dump() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dump", DUMP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled(folder: Path, places: str, names: str | None = None) -> Path:
    (folder / "allCountries.txt").write_text(places, "utf-8")
    if names is not None:
        (folder / "alternateNamesV2.txt").write_text(names, "utf-8")
    told = folder / "alternateNamesV2.txt" if names is not None else None
    with Progress(console=Console(stderr=True), disable=True) as progress:
        compile_dump(folder / "allCountries.txt", told, folder / "made", progress)
    return folder / "made"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder = tmp_path_factory.mktemp("small")
    return Gazetteer.load(compiled(folder, f"{MOSCOW}\n{STRAIT}\n{HOTEL}\n", NAMES))


def test_a_dump_keeps_places_and_the_languages_of_their_names(small: Gazetteer) -> None:
    assert [place.id for place in small] == ["geonames:385", "geonames:524901"]
    moscow = small.place("geonames:524901")
    assert (moscow.name, moscow.country, moscow.admin, moscow.population) == ("Moscow", "RU", "48", 10_381_222)
    assert moscow.position == pytest.approx((37.61556, 55.75222))
    assert dict(moscow.names) == {"de": ("Moskau",), "ru": ("Москва", "Первопрестольная")}
    assert "its name in de" in small.candidates("Moskau", "de")[0].why
    strait = small.place("geonames:385")
    assert (strait.feature, strait.names["und"]) == (Feature.STRAIT, ("Мост",))


@pytest.mark.parametrize("name", ["MOW", "Hotel Moscow", "The Moscow", "https://en.wikipedia.org/wiki/Moscow"])
def test_codes_links_and_hotels_are_no_places(small: Gazetteer, name: str) -> None:
    assert small.candidates(name) == ()


def test_without_alternate_names_those_of_the_first_file_count(tmp_path: Path) -> None:
    gazetteer = Gazetteer.load(compiled(tmp_path, MOSCOW + "\n"))
    assert gazetteer.place("geonames:524901").names == {"und": ("Moskau", "Moskva")}
    assert gazetteer.candidates("Moskva")


def test_over_ours_the_written_entries_stay(small: Gazetteer, tmp_path: Path) -> None:
    both = Gazetteer.load().extend(compiled(tmp_path, MOSCOW + "\n", NAMES))
    assert both.candidates("Naher Osten", "de")[0].place.id == "region:middle-east"
    assert both.candidates("Первопрестольная")[0].place.id == "geonames:524901"
    ids = [candidate.place.id for candidate in both.candidates("Moscow")]
    assert len(ids) == len(set(ids)) > 1
    assert both.place("geonames:524901").names["de"] == ("Moskau",)
    assert len(both) == len(Gazetteer.load())


@pytest.mark.parametrize(
    ("kind", "code", "feature"),
    [
        ("P", "PPLA", Feature.TOWN),
        ("A", "PCLI", Feature.COUNTRY),
        ("A", "ADM2", Feature.ADMIN),
        ("H", "STMI", Feature.RIVER),
        ("H", "LK", Feature.WATER),
        ("H", "HBR", Feature.PORT),
        ("L", "PRT", Feature.PORT),
        ("L", "RGN", Feature.REGION),
        ("S", "RSTN", Feature.STATION),
        ("S", "AIRB", Feature.AIRPORT),
        ("S", "CH", None),
        ("T", "ISLS", Feature.ISLAND),
        ("T", "CAPE", Feature.CAPE),
        ("R", "RD", None),
        ("U", "RDGU", None),
        ("", "", None),
    ],
)
def test_feature_codes(kind: str, code: str, feature: Feature | None) -> None:
    assert feature_of(kind, code) == feature


def test_the_same_dump_gives_the_same_bytes_also_from_a_zip(dump: ModuleType, tmp_path: Path) -> None:
    sources = dump.write_dump(tmp_path, 3_000)
    zipped = []
    for source in sources:
        with zipfile.ZipFile(source.with_suffix(".zip"), "w") as archive:
            archive.write(source, source.name)
        zipped.append(source.with_suffix(".zip"))
    with Progress(console=Console(stderr=True), disable=True) as progress:
        counts = [compile_dump(*pair, tmp_path / name, progress) for name, pair in (("a", sources), ("b", zipped))]
    assert counts[0] == counts[1] > 2_000
    files = sorted(path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file())
    assert files
    assert all((tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes() for path in files)


@pytest.mark.parametrize("line", ["no dump", "x\t" * 18, "\t" * 18, "-5" + "\tx" * 18])
def test_what_is_no_dump_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "places.txt").write_text(line + "\n", "utf-8")
    result = CliRunner().invoke(main, [str(tmp_path / "places.txt"), "-o", str(tmp_path / "made")])
    assert result.exit_code == 1
    assert "line 1" in result.stderr
    assert not list((tmp_path / "made").iterdir())


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "of my friends.txt").write_text("Ada", "utf-8")
    (tmp_path / "allCountries.txt").write_text(MOSCOW, "utf-8")
    result = CliRunner().invoke(main, [str(tmp_path / "allCountries.txt"), "-o", str(tmp_path)])
    assert result.exit_code == 1
    assert "something else" in result.stderr
    assert (tmp_path / "names" / "of my friends.txt").read_text("utf-8") == "Ada"


def test_a_million_places_in_bounded_memory(dump: ModuleType, tmp_path: Path) -> None:
    sources = dump.write_dump(tmp_path, MILLION)
    command = [sys.executable, "-c", MEASURED, *map(str, sources), "-o", str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < MOST_MB
    gazetteer = Gazetteer.load(tmp_path / "made")
    assert len(gazetteer) == MILLION - sum(number % len(dump.KINDS) in {7, 11} for number in range(MILLION))
    for number in range(0, MILLION, 9_997):
        if number % len(dump.KINDS) in {7, 11}:  # hotels and roads
            continue
        for spelled, language in ((dump.SYLLABLES, "en"), (dump.CYRILLIC, "ru")):
            name = dump.name_of(number, spelled)
            assert f"geonames:{dump.id_of(number)}" in {it.place.id for it in gazetteer.candidates(name, language)}
    folded = fold(dump.name_of(6, dump.SYLLABLES) + " and on")
    assert len(fold(dump.name_of(6, dump.SYLLABLES))) in dict(gazetteer.prefixes(folded, 0))
    typo = dump.name_of(6, dump.SYLLABLES)[1:]
    assert f"geonames:{dump.id_of(6)}" in {it.place.id for it in gazetteer.candidates(typo, fuzzy=True)}
