"""The built-in recogniser: a trained model, and what the whole of a text says of its names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice

from reader.entities.decoding import Decoder
from reader.entities.evidence import FIRST, Cues, Evidence, Observer
from reader.entities.labels import OUTSIDE, names_in
from reader.entities.model import Model, load_model
from reader.entities.scoring import Scorer, Stretch
from reader.entities.values import Found
from reader.entities.votes import Guess, settle
from reader.model import EntityKind

AT_ONCE = 32
"""Texts that are looked at together."""

BEYOND_LATIN = "\u0250"
"""Letters from here on are of other scripts, in which a capital tells other things or nothing."""

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
        found: list[list[Found]] = []
        rest = iter(texts)
        while some := list(islice(rest, AT_ONCE)):
            found += self._recognise(some)
        return found

    def _recognise(self, texts: Sequence[str]) -> Iterator[list[Found]]:
        read = [self._observer.read(text) for text in texts]
        for seen, guesses in zip(read, self._guess(read), strict=True):
            yield [
                Found(
                    seen.starts[one.first],
                    seen.ends[one.last - 1],
                    EntityKind(one.kind),
                    round(one.confidence, 2),
                )
                for one in self._settled(seen, guesses)
            ]

    def _settled(self, seen: Evidence, guesses: Sequence[Guess]) -> list[Guess]:
        plain = self._flagged(seen, self._common)
        return settle(seen, guesses, plain, self._flagged(seen, self._honorific))

    def _flagged(self, seen: Evidence, wanted: int) -> frozenset[str]:
        flags = self._model.knowledge.flags
        return frozenset(word for word in seen.words if flags.get(word, 0) & wanted)

    def _guess(self, read: Sequence[Evidence]) -> list[list[Guess]]:
        """What the model takes for names, sentence by sentence."""
        parts = [(number, one) for number, seen in enumerate(read) for one in self._stretches(seen)]
        scores = self._scorer.scores(stretch for _, stretch in parts)
        lengths = [stretch.last - stretch.first for _, stretch in parts]
        edges = [(one.first == one.begin, one.last == one.end) for _, one in parts]
        best, sure = self._decoder.decode(scores, lengths, edges)
        labels = [self._labels[one] for one in best.tolist()]
        sureness = sure.tolist()
        guesses: list[list[Guess]] = [[] for _ in read]
        at = 0
        for (number, stretch), length in zip(parts, lengths, strict=True):
            for first, last, kind in names_in(labels[at : at + length]):
                confidence = min(sureness[at + first : at + last])
                guesses[number].append(
                    Guess(stretch.first + first, stretch.first + last, kind, confidence)
                )
            at += length
        return guesses

    def _stretches(self, seen: Evidence) -> Iterator[Stretch]:
        """Where names may be: around words that are not plainly small."""
        for begin, end in seen.sentences:
            first = last = -1
            for at in range(begin, end):
                if not self._may_be_name(seen, at):
                    continue
                if last >= 0 and at - last > GAP:
                    yield _stretch(seen, first, last, begin, end)
                    first = at
                elif last < 0:
                    first = at
                last = at
            if last >= 0:
                yield _stretch(seen, first, last, begin, end)

    def _may_be_name(self, seen: Evidence, at: int) -> bool:
        word = seen.words[at]
        if word.islower() or not word[0].isalpha() or word[0] >= BEYOND_LATIN:
            return False
        is_function = self._model.knowledge.flags.get(word, 0) & self._function
        return not (is_function and seen.marks[at] & FIRST)


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
