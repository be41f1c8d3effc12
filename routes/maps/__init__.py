"""Findings as a map: one HTML file, read beside the report, that works from disk without a network.

The only importer of folium. Python puts the page together (`assets`, `island`, `policy`, `page`); what is seen is drawn
in the browser by the small runtime in ``runtime/`` out of one JSON island. ``style.json`` holds the colours for both.
"""

from __future__ import annotations

from routes.maps.drawing import draw

__all__ = ["draw"]
