"""Gathers what the page says, brings the .po files up to date, and compiles them to routes/maps/words/*.json.

    python translations/build.py            # needs the extra "build" (babel)
    python translations/build.py --check    # writes nothing; fails where a file would change or a message has no words

A message is English; what tells it apart stands before a bar ("mode|sea") and is its msgctxt. A new message has an
empty msgstr in every .po: fill it in and run this again. Messages with a number are compiled to the categories of
CLDR (one, two, few, many, other), which Intl.PluralRules tells in the browser.
"""

from __future__ import annotations

import io
import json
import sys
from gettext import c2py  # type: ignore[attr-defined]
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from geodata.places import Feature
from routes.maps import assets, drawing, page, tongues

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
RUNTIME = HERE.parent / "routes" / "maps" / "runtime"
WORDS = HERE.parent / "routes" / "maps" / "words"
CALLS = {"reason": None, "t": None, "tNodes": None, "tn": (1, 2)}
SAMPLES = (*range(201), 1_000, 1_000_000)

Message = str | tuple[str, str]


def messages() -> Iterator[tuple[str, Message]]:
    """Give every message and where it stands: calls in the runtime, labels of the style, kinds of places, Python's."""
    for name in assets.RUNTIME:
        with (RUNTIME / name).open("rb") as script:
            for _, message, _, _ in extract("javascript", script, keywords=CALLS, options={"parse_template_string": True}):
                if "${" not in str(message):
                    yield f"runtime/{name}", message
    style = json.loads(assets.style_json())
    for table in ("modes", "factualities"):
        yield from ((f"style.json {table}", f"{table}|{one['label']}") for one in style[table].values())
    yield from (
        ("geodata.places.Feature", f"kind|{feature.value}") for feature in Feature if feature is not Feature.ADMIN
    )
    yield "drawing.py", drawing.UNTITLED
    yield "page.py", page.WITHOUT_SCRIPTS


def template() -> Catalog:
    """Gather the messages into an empty catalogue."""
    catalog = Catalog(header_comment="# What the page says.", fuzzy=False)
    for where, message in messages():
        context, bar, rest = message.partition("|") if isinstance(message, str) else ("", "", message)
        catalog.add(rest if bar else message, context=context if bar else None, locations=[(where, None)])
    return catalog


def brought_up(language: str, gathered: Catalog) -> Catalog:
    """Read a .po file, with the messages of today; one that is gone is kept aside, should it come again."""
    path = HERE / f"{language}.po"
    catalog = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
    for message in catalog.obsolete.values():
        catalog.add(message.id, message.string, context=message.context)
    catalog.obsolete.clear()
    catalog.update(gathered, no_fuzzy_matching=True, update_creation_date=False)
    catalog.fuzzy = False
    catalog.header_comment = "# What the page says; see build.py."
    return catalog


def written(catalog: Catalog) -> str:
    """Give a catalogue as the text of a .po file, without dates."""
    file = io.BytesIO()
    write_po(file, catalog, width=120, omit_header=False, sort_output=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')
    dated = (*dated, '"Project-Id-Version', '"Report-Msgid-Bugs-To')
    return "".join(line for line in file.getvalue().decode().splitlines(keepends=True) if not line.startswith(dated))


def compiled(catalog: Catalog) -> str:
    """Give a catalogue as JSON; a message that is said as in English is left out."""
    words: dict[str, str | dict[str, str]] = {}
    for message in catalog:
        if not message.id or not _has_words(message.string):
            continue
        one = message.id[0] if message.pluralizable else message.id
        key = f"{message.context}|{one}" if message.context else one
        words[key] = _forms(message.string, catalog) if message.pluralizable else message.string
    return json.dumps(dict(sorted(words.items())), ensure_ascii=False, indent=0) + "\n"


def _has_words(string: str | tuple[str, ...] | None) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


def _forms(strings: tuple[str, ...], catalog: Catalog) -> dict[str, str]:
    """Put gettext's numbered forms under the categories of CLDR; each category must mean one form for whole numbers."""
    rule = Locale.parse(catalog.locale).plural_form
    index = c2py(catalog.plural_expr)
    found: dict[str, set[int]] = {}
    for n in SAMPLES:
        found.setdefault(rule(n), set()).add(index(n))
    assert all(len(forms) == 1 for forms in found.values()), (catalog.locale, found)
    forms = {category: strings[next(iter(numbers))] for category, numbers in sorted(found.items())}
    return {**forms, "other": forms.get("other", strings[-1])}


def main() -> int:
    """Bring the files up to date, or tell which are not."""
    check = "--check" in sys.argv
    gathered, stale = template(), []
    for language in tongues.LANGUAGES:
        if language == tongues.ENGLISH:
            continue
        catalog = brought_up(language, gathered)
        bare = [it.id for it in catalog if it.id and not _has_words(it.string)]
        print(f"{language}: {len(catalog)} messages, {len(bare)} without words", *bare, sep="\n   ")
        for path, text in (
            (HERE / f"{language}.po", written(catalog)),
            (WORDS / f"{language}.json", compiled(catalog)),
        ):
            if not path.exists() or path.read_text("utf-8") != text:
                stale.append(path.name)
                if not check:
                    path.write_text(text, "utf-8")
        if bare:
            stale.append(language)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
