"""Annotated texts, from whatever sets hold them, as texts with the names in them."""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from reader.entities.tokens import tokenise

KINDS = ("PER", "LOC", "ORG", "MISC")
Name = tuple[int, int, str]
Sentence = list[tuple[str, str]]

BLOCK = 12
"""Sentences of a file without documents that are taken for one: neighbours tell of the same."""

_TIGHT_BEFORE = frozenset(
    {",", ".", ":", ";", "!", "?", ")", "]", "'s", "n't", "'", "%", "...", "’s", "''"}
)
_TIGHT_AFTER = frozenset({"(", "[", "$", "#", "``"})
_MARK = re.compile(r"\[(PER|LOC|ORG|MISC) ([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and the names in it: code points and kind. Only what lies in `scope` is annotated,
    all of it for None."""

    text: str
    names: frozenset[Name]
    scope: tuple[tuple[int, int], ...] | None = None


def sample_of(sentences: Iterable[Sentence], labelled: frozenset[int] | None = None) -> Sample:
    """Set the words of a document as text; labels are B-, I- or O with a kind.

    `labelled` are the numbers of the sentences that are annotated, None for all. Those that have a
    word without a label in which our rules see a name are not taken for annotated.
    """
    parts: list[str] = []
    names: list[Name] = []
    scope: list[tuple[int, int]] = []
    length = 0
    for number, sentence in enumerate(sentences):
        before, began = "", length
        split = False
        for word, label in sentence:
            split = split or (label == "O" and is_compound(word))
            if before and not (word in _TIGHT_BEFORE or before in _TIGHT_AFTER):
                parts.append(" ")
                length += 1
            start, length, before = length, length + len(word), word
            parts.append(word)
            if label.startswith("B-"):
                names.append((start, length, label[2:]))
            elif label.startswith("I-"):
                names[-1] = (names[-1][0], length, names[-1][2])
        if not split and (labelled is None or number in labelled):
            scope.append((began, length))
        parts.append("\n" if before.isalnum() else " ")
        length += 1
    kept = frozenset(
        name
        for name in names
        if name[2] in KINDS and any(first <= name[0] < last for first, last in scope)
    )
    return Sample("".join(parts), kept, tuple(scope))


def is_compound(word: str) -> bool:
    """Whether a word holds one that may be a name by our rules, as "U.S.-led" and "pro-Moscow"."""
    if "-" not in word or word.islower():
        return False
    parts = tokenise(word).words
    return len(parts) > 1 and any(part[0].isupper() for part in parts)


def _lines(path: Path, encoding: str = "utf-8") -> Iterator[str]:
    with lzma.open(path, "rt", encoding=encoding) as file:
        yield from file


def voa_194(folder: Path) -> Iterator[Sample]:
    """The sentences annotated before the rule book was written."""
    for document in json.loads((folder / "annotated_voa_194.json").read_text(encoding="utf-8")):
        yield sample_of([list(zip(*sentence, strict=True)) for sentence in document])


def ewt(name: str) -> Callable[[Path], Iterator[Sample]]:
    """A part of the English Web Treebank: "train", "dev" or "test"."""

    def read(folder: Path) -> Iterator[Sample]:
        document: list[Sentence] = []
        sentence: Sentence = []
        for line in _lines(folder / f"uner_en_ewt_{name}.iob2.xz"):
            if line.startswith("# newdoc") and document:
                yield sample_of(document)
                document = []
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 2 and cells[0].isdigit():
                sentence.append((cells[1], _renamed(cells[2], {"OTH": "MISC"})))
            elif not line.strip() and sentence:
                document.append(_first_marks(sentence))
                sentence = []
        yield sample_of([*document, _first_marks(sentence)] if sentence else document)

    return read


def _renamed(label: str, kinds: dict[str, str]) -> str:
    kind = kinds.get(label[2:], label[2:])
    return f"{label[:2]}{kind}" if kind in KINDS else "O"


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


def wikigold(half: int | None = None) -> Callable[[Path], Iterator[Sample]]:
    """Every other block of the file: 0 or 1; None for all of them."""

    def read(folder: Path) -> Iterator[Sample]:
        blocks = _blocks(_wikigold_sentences(folder))
        for number, block in enumerate(blocks):
            if half is None or number % 2 == half:
                yield sample_of(block)

    return read


def _wikigold_sentences(folder: Path) -> Iterator[Sentence]:
    sentence: Sentence = []
    for line in _lines(folder / "wikigold.conll.txt.xz"):
        cells = line.split()
        if len(cells) == 2 and cells[0] != "-DOCSTART-":
            sentence.append((cells[0], cells[1]))
        elif sentence:
            yield _first_marks(sentence)
            sentence = []
    if sentence:
        yield _first_marks(sentence)


def _blocks(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    block: list[Sentence] = []
    for sentence in sentences:
        block.append(sentence)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


_CROSSNER = {
    "person": "PER", "politician": "PER", "scientist": "PER", "writer": "PER",
    "researcher": "PER", "musicalartist": "PER",
    "location": "LOC", "country": "LOC",
    "organisation": "ORG", "politicalparty": "ORG", "university": "ORG", "band": "ORG",
    "event": "MISC", "election": "MISC", "award": "MISC", "book": "MISC", "poem": "MISC",
    "magazine": "ORG", "song": "MISC", "album": "MISC", "product": "MISC", "misc": "MISC",
}  # fmt: skip


def crossner(folder: Path) -> Iterator[Sample]:
    """Five domains of encyclopedia sentences."""
    with tarfile.open(folder / "crossner_5domains.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            file = archive.extractfile(member) if member.name.endswith(".txt") else None
            if file is None:
                continue
            sentence: Sentence = []
            for line in [*file.read().decode("utf-8").splitlines(), ""]:
                cells = line.split()
                if len(cells) == 2:
                    sentence.append((cells[0], _renamed(cells[1], _CROSSNER)))
                elif sentence:
                    yield sample_of([_first_marks(sentence)])
                    sentence = []


def gmb_rows(folder: Path) -> list[list[list[str]]]:
    """The sentences of the GMB file as rows of its cells."""
    sentences: list[list[list[str]]] = []
    with lzma.open(folder / "gmb_ner_dataset.csv.xz", "rb") as raw:
        for row in list(csv.reader(io.TextIOWrapper(raw, encoding="latin-1")))[1:]:
            if row[0]:
                sentences.append([])
            sentences[-1].append(row)
    return sentences


_GMB = {"geo": "LOC", "org": "ORG", "per": "PER", "gpe": "LOC"}
_GMB_MISC = {"art": "MISC", "eve": "MISC", "nat": "MISC"}
_TITLES_WORDS = (
    "President Mr. Mrs. Ms. Dr. Minister Prime Secretary Senator General King Pope Prince "
    "Judge Chancellor Governor Sir Queen Ayatollah Vice Foreign Defense Ambassador Chairman "
    "Mayor "
)
_TITLES = frozenset(_TITLES_WORDS.split())
GMB_STEP = 20
"""Every so manieth block of the GMB file is for development and never annotated or trained on."""


def _gmb_label(word: str, label: str, before: str) -> str:
    """GMB counts titles into a person, and nationalities among the places."""
    kind = (_GMB | _GMB_MISC).get(label[2:])
    if kind is None or word in _TITLES:
        return "O"
    if label.endswith("gpe") and word.endswith(("n", "ns", "i", "is", "ese", "sh", "ch", "s")):
        kind = "MISC"
    inside = label.startswith("I-") and before.endswith(kind)
    return f"{'I' if inside else 'B'}-{kind}"


def gmb(folder: Path) -> Iterator[Sample]:
    """The blocks of the GMB file kept for development, with its own labels converted."""
    rows = gmb_rows(folder)
    for first in range(0, len(rows), BLOCK * GMB_STEP):
        block: list[Sentence] = []
        for sentence in rows[first : first + BLOCK]:
            labels: list[str] = []
            for row in sentence:
                labels.append(_gmb_label(row[1], row[3], labels[-1] if labels else "O"))
            block.append([(row[1], label) for row, label in zip(sentence, labels, strict=True)])
        yield sample_of(block)


def voa_labels(folder: Path, labels: Iterable[str]) -> Iterator[Sample]:
    """The sentences of the GMB file annotated here, each with its neighbours.

    A line of `labels` is the number of a sentence (from 1), a tab, and names as "KIND first last"
    with "; " between, words counted from 0, both included.
    """
    rows = gmb_rows(folder)
    wanted: dict[int, dict[int, list[tuple[str, int, int]]]] = {}
    for line in labels:
        number, _, names = line.rstrip("\n").partition("\t")
        at = int(number) - 1
        wanted.setdefault(at // BLOCK, {})[at] = [
            (kind, int(first), int(last))
            for kind, first, last in (name.split() for name in filter(None, names.split("; ")))
        ]
    for block, known in sorted(wanted.items()):
        first = block * BLOCK
        sentences: list[Sentence] = []
        for at in range(first, min(first + BLOCK, len(rows))):
            tags = ["O"] * len(rows[at])
            for kind, begin, end in known.get(at, ()):
                tags[begin : end + 1] = [f"B-{kind}", *[f"I-{kind}"] * (end - begin)]
            sentences.append([(row[1], tag) for row, tag in zip(rows[at], tags, strict=True)])
        yield sample_of(sentences, frozenset(at - first for at in known))


@dataclass(frozen=True, slots=True)
class OwnArticle:
    """An article written and annotated for training."""

    name: str
    region: str
    topic: str
    sample: Sample


def own_articles(path: Path) -> Iterator[OwnArticle]:
    """The articles of a file: "=== name | region | topic", then its lines with names marked as
    [KIND name]."""
    parts = path.read_text(encoding="utf-8").split("=== ")
    for part in parts[1:]:
        head, _, body = part.partition("\n")
        name, region, topic = (cell.strip() for cell in head.split("|"))
        yield OwnArticle(name, region, topic, marked_sample(body.strip()))


def marked_sample(marked: str) -> Sample:
    """The text and names of a text in which names are marked as [KIND name]."""
    parts: list[str] = []
    names: list[Name] = []
    length = 0
    places = [(0, 0), *(found.span() for found in _MARK.finditer(marked)), (len(marked),) * 2]
    for (_, behind), (start, end) in pairwise(places):
        parts.append(marked[behind:start])
        length += start - behind
        if (found := _MARK.fullmatch(marked, start, end)) is not None:
            kind, name = found.groups()
            parts.append(name)
            names.append((length, length + len(name), kind))
            length += len(name)
    return Sample("".join(parts), frozenset(names))
