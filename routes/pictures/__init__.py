"""Findings as a picture that stands still: SVG, PNG or PDF, to be printed, sent, or put into an article.

The same findings in the same colours as on the page of `routes.maps`, without its scripts. SVG needs nothing beyond the
core; PNG and PDF need the extra ``pictures``. In the order in which a picture is made::

    projection, view     which projection fits, where everything lies in pixels
    ground               sea, land, borders, graticule
    lanes, lines         legs, side by side where they share a track
    places               areas and points
    labels               names and words along lines, where there is room
    legend, frame        what is drawn, how long, by whom, and what is left out
    drawing              all of it as one SVG
    printing             PNG and PDF
"""

from __future__ import annotations

from routes.pictures.picture import SUFFIXES, Picture, check, picture

__all__ = ["SUFFIXES", "Picture", "check", "picture"]
