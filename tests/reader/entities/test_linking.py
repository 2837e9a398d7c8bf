from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from reader.entities import Found, Linked, link
from reader.entities.places import home_of
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
        assert entity.name
        assert entity.key
        assert list(entity.mentions) == sorted(entity.mentions, key=lambda one: one.start)


def names(text: str, *marked: tuple[str, EntityKind]) -> dict[str, list[str]]:
    """The forms of each entity, by its name, as often as they stand in the text."""
    return {
        entity.name: [text[one.start : one.end] for one in entity.mentions]
        for entity in linked(text, *marked)
    }


def test_other_middle_names_are_other_people() -> None:
    text = "George W. Bush thanked George H.W. Bush. Bush wept, said George W. Bush. Bush left."
    whole = ["George W. Bush", "George H.W. Bush", "Bush", "George W. Bush", "Bush"]
    assert names(text, *((name, PER) for name in whole)) == {
        "George W. Bush": ["George W. Bush", "George W. Bush", "Bush"],
        "George H.W. Bush": ["George H.W. Bush", "Bush"],
    }


def test_titles_tell_two_of_one_surname_apart() -> None:
    text = (
        "Grace Orlo and Peter Orlo met. Mr. Orlo spoke, Mrs. Orlo sang. "
        "Senator Ada Fenn, Ed Fenn. Senator Fenn."
    )
    assert names(
        text,
        ("Grace Orlo", PER),
        ("Peter Orlo", PER),
        ("Orlo", PER),
        ("Orlo", PER),
        ("Ada Fenn", PER),
        ("Ed Fenn", PER),
        ("Fenn", PER),
    ) == {
        "Grace Orlo": ["Grace Orlo", "Orlo"],
        "Peter Orlo": ["Peter Orlo", "Orlo"],
        "Ada Fenn": ["Ada Fenn", "Fenn"],
        "Ed Fenn": ["Ed Fenn"],
    }


def test_a_title_that_fits_nobody_tells_nothing() -> None:
    text = "Grace Orlo and Mary Orlo met. Mr. Orlo spoke."
    entities = names(text, ("Grace Orlo", PER), ("Mary Orlo", PER), ("Orlo", PER))
    assert entities["Mary Orlo"] == ["Mary Orlo", "Orlo"]


def test_short_and_long_first_names() -> None:
    text = "Joseph Zorvan, Joe Zorvan, J. Zorvan; J.K. Brankov, Joanne Brankov; Jo Fenn, Jane Fenn."
    marked = ["Joseph Zorvan", "Joe Zorvan", "J. Zorvan", "J.K. Brankov", "Joanne Brankov"]
    entities = names(text, *((name, PER) for name in [*marked, "Jo Fenn", "Jane Fenn"]))
    assert [len(forms) for forms in entities.values()] == [3, 2, 1, 1]


def test_particles_and_family_names_first() -> None:
    text = (
        "Omar al-Zorvan, Zorvan; Jan van der Fenn, Van der Fenn; "
        "Xi Jinping, Xi; Ali bin Orlo, Orlo."
    )
    marked = ["Omar al-Zorvan", "Zorvan", "Jan van der Fenn", "Van der Fenn", "Xi Jinping", "Xi"]
    entities = names(text, *((name, PER) for name in [*marked, "Ali bin Orlo", "Orlo"]))
    assert [len(forms) for forms in entities.values()] == [2, 2, 2, 1, 1]


def test_kings_and_fathers() -> None:
    text = "Charles III met Mahamat Idriss Fenn, son of Idriss Fenn. Charles left."
    marked = ["Charles III", "Mahamat Idriss Fenn", "Idriss Fenn", "Charles"]
    assert names(text, *((name, PER) for name in marked)) == {
        "Charles III": ["Charles III", "Charles"],
        "Mahamat Idriss Fenn": ["Mahamat Idriss Fenn"],
        "Idriss Fenn": ["Idriss Fenn"],
    }


def test_also_known_as() -> None:
    text = (
        "Mohamed Orlo, known as Zorva, left. "
        "The ZHM (Zorvan Hill Movement) and HTS, or Hill Top Sons."
    )
    entities = names(
        text,
        ("Mohamed Orlo", PER),
        ("Zorva", PER),
        ("ZHM", ORG),
        ("Zorvan Hill Movement", ORG),
        ("HTS", ORG),
        ("Hill Top Sons", ORG),
    )
    assert [*entities] == ["Mohamed Orlo", "Zorvan Hill Movement", "Hill Top Sons"]


def test_letters_of_another_language_in_brackets() -> None:
    text = "The Workers' Tale (PT) won; Ada Fenn (LAB) lost in Zorvan (UK)."
    marked = [("Workers' Tale", ORG), ("PT", ORG), ("Ada Fenn", PER), ("LAB", ORG)]
    entities = names(text, *marked, ("Zorvan", LOC), ("UK", LOC))
    assert entities["Workers' Tale"] == ["Workers' Tale", "PT"]
    assert len(entities) == 5


def test_common_nouns_of_organisations() -> None:
    text = (
        "The Zorvan Commission met the Bank of Fenn. "
        "The Commission and the Bank left; the Hill Club and the Commission too."
    )
    assert names(
        text,
        ("Zorvan Commission", ORG),
        ("Bank of Fenn", ORG),
        ("Commission", ORG),
        ("Bank", ORG),
        ("Hill Club", ORG),
        ("Commission", ORG),
    ) == {
        "Zorvan Commission": ["Zorvan Commission", "Commission", "Commission"],
        "Bank of Fenn": ["Bank of Fenn", "Bank"],
        "Hill Club": ["Hill Club"],
    }


def test_clubs_initials_and_names_introduced() -> None:
    text = (
        "The Zorvan Larks beat Fenn Hill Rovers. Larks fans and FHR sang. "
        "Orlo Harvest Fruit grew; Orlo said so."
    )
    entities = names(
        text,
        *((name, ORG) for name in ["Zorvan Larks", "Fenn Hill Rovers", "Larks", "FHR"]),
        *((name, ORG) for name in ["Orlo Harvest Fruit", "Orlo"]),
    )
    assert [len(forms) for forms in entities.values()] == [2, 2, 2]


def test_initials_are_those_of_all_words_as_they_are_written() -> None:
    text = (
        "HSBC and its sister Hang Seng Bank; KCB and the Central Bank of Kenya (CBK). CBK spoke. "
    )
    marked = ["HSBC", "Hang Seng Bank", "KCB", "Central Bank of Kenya", "CBK", "CBK"]
    assert names(text, *((name, ORG) for name in marked)) == {
        "HSBC": ["HSBC"],
        "Hang Seng Bank": ["Hang Seng Bank"],
        "KCB": ["KCB"],
        "Central Bank of Kenya": ["Central Bank of Kenya", "CBK", "CBK"],
    }


def test_the_bodies_of_countries() -> None:
    text = (
        "Kenya's Supreme Court and the Indian Supreme Court met; "
        "the Supreme Court of India and the Supreme Court of Kenya agreed."
    )
    assert names(
        text,
        ("Kenya", LOC),
        ("Supreme Court", ORG),
        ("Indian Supreme Court", ORG),
        ("Supreme Court of India", ORG),
        ("Supreme Court", ORG),
        ("Kenya", LOC),
    ) == {
        "Kenya": ["Kenya", "Kenya"],
        "Kenya Supreme Court": ["Supreme Court", "Supreme Court"],
        "Indian Supreme Court": ["Indian Supreme Court", "Supreme Court of India"],
    }


def test_a_body_is_that_of_the_country_the_article_is_about() -> None:
    text = "The Supreme Court spoke in Kenya. Kenyan papers wrote."
    marked = [("Supreme Court", ORG), ("Kenya", LOC), ("Kenyan", MISC)]
    assert linked(text, *marked)[0].key == "kenya supreme court"
    text = "NAIROBI: The Supreme Court spoke of Uganda."
    marked = [("NAIROBI", LOC), ("Supreme Court", ORG), ("Uganda", LOC)]
    assert linked(text, *marked)[1].key == "kenya supreme court"
    text = (
        "The High Court in Karachi met. The Ministry of the Interior of Chad, the Ministry of Toys."
    )
    marked = [("High Court", ORG), ("Karachi", LOC), ("Ministry of the Interior of Chad", ORG)]
    assert [one.key for one in linked(text, *marked, ("Ministry of Toys", ORG))] == [
        "pakistan high court",
        "karachi",
        "chad interior ministry",
        "pakistan toys ministry",
    ]


def test_a_body_whose_country_nothing_tells_is_that_of_its_article_alone() -> None:
    bodies = [
        "Parliament",
        "High Court",
        "Ministry of Finance",
        "Labour",
        "Communist Party",
        "Tory Party",
    ]
    for body in bodies:
        end = " was named at length in Kenya and Uganda."
        one, *_ = linked(body + end, (body, ORG), ("Kenya", LOC), ("Uganda", LOC))
        again, *_ = linked(body + end, (body, ORG), ("Kenya", LOC), ("Uganda", LOC))
        other, *_ = linked(f"The {body} met.", (body, ORG))
        assert one.key == again.key != other.key
        assert one.name == body


def test_a_body_of_a_country_may_be_curated() -> None:
    text = "CCP leaders left. In China the Communist Party rules; the Communist Party of China too."
    marked = [("CCP", ORG), ("China", LOC), ("Communist Party", ORG)]
    entities = names(text, *marked, ("Communist Party of China", ORG))
    assert [*entities] == ["Chinese Communist Party", "China"]
    assert len(entities["Chinese Communist Party"]) == 3


def test_towns_and_states_tell_a_country() -> None:
    told = ["London", "Karachi", "Kansas", "Kenyan", "Victoria", "Georgia", "Zorvan", "San Jose"]
    assert [home_of(name) for name in told] == [
        "united kingdom",
        "pakistan",
        "united states",
        "kenya",
        "seychelles",
        "georgia",
        None,
        "costa rica",
    ]


def test_places_called_alike() -> None:
    text = "Paris, Texas, burned. Paris mourned. Guards at Zorvan Prison struck; Zorvan was quiet."
    marked = ["Paris", "Texas", "Paris", "Zorvan Prison", "Zorvan"]
    assert names(text, *((name, LOC) for name in marked)) == {
        "Paris, Texas": ["Paris", "Paris"],
        "Texas": ["Texas"],
        "Zorvan Prison": ["Zorvan Prison", "Zorvan"],
    }


def test_a_kind_that_stands_alone_is_noise() -> None:
    text = "Zorvan " * 5
    one, *many = (Found(7 * n, 7 * n + 6, PER if n == 0 else ORG, 0.9) for n in range(5))
    assert summary(link(text, [one, *many])) == [("Zorvan", 5)]
    text = f"Ada Zorvan {text}"
    moved = [Found(at.start + 11, at.end + 11, at.kind, at.confidence) for at in (one, *many)]
    entities = link(text, [Found(0, 10, PER, 0.9), *moved])
    assert summary(entities) == [("Ada Zorvan", 2), ("Zorvan", 4)]


def test_curated_names_are_one_entity() -> None:
    text = (
        "The U.S., America and the United States; Burma; "
        "the UN and the United Nations; Poles and Polish."
    )
    marked = [("U.S.", LOC), ("America", LOC), ("United States", LOC), ("Burma", LOC), ("UN", ORG)]
    entities = names(text, *marked, ("United Nations", ORG), ("Poles", MISC), ("Polish", MISC))
    assert [*entities] == ["United States", "Myanmar", "United Nations", "Polish"]


def test_peoples_and_languages_are_no_states() -> None:
    for people, nation in [
        ("Māori", "New Zealander"),
        ("Mongols", "Mongolian"),
        ("Soviets", "Russian"),
        ("Malay", "Malaysian"),
        ("Khmer", "Cambodian"),
        ("Persian", "Iranian"),
    ]:
        assert len(linked(f"{people}, {nation}", (people, MISC), (nation, MISC))) == 2
    club, country = linked("América beat America", ("América", LOC), ("America", LOC))
    assert (club.name, country.name) == ("América", "United States")


def test_people_of_a_party() -> None:
    text = "The Conservative Party lost. Conservatives wept; Liberals and Liberal voters did not."
    marked = [("Conservative Party", ORG), ("Conservatives", MISC), ("Liberals", MISC)]
    assert names(text, *marked) == {
        "Conservative Party": ["Conservative Party", "Conservatives"],
        "Liberals": ["Liberals"],
    }


def test_linking_is_quick() -> None:
    """An article of 400 words names about thirty; half a millisecond, with room for a busy
    machine."""
    text = " ".join(
        f"Ada Zorvan{n} met Zorvan{n} at the Hill{n} Group with Hill{n}." for n in range(8)
    )
    found = []
    for word in ("Ada Zorvan{}", "Zorvan{}", "Hill{} Group", "Hill{}"):
        for number in range(8):
            start = text.index(word.format(number) + (" " if word[-1] == "}" else ""), 0)
            kind = ORG if word[0] == "H" else PER
            found.append(Found(start, start + len(word.format(number)), kind, 1.0))
    found.sort(key=lambda one: one.start)
    times = []
    for _ in range(20):
        began = time.process_time()
        link(text, found)
        times.append(time.process_time() - began)
    assert min(times) < 0.005
