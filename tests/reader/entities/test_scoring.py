"""The scores of words at run time beside sums over what the trainer sees of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.entities import scoring
from reader.entities.evidence import Evidence, Observer
from reader.entities.model import hash_of
from reader.entities.scoring import Scorer, Stretch
from reader.entities.trained import built_in, cues
from reader.entities.training.compile import place_of
from reader.entities.training.features import Featuriser
from reader.entities.training.lexicon import FLAGS, Lexicon
from reader.entities.training.recipe import own_development

MODEL = built_in()
KNOWN = MODEL.knowledge
WEIGHTS = MODEL.weights
WIDTH = len(WEIGHTS.labels)
FEATURISER = Featuriser(Lexicon(KNOWN.gazetteer, KNOWN.flags), KNOWN.clusters)
OBSERVER = Observer(KNOWN.gazetteer, KNOWN.flags, cues(KNOWN.flag_names))
ROWS = {one: at for at, one in enumerate(WEIGHTS.hashes.tolist())}
Floats = NDArray[np.float32]


def weights_of(name: str) -> Floats:
    """What an attribute of the trainer adds for each label."""
    total = np.zeros(WIDTH, dtype=np.float32)
    slot, attribute = place_of(name)
    row = ROWS.get(hash_of(attribute))
    if row is not None:
        for at in range(WEIGHTS.starts[row], WEIGHTS.starts[row + 1]):
            there, label = divmod(int(WEIGHTS.places[at]), WIDTH)
            if there == slot:
                total[label] += WEIGHTS.values[at]
    return total


def summed(seen: Evidence, first: int, last: int) -> Floats:
    rows = FEATURISER.sequence(seen, first, last)
    return np.array([sum(map(weights_of, row)) for row in rows], dtype=np.float32)


def whole(seen: Evidence) -> list[Stretch]:
    return [Stretch(seen, first, last, first, last) for first, last in seen.sentences]


def test_the_trainer_and_the_recogniser_read_alike() -> None:
    assert KNOWN.flag_names == FLAGS
    text = own_development_texts()[0]
    assert OBSERVER.read(text) == FEATURISER.read(text)


def own_development_texts() -> list[str]:
    from reader.entities.training.recipe import DEVELOPMENT

    return [sample.text for sample in own_development(DEVELOPMENT)]


def test_scores_are_the_sums_over_the_features_of_the_trainer() -> None:
    scorer = Scorer(MODEL)
    for text in own_development_texts()[:3]:
        seen = OBSERVER.read(text)
        expected = np.concatenate([summed(seen, first, last) for first, last in seen.sentences])
        np.testing.assert_allclose(scorer.scores(whole(seen)), expected, atol=0.02)


PIECES = st.sampled_from(
    [
        "Kenya", "MOSCOW", "NATO", "Russia-Ukraine", "U.S.", "-", "led", "President", "Joe",
        "Biden", "said", "in", "(", ")", "“", "”", "'s", ".", "!", ",", "\n", "rain", "Group",
        "Zorvan", "of", "Bank", "Ghana", "J.", "12", "東京", "Łódź", "iPhone",
    ]
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25).map(" ".join))
def test_scores_of_any_text(text: str) -> None:
    seen = OBSERVER.read(text)
    if seen.sentences:
        expected = np.concatenate([summed(seen, first, last) for first, last in seen.sentences])
        np.testing.assert_allclose(Scorer(MODEL).scores(whole(seen)), expected, atol=0.02)


def test_a_part_of_a_sentence_is_scored_as_in_the_whole() -> None:
    seen = OBSERVER.read("Then President Joe Biden of the U.S. flew to Kenya with Ann Otieno.")
    [sentence] = whole(seen)
    scorer = Scorer(MODEL)
    everything = scorer.scores([sentence])
    for first in range(sentence.last):
        for last in range(first + 1, sentence.last + 1):
            part = Stretch(seen, first, last, sentence.begin, sentence.end)
            np.testing.assert_allclose(scorer.scores([part]), everything[first:last], atol=1e-4)


def test_nothing_to_score() -> None:
    assert Scorer(MODEL).scores([]).shape == (0, WIDTH)


def test_words_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "KEPT", 5)
    seen = [OBSERVER.read(text) for text in ("Ann Otieno left Kenya in May.", "NATO met in Oslo.")]
    scorer = Scorer(MODEL)
    for one in seen * 2:
        np.testing.assert_array_equal(scorer.scores(whole(one)), Scorer(MODEL).scores(whole(one)))
