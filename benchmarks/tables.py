"""Numbers and tables of the page in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.measure import Value


def number(value: Value) -> str:
    """Three digits that count."""
    found = float(value)
    digits = 0 if found >= 100 else 1 if found >= 10 else 2 if abs(found) >= 0.1 else 3
    return f"{found:,.{digits}f}" if found % 1 else f"{found:,.0f}"


def ratio(ours: Value, theirs: Value) -> str:
    """How many times the one is the other."""
    return number(float(ours) / max(float(theirs), 0.0001))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of which all columns but the first are numbers."""
    names = list(head)
    align = ["---", *["---:"] * (len(names) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (names, align, *rows))
