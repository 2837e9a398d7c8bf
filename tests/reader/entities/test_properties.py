"""What holds for every text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.entities import link, load_recogniser

RECOGNISER = load_recogniser()
PIECES = st.sampled_from(
    [
        "Vladimir Putin", "Mr", "President", "of", "the", "Ministry", "Bank", "University", "and",
        "in", "Kyiv", "U.S.", "U.S.-led", "Moscow-based", "Russia-Ukraine", "al-Qaida", "al-Sadr",
        "’s", "'s", "“", "”", "(", ")", ",", ".", ":", "\n", "\n\n", "said", "NATO", "MOSCOW",
        "Heavy", "Jan", "5", "1st", "Division", "van", "der", "War", "II", "River", "Lake", "Jr.",
        "Brumley", "is", "a", "village", "The", "Guardian", "Erdoğan", "Москва", "-", "Secretary",
        "Vice", "Hurricane", "World", "Cup", "Group", "Wagner", "Battle", "Eagles", "Dallas",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map(" ".join))


@settings(max_examples=200)
@given(TEXTS)
def test_spans_are_valid_sorted_and_bare(text: str) -> None:
    found = RECOGNISER.recognise([text])[0]
    for name in found:
        assert 0 <= name.start < name.end <= len(text)
        shown = text[name.start : name.end]
        assert shown == shown.strip()
        assert not set("\r\n") & set(shown)
        assert not set('“”"()') & {shown[0], shown[-1]}
        assert not shown.lower().endswith(("'s", "’s"))
        assert 0 < name.confidence <= 1
    assert all(one.end <= other.start for one, other in pairwise(found))
    gathered = [mention for entity in link(text, found) for mention in entity.mentions]
    assert sorted(gathered, key=lambda mention: mention.start) == found


@settings(max_examples=200)
@given(TEXTS)
def test_line_ends_make_no_difference(text: str) -> None:
    text = text.replace("\r", "")
    plain = RECOGNISER.recognise([text])[0]
    dos = text.replace("\n", "\r\n")
    found = RECOGNISER.recognise([dos])[0]
    shift = [name.start - dos.count("\r", 0, name.start) for name in found]
    assert shift == [name.start for name in plain]
    assert [name.kind for name in found] == [name.kind for name in plain]


@settings(max_examples=100)
@given(TEXTS)
def test_curly_and_straight_quotes_are_alike(text: str) -> None:
    curly = text.replace("'", "’")
    assert RECOGNISER.recognise([text.replace("’", "'")]) == RECOGNISER.recognise([curly])
