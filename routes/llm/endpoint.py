"""Whom to ask: an address, a model, and bounds on the patience."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

from routes.errors import EndpointError

KEY_VARIABLE = "ROUTES_LLM_KEY"
PATH = "/chat/completions"
_HOST = re.compile(r"[\w.:\[\]-]+")
_KEY = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A language model behind an OpenAI-compatible address.

    Attributes
    ----------
    url : str
        Where the server's API begins, such as ``http://localhost:11434/v1``.
    model : str
        The model's name there.
    key : str or None
        What the server wants to be shown; never printed.
    timeout_s : float
        How long one answer may take.
    tries : int
        How often a server that is busy (429) or fails (5xx) is asked in all.
    backoff_s : float
        The wait before the second try; it doubles with each, unless the server says how long.
    seed : int
        Sent for what repeatability the server can give.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    timeout_s: float = 600.0
    tries: int = 4
    backoff_s: float = 1.0
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse an address that cannot be asked, and a key that cannot be sent.

        Raises
        ------
        EndpointError
            Without ever telling the key, or an address that holds a password.
        """
        parts = _split(self.url)
        if "@" in parts.netloc:
            raise EndpointError(f"an endpoint's address holds no password; put the key into {KEY_VARIABLE}")
        if parts.scheme not in {"http", "https"} or not parts.hostname or not _HOST.fullmatch(parts.netloc):
            raise EndpointError(
                f"{self.url!r} is no address of an endpoint; it begins with http:// or https:// and a host"
            )
        if not self.model.strip():
            raise EndpointError("an endpoint needs the name of a model, such as --model qwen3:8b")
        if self.key is not None and not _KEY.fullmatch(self.key):
            raise EndpointError(f"the key in {KEY_VARIABLE} holds characters that no key has")

    @classmethod
    def of(cls, url: str, model: str) -> Endpoint:
        """Name an endpoint, with the key from the environment variable ``ROUTES_LLM_KEY`` where it is set."""
        return cls(url, model, os.environ.get(KEY_VARIABLE, "").strip() or None)

    @property
    def host(self) -> str:
        """The host and port that reports go to, as can be told to anyone."""
        return _split(self.url).netloc

    @property
    def address(self) -> str:
        """Where questions go: the address and the API's path, with the query that the address may have."""
        parts = _split(self.url)
        path = parts.path.rstrip("/")
        return parts._replace(path=path if path.endswith(PATH) else path + PATH, fragment="").geturl()

    @property
    def local(self) -> bool:
        """Whether the server is this machine's own."""
        name = _split(self.url).hostname or ""
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return name == "localhost"

    @property
    def whereto(self) -> str:
        """A line that says where reports will go, for people to read before they do."""
        plain = "" if self.local or _split(self.url).scheme == "https" else ", not encrypted"
        return f"Reports are sent to {self.host}{plain} and read there by {self.model}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
    except ValueError as error:
        raise EndpointError(f"{url!r} is no address of an endpoint: {error}") from None
    return parts
