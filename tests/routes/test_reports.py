from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routes.errors import ReportError
from routes.reports import headline_of, language_of, read_report, read_reports, report_of

if TYPE_CHECKING:
    from pathlib import Path

GERMAN = "Über Żywiec und Сеул nach 하산.\r\nZweite Zeile."


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "report.de.txt"
    path.write_bytes(GERMAN.encode())
    report = read_report(path)
    assert report.text == GERMAN
    assert report.id == "report.de"
    assert report.sha256 == hashlib.sha256(GERMAN.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(GERMAN.encode(encoding))
    assert read_report(path).text == GERMAN


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Поезд из Хасана".encode("cp1251"))
    with pytest.raises(ReportError, match="--encoding"):
        read_report(path)
    assert read_report(path, encoding="cp1251").text == "Поезд из Хасана"
    with pytest.raises(ReportError, match="no encoding"):
        read_report(path, encoding="klingon")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "empty"), (b" \n\t", "empty"), (b"PK\x03\x04\x00\x00\xff", "binary"), (b"a\x00b", "binary")],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(ReportError, match=message):
        read_report(path)


def test_a_missing_file_and_a_directory_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="does not exist"):
        read_report(tmp_path / "none.txt")
    with pytest.raises(ReportError, match="is a directory"):
        read_report(tmp_path)
    with pytest.raises(ReportError, match="plain text"):
        read_report(tmp_path / "article.pdf")
    with pytest.raises(ReportError, match="cannot be read"):
        read_report("nul\x00byte.txt")


def test_a_jsonl_file_holds_many_reports(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    told = {"id": "a", "text": "Von Kiel nach Riga.", "lang": "de", "published": "2024-05-01", "title": "T", "url": "u"}
    path.write_text(json.dumps(told) + "\n\n" + json.dumps({"text": "From Riga to Kiel by ship and rail."}), "utf-8")
    first, second = read_reports(path)
    assert (first.id, first.language, first.published, first.title, first.url) == ("a", "de", "2024-05-01", "T", "u")
    assert (second.id, second.language, second.title) == ("reports-3", "en", None)
    with pytest.raises(ReportError, match="2 reports"):
        read_report(path)


@pytest.mark.parametrize("line", ["no json", "[]", '{"text": 1}', '{"title": "t"}', "[" * 100_000])
def test_a_line_that_is_no_report_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text('{"text": "From Riga."}\n' + line, "utf-8")
    with pytest.raises(ReportError, match="line 2"):
        list(read_reports(path))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Züge rollen von der Grenze weiter nach Osten.", "de"),
        ("Поезда идут через границу дальше на восток.", "ru"),
        ("열차는 국경을 넘어 동쪽으로 계속 달린다.", "ko"),
        ("Tripoli", "und"),
        ("", "und"),
    ],
)
def test_the_language_is_told_from_the_text(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("\nA headline\n\nThe text.", "A headline"),
        ("# A headline\nThe text.", "A headline"),
        ("The first sentence.\nThe second.", None),
        ("One line", None),
        ("x" * 200 + "\ntext", None),
        ("", None),
    ],
)
def test_a_headline_is_the_title(text: str, title: str | None) -> None:
    assert headline_of(text) == title


@given(st.text(st.characters(codec=None)))
def test_any_text_makes_a_report(text: str) -> None:
    assert report_of(text).text == text
