"""The page's Content-Security-Policy: nothing but what is in the file itself, each script and style by its hash."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

NOT_RUN = "application/json"


class _Inline(HTMLParser):
    """Gathers the text of inline scripts and styles as a browser would hash it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self._open: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.texts and dict(attrs).get("type") != NOT_RUN:
            self._open = tag
            self.texts[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = None


def policy(html: str, *unpacked: str) -> str:
    """Give the policy that lets exactly the inline scripts and styles of a page run, and nothing be fetched.

    Parameters
    ----------
    html : str
        The page, with line feeds only (a browser turns CRLF to LF before it hashes).
    *unpacked : str
        Scripts that the page itself unpacks and adds as inline ones.

    Returns
    -------
    str
        For ``<meta http-equiv="Content-Security-Policy" content="...">``.
    """
    inline = _Inline()
    inline.feed(html)
    inline.close()
    scripts = _sources([*inline.texts["script"], *unpacked])
    styles = _sources(inline.texts["style"])
    rest = "img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {scripts}; style-src {styles}; {rest}"


def _sources(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(f"'sha256-{_digest(text)}'" for text in texts)) or "'none'"


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
