"""China's prefectures, counties, banners, districts and county-level cities, by their official codes.

Codes, names and positions come with cpca; pinyin from pypinyin. A unit is added under those of its names - with and
without its "county" - that no town or entry near it bears; Japanese and Korean texts' spellings follow sinitic.py.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import sinitic
from pypinyin import lazy_pinyin
from wordfreq import get_frequency_dict
from written import Entry

if TYPE_CHECKING:
    from pathlib import Path

    from nearby import Named

CPCA = "cpca-0.5.5-py3-none-any.whl"
IMPORTANCE = 0.33
SAME_KM = 60
_ORDINARY = 3e-6  # share of running words from which a short name is left to the dictionary
_SORTS = {
    "自治县": ("Autonomous County", "자치현"), "自治旗": ("Autonomous Banner", "자치기"),
    "自治州": ("Autonomous Prefecture", "자치주"), "地区": ("Prefecture", "지구"),
    "林区": ("Forestry District", "림구"),
    "特区": ("Special District", "특구"), "新区": ("New Area", "신구"), "县": ("County", "현"),
    "区": ("District", "구"), "市": ("", "시"),
    "旗": ("Banner", "기"), "盟": ("League", "맹"),
}  # fmt: skip
_SHORTER = {"自治县": "{}县", "自治州": "{}州"}
_RADIUS_KM = {"区": 12, "市": 30, "县": 25, "旗": 50}
# Characters of several sounds, as these names read them.
_READ = {
    "朝阳": "chao yang", "乐亭": "lao ting", "乐清": "yue qing", "六安": "lu an", "六合": "lu he", "蔚": "yu",
    "单": "shan", "莘": "shen", "东阿": "dong e", "浚": "xun", "洪洞": "hong tong", "尉犁": "yu li", "涡阳": "guo yang",
    "枞阳": "zong yang", "歙": "she", "台州": "tai zhou", "丽水": "li shui", "长子": "zhang zi", "番禺": "pan yu",
}  # fmt: skip
# What stands before these is a bearing or a word, no name: 市辖区, 城区, 市中区, 东区.
_NAMELESS = re.compile(
    r"市辖.*|.*直辖.*|.?城?区|市[中南北]区|[东西南北矿郊山新林牧农]区|[县市]|.*(?:开发区|园区|管理区|新技术.*)"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    name: str
    longitude: float
    latitude: float


def chinese_counties(folder: Path, named: Named) -> list[Entry]:
    """Units to add; `folder` holds the archive, `named` tells who bears a name already."""
    units, nations = _read(folder / CPCA)
    found = []
    for unit in units:
        short, sort = _parted(unit.name, nations)
        if not sort or _NAMELESS.fullmatch(unit.name):
            continue
        names = [unit.name, *_SHORTER.get(sort, "").format(short).split(), *([short] if _is_name(short) else [])]
        missing = [name for name in names if not named.near(name, unit.longitude, unit.latitude, SAME_KM)]
        if missing:
            found.append(_entry(unit, short, sort, missing))
    return found


def _entry(unit: _Unit, short: str, sort: str, names: list[str]) -> Entry:
    latin, korean = _SORTS[sort]
    syllables = _READ[short].split() if short in _READ else lazy_pinyin(short, v_to_u=False)
    pinyin = " ".join(part for part in ("".join(syllables).capitalize(), latin) if part)
    sound = sinitic.hangul(syllables)
    return Entry(
        id=f"county:CN-{unit.code}",
        name=pinyin,
        longitude=round(unit.longitude, 2),
        latitude=round(unit.latitude, 2),
        radius_km=_RADIUS_KM.get(sort, 60),
        feature="admin",
        importance=IMPORTANCE,
        names={"en": [pinyin], "zh": names, **({"ko": [sound + korean]} if sound else {})},
        country="CN",
        also={
            "zh": [sinitic.traditional(name) for name in names],
            "ja": [sinitic.japanese(name) for name in names],
        },
    )


def _parted(name: str, nations: list[str]) -> tuple[str, str]:
    """Part a name from the word for its sort, and from the nations that its autonomy is of."""
    sort = next((sort for sort in _SORTS if name.endswith(sort)), "")
    short = name.removesuffix(sort)
    if sort.startswith("自治"):
        while nation := next((nation for nation in nations if short.endswith(nation) and short != nation), ""):
            short = short.removesuffix(nation)
    return short, sort


def _is_name(short: str) -> bool:
    """Whether a name is no ordinary Chinese word, nor a Japanese one: 平和 is a county, and peace."""
    spellings = {short, sinitic.traditional(short), sinitic.japanese(short)}
    shares = (_frequencies(language).get(name, 0) for language in ("zh", "ja") for name in spellings)
    return len(short) > 1 and max(shares) < _ORDINARY


@cache
def _frequencies(language: str) -> dict[str, float]:
    return get_frequency_dict(language, "large")


def _read(archive: Path) -> tuple[list[_Unit], list[str]]:
    """Read the units by code, and the names of nations, the longest first, with and without their 族."""
    with zipfile.ZipFile(archive) as wheel:
        table = wheel.read("cpca/resources/adcodes.csv").decode()
        nations = wheel.read("cpca/resources/56_nations.csv").decode().split()
    units = [
        _Unit(row["adcode"][:6], row["name"], float(row["longitude"]), float(row["latitude"]))
        for row in csv.DictReader(io.StringIO(table))
        if row["longitude"] and row["adcode"].endswith("000000") and not row["adcode"][:6].endswith("0000")
    ]
    spellings = {*nations, *(nation.removesuffix("族") for nation in nations if len(nation) > 2), "各族"}
    return sorted(units, key=lambda unit: unit.code), sorted(spellings, key=lambda nation: (-len(nation), nation))
