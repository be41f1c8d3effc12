"""The question, and the JSON object in the answer."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from routes.errors import EndpointError
from routes.llm.told import shown
from routes.llm.wire import post, said

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

    from routes.llm.endpoint import Endpoint
    from routes.llm.windows import Window
    from routes.model import Report

# Ways to ask, each for servers that refuse the one before: held to the schema; held to JSON; held to nothing.
RUNGS = 3
_REFUSES = frozenset({400, 415, 422, 501})
_REMINDER = "That was the report. Answer with the JSON object on it alone."


@cache
def prompt() -> str:
    """Read what the model is told to do."""
    return (files("routes.llm") / "prompt.md").read_text("utf-8")


@cache
def schema() -> dict[str, Any]:
    """Read the JSON schema that an answer must follow."""
    read: dict[str, Any] = json.loads((files("routes.llm") / "schema.json").read_text("utf-8"))
    return read


def ask(
    client: httpx.Client, endpoint: Endpoint, report: Report, window: Window, rung: int = 0
) -> tuple[Mapping[str, Any], int]:
    """Ask about a window of a report.

    Parameters
    ----------
    client : httpx.Client
    endpoint : Endpoint
    report : Report
    window : Window
    rung : int
        The way to ask that the server is known to take, from 0 (held to the schema) to 2 (held to nothing).

    Returns
    -------
    mapping
        The JSON object that the model answered, whatever is in it.
    int
        The way that the server took.

    Raises
    ------
    EndpointError
    """
    status, data = post(client, endpoint, question(endpoint, report, window, rung))
    while status in _REFUSES and rung < RUNGS - 1:
        rung += 1
        status, data = post(client, endpoint, question(endpoint, report, window, rung))
    if status != 200:
        hint = f" (is there a model {shown(endpoint.model)}, and does the API begin there?)" if status == 404 else ""
        raise EndpointError(f"{endpoint.host} refuses to read ({status}{said(endpoint, data)}){hint}")
    return _object(_content(data, endpoint), endpoint), rung


def question(endpoint: Endpoint, report: Report, window: Window, rung: int) -> bytes:
    """Write a request of the chat completions API; the same bytes for the same report."""
    system = prompt()
    body: dict[str, Any] = {"model": endpoint.model, "temperature": 0, "stream": False}
    if rung == 0:
        told = {"name": "supply_routes", "strict": True, "schema": schema()}
        body |= {"seed": endpoint.seed, "response_format": {"type": "json_schema", "json_schema": told}}
    else:
        system += "\nIt must follow this JSON schema:\n" + json.dumps(schema())
    if rung == 1:
        body |= {"seed": endpoint.seed, "response_format": {"type": "json_object"}}
    if rung == RUNGS - 1:
        del body["temperature"]  # some models refuse that too
    body["messages"] = [{"role": "system", "content": system}, {"role": "user", "content": _delimited(report, window)}]
    return json.dumps(body).encode("ascii")  # escaped, so that a lone surrogate passes too


def _delimited(report: Report, window: Window) -> str:
    """Set the text between marks that it cannot hold: they carry its own hash."""
    text = window.shown
    mark = "report-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{_published(report.published)}<{mark}>\n{text}\n</{mark}>\n{_REMINDER}"


def _published(told: str | None) -> str:
    """Say when the report was published, if that is a date; anything else in its place is not passed on."""
    try:
        return f"Published {date.fromisoformat((told or '')[:10]).isoformat()}.\n"
    except ValueError:
        return ""


def _content(data: bytes, endpoint: Endpoint) -> str:
    """Return what the model wrote."""
    try:
        choice = json.loads(data)["choices"][0]
        content, ended = choice["message"]["content"], choice.get("finish_reason")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise EndpointError(
            f"{endpoint.host} does not answer as an OpenAI-compatible server does{said(endpoint, data)}"
        ) from None
    if ended == "length":
        raise EndpointError(f"{endpoint.model} ran out of room for its answer; give the server a larger context")
    if not isinstance(content, str):
        raise EndpointError(f"{endpoint.model} gave no answer (it ended with {shown(ended)})")
    return content


def _object(content: str, endpoint: Endpoint) -> Mapping[str, Any]:
    """Read the JSON object in an answer; models that are not held to JSON put words or a fence around it."""
    content = content.rpartition("</think>")[2]
    for stretch in (content, content[content.find("{") : content.rfind("}") + 1]):
        try:
            answer = json.loads(stretch)
        except (ValueError, RecursionError):
            continue
        if isinstance(answer, dict):
            return answer
    raise EndpointError(f"{endpoint.model} did not answer with JSON: {shown(content)}; try another model")
