"""What the rest of a text says of a name: every mention votes for the kind of what is called the
same, in full or in part. Pure.

After Krishnan and Manning 2006, who let all mentions of a document decide together; the weights
were chosen on the development articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.entities.evidence import FIRST, HEADING, SHOUTED, Evidence

SURNAME = 1.5
"""What a person's full name says of its last word, in votes of a mention of the same words."""

GIVEN_NAME = 0.5
HEAD = 1.2
"""What a long name of an organisation says of its first words."""

ACRONYM = 2.0
"""What a name says of the initials in brackets behind it."""

SHARE = 0.6
"""The share of votes with which a kind wins over that of a mention itself."""

ENOUGH = 1.5
"""Votes with which words are a name where the model did not see one."""

_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "de", "la", "del", "des", "du", "&"}
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Guess:
    """A name as far as its sentence tells: words `first` up to `last`."""

    first: int
    last: int
    kind: str
    confidence: float


def _ballot() -> dict[str, dict[str, float]]:
    return defaultdict(lambda: defaultdict(float))


@dataclass(slots=True)
class Votes:
    """Votes by name, its words joined by blanks: of mentions of just that name, and of longer
    names that it may be short for."""

    whole: dict[str, dict[str, float]] = field(default_factory=_ballot)
    part: dict[str, dict[str, float]] = field(default_factory=_ballot)

    def of(self, name: str) -> dict[str, float]:
        """All votes for the kinds of a name."""
        votes = dict(self.whole.get(name, ()))
        for kind, amount in self.part.get(name, {}).items():
            votes[kind] = votes.get(kind, 0.0) + amount
        return votes


def settle(
    seen: Evidence, guesses: Sequence[Guess], plain: frozenset[str], titles: frozenset[str]
) -> list[Guess]:
    """The names of a text after the vote, in order. `plain` are words of the text that are often
    written with a capital without being names, `titles` those that stand before a person's."""
    guesses = [_person(seen, guess, plain, titles) for guess in guesses]
    guesses = [bare for guess in guesses if (bare := _bare(seen, guess, titles)) is not None]
    votes = _count(seen, guesses)
    settled = [_voted(seen, guess, votes) for guess in guesses]
    found = [*settled, *_overlooked(seen, settled, votes, plain)]
    return sorted(found, key=lambda guess: guess.first)


def _person(seen: Evidence, guess: Guess, plain: frozenset[str], titles: frozenset[str]) -> Guess:
    """A name that begins with a title and goes on with no ordinary word is that of a person."""
    words = seen.words[guess.first : guess.last]
    is_person = guess.kind == "MISC" and len(words) > 1 and words[0] in titles
    if is_person and plain.isdisjoint(words[1:]) and all(map(str.isalpha, words[1:])):
        return replace(guess, kind="PER")
    return guess


def _bare(seen: Evidence, guess: Guess, titles: frozenset[str]) -> Guess | None:
    """A name without signs at its ends, and without titles in front; None when nothing is left."""
    words, first, last = seen.words, guess.first, guess.last
    for at in range(first, last):
        if words[at][-1] == "-" and len(words[at]) > 1:
            # "pro-" joins what stands before a name to it.
            first = at + 1
    while first < last and not words[first][0].isalnum():
        first += 1
    while first < last and not words[last - 1][0].isalnum():
        last -= 1
    while guess.kind == "PER" and first < last - 1 and words[first] in titles:
        first += 1
    if (first, last) == (guess.first, guess.last):
        return guess
    return replace(guess, first=first, last=last) if first < last else None


def _name(seen: Evidence, guess: Guess) -> str:
    return " ".join(seen.words[guess.first : guess.last])


def _count(seen: Evidence, guesses: Sequence[Guess]) -> Votes:
    votes = Votes()
    for guess in guesses:
        weight = guess.confidence
        votes.whole[_name(seen, guess)][guess.kind] += weight
        if guess.last - guess.first < 2:
            continue
        words = seen.words[guess.first : guess.last]
        if guess.kind == "PER":
            votes.part[words[-1]]["PER"] += SURNAME * weight
            votes.part[words[0]]["PER"] += GIVEN_NAME * weight
        elif guess.kind == "ORG":
            votes.part[words[0]]["ORG"] += HEAD * weight / 2
            votes.part[" ".join(words[:-1])]["ORG"] += HEAD * weight / 2
        short = _acronym(seen, guess)
        if short:
            votes.whole[short][guess.kind] += ACRONYM * weight
    return votes


def _acronym(seen: Evidence, guess: Guess) -> str:
    """The initials in brackets behind a name, "" when there are none."""
    words, at = seen.words, guess.last
    if at + 2 >= len(words) or words[at] != "(" or words[at + 2] != ")":
        return ""
    short = words[at + 1]
    initials = {word[0] for word in words[guess.first : guess.last] if word not in _SMALL}
    is_short = short.isupper() and len(short) > 1 and short[0] in initials
    return short if is_short else ""


def _voted(seen: Evidence, guess: Guess, votes: Votes) -> Guess:
    counted = votes.of(_name(seen, guess))
    total = sum(counted.values())
    kind, amount = _most(counted)
    if kind == guess.kind:
        # What the whole text agrees on is surer than one sentence of it.
        agreed = min(amount / total * (1 - 0.5 ** (amount / 0.7)), 0.99)
        if agreed <= guess.confidence:
            return guess
        return Guess(guess.first, guess.last, kind, agreed)
    if amount < SHARE * total:
        return replace(guess, confidence=guess.confidence * counted[guess.kind] / total)
    return replace(guess, kind=kind, confidence=min(0.95, amount / total))


def _overlooked(
    seen: Evidence, settled: Sequence[Guess], votes: Votes, plain: frozenset[str]
) -> Iterator[Guess]:
    """Names of the text where the model saw none."""
    taken = {at for guess in settled for at in range(guess.first, guess.last)}
    wanted = {name: found for name in {*votes.whole, *votes.part} if (found := _sure(name, votes))}
    firsts = {name.split(" ", 1)[0] for name in wanted}
    last = 0
    for at, word in enumerate(seen.words):
        if at < last or word not in firsts or at in taken:
            continue
        for end in range(min(at + _LONGEST, len(seen.words)), at, -1):
            name = " ".join(seen.words[at:end])
            if name in wanted and taken.isdisjoint(range(at, end)):
                if end - at > 1 or not _is_doubtful(seen, at, plain):
                    kind, confidence = wanted[name]
                    yield Guess(at, end, kind, confidence)
                    last = end
                break


def _most(counted: dict[str, float]) -> tuple[str, float]:
    """The kind with the most votes, the first of several, and how many."""
    kind = max(counted, key=counted.__getitem__)
    return kind, counted[kind]


def _sure(name: str, votes: Votes) -> tuple[str, float] | None:
    """The kind of a name that is one wherever it stands, and how sure that is."""
    if not name[0].isupper():
        return None
    if name not in votes.whole and "PER" not in votes.part.get(name, ()):
        # The first word of a long name may be an ordinary one.
        return None
    counted = votes.of(name)
    kind, amount = _most(counted)
    total = sum(counted.values())
    if amount < ENOUGH or amount < SHARE * total or kind == "MISC":
        return None
    return kind, min(0.9, amount / total * amount / (amount + 1))


def _is_doubtful(seen: Evidence, at: int, plain: frozenset[str]) -> bool:
    """Whether a word may have its capital for another reason."""
    return bool(seen.marks[at] & (FIRST | HEADING | SHOUTED)) and seen.words[at] in plain
