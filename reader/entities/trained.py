"""The built-in recogniser: a trained model, and what the whole of a text says of its names."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import accumulate, islice

from reader.entities.decoding import Decoder
from reader.entities.evidence import FIRST, Cues, Evidence, Observer
from reader.entities.labels import OUTSIDE, names_in
from reader.entities.model import Model, load_model
from reader.entities.scoring import Scorer, Stretch
from reader.entities.values import Found
from reader.entities.votes import Guess, settle
from reader.model import EntityKind

LEAST = 0.3
"""The confidence below which what looks like a name is not told at all: two in three are none."""

LONGEST = 50_000
"""Code points that are looked at as one text: a longer one, some book, is many."""

AT_ONCE = 32
"""Texts that are looked at together."""

BEYOND_LATIN = "\u0250"
"""Letters from here on are of other scripts, in which a capital tells other things or nothing."""

_KINDS = {str(kind): kind for kind in EntityKind}

MARGIN, GAP = 1, 4
"""Words without a capital that are looked at around one, and between two."""


class TrainedRecogniser:
    """English news by the model of the package, which is read at the first call."""

    name = "crf"

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or built_in()
        self.version = self._model.version
        knowledge = self._model.knowledge
        names = knowledge.flag_names
        self._function = bits(names, "function")
        self._common, self._honorific = bits(names, "common"), bits(names, "honorific")
        self._observer = Observer(knowledge.gazetteer, knowledge.flags, cues(names))
        self._scorer = Scorer(self._model)
        weights = self._model.weights
        self._labels = weights.labels
        self._decoder = Decoder(weights.transitions, weights.labels.index(OUTSIDE), weights.heat)

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text, in order."""
        found: list[list[Found]] = [[] for _ in texts]
        rest = ((number, *piece) for number, text in enumerate(texts) for piece in pieces_of(text))
        while some := list(islice(rest, AT_ONCE)):
            names = self._recognise([piece for _, _, piece in some])
            for (number, offset, _), ones in zip(some, names, strict=True):
                found[number] += (_moved(one, offset) for one in ones) if offset else ones
        return found

    def _recognise(self, texts: Sequence[str]) -> Iterator[list[Found]]:
        read = [self._observer.read(text) for text in texts]
        for seen, guesses in zip(read, self._guess(read), strict=True):
            yield [
                Found(
                    seen.starts[one.first],
                    seen.ends[one.last - 1],
                    _KINDS[one.kind],
                    round(one.confidence, 2),
                )
                for one in self._settled(seen, guesses)
                if one.confidence >= LEAST
            ]

    def _settled(self, seen: Evidence, guesses: Sequence[Guess]) -> list[Guess]:
        if not guesses:
            return []
        flags = self._model.knowledge.flags
        listed = [(word, known) for word in set(seen.words) if (known := flags.get(word, 0))]
        plain = frozenset(word for word, known in listed if known & self._common)
        titles = frozenset(word for word, known in listed if known & self._honorific)
        return settle(seen, guesses, plain, titles)

    def _guess(self, read: Sequence[Evidence]) -> list[list[Guess]]:
        """What the model takes for names, sentence by sentence."""
        parts = [(number, one) for number, seen in enumerate(read) for one in self._stretches(seen)]
        scores = self._scorer.scores(stretch for _, stretch in parts)
        lengths = [stretch.last - stretch.first for _, stretch in parts]
        edges = [(one.first == one.begin, one.last == one.end) for _, one in parts]
        best, sure = self._decoder.decode(scores, lengths, edges)
        sureness = sure.tolist()
        begun = [0, *accumulate(lengths)]
        guesses: list[list[Guess]] = [[] for _ in read]
        for first, last, kind in names_in(best, self._labels):
            part = bisect(begun, first) - 1
            number, stretch = parts[part]
            shift, confidence = stretch.first - begun[part], min(sureness[first:last])
            guesses[number].append(Guess(first + shift, last + shift, kind, confidence))
        return guesses

    def _stretches(self, seen: Evidence) -> Iterator[Stretch]:
        """Where names may be: around words that are not plainly small."""
        places = self._places(seen)
        at = next(places, -1)
        for begin, end in seen.sentences:
            if not begin <= at < end:
                continue
            first = last = at
            while begin <= (at := next(places, -1)) < end:
                if at - last > GAP:
                    yield _stretch(seen, first, last, begin, end)
                    first = at
                last = at
            yield _stretch(seen, first, last, begin, end)

    def _places(self, seen: Evidence) -> Iterator[int]:
        """The words that may be part of a name."""
        marks, words, flags = seen.marks, seen.words, self._model.knowledge.flags
        for at, word in enumerate(words):
            if word.islower() or not word[0].isalpha() or word[0] >= BEYOND_LATIN:
                continue
            if not (marks[at] & FIRST and flags.get(word, 0) & self._function):
                yield at


def pieces_of(text: str) -> Iterator[tuple[int, str]]:
    """A text in pieces of LONGEST code points at most, cut at ends of lines where there are any,
    else between words, each with its place."""
    start = 0
    while len(text) - start > LONGEST:
        end = text.rfind("\n", start, start + LONGEST) + 1
        if end <= start:
            end = text.rfind(" ", start, start + LONGEST) + 1
        if end <= start:
            end = start + LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _moved(one: Found, offset: int) -> Found:
    return Found(one.start + offset, one.end + offset, one.kind, one.confidence)


def _stretch(seen: Evidence, first: int, last: int, begin: int, end: int) -> Stretch:
    return Stretch(seen, max(begin, first - MARGIN), min(end, last + 1 + MARGIN), begin, end)


def bits(names: Sequence[str], *flags: str) -> int:
    """Flags as bits, given the names of all."""
    return sum(1 << names.index(flag) for flag in flags)


def cues(names: Sequence[str]) -> Cues:
    """Which flags say something of neighbours."""
    return Cues(
        given=bits(names, "given"),
        title=bits(names, "title"),
        tail=bits(names, "org_tail", "gov_tail"),
        before_place=bits(names, "place_before"),
        speech=bits(names, "person_after"),
        plain=bits(names, "common"),
    )


@cache
def built_in() -> Model:
    """The model of the package."""
    return load_model(resources.files("reader.entities").joinpath("data", "model.bin").read_bytes())
