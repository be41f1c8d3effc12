"""What the places of findings are called in the page's language, as far as the gazetteer or the report says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.waterlabels import capitalised
from routes.maps.tongues import ENGLISH, primary, reports_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geodata.gazetteer import Gazetteer
    from geodata.places import Place


def names_in(collection: Mapping[str, Any], language: str, gazetteer: Gazetteer) -> dict[str, str]:
    """Give names in the page's language, by the findings' own name of a place, and by the id of a passage.

    A name that the user changed in the file stays as it is; one that two places share, and that differs in the page's
    language, does too.
    """
    speak_it = {str(it.get("id")) for it in reports_of(collection) if primary(it.get("language")) == language}
    found: dict[str, set[str]] = {}
    for properties in _properties(collection):
        name = properties.get("name")
        if properties.get("feature") == "place" and isinstance(name, str):
            told = properties if str(properties.get("report")) in speak_it else {**properties, "as_written": ()}
            found.setdefault(name, set()).add(_called(told, name, language, gazetteer))
        for passage in _texts(properties.get("passages")):
            if place := _place(passage, gazetteer):
                found[passage] = {_name(place, language) or capitalised(place.name)}
    return {name: min(called) for name, called in sorted(found.items()) if len(called) == 1 and called != {name}}


def _called(properties: Mapping[str, Any], name: str, language: str, gazetteer: Gazetteer) -> str:
    if language == ENGLISH:
        return name
    place = _place(properties.get("place"), gazetteer)
    if place is None or place.name != name:
        return name
    return _name(place, language) or _as_written(properties, place, gazetteer) or name


def _name(place: Place, language: str) -> str | None:
    told = place.names.get(language)
    return capitalised(told[0]) if told else None


def _as_written(properties: Mapping[str, Any], place: Place, gazetteer: Gazetteer) -> str | None:
    """Give the name that the report uses, where the gazetteer has it as it stands: "Moskau", and not "Moskaus"."""
    for written in _texts(properties.get("as_written")):
        if any(it.place.id == place.id for it in gazetteer.candidates(written)):
            return written
    return None


def _place(place_id: object, gazetteer: Gazetteer) -> Place | None:
    try:
        return gazetteer.place(place_id) if isinstance(place_id, str) else None
    except LookupError:
        return None


def _properties(collection: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for feature in collection["features"]:
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if isinstance(properties, dict):
            yield properties


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
