"""Write the GeoJSON beside every golden report; look at the diff before you commit it."""

from __future__ import annotations

import sys
from pathlib import Path

import routes
from routes import geojson


def golden(report: Path) -> str:
    """Give the GeoJSON that the tool makes of a golden report, without the version that made it."""
    collection = routes.to_geojson(routes.find_routes(routes.read_report(report)))
    return geojson.dumps({key: value for key, value in collection.items() if key != "generator"})


def golden_picture(report: Path) -> str:
    """Give the SVG of a golden report's GeoJSON."""
    return routes.picture(routes.read_findings(report.with_suffix(".geojson"))).svg


if __name__ == "__main__":
    for report in sorted(Path(__file__).parent.glob("*.txt")):
        target = report.with_suffix(".geojson")
        text = golden(report)
        if not target.exists() or target.read_text("utf-8") != text:
            target.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {target.name}\n")
        picture = report.with_suffix(".svg")
        if picture.exists() and picture.read_text("utf-8") != golden_picture(report):
            picture.write_text(golden_picture(report), "utf-8")
            sys.stdout.write(f"wrote {picture.name}\n")
