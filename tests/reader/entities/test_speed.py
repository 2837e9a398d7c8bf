"""How long recognising takes, in times of cutting the same texts into words: a machine that is
busy or slow is so for both."""

from __future__ import annotations

import time
from collections.abc import Callable

from reader.entities import load_recogniser
from reader.entities.tokens import tokenise
from reader.entities.trained import TrainedRecogniser
from reader.entities.training.recipe import DEVELOPMENT, own_development

RECOGNISER = load_recogniser()
TEXTS = [sample.text for sample in own_development(DEVELOPMENT)]
MOST = 13
"""It takes 8 times as long, 10 where every line is counted for coverage."""

NEW = 28
"""The same for words that were not seen before: it takes 14 times as long."""


def cost(call: Callable[[], object]) -> float:
    """Seconds of CPU, the least of several runs: other work on the machine only ever adds."""
    spent = []
    for _ in range(5):
        began = time.process_time()
        call()
        spent.append(time.process_time() - began)
    return min(spent)


def test_an_article_costs_little_more_than_its_words() -> None:
    RECOGNISER.recognise(TEXTS)
    words = cost(lambda: [tokenise(text) for text in TEXTS])
    assert cost(lambda: RECOGNISER.recognise(TEXTS)) < MOST * words


def test_articles_that_were_never_seen_cost_little_more() -> None:
    words = cost(lambda: [tokenise(text) for text in TEXTS])
    assert cost(lambda: TrainedRecogniser().recognise(TEXTS)) < NEW * words


def test_one_by_one_costs_little_more_than_together() -> None:
    texts = TEXTS[:40]
    together = cost(lambda: RECOGNISER.recognise(texts))
    assert cost(lambda: [RECOGNISER.recognise([text]) for text in texts]) < 3 * together
