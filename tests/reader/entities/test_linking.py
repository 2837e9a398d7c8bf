from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.entities import Found, Linked, link
from reader.model import EntityKind

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC


def linked(text: str, *marked: tuple[str, EntityKind]) -> tuple[Linked, ...]:
    """Mark the names in the order in which they stand, then link them."""
    found = []
    position = 0
    for name, kind in marked:
        start = text.index(name, position)
        position = start + len(name)
        found.append(Found(start, position, kind, 1.0))
    return link(text, found)


def summary(entities: tuple[Linked, ...]) -> list[tuple[str, int]]:
    return [(entity.name, len(entity.mentions)) for entity in entities]


def test_a_surname_joins_the_full_name_even_before_it() -> None:
    entities = linked(
        "Putin left. Vladimir Putin spoke; Putin smiled.",
        ("Putin", PER),
        ("Vladimir Putin", PER),
        ("Putin", PER),
    )
    assert summary(entities) == [("Vladimir Putin", 3)]
    assert entities[0].aliases == ("Putin", "Vladimir Putin")
    assert entities[0].kind is PER


def test_a_given_name_joins_the_full_name() -> None:
    entities = linked(
        "Aung San Suu Kyi met Ottoline Grebb. Ottoline left.",
        ("Aung San Suu Kyi", PER),
        ("Ottoline Grebb", PER),
        ("Ottoline", PER),
    )
    assert summary(entities) == [("Aung San Suu Kyi", 1), ("Ottoline Grebb", 2)]


def test_a_longer_form_of_the_same_name() -> None:
    entities = linked(
        "George W. Bush and George Bush; San Suu Kyi is Aung San Suu Kyi.",
        ("George W. Bush", PER),
        ("George Bush", PER),
        ("San Suu Kyi", PER),
        ("Aung San Suu Kyi", PER),
    )
    assert summary(entities) == [("George W. Bush", 2), ("Aung San Suu Kyi", 2)]


def test_two_people_with_one_surname_stay_two() -> None:
    text = "Bill Clinton met Clinton. Hillary Clinton left, then Clinton. Bill Clinton saw Clinton."
    entities = linked(
        text,
        ("Bill Clinton", PER),
        ("Clinton", PER),
        ("Hillary Clinton", PER),
        ("Clinton", PER),
        ("Bill Clinton", PER),
        ("Clinton", PER),
    )
    assert summary(entities) == [("Bill Clinton", 4), ("Hillary Clinton", 2)]


def test_a_shared_surname_before_both_goes_to_the_first() -> None:
    entities = linked(
        "Clinton spoke. Hillary Clinton and Bill Clinton left.",
        ("Clinton", PER),
        ("Hillary Clinton", PER),
        ("Bill Clinton", PER),
    )
    assert summary(entities) == [("Hillary Clinton", 2), ("Bill Clinton", 1)]


def test_a_short_form_defined_in_brackets() -> None:
    entities = linked(
        "The North Atlantic Treaty Organization (NATO) met; Nato agreed.",
        ("North Atlantic Treaty Organization", ORG),
        ("NATO", ORG),
        ("Nato", ORG),
    )
    assert summary(entities) == [("North Atlantic Treaty Organization", 3)]
    assert entities[0].aliases == ("North Atlantic Treaty Organization", "NATO", "Nato")


def test_small_words_may_be_left_out_of_a_short_form() -> None:
    entities = linked(
        "The Bank of Zorvan (BZ) and the University of the Hills (UNH).",
        ("Bank of Zorvan", ORG),
        ("BZ", ORG),
        ("University of the Hills", ORG),
        ("UNH", ORG),
    )
    assert summary(entities) == [("Bank of Zorvan", 2), ("University of the Hills", 2)]


def test_brackets_of_another_name_join_nothing() -> None:
    entities = linked("Reuters (Kyiv) and BBC (CNN).", ("Reuters", ORG), ("Kyiv", LOC))
    assert summary(entities) == [("Reuters", 1), ("Kyiv", 1)]
    entities = linked("BBC (CNN).", ("BBC", ORG), ("CNN", ORG))
    assert summary(entities) == [("BBC", 1), ("CNN", 1)]


def test_the_first_word_of_an_organisation() -> None:
    entities = linked(
        "Wagner men left; the Wagner Group stayed.", ("Wagner", ORG), ("Wagner Group", ORG)
    )
    assert summary(entities) == [("Wagner Group", 2)]


def test_two_organisations_that_begin_alike_keep_the_short_one_apart() -> None:
    entities = linked(
        "Tata Group and Tata Holdings and Tata.",
        ("Tata Group", ORG),
        ("Tata Holdings", ORG),
        ("Tata", ORG),
    )
    assert summary(entities) == [("Tata Group", 1), ("Tata Holdings", 1), ("Tata", 1)]


def test_kinds_do_not_mix() -> None:
    entities = linked("Washington met Washington.", ("Washington", PER), ("Washington", LOC))
    assert [entity.kind for entity in entities] == [PER, LOC]


def test_two_spellings_are_one_and_the_first_is_its_name() -> None:
    entities = linked("Kyiv, or Kiev, or Kyiv’s", ("Kyiv", LOC), ("Kiev", LOC), ("Kyiv’s", LOC))
    assert summary(entities) == [("Kyiv", 3)]
    assert entities[0].aliases == ("Kyiv", "Kiev")


def test_nothing_links_to_nothing() -> None:
    assert link("", ()) == ()


WORDS = st.sampled_from(["Putin", "Vladimir", "Wagner", "Group", "Bank", "BG", "of", "Kyiv", "Jr."])


@given(st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(EntityKind))))
def test_every_mention_is_in_one_entity(parts: list[tuple[list[str], EntityKind]]) -> None:
    text = ""
    found = []
    for words, kind in parts:
        text += "(" if len(words) == 1 else " "
        name = " ".join(words)
        found.append(Found(len(text), len(text) + len(name), kind, 0.5))
        text += name + ")"
    entities = link(text, found)
    gathered = [mention for entity in entities for mention in entity.mentions]
    assert sorted(gathered, key=lambda mention: mention.start) == found
    for entity in entities:
        assert entity.name in entity.aliases
        assert {mention.kind for mention in entity.mentions} == {entity.kind}
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda one: one.start)
