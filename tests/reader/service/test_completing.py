"""Completions from a real library and its index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.feeds import Subscription
from reader.kept import Deeds
from reader.model import EntityKind
from reader.service import completing
from reader.service.completing import LIMIT, Completion
from reader.service.library import Library
from tests.reader.store.helpers import add, entity

TEXTS = {
    "one": "The strike at the harbour. Strikes strikers striking strict strife strings stroke.",
    "two": "A strike of the drivers. Strikes. The stroke of a pen. Source of the strike.",
    "three": "The strike. Warsaw waits.",
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three articles: ids 1 to 3, with names, tags and sources."""
    made = Library.open(tmp_path / "library")
    sources = ("New York Times", "Northgate Courier", "Northgate Courier")
    for (name, text), source in zip(TEXTS.items(), sources, strict=True):
        add(made.store, name, text=text, source=source)
    made.indexing.run()
    putin = entity("Vladimir Putin", (0, 1), aliases="putin, the kremlin chief")
    warsaw = entity("Warsaw", (1, 2), kind=EntityKind.LOC)
    union = entity("Coast Union", (2, 3), kind=EntityKind.ORG)
    for article_id, found in ((1, [putin]), (2, [putin, union]), (3, [putin, warsaw])):
        made.store.entities.replace_mentions(article_id, found)
    made.saved_searches.add("War/Grain deal", "grain")
    made.saved_searches.add("Quiet", "harbour")
    made.saved_searches.set_deeds("Quiet", Deeds(add=("sea",)))
    made.tagging.tag([1, 2, 3], ["war"], [])
    made.tagging.tag([1, 2], ["war/ukraine"], [])
    made.tagging.tag([1], ["to-read"], [])
    yield made
    made.close()


def completions(library: Library, marked: str) -> tuple[Completion, ...]:
    """What is offered at the bar in `marked`."""
    before, _, after = marked.partition("|")
    return library.completing.complete(before + after, len(before))


def made(library: Library, marked: str) -> list[str]:
    """The queries that come of each."""
    text = marked.replace("|", "", 1)
    found = completions(library, marked)
    return [text[: one.start] + one.text + text[one.end :] for one in found]


@pytest.mark.parametrize(
    ("marked", "queries"),
    [
        ("tag:|", ["tag:war", "tag:war/ukraine", "tag:to-read"]),
        ("tag:wa|", ["tag:war", "tag:war/ukraine"]),
        ("tag:war|", ["tag:war/ukraine"]),
        ("tag:ukr|", ["tag:war/ukraine"]),
        ("tag:wra|", ["tag:war", "tag:war/ukraine"]),
        ("-tag:(rea|)", ["-tag:(to-read)"]),
        ("tag:xyz|", []),
        ("source:n|", ['source:"Northgate Courier"', 'source:"New York Times"']),
        ('source:"New Yo|', ['source:"New York Times"']),
        ("source:coruier|", ['source:"Northgate Courier"']),
        ("who:puti|", ['who:"Vladimir Putin"']),
        ("who:Krem|", ['who:"Vladimir Putin"']),
        ("who:ptuin|", ['who:"Vladimir Putin"']),
        ('who:"vladimir pu|', ['who:"Vladimir Putin"']),
        ("who:|", ['who:"Vladimir Putin"']),
        ("who:warsaw|", []),
        ("where:wars|", ["where:Warsaw"]),
        ("where:warsaw|", []),
        ("org:un|", ['org:"Coast Union"']),
        ("entity:|", ['entity:"Vladimir Putin"', 'entity:"Coast Union"', "entity:Warsaw"]),
        ("is:un|", ["is:unread"]),
        ("is:unrd|", ["is:unread"]),
        ("has:|", ["has:note", "has:highlight", "has:source", "has:feed"]),
        ("saved:|", ['saved:"War/Grain deal"', "saved:Quiet"]),
        ("saved:gra|", ['saved:"War/Grain deal"']),
        ("rule:|", ["rule:Quiet"]),
        ("strike july 2023|", ["strike date:2023-07"]),
        ("july 2023|", ["date:2023-07"]),
        ("july 20233|", []),
        ("unread|", ["is:unread"]),
        ("-july 2023|", []),
        ("sort:ne|", ["sort:newest"]),
        ("date:yes|", ["date:yesterday"]),
        ("date:2023..to|", ["date:2023..today"]),
        ("so|:x", ["source:x", "sort:x"]),
        ("souce|:x", ["source:x"]),
        ("s|", []),
        ("title:s|", []),
        ("title:stric|", ["title:strict", "title:strike", "title:strikes"]),
        ("title:stirk|", ["title:strike", "title:strikes", "title:strikers"]),
        ("title:sti|", []),
        ("who:ptu|", []),
        ('"the strik|e at"', ['"the strikes at"', '"the strikers at"', '"the striking at"']),
        ("author:str|", []),
        ("lang:e|", []),
        ("id:1|", []),
        ("|", []),
    ],
)
def test_queries_that_are_offered(library: Library, marked: str, queries: list[str]) -> None:
    assert made(library, marked) == queries


def test_sources_and_folders_are_offered(library: Library) -> None:
    for number, folder in enumerate(("News/North", "News", "")):
        url = f"https://{number}.example/feed"
        title = ("Northgate Courier", "Skerry Post", "News")[number]
        library.store.feeds.add(Subscription(url, title, folder=folder), private=False)
    add(library.store, "four", source="News")
    assert made(library, "in:ne|") == ["in:News", "in:News/North", 'in:"New York Times"']
    found = [(one.label, one.kind, one.articles) for one in completions(library, "in:|")]
    assert found == [
        ("News", "folder", 2),
        ("News/North", "folder", 2),
        ("Northgate Courier", "source", 2),
        ("New York Times", "source", 1),
    ]
    assert made(library, 'x in:"york|') == ['x in:"New York Times"']
    assert made(library, "in|")[0] == "in:"


def test_words_come_by_frequency_and_others_after_them(library: Library) -> None:
    assert made(library, "war|") == [
        "warsaw",
        "where:Warsaw",
        "tag:war",
    ]
    assert made(library, "a -sou|") == ["a -source:", "a -source"]
    assert made(library, "souc|")[-1] == "source:"
    assert made(library, "wa|") == ["waits", "warsaw", "tag:war"]
    assert made(library, "north|")[-1] == 'source:"Northgate Courier"'
    found = completions(library, "str|")
    assert [one.label for one in found[:2]] == ["strike", "strikes"]
    assert len(found) == LIMIT
    assert {one.kind for one in found} == {"word"}


def test_a_word_within_one_typo_is_offered_while_few_begin_so(library: Library) -> None:
    assert made(library, "stirk|") == ["strike", "strikes", "strikers"]
    assert made(library, "strict|") == []


def test_what_is_told_of_a_completion(library: Library) -> None:
    assert completions(library, "x tag:wa|")[0] == Completion("war", "tag", 3, "war", 6, 8)
    (person,) = completions(library, "putin|")
    assert person == Completion("Vladimir Putin", "person", 3, 'who:"Vladimir Putin"', 0, 5)
    assert completions(library, "sou|")[0] == Completion("source:", "field", None, "source:", 0, 3)
    assert completions(library, "sort:o|")[0].kind == "order"


def test_there_are_never_too_many(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(completing, "LIMIT", 2)
    assert made(library, "tag:|") == ["tag:war", "tag:war/ukraine"]
    assert len(made(library, "str|")) == 2


def test_what_has_changed_is_offered_at_once(library: Library) -> None:
    assert made(library, "tag:ne|") == []
    library.tagging.tag([1], ["new"], [])
    assert made(library, "tag:ne|") == ["tag:new"]


def test_without_an_index_there_are_no_words(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    add(library.store, "one", text="strike")
    library.tagging.tag([1], ["strange"], [])
    assert made(library, "str|") == ["tag:strange"]
    library.close()


def test_other_names_have_a_field_of_their_own(library: Library) -> None:
    library.store.entities.replace_mentions(1, [entity("Oscars", (0, 1), kind=EntityKind.MISC)])
    assert made(library, "osc|") == ["entity:Oscars"]
