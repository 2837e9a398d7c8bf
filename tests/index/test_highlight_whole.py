"""Highlighting finds what cutting the whole text into words finds."""

from __future__ import annotations

import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.corpus import articles
from index.analysis import forms, stem, tokens
from index.analysis.leads import Leads, lead_of
from index.analysis.sequences import follow, gather
from index.analysis.words import FormIs, StemIs, WordLeaf, word_tests
from index.highlight import Highlighter, Spans, find_spans
from index.query import Fuzzy, Near, Or, Phrase, Prefix, Term, Wildcard


def spans_of_all_tokens(leaves: tuple[WordLeaf, ...], text: str) -> Spans:
    """The answer by the plain way: every word of the text against every word of the query."""
    found = tokens(text)
    spans: list[tuple[int, int]] = []
    for leaf in leaves:
        rows = [[t.position for t in found if test.accepts(t.form)] for test in word_tests(leaf)]
        if not rows or not all(rows):
            continue
        if isinstance(leaf, Near):
            spans += [(found[at].start, found[at].end) for at in gather(rows, leaf.distance)]
        else:
            last = len(rows) - 1
            spans += [(found[at].start, found[at + last].end) for at in follow(rows)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)


_PIECES = (
    "strike Strikes STRIKING o'brien O’Brien’s don't rock'n'roll Russia's dogs' 'tis ’em skies sky "
    "dying die tie lying abilities able hoping U.S. u.s.’s U.S.A x.y. us 1,000 1,000.5 1.2.3 3.5kg "
    "2019-nCoV covid-19 snake_case _x_ _ @a #b e\u0301te\u0301 été Straße STRASSE ﬁne ﬀ İstanbul "
    "ıstanbul istanbul ŉame \u212aelvin kelvin co\u00adop zero\u200dwidth zero\u200cwidth \u0301x "
    "日本語 日本 カタ・カナ 한국어 हिन्दी привет ПРИВЕТ ½ ⅔x ² a² ＡＢＣ ＇x a＇b aʼb ʼs a＇s Aʼs "
    "a.b a,b a.1 1.a 1,00 a…b a—b a–b “a” ‘b’ ’s s's ''a 's.a ... . , — … æon œuvre łódź ø ð þ ſo Å"
)
_GAPS = " |  |\n|\n\n|\t|\xa0|\u2009|\u3000|\x85|\x1c|\x00|-|—|’|, | 's | 1,000 | _ | . | 日本 "
FILLER = " filler of no note, “they said” "
ALPHABET = "aAbBsSeiy1 .,'’‘ʼ＇“—…_\n\xa0\u2003\x00\u00ad\u0301\u200dİıßﬁKÅé日カ・あжع\u0651²½ſŉ"

pieces = (
    st.sampled_from(_PIECES.split())
    | st.text(ALPHABET, min_size=1, max_size=5)
    | st.text(min_size=1, max_size=3)
)
gaps = st.sampled_from([" ", *_GAPS.split("|")])
guises = st.sampled_from(
    (str, str, str.upper, str.title, "“{},”".format, "{}'s".format, "x{}".format)
)


def leaves_of(asked: st.SearchStrategy[str]) -> st.SearchStrategy[WordLeaf]:
    some = st.lists(asked, min_size=1, max_size=3).map(tuple)
    begun = st.builds(lambda word, size: word[:size], asked, st.integers(1, 5))
    return st.one_of(
        st.builds(Term, asked, exact=st.booleans()),
        st.builds(Phrase, some),
        st.builds(Near, some, st.integers(-1, 12)),
        st.builds(Prefix, begun),
        st.builds(str.__add__, begun, st.sampled_from(("*", "?", "*s", "?*"))).map(Wildcard),
        st.sampled_from(("*e", "?s", "a*b*", "*", "o'*", "do?'t", "é*", "日*")).map(Wildcard),
        st.builds(Fuzzy, asked, st.integers(0, 2)),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[tuple[WordLeaf, ...], list[str]]:
    """Leaves, and texts that hold words of theirs among others. Where filler stands between,
    only a few stretches are cut into words."""
    words = draw(st.lists(pieces, min_size=1, max_size=4))
    spoken = st.builds(lambda guise, word: guise(word), guises, st.sampled_from(words)) | pieces
    close = st.tuples(spoken, gaps).map("".join)
    apart = st.tuples(spoken, gaps, st.just(FILLER)).map("".join)
    texts = st.lists(st.lists(close | apart, max_size=12).map("".join), min_size=1, max_size=3)
    leaves = st.lists(leaves_of(st.sampled_from(words)), min_size=1, max_size=4)
    return tuple(draw(leaves)), draw(texts)


def check(asked: tuple[WordLeaf, ...], some: list[str]) -> None:
    highlighter = Highlighter(Or(asked))
    for text in some:
        expected = spans_of_all_tokens(asked, text)
        assert highlighter.find_spans(text) == expected
        assert find_spans(Or(asked), text) == expected


@settings(max_examples=500)
@given(cases())
def test_the_answer_is_that_of_all_tokens(case: tuple[tuple[WordLeaf, ...], list[str]]) -> None:
    check(*case)


@pytest.mark.parametrize(
    ("leaf", "text"),
    [
        (Phrase(("a", "b")), "a's b, a . b, a 1,000 b, a’s _ b, a ... b"),
        (Near(("a", "b"), 2), f"a filler b{FILLER}b 1,000 a{FILLER}b 日本 a{FILLER}a x b"),
        (Term("kelvin"), "\u212aelvin Kelvin"),
        (Term("x"), "İİİİİİİİİİİİİİİİİİ x"),
        (Term("été"), "été, éte ete"),
        (Fuzzy("don"), "don’t “don’s” do’s don'' d’n"),
        (Term("be"), "being"),
        (Term("us"), "US U.S. “U.S.’s” u.s.a us,x"),
    ],
)
def test_hard_texts_are_answered_alike(leaf: WordLeaf, text: str) -> None:
    check((leaf,), [text, FILLER + text + 3 * FILLER])


def misspellings(word: str) -> set[str]:
    """The word with a letter put in, left out, replaced or swapped with the next."""
    made = set()
    for at in range(len(word) + 1):
        before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
        made |= {before + letter + here + after for letter in "ax’"}
        made |= {before + after, before + "x" + after, before + after[:1] + here + after[1:]}
    return made


@pytest.mark.parametrize("word", ["a", "ab", "a'b", "ab'c", "abcd", "abcde", "abcdef", "abcdefg"])
def test_misspelt_words_are_found(word: str) -> None:
    once = misspellings(word)
    twice = {two for one in once for two in misspellings(one)}
    text = " filler filler ".join(f"“{one}’s," for one in sorted(once | twice))
    for leaf in (Fuzzy(word, 1), Fuzzy(word, 2)):
        assert find_spans(leaf, text) == spans_of_all_tokens((leaf,), text)


NEWS = [record["text"] for record in articles(40)]


@pytest.mark.parametrize(
    "leaf",
    [
        Term("said"),
        Term("people", exact=True),
        Phrase(("according", "to")),
        Phrase(("in", "a", "statement")),
        Near(("people", "said"), 20),
        Prefix("con"),
        Prefix("1"),
        Wildcard("p?r*"),
        Fuzzy("tonens"),
        Fuzzy("sai", 2),
    ],
)
def test_news_is_answered_alike(leaf: WordLeaf) -> None:
    highlighter = Highlighter(leaf)
    spans = [highlighter.find_spans(text) for text in NEWS]
    assert spans == [spans_of_all_tokens((leaf,), text) for text in NEWS]
    assert any(spans)


def test_only_few_stretches_of_news_are_cut() -> None:
    leads = Leads(word_tests(Phrase(("regional", "statement"))))
    for text in NEWS:
        assert sum(end - start for start, end in leads.find(text)) < len(text) / 5


def test_the_characters_of_plain_text_part_words_or_are_apostrophes() -> None:
    leads = Leads([FormIs("x")])
    others = {chr(c) for c in range(0x80, sys.maxunicode + 1) if not 0xD800 <= c < 0xE000}
    plain = {char for char in others if not leads.find(f"some filler a{char}b")}
    assert plain > {"’", "“", "—"}
    assert all(forms(f"a{char}b") == ["a", "b"] for char in plain - {"‘", "’"})


@pytest.mark.parametrize(
    "text", ["", "x" * 500, "日" * 500, "é " * 500, "a b " * 500, "İ a b " * 50]
)
def test_a_text_of_many_candidates_is_cut_whole(text: str) -> None:
    assert Leads([FormIs("a"), FormIs("x")]).find(text) in ([(0, len(text))], [])


_ENDINGS = (
    "s es ed ing ingly edly ies ied y ly tional enci anci abli entli izer ization ational ation "
    "ator alism aliti alli fulness ousli ousness iveness iviti biliti bli ogi fulli lessli li "
    "alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment ent ism "
    "ate iti ous ive ize ion e l ability ibility ying eed eedly logy ally sses 's ' s' ogist"
)
ENDINGS = _ENDINGS.split()
_EXCEPTIONS = (
    "skis skies sky dying lying tying vying idly gently ugly early only singly news howe atlas "
    "cosmos bias andes innings outing canning herring earrings proceed exceed succeed evening"
)


def stems_begin_words(words: set[str]) -> bool:
    return all(word.startswith(lead_of(StemIs(stem(word))).split("'")[0]) for word in words)


def test_a_word_begins_with_the_lead_of_its_stem() -> None:
    short = {"".join(letters) for n in (1, 2, 3) for letters in product("aeioubdlrstxy'", repeat=n)}
    made = {
        one + end
        for one in short | {"stab", "univers", "inter", "past"}
        for end in _ENDINGS.split()
    }
    read = {form for text in NEWS for form in forms(text)}
    assert stems_begin_words({one for one in made | read | {*_EXCEPTIONS.split()} if one[0] != "'"})


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1), st.lists(st.sampled_from(ENDINGS)))
def test_any_word_begins_with_the_lead_of_its_stem(lead: str, endings: list[str]) -> None:
    assert stems_begin_words({lead + "".join(endings)})


def test_small_letters_take_the_room_of_letters_except_for_one() -> None:
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if len(c.lower()) != 1] == ["İ"]
