"""A text as the model sees it: its words, and what their surroundings say of each. Pure.

Whatever is more than a word and its neighbours is put into small numbers per word (`marks`,
`listed`, `document`), each of which the model has weights for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat

from reader.entities.gazetteer import Gazetteer
from reader.entities.tokens import NEWLINE, Tokens, tokenise

_ENDS = frozenset(".!?…。") | {NEWLINE}
_BEFORE_INITIAL = _ENDS | frozenset(":;")
_OPENERS = frozenset("\"'“”‘([{-–—•*·«»>#_`")
_QUOTES = frozenset("\"“”«»'‘’`")
MAX_HEADING = 25
"""Words of a line that may be a heading."""

LONGEST = 400
"""Words of a sentence that are looked at together: the rest of a longer one is another."""

FIRST, HEADING, SHOUTED, QUOTED, BRACKETED, DEFINED = (1 << bit for bit in range(6))
"""Marks of a word: it begins a sentence; its line is a heading, or in capitals; a quotation mark
or a bracket opens before it; a bracket opens behind it."""

SMALL, INSIDE, TITLED, TAILED, PLACED, SPEAKING, OFTEN, GIVEN_NAME = (1 << bit for bit in range(8))
"""What the document says of a word: it is also written small; with a capital inside a sentence;
after a title; before the last word of an organisation; after a preposition of place; it does what
people do; it is there three times at least; it follows a given name."""

SINGLE, BEGIN, INNER, LAST = range(4)
"""Where in a listed name a word stands."""


@dataclass(frozen=True, slots=True)
class Cues:
    """Bits of the lists whose words say something of their neighbours."""

    given: int
    title: int
    tail: int
    before_place: int
    speech: int
    plain: int


@dataclass(slots=True)
class Evidence:
    """Words, where they are in the text (code points), and what is known of each.

    `sentences` are ranges of words without line ends. `listed` is 0 or the topics of a listed name
    times four plus where in it the word stands.
    """

    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    marks: list[int]
    listed: list[int]
    document: list[int]


class Observer:
    """Reads texts with the help of lists: names with their topics, and words with their flags."""

    def __init__(self, gazetteer: Gazetteer, flags: dict[str, int], cues: Cues) -> None:
        self._gazetteer = gazetteer
        self._flags = flags
        self._cues = cues

    def read(self, text: str) -> Evidence:
        """Everything the model wants to know of a text."""
        tokens = tokenise(text)
        if "-" in text:
            tokens = self._split_pairs(tokens)
        words = tokens.words
        marks = [0] * len(words)
        self._calm_lines(words, marks)
        capitals = [at for at, word in enumerate(words) if word[0].isupper()]
        for at in capitals:
            if len(words[at]) > 3 and words[at].isupper():
                words[at] = self._calm(words[at])
        self._mark(words, marks, capitals)
        return Evidence(
            words,
            tokens.starts,
            tokens.ends,
            sentences_of(words),
            marks,
            self._listed(words),
            self._document(words, marks, capitals),
        )

    def _listed(self, words: Sequence[str]) -> list[int]:
        listed = [0] * len(words)
        for first, last, topics in self._gazetteer.find(words):
            if last - first == 1:
                listed[first] = topics * 4
                continue
            listed[first] = topics * 4 + BEGIN
            listed[first + 1 : last - 1] = repeat(topics * 4 + INNER, last - first - 2)
            listed[last - 1] = topics * 4 + LAST
        return listed

    def _mark(self, words: Sequence[str], marks: list[int], capitals: Sequence[int]) -> None:
        last = len(words) - 1
        for at in capitals:
            before = words[at - 1] if at else NEWLINE
            if before in _BEFORE_INITIAL:
                marks[at] |= FIRST
            elif before in _OPENERS:
                marks[at] |= _opened(words, at)
            if at < last and words[at + 1] == "(":
                marks[at] |= DEFINED

    def _document(
        self, words: Sequence[str], marks: Sequence[int], capitals: Sequence[int]
    ) -> list[int]:
        """What the whole text says of each word with a capital, put together by spelling."""
        said: dict[str, int] = defaultdict(int)
        for at in capitals:
            if not marks[at] & (HEADING | SHOUTED):
                said[words[at]] |= self._said_here(words, marks, at)
        every = set(words)
        for word, times in Counter([words[at] for at in capitals]).items():
            if times > 2:
                said[word] |= OFTEN
            small = word.lower()
            if small in every and small.islower():
                said[word] |= SMALL
        document = [0] * len(words)
        for at in capitals:
            document[at] = said[words[at]]
        return document

    def _said_here(self, words: Sequence[str], marks: Sequence[int], at: int) -> int:
        """What the neighbours of a word say of it."""
        cues, flags = self._cues, self._flags
        bits = 0 if marks[at] & FIRST else INSIDE
        before = flags.get(words[at - 1], 0) if at else 0
        if before:
            bits |= TITLED if before & cues.title else 0
            bits |= GIVEN_NAME if before & cues.given else 0
            bits |= PLACED if before & cues.before_place else 0
        after = flags.get(words[at + 1], 0) if at + 1 < len(words) else 0
        if after:
            bits |= TAILED if after & cues.tail else 0
            bits |= SPEAKING if after & cues.speech else 0
        return bits

    def _split_pairs(self, tokens: Tokens) -> Tokens:
        """Cut "Russia-Ukraine" in two, where both are listed and the whole is not."""
        pairs = {word for word in tokens.words if "-" in word and self._is_pair(word)}
        if not pairs:
            return tokens
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
            if word in pairs:
                left, _, right = word.partition("-")
                middle = start + len(left)
                words += [left, "-", right]
                starts += [start, middle, middle + 1]
                ends += [middle, middle + 1, end]
            else:
                words.append(word)
                starts.append(start)
                ends.append(end)
        return Tokens(words, starts, ends)

    def _is_pair(self, word: str) -> bool:
        names = self._gazetteer.names
        left, _, right = word.partition("-")
        is_whole = len(word) <= 3 or word in self._gazetteer.reach
        return not is_whole and left in names and right in names

    def _calm_lines(self, words: list[str], marks: list[int]) -> None:
        """Find lines of capitals and headings; turn shouted words into "Capitalised" ones."""
        first = 0
        for at in [index for index, word in enumerate(words) if word == NEWLINE] + [len(words)]:
            if at - first > 2:
                self._calm_line(words, marks, first, at)
            first = at + 1

    def _calm_line(self, words: list[str], marks: list[int], first: int, end: int) -> None:
        last = min(end, first + MAX_HEADING)
        letters = [at for at in range(first, last) if words[at][0].isalpha()]
        if len(letters) < 3:
            return
        shouted = sum(words[at].isupper() and len(words[at]) > 1 for at in letters)
        if shouted * 4 > len(letters) * 3:
            for at in range(first, end):
                if words[at].isupper() and words[at] not in self._gazetteer.names:
                    words[at] = words[at].capitalize()
                marks[at] |= SHOUTED
        elif end == last and words[last - 1] not in _ENDS and self._is_title_case(words, letters):
            for at in range(first, end):
                marks[at] |= HEADING

    def _is_title_case(self, words: Sequence[str], letters: Sequence[int]) -> bool:
        """Whether ordinary words of the line are written with a capital letter."""
        capital = plain = 0
        for at in letters[1:]:
            word = words[at]
            if self._flags.get(word, 0) & self._cues.plain:
                capital += 1
            elif word.islower() and len(word) > 4:
                plain += 1
        return capital >= 2 and plain * 4 <= capital

    def _calm(self, word: str) -> str:
        """MOSCOW is Moscow and COLUMBUS a surname; NATO stays as it is."""
        if word in self._gazetteer.names:
            return word
        calm = word.capitalize()
        known = calm in self._gazetteer.names or self._flags.get(calm, 0) & self._cues.given
        return calm if known else word


def _opened(words: Sequence[str], at: int) -> int:
    """The marks of a word behind a quotation mark, a bracket or a dash."""
    bits = 0
    before = at - 1
    while before >= 0 and at - before < 5 and words[before] in _OPENERS:
        bits |= QUOTED if words[before] in _QUOTES else BRACKETED
        before -= 1
    if before < 0 or words[before] in _BEFORE_INITIAL:
        return bits | FIRST
    return bits | FIRST if bits & QUOTED and words[before] == "," else bits


def sentences_of(words: Sequence[str]) -> list[tuple[int, int]]:
    """Ranges of words that belong together, line ends left out."""
    found: list[tuple[int, int]] = []
    first = 0
    for at, word in enumerate(words):
        if word in _ENDS or at - first >= LONGEST:
            end = at if word == NEWLINE else at + 1
            if end > first:
                found.append((first, end))
            first = at + 1
    if first < len(words):
        found.append((first, len(words)))
    return found


def marks_attribute(marks: int, case: int) -> str:
    """The attribute for the marks of a word, with how it is written."""
    return f"m={marks}|{case}"


def document_attributes(bits: int, first: int) -> list[str]:
    """The attributes for what a document says of a word; `first` is whether it is due a capital."""
    if not bits:
        return [f"D=0|{first}"]
    each = [f"d={bit}|{first}" for bit in range(8) if bits >> bit & 1]
    return [*each, f"D={bits & 0x3F}|{first}"]


def listed_attributes(listed: int, topics: Sequence[str]) -> list[str]:
    """The attributes for the listed name that a word is part of."""
    if not listed:
        return []
    place = "SBIL"[listed % 4]
    names = [name for bit, name in enumerate(topics) if listed >> (bit + 2) & 1]
    return [*(f"g={place}{name}" for name in names), f"G={place}{'+'.join(names)}"]


def run_attribute(before: int, case: int, after: int) -> str:
    """The attribute for how three words in a row are written."""
    return f"t={before}{case}{after}"
