"""What was written and annotated for training holds to docs/annotation.md."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from reader.entities.training.recipe import (
    ARTICLES,
    DEVELOPMENT,
    VOA,
    articles,
    own_development,
    own_headlines,
    own_renamed,
    own_training,
    shouted,
    voa_renamed,
)
from reader.entities.training.samples import (
    BLOCK,
    GMB_STEP,
    KINDS,
    OwnArticle,
    gmb_rows,
    marked_sample,
)
from tests.reader.entities.training.test_samples import DATA, needs_data

TRAINING, APART = list(articles(ARTICLES)), list(articles(DEVELOPMENT))
EVERY = [*TRAINING, *APART]
LEAST_SENTENCES = 5_000
LONG = 6
"""Words of a sentence that is not there twice by chance."""

_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[“\"(]?[A-Z])|\n+")
_POSSESSIVE = re.compile(r"(?:'s|’s)$")


def sentences(article: OwnArticle) -> list[str]:
    return [one.strip() for one in _END.split(article.sample.text) if len(one.split()) > 3]


def voa_lines() -> list[str]:
    return [
        line
        for path in sorted(VOA.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def shown(found: list[tuple[str, str]]) -> str:
    return "\n".join(f"{name}: {what}" for name, what in found[:20])


def test_there_is_enough() -> None:
    own = sum(len(sentences(article)) for article in TRAINING)
    assert own + len(voa_lines()) >= LEAST_SENTENCES
    assert len(APART) == 150
    assert len(TRAINING) >= 300
    assert len({article.region for article in TRAINING}) >= 10
    assert len({article.topic for article in TRAINING}) >= 8


def test_sets_are_made_of_all_articles() -> None:
    assert [one.sample for one in TRAINING] == own_training(ARTICLES)
    assert [one.sample for one in APART] == own_development(DEVELOPMENT)


def test_every_article_has_a_name_of_its_own() -> None:
    assert [name for name, n in Counter(one.name for one in EVERY).items() if n > 1] == []
    assert all(one.name and one.region and one.topic for one in EVERY)


def test_every_mark_was_read() -> None:
    left = [
        (article.name, line)
        for article in EVERY
        for line in article.sample.text.splitlines()
        if "[" in line or "]" in line
    ]
    assert not left, shown(left)


def is_bare(name: str, others: set[str]) -> bool:
    """Whether nothing but the name is marked. `others` are the names of the same article:
    "Moody's" is one, but not beside "Moody"."""
    ends = name[0] + name[-1]
    if not set(ends).isdisjoint(' \t\n,;:"“”(') or name.count("(") != name.count(")"):
        return False
    return _POSSESSIVE.sub("", name) not in others - {name} and len(name.splitlines()) == 1


def test_names_are_bare() -> None:
    wrong = []
    for article in EVERY:
        text = article.sample.text
        known = {text[start:end] for start, end, _ in article.sample.names}
        wrong += [(article.name, name) for name in known if not is_bare(name, known)]
    assert not wrong, shown(wrong)


def test_names_do_not_overlap() -> None:
    for article in EVERY:
        spans = sorted(article.sample.names)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert {kind for _, _, kind in spans} <= {*KINDS}
        assert spans, article.name


def test_words_are_marked_whole() -> None:
    cut = []
    for article in EVERY:
        text = article.sample.text
        for start, end, _ in article.sample.names:
            behind = text[end : end + 2]
            is_plural = behind[:1] == "s" and not behind[1:].isalnum()
            if text[start - 1 : start].isalnum() or (behind[:1].isalnum() and not is_plural):
                cut.append((article.name, text[max(0, start - 10) : end + 10]))
    assert not cut, shown(cut)


def test_what_is_kept_apart_is_not_trained_on() -> None:
    known = {one for article in TRAINING for one in sentences(article)}
    both = [
        (article.name, one)
        for article in APART
        for one in sentences(article)
        if one in known and len(one.split()) > LONG
    ]
    assert not both, shown(both)


def test_voa_labels_are_well_formed() -> None:
    lines = voa_lines()
    shape = re.compile(r"\d+\t(?:(?:PER|LOC|ORG|MISC) \d+ \d+(?:; |$))*")
    assert [line for line in lines if not shape.fullmatch(line) or line.endswith("; ")] == []
    numbers = [int(line.partition("\t")[0]) for line in lines]
    assert [number for number, n in Counter(numbers).items() if n > 1] == []
    assert [one for one in numbers if (one - 1) // BLOCK % GMB_STEP == 0] == []


def test_headlines_in_capitals() -> None:
    sample = shouted(marked_sample("[LOC Oslo] wins on Große Straße\n[PER Ann] left."))
    assert sample.text == "OSLO WINS ON GROßE STRAßE\nAnn left."
    assert sample.names == {(0, 4, "LOC")}
    assert sample.scope == ((0, 25),)
    assert 2 * len(own_headlines(ARTICLES)) in (len(TRAINING), len(TRAINING) - 1)


@needs_data
def test_copies_have_other_names_in_the_same_places() -> None:
    copies = [*own_renamed(DATA), *voa_renamed(DATA)]
    # Sentences with a compound that the labels do not cut are left out.
    assert 0.9 < (len(copies) - len(TRAINING)) / len(voa_lines()) <= 1
    for copy, article in zip(copies, TRAINING, strict=False):
        kinds = [kind for _, _, kind in sorted(copy.names)]
        assert kinds == [kind for _, _, kind in sorted(article.sample.names)]
        assert all(copy.text[start:end].strip() for start, end, _ in copy.names)
    first, other = TRAINING[0].sample, copies[0]
    assert first.text != other.text
    assert own_renamed(DATA)[0] == other


def test_voa_labels_do_not_overlap() -> None:
    for line in voa_lines():
        cells = [name.split() for name in line.partition("\t")[2].split("; ") if name]
        spans = sorted((int(first), int(last)) for _, first, last in cells)
        assert all(first <= last for first, last in spans), line
        assert all(one[1] < other[0] for one, other in pairwise(spans)), line


@needs_data
def test_voa_labels_lie_in_their_sentences() -> None:
    rows = gmb_rows(DATA)
    for line in voa_lines():
        number, _, names = line.partition("\t")
        words = [row[1] for row in rows[int(number) - 1]]
        for name in filter(None, names.split("; ")):
            _, first, last = name.split()
            assert int(last) < len(words), line
            assert words[int(first)] not in {"'s", ",", "the", "Mr.", "President"}, line
            assert words[int(last)] not in {",", ".", "the"}, line


@pytest.mark.parametrize("folder", [ARTICLES, DEVELOPMENT], ids=["training", "development"])
def test_files_begin_with_an_article(folder: Path) -> None:
    for path in folder.glob("*.txt"):
        assert path.read_text(encoding="utf-8").lstrip().startswith("=== "), path.name


def test_two_passes_agree() -> None:
    """The sentences that were annotated twice: F1 of the names of one pass against the other."""
    second = {
        line.partition("\t")[0]: set(filter(None, line.partition("\t")[2].split("; ")))
        for path in sorted((VOA / "second").glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    first = {
        line.partition("\t")[0]: set(filter(None, line.partition("\t")[2].split("; ")))
        for line in voa_lines()
    }
    both = [(first[number], names) for number, names in second.items() if number in first]
    same = sum(len(one & other) for one, other in both)
    every = sum(len(one) + len(other) for one, other in both)
    assert len(both) > 290
    assert 200 * same / every == pytest.approx(99.7, abs=0.1)
