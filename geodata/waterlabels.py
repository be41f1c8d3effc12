"""Where the base map writes the names of oceans, seas and straits, and from which zoom on.

Their names, in many languages, are the gazetteer's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer

# From which zoom on the names stand; a strait's only where there is room for it beside the land.
_WATERS = {
    1.0: "pacific-ocean atlantic-ocean indian-ocean arctic-ocean",
    3.0: "arabian-sea baltic-sea barents-sea bay-of-bengal bering-sea black-sea caribbean-sea caspian-sea coral-sea "
    "gulf-of-guinea gulf-of-mexico hudson-bay kara-sea laptev-sea mediterranean-sea north-sea norwegian-sea "
    "philippine-sea red-sea sea-of-japan sea-of-okhotsk south-china-sea tasman-sea east-siberian-sea",
    4.0: "andaman-sea east-china-sea gulf-of-aden gulf-of-bothnia gulf-of-california gulf-of-thailand java-sea "
    "persian-gulf yellow-sea",
    5.0: "adriatic-sea aegean-sea bay-of-biscay bohai english-channel gulf-of-finland gulf-of-oman gulf-of-sidra "
    "gulf-of-tonkin ionian-sea irish-sea sea-of-azov tyrrhenian-sea white-sea",
    6.5: "gulf-of-aqaba gulf-of-riga gulf-of-suez peter-the-great-gulf sea-of-marmara",
}
_STRAITS = {
    4.0: "mozambique-channel",
    5.5: "bab-el-mandeb bering gibraltar hormuz korea luzon malacca taiwan tatar",
    6.5: "bosporus dardanelles dover kerch la-perouse lombok magellan messina singapore sunda tsugaru",
}
LABELS = {
    f"{kind}:{slug}": zoom
    for kind, table in (("water", _WATERS), ("strait", _STRAITS))
    for zoom, slugs in table.items()
    for slug in slugs.split()
}
_NORTHERNMOST = 80.0  # beyond it a web map has no room


def water_labels(gazetteer: Gazetteer, language: str) -> list[tuple[float, float, str, float]]:
    """Give longitude, latitude, name in the language (else in English) and first zoom of each, the largest first."""
    labels = []
    for place_id, zoom in LABELS.items():
        place = gazetteer.place(place_id)
        name = next(iter(place.names.get(language, ())), place.name)
        position = place.position
        labels.append(
            (round(position.longitude, 1), min(round(position.latitude, 1), _NORTHERNMOST), capitalised(name), zoom)
        )
    return labels


def capitalised(name: str) -> str:
    """Write a name as it stands alone on a map: "mer Noire" is "Mer Noire" there."""
    return name[:1].upper() + name[1:]
