"""Reading reports: one from a text file or a stream, many from a JSONL file."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import py3langid

from routes.errors import ReportError
from routes.model import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from routes.model import Said

STDIN = "-"
BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
UNREAD_SUFFIXES = {".pdf", ".docx", ".doc", ".odt", ".eml", ".html", ".htm"}
# Too few letters tell no language: "Tripoli" alone is any.
LETTERS_FOR_LANGUAGE = 12
LONGEST_HEADLINE = 150
# Languages that reports are written in. The identifier knows more, and takes short English for Nigerian Pidgin.
LANGUAGES = frozenset(
    "am ar az be bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk km ko ku ky lt lv mk mn ms my "
    "ne nl no pl ps pt ro ru sk sl so sq sr sv sw ta th tr uk ur vi zh".split()
)


def read_report(source: str | Path, *, language: str | None = None, encoding: str | None = None) -> Report:
    """Read one report.

    Parameters
    ----------
    source : str or Path
        A text or Markdown file, or ``"-"`` for standard input.
    language : str, optional
        BCP 47 tag; told from the text where it is not given.
    encoding : str, optional
        Of the file; by default UTF-8, or what its byte order mark says.

    Returns
    -------
    Report
        With the text as it stands in the file, so that all offsets are the file's.

    Raises
    ------
    ReportError
        Where the file is missing, a directory, empty, binary, in another encoding, or holds many reports.
    """
    reports = tuple(read_reports(source, language=language, encoding=encoding))
    if len(reports) != 1:
        raise ReportError(f"{source} holds {len(reports)} reports; use routes.read_reports to read them all")
    return reports[0]


def read_reports(source: str | Path, *, language: str | None = None, encoding: str | None = None) -> Iterator[Report]:
    """Read every report of a source; a ``.jsonl`` file holds one a line, any other file is one.

    A line is an object with ``text`` and, where known, ``id``, ``lang``, ``published``, ``title``, ``publisher``,
    ``url`` and ``places``, an object that says of names in it which place they mean: an id, ``[longitude, latitude]``,
    or null for none. Parameters and errors are those of `read_report`; an error names the line.
    """
    path = Path(source)
    data = _read_bytes(source, path)
    if str(source) != STDIN and path.suffix.lower() == ".jsonl":
        text = _decode(data, str(source), encoding)
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield _report_of_line(line, f"{source}, line {number}", f"{path.stem}-{number}", language)
    else:
        name = "stdin" if str(source) == STDIN else path.stem
        text = _decode(data, str(source), encoding)
        if not text.strip():
            raise ReportError(f"{source} is empty: there is nothing to read")
        yield Report(
            text=text,
            id=name,
            language=language or language_of(text),
            sha256=hashlib.sha256(data).hexdigest(),
            title=headline_of(text),
        )


def report_of(text: str, *, id: str = "report", language: str | None = None) -> Report:  # noqa: A002 - the noun's own name for it
    """Make a report of a text at hand.

    Parameters
    ----------
    text : str
    id : str
        What the report is called in findings.
    language : str, optional
        BCP 47 tag; told from the text where it is not given.
    """
    return Report(
        text=text,
        id=id,
        language=language or language_of(text),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def headline_of(text: str) -> str | None:
    """Tell the headline: a short first line without a full stop, with more text below it; None where there is none."""
    first, _, rest = text.strip().partition("\n")
    headline = first.strip().lstrip("#").strip()
    plausible = 0 < len(headline) <= LONGEST_HEADLINE and not headline.endswith((".", "。", "؟", "۔"))
    return headline if plausible and rest.strip() else None


def language_of(text: str) -> str:
    """Tell the language of a text, as an ISO 639-1 code, or ``"und"`` where it has too few letters to tell.

    The method is py3langid's (Lui and Baldwin 2012, langid.py), a multinomial naive Bayes over byte n-grams.
    """
    if sum(map(str.isalpha, text[:1000])) < LETTERS_FOR_LANGUAGE:
        return "und"
    # 20,000 characters decide as well as 5 million, and a lone surrogate has no bytes.
    sample = text[:20_000].encode("utf-8", "ignore").decode("utf-8")
    return next((str(code) for code, _ in py3langid.rank(sample) if code in LANGUAGES), "und")


def _read_bytes(source: str | Path, path: Path) -> bytes:
    if str(source) == STDIN:
        return sys.stdin.buffer.read()
    if path.suffix.lower() in UNREAD_SUFFIXES:
        raise ReportError(f"{source}: {path.suffix} files are not read yet; save the article as plain text (.txt)")
    if path.is_dir():
        raise ReportError(f"{source} is a directory; name the report files in it, such as {path / '*.txt'}")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError(f"{source} does not exist") from None
    except (OSError, ValueError) as error:
        raise ReportError(f"{source} cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _decode(data: bytes, source: str, encoding: str | None) -> str:
    guess = encoding or next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(guess)
    except LookupError:
        raise ReportError(f"{guess!r} is no encoding that Python knows; try utf-8, cp1252, cp1251 or euc-kr") from None
    except UnicodeDecodeError as error:
        if b"\x00" in data:
            raise ReportError(f"{source} is a binary file, not a text") from None
        raise ReportError(
            f"{source} is not in {guess} (byte {error.object[error.start]:#04x} at {error.start}); "
            "say which encoding it is in, such as --encoding cp1252 or --encoding cp1251"
        ) from None
    if "\x00" in text:
        raise ReportError(f"{source} is a binary file, not a text")
    return text


def _report_of_line(line: str, where: str, default_id: str, language: str | None) -> Report:
    try:
        record = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        raise ReportError(f"{where} is not JSON; every line of a .jsonl file is one report as a JSON object") from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ReportError(f"{where} has no text; a report is an object with at least a string under 'text'")

    def told(key: str) -> str | None:
        value: Any = record.get(key)
        return str(value) if isinstance(value, str | int) else None

    text = record["text"]
    return Report(
        text=text,
        id=told("id") or default_id,
        language=language or told("lang") or told("language") or language_of(text),
        sha256=hashlib.sha256(line.encode("utf-8")).hexdigest(),
        title=told("title"),
        publisher=told("publisher"),
        url=told("url"),
        published=told("published"),
        places=_places(record.get("places"), where),
    )


def _places(told: Any, where: str) -> dict[str, Said]:
    """Read what a line says of names; whether there are such places is for the gazetteer."""
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise ReportError(f'{where} has places that are no object, such as {{"Tripoli": "geonames:2210247"}}')
    for name, value in told.items():
        if not isinstance(value, str | list | None):
            raise ReportError(f"{where} says that {name!r} is {value!r}; say an id, [longitude, latitude] or null")
    return told
