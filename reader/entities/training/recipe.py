"""What the model is trained on, and what it is tried on while it is made.

`DATA` is the folder of the public sets (docs/training.md tells where each comes from); everything
annotated here lies beside this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from reader.entities.training.renaming import renamed
from reader.entities.training.samples import (
    OwnArticle,
    Sample,
    crossner,
    ewt,
    gmb,
    own_articles,
    voa_194,
    voa_labels,
    wikigold,
)

HERE = Path(__file__).resolve().parent
ARTICLES = HERE / "articles"
DEVELOPMENT = ARTICLES / "development"
VOA = HERE / "voa"

SEED = 1

Read = Callable[[Path], Iterable[Sample]]


@dataclass(frozen=True, slots=True)
class Part:
    """A set to train on, so many times over."""

    name: str
    read: Read
    times: int = 1


def articles(folder: Path) -> Iterator[OwnArticle]:
    """The articles of a folder, in the order of their files."""
    for path in sorted(folder.glob("*.txt")):
        yield from own_articles(path)


def own_training(_: Path) -> list[Sample]:
    """The articles written for training."""
    return [article.sample for article in articles(ARTICLES)]


def own_development(_: Path) -> list[Sample]:
    """The articles that are never trained on."""
    return [article.sample for article in articles(DEVELOPMENT)]


def own_headlines(_: Path) -> list[Sample]:
    """The headlines of the same articles in capitals, the rest as it is."""
    return [
        shouted(article.sample) for number, article in enumerate(articles(ARTICLES)) if number % 2
    ]


def shouted(sample: Sample) -> Sample:
    """A text with its first line, which alone counts as annotated, in capitals."""
    line, _, rest = sample.text.partition("\n")
    head = "".join(upper if len(upper := sign.upper()) == 1 else sign for sign in line)
    names = frozenset(name for name in sample.names if name[1] <= len(head))
    return Sample(f"{head}\n{rest}", names, ((0, len(head)),))


def own_renamed(_: Path) -> list[Sample]:
    """The same articles with other names."""
    return list(renamed(own_training(_), SEED))


def voa_renamed(data: Path) -> list[Sample]:
    """The labelled sentences by themselves, with other names."""
    alone = [one for sample in voa_training(data) for one in in_pieces(sample)]
    return list(renamed(alone, SEED))


def in_pieces(sample: Sample) -> Iterator[Sample]:
    """Each stretch of a text that is annotated as a text of its own."""
    for start, end in sample.scope or ():
        inside = (name for name in sample.names if start <= name[0] < end)
        names = frozenset((first - start, last - start, kind) for first, last, kind in inside)
        yield Sample(sample.text[start:end], names)


def voa_training(data: Path) -> list[Sample]:
    """The sentences of public-domain news labelled by our rules."""
    lines = (path.read_text(encoding="utf-8").splitlines() for path in sorted(VOA.glob("*.tsv")))
    return list(voa_labels(data, chain.from_iterable(lines)))


PUBLIC = (
    Part("English Web Treebank", ewt("train")),
    Part("wikigold, one half", wikigold(0)),
    Part("CrossNER", crossner),
)
"""Sets that follow other rules than ours."""

OURS = (
    Part("own articles", own_training, times=3),
    Part("their headlines in capitals", own_headlines),
    Part("VOA sentences", voa_training, times=3),
    Part("194 VOA sentences", voa_194, times=3),
    Part("own articles with other names", own_renamed),
    Part("VOA sentences with other names", voa_renamed),
)
PARTS = PUBLIC + OURS
"""What the shipped model is made of."""

TRIALS: dict[str, Read] = {
    "development": own_development,
    "ewt-dev": ewt("dev"),
    "gmb": gmb,
}
"""What may be looked at while the model is made."""

TESTS: dict[str, Read] = {"ewt-test": ewt("test"), "wikigold-half": wikigold(1)}
"""What is looked at once, when it is finished."""
