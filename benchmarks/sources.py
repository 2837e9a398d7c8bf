"""What sources cost and how well they are read: feeds asked for news, records stored, and the
documents of other projects where they lie beside this one."""

from __future__ import annotations

from benchmarks import feeds, measure, pages
from benchmarks.libraries import Work
from benchmarks.stages import run_stage
from benchmarks.updating import measure_updating

MB = 1_000_000


def measure_sources(
    work: Work, subscribed: int, entries: int, records: int
) -> dict[str, measure.Value]:
    """Seconds of processor time of updates, milliseconds of storing a record without names and
    index, megabytes; per cent of the values of feeds and of the text of pages."""
    folder = work.place("subscribed")
    folder.mkdir()
    updated = measure_updating(subscribed, entries, folder)
    stored = run_stage("store", work.place("answer.json"), work.place("records"),
                       work.corpus(records))  # fmt: skip
    work.place("subscribed")
    work.place("records")
    return {
        **updated,
        "records": int(stored["articles"]),
        "record_ms": round(1000 * stored["cpu"] / stored["articles"], 3),
        "records_peak_mb": round(stored["peak"] / MB),
        **_scores(),
    }


def _scores() -> dict[str, measure.Value]:
    found: dict[str, measure.Value] = {}
    if (feeds.DATA / "expected.json").is_file():
        score = feeds.score()
        for name in feeds.FIELDS:
            found[f"{name.replace(' ', '_')}_percent"] = round(100 * score.share(name), 1)
    if pages.EXPECTED.is_file():
        read = pages.score(pages.read_cases())
        found |= {
            "pages_f1_percent": round(100 * read.f1, 1),
            "page_ms": round(read.milliseconds, 1),
        }
    return found
