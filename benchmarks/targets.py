"""What the measurements have to come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.measure import Value


@dataclass(frozen=True, slots=True)
class Target:
    """The largest value one measurement may have."""

    run: str
    value: str
    limit: float
    unit: str
    what: str


TARGETS = (
    Target("screen", "first_paint_small_s", 0.7, "s", "first picture, 10,000 articles"),
    Target("screen", "first_paint_large_s", 0.7, "s", "first picture, 100,000 articles"),
    Target("screen", "first_paint_ratio", 1.2, "", "first picture, 100,000 to 10,000 articles"),
    Target("screen", "key_ms", 8, "ms", "a key in the list, 100,000 articles"),
    Target("screen", "open_ms", 50, "ms", "opening an article of 800 words"),
    Target("screen", "memory_mb", 150, "MB", "memory of the screen, 100,000 articles"),
)


def judge(results: Mapping[str, Mapping[str, Value]]) -> dict[str, Value]:
    """For every target that was measured, whether it is met."""
    return {
        f"{target.run}.{target.value}": float(results[target.run][target.value]) <= target.limit
        for target in TARGETS
        if target.value in results.get(target.run, {})
    }
