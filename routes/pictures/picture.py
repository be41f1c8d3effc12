"""A picture, and how it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from routes.beside import write_beside
from routes.errors import FindingsError, FormatError
from routes.geojson.shown import shown
from routes.pictures import printing
from routes.pictures.drawing import svg_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geodata.world import World

SUFFIXES = (".svg", ".png", ".pdf")
PRINTED = (".png", ".pdf")


@dataclass(frozen=True, slots=True)
class Picture:
    """Findings drawn as a picture; it shows itself in Jupyter.

    Attributes
    ----------
    svg : str
        The picture, without scripts; fonts are those of whoever looks at it.
    title : str
    size : tuple of float
        Width and height in pixels.
    language : str
        Of the report, BCP 47; it decides how Han is written in PNG and PDF.
    """

    svg: str
    title: str
    size: tuple[float, float]
    language: str

    def save(self, path: str | Path) -> None:
        """Write the picture; the suffix says as what: ``.svg``, or with the extra ``pictures`` ``.png`` and ``.pdf``.

        Raises
        ------
        FormatError
            Where the suffix is none of these, or the folder does not exist.
        MissingExtraError
            Where the extra is needed and not installed.
        """
        target = Path(path)
        check(target)
        suffix = target.suffix.lower()
        data = self.svg.encode("utf-8") if suffix == ".svg" else self._printed(suffix)
        write_beside(target, lambda beside: beside.write_bytes(data))

    def _printed(self, suffix: str) -> bytes:
        return printing.printed(
            self.svg, "png" if suffix == ".png" else "pdf", title=self.title, size=self.size, language=self.language
        )

    def _repr_svg_(self) -> str:
        return self.svg


def check(path: str | Path) -> None:
    """Refuse, before the work is done, a picture that could not be written after it.

    Raises
    ------
    FormatError
        Where the suffix is none that a picture can have.
    MissingExtraError
        Where the extra is needed and not installed.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise FormatError(f"{path} cannot be written: the name of a picture must end in {', '.join(SUFFIXES)}")
    if suffix in PRINTED:
        printing.ready()


def picture(collection: Mapping[str, Any], world: World, *, title: str | None = None, denied: bool = False) -> Picture:
    """Draw a findings FeatureCollection as a picture.

    Parameters
    ----------
    collection : mapping
        GeoJSON as `routes.geojson.to_geojson` gives it, also edited by hand: missing keys count as not told, geometry
        that is no line, point or polygon is counted and left out. WGS 84, longitude first.
    world : World
        For the names of countries.
    title : str, optional
        Of the picture; the report's title by default.
    denied : bool
        Whether denied routes are drawn, struck out; else the picture says how many there are.

    Raises
    ------
    FindingsError
        Where it is no FeatureCollection.
    """
    if collection.get("type") != "FeatureCollection" or not isinstance(collection.get("features"), list | tuple):
        raise FindingsError("a picture is drawn from a GeoJSON FeatureCollection with a list of features; this is none")
    told = shown(collection)
    drawn = svg_of(told, world, title=title, denied=denied)
    language = told.reports[0].language if len(told.reports) == 1 else ""
    return Picture(drawn.svg, drawn.title, drawn.size, language)
