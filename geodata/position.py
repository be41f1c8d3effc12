"""Positions on the globe, and the lines between them.

Longitude comes before latitude everywhere. All positions are WGS 84 (EPSG:4326), in degrees.
A line is *unwrapped* when neighbouring longitudes never differ by more than 180 degrees, so that a line over
the antimeridian runs on to 190 or -190; it is *cut* when it is split there for RFC 7946, section 3.1.9.
"""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """A point on the ground, in degrees WGS 84, longitude first."""

    longitude: float
    latitude: float
