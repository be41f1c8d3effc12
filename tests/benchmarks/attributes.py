"""How well goods and sources are named: agreement of words with the annotation, by cross-validation.

    python tests/benchmarks/attributes.py TRAIN.jsonl ...

The routes are given, so that the figures are not muddied by missed legs. Agreement is the F1 of the words of the two
strings (characters in Chinese and Japanese); 1 where both name nothing, 0 where one does. Needs the extra ``build``.
Also how many of the routes are given a date and a quantity, for which there is no annotation, and what it takes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from routes.claims.attributes import carried
from routes.model import Factuality
from routes.training import attributes

FOLDS = 5


def main() -> None:
    """Print the figures."""
    paths = sorted(map(Path, sys.argv[1:]))
    records = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]
    routes = attributes.asked(records)
    told = dict.fromkeys(("date", "quantity"), 0)
    published = {record["id"]: record.get("published") for record in records}
    started = time.process_time()
    for route in routes:
        scope = route.seen.scope
        got = carried(scope.reading, scope.stops, published[route.report], Factuality.CERTAIN)
        for kind in told:
            told[kind] += getattr(got, kind) is not None
    spent = (time.process_time() - started) / max(1, len(routes)) * 1000
    print(f"{len(routes)} routes, {told['date']} dated, {told['quantity']} with a quantity, {spent:.1f} ms a route")
    attributes.folds(routes, FOLDS)


if __name__ == "__main__":
    main()
