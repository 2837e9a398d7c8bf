"""All hostile files, by group. `python -m tests.hostile.corpus FOLDER` writes them out."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.hostile import (
    alike,
    databases,
    encodings,
    feeds,
    fields,
    letters,
    lists,
    packed,
    pages,
    patterns,
    records,
)
from tests.hostile.cases import Case

GROUPS: Mapping[str, tuple[Case, ...]] = {
    "feeds": feeds.CASES,
    "fields": fields.CASES,
    "encodings": encodings.CASES,
    "packed": packed.CASES,
    "records": records.CASES,
    "letters": letters.CASES,
    "pages": pages.CASES,
    "lists": lists.CASES,
    "databases": databases.CASES,
    "alike": alike.CASES,
    **{f"runs-{way}": cases for way, cases in patterns.CASES_BY_WAY.items()},
}
CASES = tuple(case for group in GROUPS.values() for case in group)


def manifest(cases: Sequence[Case] = CASES) -> list[dict[str, object]]:
    """What must come of each file, for other programs."""
    return [
        {
            "file": case.name,
            "titles": list(case.titles),
            "title_starts": list(case.starts),
            "feeds": list(case.feeds),
            "never": list(case.never),
            "named": case.named,
            "slow": case.slow,
        }
        for case in cases
    ]


def main(folder: Path, cases: Sequence[Case] = CASES) -> None:
    """Write the files and what must come of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for case in cases:
        (folder / case.name).write_bytes(case.write("/nowhere/canary.txt", "http://127.0.0.1:9/"))
    (folder / "manifest.json").write_text(json.dumps(manifest(cases), indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
