"""Each rule of the recogniser with sentences that show it. Names stand as kind:name."""

from __future__ import annotations

import pytest

from reader.entities import load_recogniser

RECOGNISER = load_recogniser()


def names(text: str) -> list[str]:
    found = RECOGNISER.recognise([text])[0]
    return [f"{name.kind}:{text[name.start : name.end]}" for name in found]


CASES = {
    "a listed country and its adjective": (
        "Norwegian trawlers left Iceland.",
        ["MISC:Norwegian", "LOC:Iceland"],
    ),
    "initials keep their last dot": (
        "Ships of the U.S. passed by.",
        ["LOC:U.S."],
    ),
    "an honorific is no part of the name": (
        "Then Mr Quillfeather smiled.",
        ["PER:Quillfeather"],
    ),
    "a title of two words before a full name": (
        "Prime Minister Odalys Brankovan resigned.",
        ["PER:Odalys Brankovan"],
    ),
    "a role in lower case before a name": (
        "They met president Tavita Ulukalala there.",
        ["PER:Tavita Ulukalala"],
    ),
    "a title after a title": (
        "Vice Foreign Minister Kim Kye-gwan spoke.",
        ["PER:Kim Kye-gwan"],
    ),
    "a ministry inside a title": (
        "Secretary of Defense Lloyd Austin spoke.",
        ["PER:Lloyd Austin"],
    ),
    "an office made of an ordinary word": (
        "Then Harvest Minister Pekka Laine spoke.",
        ["PER:Pekka Laine"],
    ),
    "a particle after an honorific": (
        "Later Mr. da Silva left.",
        ["PER:da Silva"],
    ),
    "a particle inside a name": (
        "Later Ursula von der Leyen left.",
        ["PER:Ursula von der Leyen"],
    ),
    "a given name and an unknown surname": (
        "Guests heard Dmytro Zhovtobryukh sing.",
        ["PER:Dmytro Zhovtobryukh"],
    ),
    "a middle initial": (
        "They elected Barbara J. Quenelle again.",
        ["PER:Barbara J. Quenelle"],
    ),
    "a person called like a town": (
        "Singer Larry London toured.",
        ["PER:Larry London"],
    ),
    "a given name like a place": (
        "They met Paris Hilton and Jordan Henderson.",
        ["PER:Paris Hilton", "PER:Jordan Henderson"],
    ),
    "a surname like a hill": (
        "We saw Christopher Hill at work.",
        ["PER:Christopher Hill"],
    ),
    "a possessive stays outside": (
        "We read Ukraine's plan and Kuleba’s reply to Sergei Lavrov.",
        ["LOC:Ukraine", "PER:Kuleba", "PER:Sergei Lavrov"],
    ),
    "organisations by their last word": (
        "He joined Brindlewick Holdings and the Halvorsen Institute.",
        ["ORG:Brindlewick Holdings", "ORG:Halvorsen Institute"],
    ),
    "a ministry with of and and": (
        "Staff of the Ministry of Energy and Mines agreed.",
        ["ORG:Ministry of Energy and Mines"],
    ),
    "and does not join two listed names": (
        "Both Microsoft and Deutsche Bank agreed.",
        ["ORG:Microsoft", "ORG:Deutsche Bank"],
    ),
    "the owner in a party's name": (
        "The Farmers' Party and the Women's Institute agreed.",
        ["ORG:Farmers' Party", "ORG:Women's Institute"],
    ),
    "a country and its ministry": (
        "The Chinese Foreign Ministry agreed.",
        ["MISC:Chinese", "ORG:Foreign Ministry"],
    ),
    "a country inside a name": (
        "The Norwegian Refugee Council agreed.",
        ["ORG:Norwegian Refugee Council"],
    ),
    "a country before a listed party": (
        "The British Labour Party agreed.",
        ["MISC:British", "ORG:Labour Party"],
    ),
    "a numbered division": (
        "Men of the 1st Armored Division came.",
        ["ORG:1st Armored Division"],
    ),
    "a town and its team": (
        "Fans of the Duluth Pirates came.",
        ["ORG:Duluth Pirates"],
    ),
    "places by their last word": (
        "They crossed the Quenby River near Ashdale Province.",
        ["LOC:Quenby River", "LOC:Ashdale Province"],
    ),
    "places by their first word": (
        "They climbed Mount Brumley above Lake Ondine.",
        ["LOC:Mount Brumley", "LOC:Lake Ondine"],
    ),
    "a side of a country": (
        "Rain fell in South Ossetia and New Brumley.",
        ["LOC:South Ossetia", "LOC:New Brumley"],
    ),
    "a place named by its sort": (
        "They live in the town of Brumley and the Zorvan district.",
        ["LOC:Brumley", "LOC:Zorvan"],
    ),
    "a place before its country": (
        "A fire in Brumley, Ukraine, was put out.",
        ["LOC:Brumley", "LOC:Ukraine"],
    ),
    "what a name is said to be": (
        "Brumley is a quiet village. Ondine, a young singer, left.",
        ["LOC:Brumley", "PER:Ondine"],
    ),
    "an acronym in brackets": (
        "The Zorvan Liberation Front (ZLF) agreed. The ZLF left.",
        ["ORG:Zorvan Liberation Front", "ORG:ZLF", "ORG:ZLF"],
    ),
    "a short form of ordinary words is no name": (
        "They signed the arrangement (QRX).",
        [],
    ),
    "events": (
        "The World Cup, World War II and Hurricane Ottilie passed; so did the Battle of Brumley.",
        ["MISC:World Cup", "MISC:World War II", "MISC:Hurricane Ottilie", "MISC:Battle of Brumley"],
    ),
    "a compound with a place": (
        "A Moscow-based firm and U.S.-led forces met anti-Taliban men.",
        ["LOC:Moscow", "LOC:U.S.", "ORG:Taliban"],
    ),
    "two countries in one word": (
        "The Russia-Ukraine border is long.",
        ["LOC:Russia", "LOC:Ukraine"],
    ),
    "a compound that describes": (
        "They left the Muslim-inhabited suburbs.",
        [],
    ),
    "months, days and starters are no names": (
        "On Monday, 3 March it rained. However, Officials Said nothing in Jan 2024.",
        [],
    ),
    "a month that is a name": (
        "They met Jan Egeland in January.",
        ["PER:Jan Egeland"],
    ),
    "an ordinary word first in its sentence": (
        "Target practice ended. Heavy rain fell. Apple trees grew.",
        [],
    ),
    "a shouted word": (
        "This is VERY good and FREE for the US.",
        ["LOC:US"],
    ),
    "a place in capitals": (
        "(MOSCOW) It rained.",
        ["LOC:MOSCOW"],
    ),
    "a surname in capitals": (
        "Found by Christopher COLUMBUS in time.",
        ["PER:Christopher COLUMBUS"],
    ),
    "a line of capitals": (
        "NATO LEADERS MEET IN KYIV\nIt rained.",
        ["ORG:NATO", "LOC:KYIV"],
    ),
    "a headline": (
        "Protest Leaders Meet Police Chiefs in Warsaw\nIt rained.",
        ["LOC:Warsaw"],
    ),
    "a title before a name of an organisation": (
        "In an interview with the Economist he agreed.",
        ["ORG:Economist"],
    ),
    "the article before a paper": (
        "The Guardian said so; he read The Guardian.",
        ["ORG:Guardian", "ORG:The Guardian"],
    ),
    "an acronym that is also a word": (
        "The WHO warned; he asked WHO it was.",
        ["ORG:WHO"],
    ),
    "an Arabic article inside a name": (
        "The court saw Barzan al-Tikriti and later Mr. al-Bashir.",
        ["PER:Barzan al-Tikriti", "PER:al-Bashir"],
    ),
    "a lone name that speaks": (
        "Quillfeather said so.",
        ["PER:Quillfeather"],
    ),
    "a paper after its sort": (
        "The newspaper Zorvania printed it; Brumley lawmakers left.",
        ["ORG:Zorvania"],
    ),
    "a thing named by its sort": (
        "They fired a Brumley missile.",
        ["MISC:Brumley"],
    ),
    "a number in a name": (
        "They saw Brumley7 there.",
        [],
    ),
    "an age after a name": (
        "Neighbours saw Quillon, 54, leave.",
        ["PER:Quillon"],
    ),
    "forms of persons and places": (
        "We met Brumlenko beside Quendlestan.",
        [],
    ),
    "another script is left alone": (
        "Газета Правда и Москва.",
        [],
    ),
    "letters with marks": (
        "Recep Tayyip Erdoğan met people in Łódź.",
        ["PER:Recep Tayyip Erdoğan", "LOC:Łódź"],
    ),
    "a quoted title": (
        "The play “Beautiful Shadows” opened.",
        ["MISC:Beautiful Shadows"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_rule(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_repeat_has_the_kind_of_the_first_mention() -> None:
    text = "Rescuers met Mr Quillfeather. Quillfeather thanked them."
    assert names(text) == ["PER:Quillfeather", "PER:Quillfeather"]


def test_a_surname_has_the_kind_of_the_full_name() -> None:
    text = "Judge Odalys Brankovan ruled. Lawyers for Brankovan agreed."
    assert names(text) == ["PER:Odalys Brankovan", "PER:Brankovan"]


def test_the_first_word_of_an_organisation_is_one() -> None:
    text = "Men of the Zorvan Group came. Brumley police stopped Zorvan men."
    assert names(text)[-1] == "ORG:Zorvan"


def test_a_place_called_like_a_person_of_the_text() -> None:
    text = "Michael Jordan won. Later Jordan smiled, before he flew to Jordan."
    assert names(text) == ["PER:Michael Jordan", "PER:Jordan", "LOC:Jordan"]


def test_confidence_says_how_sure_the_rule_is() -> None:
    found = RECOGNISER.recognise(["Mr Quillfeather saw Iceland with Ottoline Grebb."])[0]
    titled, listed, guessed = (name.confidence for name in found)
    assert titled > listed > guessed > 0


def test_many_texts_at_once_are_read_alone() -> None:
    texts = ["Mr Quillfeather left.", "", "A Quillfeather is a bird."]
    assert RECOGNISER.recognise(texts) == [RECOGNISER.recognise([text])[0] for text in texts]
