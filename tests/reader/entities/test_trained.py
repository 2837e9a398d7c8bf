"""Names of sentences as a reader would notice them. Names stand as kind:name."""

from __future__ import annotations

import pytest

from reader.entities import load_recogniser
from reader.entities.trained import pieces_of
from reader.entities.training.recipe import DEVELOPMENT, own_development
from reader.model import SURE

RECOGNISER = load_recogniser()


def names(text: str) -> list[str]:
    found = RECOGNISER.recognise([text])[0]
    return [f"{name.kind}:{text[name.start : name.end]}" for name in found]


CASES = {
    "a dateline": (
        "NAIROBI, Kenya (AP) — Police in Kenya arrested four men on Monday.",
        ["LOC:NAIROBI", "LOC:Kenya", "ORG:AP", "LOC:Kenya"],
    ),
    "a dateline of an agency": (
        "TOKYO (Reuters) - Toyota said profits fell.",
        ["LOC:TOKYO", "ORG:Reuters", "ORG:Toyota"],
    ),
    "a headline in capitals": (
        "NATO LEADERS MEET IN KYIV\nIt rained.",
        ["ORG:NATO", "LOC:KYIV"],
    ),
    "a headline in title case": (
        "Protest Leaders Meet Police Chiefs in Warsaw\nIt rained.",
        ["LOC:Warsaw"],
    ),
    "a headline that begins with a name": (
        "Ghana President Signs Mining Bill After Parliament Vote\nThe bill passed on Monday.",
        ["LOC:Ghana"],
    ),
    "a list of places": (
        "- Kenya\n- Uganda\n- Tanzania", ["LOC:Kenya", "LOC:Uganda", "LOC:Tanzania"],
    ),
    "a list of people": (
        "The winners are:\n• Jane Otieno, Kenya\n• Carlos Pérez, Mexico",
        ["PER:Jane Otieno", "LOC:Kenya", "PER:Carlos Pérez", "LOC:Mexico"],
    ),
    "possessives stay outside": (
        "We read Ukraine's plan and Dmytro Kuleba’s reply to Sergei Lavrov.",
        ["LOC:Ukraine", "PER:Dmytro Kuleba", "PER:Sergei Lavrov"],
    ),
    "quotes stay outside": (
        "The “Kremlin” said nothing. He told \"Gazprom\" so.",
        ["ORG:Kremlin", "ORG:Gazprom"],
    ),
    "a quoted title": ("Her novel “The Salt House” won a prize.", ["MISC:The Salt House"]),
    "U.S.-led": ("U.S.-led forces left Iraq.", ["LOC:U.S.", "LOC:Iraq"]),
    "Moscow-based": ("A Moscow-based company sued Germany.", ["LOC:Moscow", "LOC:Germany"]),
    "pro-Russia": ("They saw pro-Russia marchers there.", ["LOC:Russia"]),
    "anti-NATO": ("Then anti-NATO protesters met.", ["ORG:NATO"]),
    "two countries in one word": (
        "The Russia-Ukraine war went on.", ["LOC:Russia", "LOC:Ukraine"],
    ),
    "honorifics and titles stay outside": (
        "Mr. Mugabe met Dr. Anna Lindqvist and President Joe Biden.",
        ["PER:Mugabe", "PER:Anna Lindqvist", "PER:Joe Biden"],
    ),
    "titles of two words": (
        "Prime Minister Odalys Brankovan met Pope Francis.",
        ["PER:Odalys Brankovan", "PER:Francis"],
    ),
    "initials": (
        "They elected Barbara J. Quenelle and George W. Bush.",
        ["PER:Barbara J. Quenelle", "PER:George W. Bush"],
    ),
    "particles": (
        "Later Ursula von der Leyen met Luiz Inácio Lula da Silva.",
        ["PER:Ursula von der Leyen", "PER:Luiz Inácio Lula da Silva"],
    ),
    "Arabic articles": (
        "Abdel Fattah al-Sisi met Bashar al-Assad and Osama bin Laden.",
        ["PER:Abdel Fattah al-Sisi", "PER:Bashar al-Assad", "PER:Osama bin Laden"],
    ),
    "a surname that begins with a particle": (
        "Later Mr. da Silva left. They met bin Laden in Kabul.",
        ["PER:da Silva", "PER:bin Laden", "LOC:Kabul"],
    ),
    "letters with marks": (
        "Recep Tayyip Erdoğan met people in Łódź and São Paulo.",
        ["PER:Recep Tayyip Erdoğan", "LOC:Łódź", "LOC:São Paulo"],
    ),
    "an acronym in brackets": (
        "The World Health Organization (WHO) warned. The WHO said so.",
        ["ORG:World Health Organization", "ORG:WHO", "ORG:WHO"],
    ),
    "an acronym that was never seen": (
        "The Zorvan Liberation Front (ZLF) agreed. The ZLF left.",
        ["ORG:Zorvan Liberation Front", "ORG:ZLF", "ORG:ZLF"],
    ),
    "other scripts are left alone": (
        "Газета Правда и Москва. В Москве Путин сказал. 東京で会った。", [],
    ),
    "other scripts beside ours": ("They met Ann Otieno beside Москва.", ["PER:Ann Otieno"]),
    "a country's adjective and its ministry": (
        "They told the Chinese Foreign Ministry and the U.S. State Department.",
        ["MISC:Chinese", "ORG:Foreign Ministry", "LOC:U.S.", "ORG:State Department"],
    ),
    "a body that carries a country": (
        "The Norwegian Refugee Council agreed.", ["ORG:Norwegian Refugee Council"],
    ),
    "a ministry with of and and": (
        "Staff of the Ministry of Energy and Mines agreed.", ["ORG:Ministry of Energy and Mines"],
    ),
    "and joins no two names": (
        "Both Microsoft and Deutsche Bank agreed.", ["ORG:Microsoft", "ORG:Deutsche Bank"],
    ),
    "clubs and competitions": (
        "Manchester United beat Real Madrid 3-1 in the Champions League.",
        ["ORG:Manchester United", "ORG:Real Madrid", "MISC:Champions League"],
    ),
    "countries with hyphens": (
        "Officials in Port-au-Prince and Guinea-Bissau said so.",
        ["LOC:Port-au-Prince", "LOC:Guinea-Bissau"],
    ),
    "Asian names": (
        "Kim Jong Un met Xi Jinping in Pyongyang.",
        ["PER:Kim Jong Un", "PER:Xi Jinping", "LOC:Pyongyang"],
    ),
    "a surname after the full name": (
        "Judge Odalys Brankovan ruled. Lawyers for Brankovan agreed.",
        ["PER:Odalys Brankovan", "PER:Brankovan"],
    ),
    "months, days and beginnings are no names": (
        "On Monday, 3 March it rained. However, officials said nothing in January.", [],
    ),
    "ordinary words": ("The company said it would open a factory.", []),
    "nothing": ("", []),
    "blanks and lines": (" \n\r\n\t ", []),
    "signs": ("—“”()…!?", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_sentence(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\x85"])
def test_an_article_with_other_line_ends(end: str) -> None:
    text = own_development(DEVELOPMENT)[0].text
    assert names(text.replace("\n", end)) == names(text) != []


def test_an_article_with_straight_quotes() -> None:
    texts = [sample.text for sample in own_development(DEVELOPMENT) if "’" in sample.text]
    assert texts
    for text in texts[:5]:
        straight = text.translate({0x2019: "'", 0x2018: "'"})
        assert RECOGNISER.recognise([straight]) == RECOGNISER.recognise([text])


def test_many_texts_at_once_are_read_alone() -> None:
    texts = [sample.text for sample in own_development(DEVELOPMENT)[:40]]
    texts[1:1] = ["", "\n", "Mr. Mugabe left."]
    together = RECOGNISER.recognise(texts)
    assert together == [RECOGNISER.recognise([text])[0] for text in texts]
    assert together == RECOGNISER.recognise(texts)
    assert RECOGNISER.recognise([]) == []


def test_a_very_long_text() -> None:
    line = "Then President Joe Biden met Angela Merkel in Nairobi, Kenya.\n"
    found = RECOGNISER.recognise([line * 2_000])[0]
    assert len(found) == 4 * 2_000
    assert found[-1].end == len(line) * 2_000 - 2


def test_a_sentence_without_end() -> None:
    text = "Joe Biden met Angela Merkel in Kenya and " * 300
    assert len(RECOGNISER.recognise([text])[0]) >= 3 * 290


def test_confidence() -> None:
    for found in RECOGNISER.recognise(
        [sample.text for sample in own_development(DEVELOPMENT)[:30]]
    ):
        assert all(0 <= name.confidence <= 1 for name in found)
    [sure] = RECOGNISER.recognise(["They met President Joe Biden there."])[0]
    assert sure.confidence > 0.95


@pytest.mark.parametrize(
    "text", ["This is VERY good and FREE for all.", "Zorvan is a quiet one.", "Brumlish it is."]
)
def test_doubtful_names_are_not_sure(text: str) -> None:
    assert all(name.confidence < SURE for name in RECOGNISER.recognise([text])[0])


def test_confidence_tells_right_names_from_wrong_ones() -> None:
    samples = own_development(DEVELOPMENT)
    given = RECOGNISER.recognise([sample.text for sample in samples])
    judged = [
        (one.confidence, (one.start, one.end, str(one.kind)) in sample.names)
        for sample, found in zip(samples, given, strict=True)
        for one in found
    ]

    def share_right(least: float, most: float) -> float:
        right = [is_right for confidence, is_right in judged if least <= confidence < most]
        return sum(right) / len(right)

    assert share_right(0.95, 1.1) > 0.9 > share_right(SURE, 0.95) > share_right(0, SURE)
    assert share_right(0, SURE) < 0.6


def test_long_texts_are_read_in_pieces() -> None:
    unit = "Then President Ann Otieno of Kenya flew to Oslo.\n"
    text = unit * 3_000
    pieces = list(pieces_of(text))
    assert len(pieces) > 1
    assert "".join(piece for _, piece in pieces) == text
    assert all(text.startswith(piece, start) and piece.endswith("\n") for start, piece in pieces)
    found = RECOGNISER.recognise(["Ann Otieno left Oslo.", text])[1]
    assert {text[one.start : one.end] for one in found} == {"Ann Otieno", "Kenya", "Oslo"}
    assert len(found) == 9_000


def test_a_long_text_without_lines_or_words_is_cut_somewhere() -> None:
    blanks, signs = "word " * 30_000, "x" * 120_000
    assert all(piece.endswith(" ") for _, piece in pieces_of(blanks))
    assert [start for start, _ in pieces_of(signs)] == [0, 50_000, 100_000]
