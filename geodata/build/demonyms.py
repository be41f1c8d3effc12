"""Compile the demonyms: ``python geodata/build/demonyms.py`` reads demonyms.toml and writes demonyms.json."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from babel import Locale
from record import record

from geodata.demonyms import languages, look_up
from geodata.names import fold

HERE = Path(__file__).parent
DATA = HERE.parent / "data"


def compiled() -> dict[str, dict[str, dict[str, str] | list[str]]]:
    """Part words from stems, and find the words that also are the name of a country in their language."""
    written = tomllib.loads((HERE / "demonyms.toml").read_text(encoding="utf-8"))
    if tuple(sorted(written)) != languages():
        raise ValueError(f"demonyms.toml has {sorted(written)}, but endings are known for {languages()}")
    short = tomllib.loads((HERE / "countries.toml").read_text(encoding="utf-8"))
    found = {}
    for language in languages():
        table = _table(written[language], language)
        names = {
            *Locale(language).territories.values(),
            *(name for of in short.values() for name in of.get(language, ())),
        }
        of_countries = {key for name in names if look_up(key := fold(name), table, language)}
        found[language] = {**table, "names": sorted(of_countries)}
    return found


def _table(countries: dict[str, str], language: str) -> dict[str, dict[str, str]]:
    """Fold the words of one language; in English all of them have a plural."""
    table: dict[str, dict[str, str]] = {"words": {}, "stems": {}}
    for code, words in sorted(countries.items()):
        for word in words.split(","):
            kind = "stems" if word.endswith("*") or language == "en" else "words"
            key = fold(word.replace("*", ""))
            if table[kind].setdefault(key, code) != code:
                raise ValueError(f"demonyms.toml: {word!r} in {language} is of {code} and of {table[kind][key]}")
    return table


def main() -> None:
    """Write the words and say how many there are."""
    found = compiled()
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (DATA / "demonyms.json").write_text(text + "\n", encoding="utf-8")
    record(["demonyms.json"], "demonyms.py")
    for language, table in found.items():
        codes = {*table["words"].values(), *table["stems"].values()}
        print(f"{language}: {len(table['words']) + len(table['stems'])} words of {len(codes)} countries")


if __name__ == "__main__":
    main()
