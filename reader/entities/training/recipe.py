"""What the model is trained on, and what it is tried on while it is made.

`DATA` is the folder of the public sets (docs/training.md tells where each comes from); everything
annotated here lies beside this module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

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

Read = Callable[[Path], Iterable[Sample]]


@dataclass(frozen=True, slots=True)
class Part:
    """A set to train on, so many times over. A set that follows other rules than ours has a
    `habit`: copies of its attributes that take its habits on themselves and are left out of the
    model (after Daumé 2007)."""

    name: str
    read: Read
    times: int = 1
    habit: str = ""


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


def voa_training(data: Path) -> list[Sample]:
    """The sentences of public-domain news labelled by our rules."""
    lines = (path.read_text(encoding="utf-8").splitlines() for path in sorted(VOA.glob("*.tsv")))
    return list(voa_labels(data, chain.from_iterable(lines)))


PARTS = (
    Part("English Web Treebank", ewt("train"), habit="E"),
    Part("wikigold, one half", wikigold(0), habit="W"),
    Part("CrossNER", crossner, habit="C"),
    Part("own articles", own_training, times=2),
    Part("VOA sentences", voa_training, times=2),
    Part("194 VOA sentences", voa_194, times=2),
)
"""What the shipped model is made of."""

TRIALS: dict[str, Read] = {
    "development": own_development,
    "ewt-dev": ewt("dev"),
    "gmb": gmb,
}
"""What may be looked at while the model is made."""

TESTS: dict[str, Read] = {"ewt-test": ewt("test"), "wikigold-half": wikigold(1)}
"""What is looked at once, when it is finished."""
