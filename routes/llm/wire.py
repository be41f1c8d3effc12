"""One question over HTTP, with bounds on time, size, tries and redirects."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from routes.errors import EndpointError, MissingExtraError
from routes.llm.endpoint import KEY_VARIABLE
from routes.llm.told import shown

if TYPE_CHECKING:
    import httpx

    from routes.llm.endpoint import Endpoint

MOST_BYTES = 4 * 1024 * 1024
MOST_REDIRECTS = 3
LONGEST_WAIT_S = 30.0
CONNECT_S = 10.0
_REDIRECTS = frozenset({301, 302, 307, 308})
_BUSY = frozenset({429, 500, 502, 503, 504, 529})


def client_of(endpoint: Endpoint) -> httpx.Client:
    """Open a client for an endpoint; the environment's proxies are used unless the server is this machine's own.

    Raises
    ------
    MissingExtraError
        Where httpx is not installed.
    """
    try:
        import httpx  # noqa: PLC0415 -- only this reader needs it
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            "reading through an endpoint needs httpx: pip install 'supply-routes[llm]', or read with another --reader"
        ) from error

    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    timeout = httpx.Timeout(endpoint.timeout_s, connect=min(CONNECT_S, endpoint.timeout_s))
    return httpx.Client(headers=headers, timeout=timeout, follow_redirects=False, trust_env=not endpoint.local)


def post(client: httpx.Client, endpoint: Endpoint, body: bytes) -> tuple[int, bytes]:
    """Ask, again where the server is busy or fails, up to `endpoint.tries` times.

    Returns
    -------
    int
        The status; never one of a server that is busy, wants a key, or sends elsewhere.
    bytes
        The answer's body, unread.

    Raises
    ------
    EndpointError
    """
    wait = endpoint.backoff_s
    for left in range(endpoint.tries - 1, -1, -1):
        status, data, later = _followed(client, endpoint, body)
        if status in {401, 403}:
            what = f"refuses the key in {KEY_VARIABLE}" if endpoint.key else f"wants a key; put it into {KEY_VARIABLE}"
            raise EndpointError(f"{endpoint.host} {what} ({status})")
        if status not in _BUSY:
            return status, data
        if left:
            time.sleep(min(LONGEST_WAIT_S, wait if later is None else later))
            wait *= 2
    raise EndpointError(
        f"{endpoint.host} is busy or fails ({status}{said(endpoint, data)}); asked {endpoint.tries} times"
    )


def said(endpoint: Endpoint, data: bytes) -> str:
    """Show the beginning of what a server said, in a line, without the key should it repeat that."""
    words = " ".join(data[:2_000].decode("utf-8", "replace").split())
    if endpoint.key:
        words = words.replace(endpoint.key, "***")
    return f": {shown(words, 200)}" if words else ""


def _followed(client: httpx.Client, endpoint: Endpoint, body: bytes) -> tuple[int, bytes, float | None]:
    """Ask, and ask again where the same server says that it has moved."""
    address = endpoint.address
    for _ in range(MOST_REDIRECTS + 1):
        status, data, headers = _once(client, endpoint, address, body)
        if status not in _REDIRECTS:
            return status, data, _seconds(headers.get("retry-after"))
        target = _joined(address, headers.get("location", ""))
        if target is None:
            raise EndpointError(
                f"{endpoint.host} sends on to {shown(headers.get('location', ''))}; nothing was sent there, "
                "make that the endpoint if you trust it"
            )
        address = target
    raise EndpointError(f"{endpoint.host} sends on without end")


def _once(client: httpx.Client, endpoint: Endpoint, address: str, body: bytes) -> tuple[int, bytes, httpx.Headers]:
    import httpx  # noqa: PLC0415 -- `client_of` has seen that it is there

    latest = time.monotonic() + endpoint.timeout_s
    data = bytearray()
    try:
        with client.stream("POST", address, content=body) as response:
            for chunk in response.iter_raw():  # raw: what is packed small is not unpacked large
                data += chunk
                if len(data) > MOST_BYTES:
                    raise EndpointError(
                        f"{endpoint.host} answers with more than {MOST_BYTES >> 20} MiB; it was cut off"
                    )
                if time.monotonic() > latest:
                    raise httpx.ReadTimeout("")  # a server that drips is as late as a silent one
    except httpx.ConnectError:
        raise EndpointError(
            f"{endpoint.host} cannot be reached; is the server running, and the address right?"
        ) from None
    except httpx.TimeoutException:
        raise EndpointError(f"{endpoint.host} gave no answer within {endpoint.timeout_s:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
        raise EndpointError(f"{endpoint.host} broke off ({type(error).__name__})") from None
    return response.status_code, bytes(data), response.headers


def _joined(address: str, location: str) -> str | None:
    """Return where a redirect leads on the same server, None where it leaves that."""
    try:
        target = urljoin(address, location)
        here, there = urlsplit(address), urlsplit(target)
    except ValueError:
        return None
    return target if (here.scheme, here.netloc) == (there.scheme, there.netloc) else None


def _seconds(told: str | None) -> float | None:
    """Read how long a server asks to wait; a date it may tell instead is not heeded."""
    return float(told) if told and told.isascii() and told.isdigit() and len(told) < 6 else None
