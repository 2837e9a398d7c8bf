"""A text seen through the word lists: its words, where sentences and headings begin."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import repeat

from reader.entities.lists import COMMON, FUNCTION, GIVEN, SURNAME, TIME, Entry, Lists
from reader.entities.tokens import NEWLINE, Tokens, tokenise
from reader.model import EntityKind

_SENTENCE_ENDS = frozenset(".!?:;") | {NEWLINE, "…", "。"}
_OPENERS = frozenset("\"'“”‘([{-–—•*·«»>#_`")
_QUOTES = frozenset("\"'“”‘«»")
_AFTER_COMMA = frozenset(",")
MAX_HEADING = 25
_LATIN = "\u0250"


@dataclass(slots=True)
class Document:
    """One text while it is read. `heading` holds the words whose capital letter says nothing."""

    lists: Lists
    words: list[str]
    starts: list[int]
    ends: list[int]
    flags: list[int]
    capitals: list[int]
    heading: set[int]
    lowered: set[str]

    def flag(self, at: int) -> int:
        return self.flags[at] if at < len(self.flags) else 0

    def word(self, at: int) -> str:
        """The word there, or nothing beyond either end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_capital(self, at: int) -> bool:
        return at < len(self.words) and self.words[at][0].isupper()

    def is_initial(self, at: int) -> bool:
        """Whether a capital letter is due here whatever the word is."""
        words = self.words
        before = at - 1
        quoted = False
        while before >= 0 and at - before < 5 and words[before] in _OPENERS:
            quoted = quoted or words[before] in _QUOTES
            before -= 1
        if before < 0 or words[before] in _SENTENCE_ENDS:
            return True
        return quoted and words[before] in _AFTER_COMMA

    def entry(self, at: int) -> tuple[int, Entry | None]:
        """The longest listed phrase that begins here: where it ends, and what it is."""
        words = self.words
        word = words[at]
        longest = self.lists.reach.get(word)
        if longest is None:
            return at, None
        phrases = self.lists.phrases
        if longest > 1:
            for end in range(min(at + longest, len(words)), at + 1, -1):
                found = phrases.get(" ".join(words[at:end]))
                if found is not None:
                    return end, found
        found = phrases.get(word)
        return (at + 1, found) if found is not None else (at, None)

    def title(self, at: int) -> int:
        """Where the longest title that begins here ends; `at` when none does."""
        sets = self.lists.words
        word = self.words[at]
        if word in self.lists.title_reach:
            end = self._listed_title(at)
            if end > at:
                return self._title_tail(end)
        if word in sets["title_prefix"] and self.word(at + 1) in self.lists.title_reach:
            end = self._listed_title(at + 1)
            return self._title_tail(end) if end > at + 1 else at
        if self.flags[at] & COMMON and self.word(at + 1) in sets["title_tail"]:
            return at + 2
        return at

    def _listed_title(self, at: int) -> int:
        words = self.words
        titles = self.lists.titles
        for end in range(min(at + self.lists.title_reach[words[at]], len(words)), at, -1):
            if " ".join(words[at:end]) in titles:
                return end
        return at

    def _title_tail(self, end: int) -> int:
        """Past what follows a title: "Vice" + "Foreign Minister", "Secretary" + "of Defense"."""
        sets = self.lists.words
        before = self.words[end - 1]
        after = self.word(end)
        if before in sets["title_prefix"] and after in self.lists.title_reach:
            return self._listed_title(end)
        if before not in sets["title_of"] or after != "of":
            return end
        office = end + 2 if self.word(end + 1) == "the" else end + 1
        if self.word(office + 1) in ("and", "&"):
            office += 2
        return office + 1 if self.is_capital(office) else end


def read(text: str, lists: Lists) -> Document:
    """The text as the rules want it."""
    tokens = tokenise(text)
    if "-" in text:
        tokens = _split_pairs(tokens, lists)
    words = tokens.words
    heading = _calm_headings(words, lists)
    capitals = [at for at, word in enumerate(words) if word != word.lower() and word[0] < _LATIN]
    for at in capitals:
        if len(words[at]) > 3 and words[at].isupper():
            words[at] = _calm_word(words[at], lists)
    flags = list(map(lists.flags.get, words, repeat(0)))
    lowered = {word for word in words if word.islower()}
    return Document(lists, words, tokens.starts, tokens.ends, flags, capitals, heading, lowered)


def _calm_word(word: str, lists: Lists) -> str:
    """MOSCOW is Moscow and COLUMBUS a surname; NATO stays as it is."""
    if word in lists.phrases:
        return word
    calm = word.capitalize()
    entry = lists.phrases.get(calm)
    known = entry is not None and entry.kind is not EntityKind.ORG
    return calm if known or lists.flags.get(calm, 0) & (GIVEN | SURNAME) else word


def _split_pairs(tokens: Tokens, lists: Lists) -> Tokens:
    """Cut "Russia-Ukraine" in two, where both are listed and the whole is not."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        if "-" in word and len(word) > 3 and word not in lists.reach:
            left, _, right = word.partition("-")
            if left in lists.phrases and right in lists.phrases:
                middle = start + len(left)
                words += [left, "-", right]
                starts += [start, middle, middle + 1]
                ends += [middle, middle + 1, end]
                continue
        words.append(word)
        starts.append(start)
        ends.append(end)
    return Tokens(words, starts, ends)


def _calm_headings(words: list[str], lists: Lists) -> set[int]:
    """Find lines of capitals; turn shouted words into "Capitalised" ones, in place."""
    heading: set[int] = set()
    first = 0
    for at in [index for index, word in enumerate(words) if word == NEWLINE] + [len(words)]:
        if at - first > 2:
            _calm_line(words, first, min(at, first + MAX_HEADING), heading, lists, whole=at)
        first = at + 1
    return heading


def _calm_line(
    words: list[str], first: int, last: int, heading: set[int], lists: Lists, *, whole: int
) -> None:
    letters = [at for at in range(first, last) if words[at][0].isalpha()]
    if len(letters) < 3:
        return
    shouted = sum(words[at].isupper() and len(words[at]) > 1 for at in letters)
    if shouted * 4 > len(letters) * 3:
        for at in range(first, whole):
            if words[at].isupper() and words[at] not in lists.phrases:
                words[at] = words[at].capitalize()
        heading.update(range(first, whole))
    elif (
        whole == last
        and words[last - 1] not in _SENTENCE_ENDS
        and _is_title_case(words, letters, lists)
    ):
        heading.update(range(first, whole))


def _is_title_case(words: list[str], letters: list[int], lists: Lists) -> bool:
    """Whether ordinary words of the line are written with a capital letter."""
    capital = plain = 0
    for at in letters[1:]:
        word = words[at]
        if lists.flags.get(word, 0) & (COMMON | FUNCTION | TIME) == COMMON:
            capital += 1
        elif word.islower() and len(word) > 4:
            plain += 1
    return capital >= 2 and plain * 4 <= capital
