"""The base map for web maps: land, borders and where country labels go.

``data/basemap.json`` holds Natural Earth 4.1.0 at 1:50m (public domain, by way of world-atlas 2.0.2), simplified for
zoom 0 to 7, cut at the antimeridian (``build/basemap.py`` made it). One JSON object::

    {"land":    [[ring, hole, ...], ...],            polygons, the largest first; outer rings counter-clockwise
     "borders": [line, ...],                         between countries only, no coasts
     "lakes":   [ring, ...],                          Natural Earth's at 1:10m, simplified alike; islands left out
     "labels":  [[lon, lat, "KP", zoom], ...]}       amid a country's largest part, to be drawn from that zoom on

A ring or line is a string in Google's encoded polyline format, with 2 decimals and longitude first. It holds no quote,
``<`` or control character, so it is safe in a JSON island. In JavaScript it is read by::

    function decode(text) {
      const line = [], at = [0, 0];
      for (let i = 0, axis = 0; i < text.length; axis ^= 1) {
        let number = 0, shift = 0, bits;
        do { bits = text.charCodeAt(i++) - 63; number |= (bits & 31) << shift; shift += 5; } while (bits >= 32);
        at[axis] += number & 1 ? ~(number >> 1) : number >> 1;
        if (axis) line.push([at[0] / 100, at[1] / 100]);
      }
      return line;
    }

The borders are those that Natural Earth finds held on the ground, but for Crimea, which no border parts from Ukraine
here (A/RES/68/262). They take no side.
"""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def load() -> str:
    """Read the base map as JSON text, ASCII, to be embedded as it is."""
    return (DATA / "basemap.json").read_text(encoding="ascii").rstrip("\n")
