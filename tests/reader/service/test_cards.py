"""Cards of entities: what articles say of someone or something, with the sentences."""

from __future__ import annotations

import pytest

from reader.errors import EntityNotFoundError
from reader.model import EntityId, EntityKind, NameCount, NameForm, Span
from reader.service import cards
from reader.service.library import Library
from tests.reader.service.naming import add, index_what_waits, the

QUAY = (
    "[PER:Anna Berg] opened the quay of [LOC:Odda]. [PER:Anna Berg|Berg] thanked [ORG:Hill Fund]."
)
MAYOR = (
    "The mayor spoke. Ms [PER:Anna Berg|Berg] and [ORG:Hill Fund] met in [LOC:Odda].\nIt rained."
)
ALONE = "Nobody came to [LOC:Odda]."


@pytest.fixture
def world(fresh: Library) -> Library:
    """Articles 1 and 2 name Anna Berg, Hill Fund and Odda, 3 Odda alone; 4 has no date."""
    add(fresh, QUAY, date="2023-07-23", title="Quay opened")
    add(fresh, MAYOR, date="2023-05-02", title="Mayor speaks")
    add(fresh, ALONE, date="2022-12-31", title="Empty streets")
    add(fresh, "[ORG:Hill Fund] paid.", title="Undated")
    return fresh


def test_a_card_has_all_that_articles_say(world: Library) -> None:
    card = world.cards.card(the(world, "Anna Berg"))
    assert (card.entity.name, card.entity.kind) == ("Anna Berg", EntityKind.PER)
    assert (card.articles, card.mentions) == (2, 3)
    assert card.forms == (NameForm("Berg", 2), NameForm("Anna Berg", 1))
    assert card.first is not None
    assert card.last is not None
    assert (card.first.title, card.last.title) == ("Mayor speaks", "Quay opened")
    assert card.months == (NameCount("2023-07", 1), NameCount("2023-05", 1))
    named = [(one.entity.name, one.sentences) for one in card.together]
    assert sorted(named) == [("Hill Fund", 2), ("Odda", 2)]
    assert [one.entity.name for one in card.places] == ["Odda"]
    assert (card.tags, card.related) == ((), ())


def test_places_beyond_those_looked_at(world: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add(world, "[PER:Anna Berg] and [ORG:Hill Fund] left [LOC:Voss].")
    monkeypatch.setattr(cards, "LOOKED_AT", 1)
    card = world.cards.card(the(world, "Anna Berg"))
    assert [one.entity.name for one in card.places] == ["Odda", "Voss"]


def test_tags_of_the_articles_that_name_it(world: Library) -> None:
    world.tagging.tag([1, 2, 3], ["coast"], [])
    world.tagging.tag([1], ["new"], [])
    card = world.cards.card(the(world, "Anna Berg"))
    assert card.tags == (NameCount("coast", 2), NameCount("new", 1))


def test_an_article_without_a_date_has_no_month(world: Library) -> None:
    card = world.cards.card(the(world, "Hill Fund"))
    assert card.articles == 3
    assert sum(month.articles for month in card.months) == 2
    assert card.first is not None
    assert card.last is not None
    assert "Undated" not in (card.first.title, card.last.title)


def test_the_country_of_a_nationality(fresh: Library) -> None:
    add(fresh, "[LOC:France] met [MISC:French] farmers.", "[MISC:Dutch] cheese.")
    (french,) = fresh.cards.card(the(fresh, "France")).related
    assert (french.name, french.kind) == ("French", EntityKind.MISC)
    assert [one.name for one in fresh.cards.card(french.id).related] == ["France"]
    assert fresh.cards.card(the(fresh, "Dutch")).related == ()


def test_articles_are_newest_first_with_a_sentence_each(world: Library) -> None:
    page = world.cards.articles(the(world, "Anna Berg"), 0, 10)
    assert (page.total, page.cursor) == (2, None)
    assert [one.row.title for one in page.items] == ["Quay opened", "Mayor speaks"]
    newest, oldest = page.items
    assert newest.sentence == "Anna Berg opened the quay of Odda."
    assert (newest.spans, newest.offset) == ((Span(0, 9),), 0)
    assert oldest.sentence == "Ms Berg and Hill Fund met in Odda."
    assert (oldest.spans, oldest.offset) == ((Span(3, 7),), 20)


def test_pages_of_articles(world: Library) -> None:
    odda = the(world, "Odda")
    pages = [world.cards.articles(odda, start, 2) for start in (0, 2, 4)]
    assert [[one.row.id for one in page.items] for page in pages] == [[1, 2], [3], []]
    assert {page.total for page in pages} == {3}


def test_evidence_is_the_newest_sentence_that_names_both(world: Library) -> None:
    berg, fund, odda = (the(world, name) for name in ("Anna Berg", "Hill Fund", "Odda"))
    found = world.cards.evidence(berg, fund)
    assert found is not None
    assert (found.row.title, found.sentence) == ("Quay opened", "Berg thanked Hill Fund.")
    assert [found.sentence[span.start : span.end] for span in found.spans] == ["Berg", "Hill Fund"]
    assert found.offset == world.reading.get_article(found.row.id).text.index("Berg thanked")
    both = world.cards.evidence(fund, odda)
    assert both is not None
    assert both.row.title == "Mayor speaks"


def test_without_a_sentence_that_names_both_there_is_no_evidence(fresh: Library) -> None:
    add(fresh, "[PER:Anna Berg] spoke. [LOC:Odda] was quiet.", "[LOC:Voss] too.")
    berg, odda, voss = (the(fresh, name) for name in ("Anna Berg", "Odda", "Voss"))
    assert fresh.cards.evidence(berg, odda) is None
    assert fresh.cards.evidence(berg, voss) is None


def test_what_is_uncertain_does_not_count(fresh: Library) -> None:
    add(fresh, "[?PER:May] was warm. [PER:May] spoke.", "[?PER:May] again.")
    card = fresh.cards.card(the(fresh, "May"))
    assert (card.articles, card.mentions) == (1, 1)
    (only,) = fresh.cards.articles(card.entity.id, 0, 5).items
    assert only.sentence == "May spoke."


def test_an_entity_nobody_knows(world: Library) -> None:
    for ask in (
        lambda: world.cards.card(99),
        lambda: world.cards.articles(99, 0, 5),
        lambda: world.cards.evidence(1, 99),
    ):
        with pytest.raises(EntityNotFoundError):
            ask()


def test_an_entity_that_lost_all_its_articles_has_an_empty_card(world: Library) -> None:
    fund = the(world, "Hill Fund")
    world.store.entities.replace_mentions(1, ())
    world.store.entities.replace_mentions(2, ())
    world.store.entities.replace_mentions(4, ())
    card = world.cards.card(fund)
    assert (card.articles, card.first, card.last, card.months) == (0, None, None, ())
    assert world.cards.articles(fund, 0, 5).items == ()


def names(found: tuple[object, ...]) -> list[str]:
    return [str(getattr(one, "name", one)) for one in found]


def test_names_find_entities_most_articles_first(world: Library) -> None:
    add(world, "[PER:Nils Berg|Berg] left.", "[LOC:Berg] is small.")
    assert names(world.cards.find("berg")) == ["Anna Berg", "Nils Berg", "Berg"]
    assert names(world.cards.find("BERG, anna")) == ["Anna Berg"]
    assert names(world.cards.find("fund")) == ["Hill Fund"]
    assert world.cards.find("nobody") == ()


def test_a_number_finds_one(world: Library) -> None:
    berg = the(world, "Anna Berg")
    assert names(world.cards.find(f"#{berg}")) == ["Anna Berg"]
    assert names(world.cards.find(f" #{berg} ")) == ["Anna Berg"]
    assert world.cards.find("#99") == ()


def test_names_nearly_like_one(world: Library) -> None:
    assert [one.entity.name for one in world.cards.near("Ana Burg")] == ["Anna Berg"]
    assert [one.entity.name for one in world.cards.near("Hil")] == ["Hill Fund"]
    assert world.cards.near("Zzyzx") == ()
    assert world.cards.near("") == ()


def test_what_was_merged_counts_once_and_at_once(world: Library) -> None:
    add(world, "[PER:A. Berg] and [PER:Anna Berg] are one. [LOC:Odda].", date="2024-01-01")
    berg, other = the(world, "Anna Berg"), the(world, "A. Berg")
    world.correcting.merge(other, berg)
    for one in (berg, other):
        card = world.cards.card(one)
        assert (card.entity.id, card.articles, card.mentions) == (berg, 3, 5)
        assert card.months[0] == NameCount("2024-01", 1)
        assert "Anna Berg" not in [other.entity.name for other in card.together]
    evidence = world.cards.articles(berg, 0, 1).items[0]
    assert [evidence.sentence[span.start : span.end] for span in evidence.spans] == [
        "A. Berg",
        "Anna Berg",
    ]
    assert list(world.searching.view("entity:berg").ids) == [5, 1, 2]
    assert list(world.searching.view(f'entity:"#{berg}"').ids) == [5, 1, 2]
    index_what_waits(world)
    assert list(world.searching.view('who:"a berg"').ids) == [5, 1, 2]
    world.history.undo()
    index_what_waits(world)
    assert list(world.searching.view(f"entity:#{other}").ids) == [5]


def test_a_renamed_entity_is_found_by_all_its_names(world: Library) -> None:
    berg = the(world, "Anna Berg")
    world.correcting.rename(berg, "Anna Fjell")
    index_what_waits(world)
    for text in ("who:fjell", 'who:"anna berg"', "entity:berg", f"who:#{berg}"):
        assert list(world.searching.view(text).ids) == [1, 2], text
    assert list(world.searching.view(f"org:#{berg}").ids) == []
    assert names(world.cards.find("Fjell")) == ["Anna Fjell"]


def test_what_is_ignored_is_nowhere(world: Library) -> None:
    fund = the(world, "Hill Fund")
    world.correcting.ignore(fund)
    index_what_waits(world)
    assert world.cards.find("Hill Fund") == ()
    assert world.cards.find(f"#{fund}") == ()
    assert "Hill Fund" not in [
        one.entity.name for one in world.cards.card(the(world, "Anna Berg")).together
    ]
    assert list(world.searching.view("org:hill").ids) == []
    with pytest.raises(EntityNotFoundError):
        world.cards.card(EntityId(fund))
