from __future__ import annotations

from collections.abc import Sequence

import pytest

from reader.entities.names import name_key
from reader.entities.owners import (
    KNOWN,
    Owner,
    asked_keys,
    find_owner,
    needs_owner,
    related,
    stored_keys,
)
from reader.entities.values import Linked
from reader.model import EntityKind

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC


def linked(name: str, kind: EntityKind, *aliases: str) -> Linked:
    return Linked(name_key(name, kind), name, kind, (), (name, *aliases))


def owner(name: str, kind: EntityKind, articles: int = 1, *aliases: str) -> Owner:
    """An entity as the library has it after an article with these forms of its name."""
    one = linked(name, kind, *aliases)
    keys = {one.key, *stored_keys(one)}
    return Owner(one.key, kind, name, articles, None, keys, (one.key,))


def found(one: Linked, *owners: Owner) -> str | None:
    """The name of the owner among those that stand under the keys asked for."""
    asked = set(asked_keys(one))
    chosen = find_owner(one, [each for each in owners if asked & each.keys])
    return chosen.name if chosen else None


def test_the_same_name_is_the_same_entity() -> None:
    one = linked("Odalys Brankovan", PER)
    assert found(one, owner("Odalys Brankovan", PER)) == "Odalys Brankovan"
    assert found(one, owner("Otto Brankovan", PER)) is None
    assert found(one) is None


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("James Clapper", "James R. Clapper"),
        ("James R. Clapper", "James Clapper"),
        ("Núñez Feijóo", "Alberto Núñez Feijóo"),
        ("S. Jaishankar", "Subrahmanyam Jaishankar"),
        ("Cal Ripken", "Cal Ripken Jr."),
    ],
)
def test_names_left_out(name: str, known: str) -> None:
    assert found(linked(name, PER), owner(known, PER)) == known


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("James T. Clapper", "James R. Clapper"),
        ("Cal Ripken Sr.", "Cal Ripken Jr."),
        ("Mahamat Idriss Déby", "Idriss Déby"),
        ("George W. Bush", "George H.W. Bush"),
        ("Hillary Clinton", "Bill Clinton"),
    ],
)
def test_names_that_contradict(name: str, known: str) -> None:
    assert found(linked(name, PER), owner(known, PER)) is None


def test_what_was_called_otherwise_contradicts_as_well() -> None:
    known = owner("James Clapper", PER, 9, "James R. Clapper")
    assert found(linked("James T. Clapper", PER), known) is None


def test_two_who_may_be_meant_are_none() -> None:
    two = owner("James R. Clapper", PER), owner("James T. Clapper", PER)
    assert found(linked("James Clapper", PER), *two) is None


@pytest.mark.parametrize(
    ("articles", "others", "owned"),
    [(KNOWN, 0, True), (KNOWN - 1, 0, False), (10, 2, True), (9, 2, False), (2, 2, False)],
)
def test_a_surname_of_many_has_a_dominant_owner(articles: int, others: int, *, owned: bool) -> None:
    two = owner("Otto Smith", PER, articles), owner("Odalys Smith", PER, others)
    assert found(linked("Smith", PER), *two) == ("Otto Smith" if owned else None)


def test_a_rare_surname_is_that_of_its_only_owner() -> None:
    known = owner("Odalys Brankovan", PER)
    assert found(linked("Brankovan", PER), known) == "Odalys Brankovan"
    assert found(linked("Brankovan", PER), known, owner("Otto Brankovan", PER)) is None


def test_a_name_known_by_itself_stays() -> None:
    singer, other = owner("Zorvana", PER, 8), owner("Ada Zorvana", PER, 2)
    assert found(linked("Zorvana", PER), singer, other) == "Zorvana"
    singer.articles = 1
    assert found(linked("Zorvana", PER), singer, other) == "Ada Zorvana"


def test_first_names_tell_nothing_in_other_articles() -> None:
    assert found(linked("Donald", PER), owner("Donald Brankovan", PER, 99, "Donald")) is None
    assert found(linked("Xi", PER), owner("Xi Jinping", PER, 99, "Xi")) == "Xi Jinping"


def test_particles() -> None:
    assert found(linked("al-Zorvan", PER), owner("Omar al-Zorvan", PER)) == "Omar al-Zorvan"
    assert found(linked("Zorvan", PER), owner("Omar al-Zorvan", PER)) == "Omar al-Zorvan"
    assert found(linked("Zorvan", PER), owner("Omar bin Zorvan", PER, 99)) is None


@pytest.mark.parametrize(
    ("one", "known"),
    [
        (linked("ZHM", ORG), owner("Zorvan Hill Movement", ORG, 1, "ZHM")),
        (linked("Zorvan Hill Movement", ORG, "ZHM"), owner("ZHM", ORG)),
        (linked("Brankov", ORG), owner("Brankov Group", ORG)),
        (linked("Brankov Group", ORG), owner("Brankov", ORG)),
        (linked("National Snow Office", ORG), owner("U.S. National Snow Office", ORG)),
        (linked("Brankov Inc.", ORG), owner("Brankov", ORG)),
    ],
)
def test_short_names_of_organisations(one: Linked, known: Owner) -> None:
    assert found(one, known) == known.name


def test_a_short_name_of_several_organisations_is_new_unless_one_dominates() -> None:
    one = linked("ZHM", ORG)
    first = owner("Zorvan Hill Movement", ORG, 4, "ZHM")
    second = owner("Zenta Harbour Mission", ORG, 1, "ZHM")
    assert found(one, first, second) is None
    first.articles = 5
    assert found(one, first, second) == "Zorvan Hill Movement"
    assert found(linked("Zeal Hat Makers", ORG, "ZHM"), first, second) is None


def test_two_long_names_never_share_initials() -> None:
    initials = owner("ZHM", ORG, 9)
    one, other = linked("Zorvan Hill Movement", ORG, "ZHM"), linked("Zeal Hat Makers", ORG, "ZHM")
    assert found(one, initials) == found(other, initials) == "ZHM"
    initials.keys |= {*stored_keys(one)}
    assert found(one, initials) == "ZHM"
    assert found(other, initials) is None


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ben Orlov", "Liam Orlov"),
        ("Mac Orlov", "Ada Orlov"),
        ("Ben Orlov", "Liam Silke-Orlov"),
        ("Orlov", "Liam Silke-Orlov"),
        ("un", "Kim Jong-un"),
    ],
)
def test_particles_and_hyphens_that_make_nobody_else(name: str, known: str) -> None:
    assert found(linked(name, PER), owner(known, PER, 9)) is None


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Ben Orlov", "Itamar Ben Orlov"),
        ("Orlov", "Bashar al-Orlov"),
        ("al-Orlov", "Bashar el-Orlov"),
    ],
)
def test_particles_and_hyphens_of_a_surname(name: str, known: str) -> None:
    assert found(linked(name, PER), owner(known, PER, 9)) == known


def test_what_no_article_names_any_more_owns_nothing() -> None:
    one, left = linked("ZHM", ORG), owner("Zorvan Hill Movement", ORG, 0, "ZHM")
    assert found(one, left) is None
    left.corrected = True
    assert found(one, left) == "Zorvan Hill Movement"


def test_common_nouns_own_nothing_in_other_articles() -> None:
    known = owner("Zorvan Commission", ORG, 9, "Commission")
    assert found(linked("Commission", ORG), known) is None


def test_places_are_found_by_their_keys_alone() -> None:
    assert found(linked("Burma", LOC), owner("Myanmar", LOC)) == "Myanmar"
    assert found(linked("Washington State", LOC), owner("Washington", LOC)) is None


def test_curated_names_find_an_entity_that_nobody_called_so() -> None:
    assert "burma" in stored_keys(linked("Myanmar", LOC))


def test_who_waits_for_full_names() -> None:
    waiting: Sequence[tuple[str, EntityKind]] = [("Putin", PER), ("al-Assad", PER), ("ZHM", ORG)]
    assert all(needs_owner(linked(*one)) for one in waiting)
    whole = [("Vladimir Putin", PER), ("Charles III", PER), ("World Bank", ORG), ("Minsk", LOC)]
    assert not any(needs_owner(linked(*one)) for one in whole)


def test_nationalities_and_countries() -> None:
    assert related("Russians", MISC) == (("russia", LOC),)
    assert related("Burma", LOC) == (("burmese", MISC),)
    assert related("Māori", MISC) == (("new zealand", LOC),)
    assert related("Democrats", MISC) == (("democratic party", ORG),)
    assert related("Democratic Party", ORG) == (("democratic", MISC),)
    assert {key for key, _ in related("Congolese", MISC)} == {
        "republic of the congo",
        "democratic republic of the congo",
    }
    assert related("Zorvan", LOC) == related("Zorvanian", MISC) == related("Russia", PER) == ()
