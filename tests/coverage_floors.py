"""Combine the coverage of a test run and hold each part of the house to its floor."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from io import StringIO

from coverage import Coverage

FLOORS: Mapping[str, float] = {
    "index/*": 100,
    "reader/store/*": 100,
    "reader/service/*": 100,
    "reader/*": 90,
}
"""Branch coverage in per cent, by files."""


def main() -> int:
    coverage = Coverage()
    coverage.load()
    failed = False
    for files, floor in FLOORS.items():
        report = StringIO()
        reached = coverage.report(include=[files], file=report, show_missing=True)
        print(f"{files}: {reached:.2f} % of lines and branches, floor {floor:.0f} %")
        if reached < floor:
            print(report.getvalue())
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
