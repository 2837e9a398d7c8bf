"""Real articles, read from beside the project; their names are annotated in tests/data."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reader.entities import link, load_recogniser
from reader.model import Draft
from tests.reader.files import drafts

ROOT = Path(__file__).resolve().parents[3]
ARTICLES = ROOT.parent / "shared" / "seeds"
ANNOTATED = sorted((ROOT / "tests" / "data" / "entities").glob("*.json"))


def read(annotation: Path) -> tuple[str, set[tuple[int, int, str]]]:
    article = ARTICLES / f"{annotation.stem}.txt"
    if not article.exists():
        pytest.skip(f"no article {article.name}")
    [draft] = list(drafts([article]))
    assert isinstance(draft, Draft)
    names = json.loads(annotation.read_text(encoding="utf-8"))["names"]
    moved = [name for name in names if draft.text[name[0] : name[1]] != name[3]]
    assert moved == []
    return draft.text, {(start, end, kind) for start, end, kind, _ in names}


def f1(found: set[tuple[int, int, str]], true: set[tuple[int, int, str]]) -> float:
    return 2 * len(found & true) / max(len(found) + len(true), 1)


@pytest.mark.parametrize("annotation", ANNOTATED, ids=lambda path: path.stem)
def test_names_of_an_article(annotation: Path) -> None:
    text, true = read(annotation)
    found = {(one.start, one.end, str(one.kind)) for one in load_recogniser().recognise([text])[0]}
    scored = {name for name in true if name[2] != "MISC"}
    assert f1({name for name in found if name[2] != "MISC"}, scored) >= 0.85


def test_entities_of_an_article() -> None:
    text, _ = read(next(path for path in ANNOTATED if path.stem.startswith("003")))
    entities = link(text, load_recogniser().recognise([text])[0])
    aliases = {entity.name: entity.aliases for entity in entities}
    assert set(aliases["Vladimir Putin"]) == {"Vladimir Putin", "Putin"}
    assert set(aliases["Alexander Lukashenko"]) == {"Alexander Lukashenko", "Lukashenko"}
    assert set(aliases["Wagner Group"]) == {"Wagner Group", "Wagner"}
    assert "NATO" in aliases["North Atlantic Treaty Organization"]
    assert max(Counter(entity.name for entity in entities).values()) == 1
