"""Write the reports that the encoder learns from and those held back, each into a file.

python -m routes.training.encoder.fifths TRAIN.jsonl ... -o FOLDER
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from zlib import crc32


def held_back(name: str) -> bool:
    """Tell whether a report is of the fifth that is never trained on."""
    return crc32(name.encode()) % 5 == 0


def main() -> None:
    """Write ``four.jsonl`` and ``fifth.jsonl``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=Path())
    arguments = parser.parse_args()
    lines = [line for path in sorted(arguments.files) for line in path.read_text("utf-8").splitlines() if line.strip()]
    for name, wanted in (("four", False), ("fifth", True)):
        kept = [line for line in lines if held_back(json.loads(line)["id"]) == wanted]
        (arguments.output / f"{name}.jsonl").write_text("\n".join(kept) + "\n", encoding="utf-8")
        print(f"{name}.jsonl: {len(kept)} reports")


if __name__ == "__main__":
    main()
