"""Make a dump of the form of GeoNames: the same count, the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SYLLABLES = "ka lo mi ten ra shu vel do pur gan zi bek na to rim sal ho que ber ust wo ji fan led".split()
CYRILLIC = "ка ло ми тен ра шу вел до пур ган зи бек на то рим сал хо кве бер уст во жи фан лед".split()
KINDS = [
    "P\tPPL",
    "P\tPPL",
    "P\tPPLA",
    "A\tADM1",
    "H\tSTM",
    "H\tSTRT",
    "S\tRSTN",
    "S\tHTL",
    "S\tAIRP",
    "T\tISL",
    "L\tPRT",
    "R\tRD",
]
COUNTRIES = ["RU", "KP", "CN", "DE", "US", "IR", "ZA", "BR"]
STEP = 7  # ids have gaps


def name_of(number: int, syllables: list[str]) -> str:
    """Spell a number in syllables, six at least; no two numbers alike."""
    spelled, rest = "", number * 2_654_435_761 % 2**32
    for _ in range(7):
        rest, digit = divmod(rest, len(syllables))
        spelled += syllables[digit]
    return spelled.capitalize()


def id_of(number: int) -> int:
    """Give the id of the place made of a number."""
    return 100_000 + STEP * number


def write_dump(folder: Path, count: int) -> tuple[Path, Path]:
    """Write allCountries.txt and alternateNamesV2.txt, as in the dump not in the order of ids."""
    places, names = folder / "allCountries.txt", folder / "alternateNamesV2.txt"
    with places.open("w", encoding="utf-8") as file, names.open("w", encoding="utf-8") as others:
        for turn in range(count):
            number = turn * 7919 % count if count % 7919 else turn
            identifier, name = id_of(number), name_of(number, SYLLABLES)
            latitude, longitude = (number * 31 % 17_000 - 8_500) / 100, (number * 17 % 35_900 - 17_950) / 100
            kind, country = KINDS[number % len(KINDS)], COUNTRIES[number % len(COUNTRIES)]
            people = 10 ** (number % 7) if kind.startswith("P") else 0
            head = f"{identifier}\t{name}\t{name}\t\t{latitude}\t{longitude}\t{kind}\t{country}"
            file.write(f"{head}\t\t{number % 90:02}\t\t\t\t{people}\t\t\tEurope/Moscow\t2024-01-01\n")
            others.write(f"{2 * turn}\t{identifier}\tru\t{name_of(number, CYRILLIC)}\t\t\t\t\t\t\n")
            if not number % 10:
                others.write(f"{2 * turn + 1}\t{identifier}\tlink\thttps://en.wikipedia.org/wiki/{name}\t\t\t\t\t\t\n")
    return places, names
