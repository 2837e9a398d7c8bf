"""Whole files against what they should become: tests/data/ingest holds the pairs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reader.ingest import Item
from reader.model import Draft, ImportFailure
from tests.reader.files import drafts

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data" / "ingest"
SHARED = ROOT.parent / "shared" / "seeds"
ENDING = ".expected.json"

PAIRS = sorted(path.name.removesuffix(ENDING) for path in DATA.glob("*" + ENDING))


def as_data(item: Item) -> dict[str, Any]:
    if isinstance(item, ImportFailure):
        return {"item": item.item, "reason": item.reason}
    assert isinstance(item, Draft)
    published = item.published
    return {
        name: getattr(item, name)
        for name in ("title", "title_derived", "text", "dateline", "place", "agency", "source")
    } | {
        "url": item.url,
        "guid": item.guid,
        "lang": item.lang,
        "authors": list(item.authors),
        "related": list(item.related),
        "headings": [item.text[span.start : span.end] for span in item.headings],
        "published": published and [published.at.date().isoformat(), published.precision],
    }


@pytest.mark.parametrize("name", PAIRS)
def test_pair(name: str) -> None:
    wanted = json.loads((DATA / (name + ENDING)).read_text(encoding="utf-8"))
    items = [as_data(item) for item in drafts([DATA / name])]
    assert len(items) == len(wanted)
    for item, expected in zip(items, wanted, strict=True):
        assert {key: item.get(key) for key in expected} == expected


def only_draft(path: Path) -> Draft:
    (item,) = drafts([path])
    assert isinstance(item, Draft)
    return item


REAL = {
    "000_34f0d3eb76613702.txt": (None, "", [], 0, 9),
    "002_19f7a3bb0be46a5e.txt": ("2023-07-23", "", ["Useful partner"], 0, 16),
    "003_6313a60ed72eee7b.txt": ("2023-07-23", "Moscow", [], 0, 7),
    "004_8590b877871b8b3d.txt": (None, "", [], 4, 13),
}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
@pytest.mark.parametrize("name", sorted(REAL))
def test_real_document(name: str) -> None:
    day, place, headings, related, paragraphs = REAL[name]
    path = SHARED / name
    draft = only_draft(path)
    assert (draft.published and draft.published.at.date().isoformat()) == day
    assert draft.place == place
    assert [draft.text[span.start : span.end] for span in draft.headings] == headings
    assert len(draft.related) == related
    assert not any(line in draft.text for line in draft.related)
    assert len(draft.text.split("\n\n")) == paragraphs
    assert draft.title_derived
    assert draft.title.endswith("…")
    assert len(draft.title) <= 90
    # Every word is still there: in the text, the dateline or the related lines.
    kept = " ".join([draft.dateline, draft.text, *draft.related]).split()
    assert sorted(kept) == sorted(path.read_text(encoding="utf-8").split())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_a_folder_gives_its_files_in_order() -> None:
    origins = [item.origin for item in drafts([SHARED]) if isinstance(item, Draft)]
    assert origins == [str(SHARED / name) for name in sorted(REAL)]


@pytest.mark.parametrize("path", sorted((ROOT / "seeds").glob("*.txt")), ids=lambda p: p.stem)
def test_samples_are_understood(path: Path) -> None:
    draft = only_draft(path)
    if path.stem[0].isdigit():
        assert draft.title_derived
        return
    assert not draft.title_derived
    assert draft.source
    assert draft.published is not None
    assert not draft.related
