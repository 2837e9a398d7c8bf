"""Scores of the recogniser on annotated texts: exact spans; run as `python -m benchmarks.entities`.

Sets lie outside the project, in `shared/data/ner` beside it; a set that is not there is named and
skipped. Options: `--set NAME` for one set, `--errors N` to print the first N differences.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import lzma
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.entities import Recogniser, load_recogniser

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "ner"
KINDS = ("PER", "LOC", "ORG", "MISC")
SCORED = ("PER", "LOC", "ORG")
Name = tuple[int, int, str]
Sentence = list[tuple[str, str]]

_TIGHT_BEFORE = frozenset(
    {",", ".", ":", ";", "!", "?", ")", "]", "'s", "n't", "'", "%", "...", "’s", "''"}
)
_TIGHT_AFTER = frozenset({"(", "[", "$", "#", "``"})
_TITLES_WORDS = (
    "President Mr. Mrs. Ms. Dr. Minister Prime Secretary Senator General King Pope Prince "
    "Judge Chancellor Governor Sir Queen Ayatollah Vice Foreign Defense Ambassador Chairman "
    "Mayor "
)
_TITLES = frozenset(_TITLES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and the names in it: code points and kind."""

    text: str
    names: frozenset[Name]


def sample_of(sentences: Iterable[Sentence]) -> Sample:
    """Set the words of a document as text; labels are B-, I- or O with a kind."""
    parts: list[str] = []
    names: list[Name] = []
    length = 0
    for sentence in sentences:
        before = ""
        for word, label in sentence:
            if before and not (word in _TIGHT_BEFORE or before in _TIGHT_AFTER):
                parts.append(" ")
                length += 1
            start, length, before = length, length + len(word), word
            parts.append(word)
            if label.startswith("B-"):
                names.append((start, length, label[2:]))
            elif label.startswith("I-"):
                names[-1] = (names[-1][0], length, names[-1][2])
        parts.append("\n" if before.isalnum() else " ")
        length += 1
    return Sample("".join(parts), frozenset(name for name in names if name[2] in KINDS))


def _lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    with lzma.open(path, "rt", encoding=encoding) as file:
        yield from file


def voa(folder: Path) -> Iterator[Sample]:
    for document in json.loads((folder / "annotated_voa_194.json").read_text(encoding="utf-8")):
        yield sample_of([list(zip(*sentence, strict=True)) for sentence in document])


def ewt(name: str) -> Callable[[Path], Iterator[Sample]]:
    def read(folder: Path) -> Iterator[Sample]:
        document: list[Sentence] = []
        sentence: Sentence = []
        for line in _lines(folder / f"uner_en_ewt_{name}.iob2.xz"):
            if line.startswith("# newdoc") and document:
                yield sample_of(document)
                document = []
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 2 and cells[0].isdigit():
                sentence.append((cells[1], cells[2]))
            elif not line.strip() and sentence:
                document.append(sentence)
                sentence = []
        yield sample_of([*document, sentence] if sentence else document)

    return read


def _first_marks(sentence: Sentence) -> Sentence:
    """IOB1 to IOB2: the first word of every name is marked B-."""
    marked: Sentence = []
    before = "O"
    for word, label in sentence:
        if label.startswith("I-") and before[2:] != label[2:]:
            label = "B-" + label[2:]
        marked.append((word, label))
        before = label
    return marked


def wikigold(folder: Path) -> Iterator[Sample]:
    document: list[Sentence] = []
    sentence: Sentence = []
    for line in _lines(folder / "wikigold.conll.txt.xz"):
        cells = line.split()
        if len(cells) == 2 and cells[0] != "-DOCSTART-":
            sentence.append((cells[0], cells[1]))
            continue
        if sentence:
            document.append(_first_marks(sentence))
            sentence = []
        if len(document) >= 12 or (cells and document):
            yield sample_of(document)
            document = []
    yield sample_of([*document, _first_marks(sentence)])


_GMB = {
    "geo": "LOC",
    "org": "ORG",
    "per": "PER",
    "gpe": "LOC",
    "art": "MISC",
    "eve": "MISC",
    "nat": "MISC",
}


def _gmb_label(word: str, label: str, before: str) -> str:
    """GMB counts titles into a person, and nationalities among the places."""
    kind = _GMB.get(label[2:])
    if kind is None or word in _TITLES:
        return "O"
    if label.endswith("gpe") and word.endswith(("n", "ns", "i", "is", "ese", "sh", "ch", "s")):
        kind = "MISC"
    inside = label.startswith("I-") and before.endswith(kind)
    return f"{'I' if inside else 'B'}-{kind}"


def gmb(folder: Path) -> Iterator[Sample]:
    """Every eighth stretch of twelve sentences of the development file."""
    sentences: list[Sentence] = []
    path = folder / "gmb_ner_dataset.csv.xz"
    with lzma.open(path, "rb") as raw:
        for row in list(csv.reader(io.TextIOWrapper(raw, encoding="latin-1")))[1:]:
            if row[0]:
                sentences.append([])
            before = sentences[-1][-1][1] if sentences[-1] else "O"
            sentences[-1].append((row[1], _gmb_label(row[1], row[3], before)))
    for first in range(0, len(sentences), 12 * 24):
        yield sample_of(sentences[first : first + 12])


SETS: dict[str, Callable[[Path], Iterator[Sample]]] = {
    "voa-194": voa,
    "wikigold": wikigold,
    "ewt-dev": ewt("dev"),
    "ewt-test": ewt("test"),
    "gmb-sample": gmb,
}


@dataclass(slots=True)
class Score:
    """Counts per kind."""

    right: Counter[str]
    found: Counter[str]
    true: Counter[str]

    def row(self, kinds: Iterable[str]) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent over these kinds together."""
        chosen = list(kinds)
        right = sum(self.right[kind] for kind in chosen)
        found = sum(self.found[kind] for kind in chosen)
        true = sum(self.true[kind] for kind in chosen)
        precision, recall = right / max(found, 1), right / max(true, 1)
        total = precision + recall
        return 100 * precision, 100 * recall, 200 * precision * recall / total if total else 0.0


def names_of(recogniser: Recogniser, text: str) -> frozenset[Name]:
    return frozenset(
        (found.start, found.end, found.kind.value) for found in recogniser.recognise([text])[0]
    )


def score(recogniser: Recogniser, samples: Iterable[Sample], errors: int = 0) -> Score:
    """Compare exact spans and kinds; print the first differences when asked to."""
    result = Score(Counter(), Counter(), Counter())
    for sample in samples:
        found = names_of(recogniser, sample.text)
        result.right.update(kind for _, _, kind in found & sample.names)
        result.found.update(kind for _, _, kind in found)
        result.true.update(kind for _, _, kind in sample.names)
        for name in sorted(found ^ sample.names):
            if errors > 0 and name[2] != "MISC":
                errors -= 1
                _show(sample.text, name, "extra" if name in found else "missed")
    return result


def _show(text: str, name: Name, what: str) -> None:
    start, end, kind = name
    left, right = text[max(0, start - 50) : start], text[end : end + 40]
    print(f"{what:7}{kind:5}{left!r:>54} [{text[start:end]}] {right!r}")


def _table(name: str, result: Score, seconds: float) -> None:
    for kinds in (SCORED, *((kind,) for kind in KINDS)):
        precision, recall, f1 = result.row(kinds)
        label = "all" if kinds is SCORED else kinds[0]
        true = sum(result.true[kind] for kind in kinds)
        print(f"{name:12}{label:5}{true:7}{precision:8.1f}{recall:8.1f}{f1:8.1f}{seconds:9.2f}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recogniser", default="rules")
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    recogniser = load_recogniser(options.recogniser)
    print(f"{'set':12}{'kind':5}{'names':>7}{'P':>8}{'R':>8}{'F1':>8}{'seconds':>9}")
    for name in options.set or SETS:
        try:
            samples = list(SETS[name](DATA))
        except FileNotFoundError as error:
            print(f"{name:12}skipped: no file {error.filename}")
            continue
        began = time.process_time()
        result = score(recogniser, samples, options.errors)
        _table(name, result, time.process_time() - began)


if __name__ == "__main__":
    main()
