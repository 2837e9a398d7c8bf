"""Training from the beginning to a recogniser that finds names, in small."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reader.entities.decoding import NEVER
from reader.entities.labels import may_follow
from reader.entities.model import Model, dump_model, hash_of, load_model
from reader.entities.trained import TrainedRecogniser
from reader.entities.training import __main__ as training
from reader.entities.training import experiments
from reader.entities.training.compile import compile_model, place_of
from reader.entities.training.experiments import EXPERIMENTS
from reader.entities.training.features import Featuriser, examples, labels_of
from reader.entities.training.learning import Settings, learn, make_examples
from reader.entities.training.lexicon import Lexicon, build_lexicon
from reader.entities.training.recipe import Part
from reader.entities.training.samples import Sample, marked_sample
from reader.entities.training.scores import Score, score
from reader.entities.values import Found
from reader.model import EntityKind

TEXTS = [
    "[PER Ann Otieno] flew to [LOC Oslo] on Monday.",
    "Then [PER Jon Berg] met [PER Ann Otieno] in [LOC Kenya].",
    "The [ORG Berg Group] said rain fell in [LOC Oslo].",
    "[PER Ola Berg] left the [ORG Otieno Group] in May.",
    "Rain fell in [LOC Kenya], said [PER Jon Berg] of the [ORG Oslo Group].",
]
SETS = 8
QUICK = Settings(rounds=4)
ROOT = Path(__file__).resolve().parents[4]
pytest.importorskip("pycrfsuite")


def samples(_: Path) -> list[Sample]:
    return [marked_sample(text) for text in TEXTS] * SETS


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return build_lexicon()


def quick_model() -> Model:
    lexicon = build_lexicon()
    made = make_examples(Featuriser(lexicon, {}), [Part("few", samples)], Path())
    features, transitions = learn(made, QUICK)
    return compile_model(features, transitions, lexicon, {"rain": (1, 2)}, 0.1)


@pytest.fixture(scope="module")
def model() -> Model:
    return quick_model()


def test_a_few_sentences_make_a_recogniser(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(dump_model(model))
    recogniser = TrainedRecogniser(load_model(path.read_bytes()))
    text = "Then Ann Berg met Jon Otieno in Kenya. The Oslo Group said rain fell in Oslo."
    found = recogniser.recognise([text])[0]
    assert [(text[one.start : one.end], one.kind) for one in found] == [
        ("Ann Berg", "PER"), ("Jon Otieno", "PER"), ("Kenya", "LOC"), ("Oslo Group", "ORG"),
        ("Oslo", "LOC"),
    ]  # fmt: skip
    assert recogniser.version == model.version != ""


def told(model: Model) -> str:
    return hashlib.sha256(dump_model(model)).hexdigest()


def test_training_again_makes_the_same_model() -> None:
    """Each time in a process of its own: the trainer draws numbers from those of its process."""
    code = (
        "from tests.reader.entities.training.test_run import quick_model, told;"
        "print(told(quick_model()))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=ROOT)
        for _ in range(2)
    ]
    assert runs[0].stdout == runs[1].stdout != b""


def test_the_version_tells_models_apart(lexicon: Lexicon) -> None:
    features = {("0|w=rain", "O"): 1.0, ("0|w=oslo", "U-LOC"): 2.0}
    one, same, other = (
        compile_model(features, {}, lexicon, {"rain": (1,)}, heat) for heat in (0.1, 0.1, 0.2)
    )
    assert one.version == same.version != other.version


def test_only_labels_that_may_follow_one_another_do(model: Model) -> None:
    weights = model.weights
    assert weights.labels[0] == "O"
    for a, before in enumerate(weights.labels):
        for b, after in enumerate(weights.labels):
            assert (weights.transitions[a, b] == NEVER) != may_follow(before, after)


def test_parts_count_as_often_as_they_say(lexicon: Lexicon) -> None:
    featuriser = Featuriser(lexicon, {})
    once, thrice = (
        make_examples(featuriser, [Part("few", samples, times=times)], Path()) for times in (1, 3)
    )
    assert len(thrice) == 3 * len(once) == 3 * SETS * len(TEXTS)


def test_only_what_is_annotated_becomes_an_example(lexicon: Lexicon) -> None:
    text = "Oslo is cold. Rome is warm. Bonn is wet."
    names = frozenset({(0, 4, "LOC"), (14, 18, "LOC"), (28, 32, "LOC")})
    featuriser = Featuriser(lexicon, {})
    every = [*examples(featuriser, [Sample(text, names)], frozenset({"LOC"}))]
    assert [labels[0] for _, labels in every] == ["U-LOC"] * 3
    some = [*examples(featuriser, [Sample(text, names, ((14, 27),))], frozenset({"LOC"}))]
    assert some == every[1:2]
    none = [*examples(featuriser, [Sample(text, names)], frozenset({"PER"}))]
    assert {label for _, labels in none for label in labels} == {"O"}


def test_labels_of_a_sentence(lexicon: Lexicon) -> None:
    sample = marked_sample("[PER Ann van Berg] met [LOC U.S.]-led men of [ORG Berg Group].")
    seen = Featuriser(lexicon, {}).read(sample.text)
    [(first, last)] = seen.sentences
    labels = labels_of(seen, first, last, sorted(sample.names))
    assert dict(zip(seen.words, labels, strict=True)) | {"Berg": ""} == {
        "Ann": "B-PER", "van": "I-PER", "Berg": "", "met": "O", "U.S.": "U-LOC", "-": "O",
        "led": "O", "men": "O", "of": "O", "Group": "L-ORG", ".": "O",
    }  # fmt: skip


def test_attributes_of_slots() -> None:
    assert place_of("0|w=rain") == (0, "w=rain")
    assert place_of("-1|w=rain")[0] != place_of("+1|w=rain")[0]
    assert place_of("g=Stown") == (0, "g=Stown")
    assert place_of("t=012") == (0, "t=012")
    # A bar in a word is no slot.
    assert place_of("m=1|2") == (0, "m=1|2")


def test_no_two_attributes_share_a_weight_by_their_hash(lexicon: Lexicon) -> None:
    made = make_examples(Featuriser(lexicon, {}), [Part("few", samples)], Path())
    names = {place_of(name)[1] for rows, _ in made for row in rows for name in row}
    assert len({hash_of(name) for name in names}) == len(names)


class Finder:
    """Finds what it is told to."""

    name: str = "finder"
    version: str = "1"

    def __init__(self, *found: Found) -> None:
        self._found = [*found]

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        return [self._found for _ in texts]


def test_scores() -> None:
    sample = marked_sample("[PER Ann] met [PER Jon] in [LOC Oslo] of [ORG Berg].")
    found = Finder(
        Found(0, 3, EntityKind.PER, 1.0), Found(8, 11, EntityKind.LOC, 1.0),
        Found(15, 19, EntityKind.LOC, 1.0),
    )  # fmt: skip
    result = score(found, [sample])
    assert result.row() == pytest.approx((200 / 3, 50, 400 / 7))
    assert (result.f1(["PER"]), result.f1(["LOC"]), result.f1(["ORG"])) == pytest.approx(
        (200 / 3, 200 / 3, 0)
    )
    scoped = score(found, [Sample(sample.text, frozenset({(0, 3, "PER")}), ((0, 5),))])
    assert scoped.f1() == 100
    assert Score().row() == (0, 0, 0)


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert training.main([str(tmp_path / "nowhere")]) == 2
    assert "no folder of annotated sets" in capsys.readouterr().err
    path = tmp_path / "model.bin"
    parts = [Part("few", samples)]
    monkeypatch.setattr(training, "gmb_rows", lambda _: [[["", "Rain", "", ""]]])
    monkeypatch.setattr(training, "TRIALS", {"few": samples})
    monkeypatch.setattr(training, "PUBLIC", parts)
    monkeypatch.setattr(training, "own_training", samples)
    monkeypatch.setattr(
        training, "train", lambda data, train=training.train: train(data, parts, QUICK)
    )
    assert training.main([str(tmp_path), "--out", str(path)]) == 0
    said = capsys.readouterr().out
    assert load_model(path.read_bytes()).version in said
    assert "few" in said


def scored(row: str) -> float:
    return float(row.split(" | ")[2].split(" ")[0])


def test_an_experiment_leaves_out_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lexicon: Lexicon
) -> None:
    monkeypatch.setattr(experiments, "TRIALS", {"few": samples})
    ours, public = Part("ours", samples), Part("public", samples)
    monkeypatch.setattr(experiments, "PUBLIC", (public,))
    whole = experiments.Experiment("whole", (ours, public))
    row = experiments.run(whole, tmp_path, lexicon, {})
    assert row.startswith(f"| whole | {2 * len(samples(tmp_path))} | ")
    half = replace(whole, share=0.5)
    sizes = [len(list(part.read(tmp_path))) for part in experiments.parts_of(half)]
    assert sizes == [len(samples(tmp_path)) // 2, len(samples(tmp_path))]
    eighth = replace(whole, share=0.125)
    some, more = (list(experiments.parts_of(one)[0].read(tmp_path)) for one in (eighth, half))
    assert more[: len(some)] == some
    no_words = replace(whole, without=("0|", "+1|", "-1|", "+2|", "-2|", "g=", "G="))
    blind = experiments.run(no_words, tmp_path, lexicon, {})
    assert scored(row) > 80 > scored(blind)


def test_the_table_of_experiments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = experiments.Experiment("few", (Part("few", samples),))
    monkeypatch.setattr(experiments, "EXPERIMENTS", (few, replace(few, name="others")))
    monkeypatch.setattr(experiments, "TRIALS", {"few": samples})
    monkeypatch.setattr(experiments, "unlabelled", lambda *_: [["rain", "fell"]] * 20)
    experiments.main([str(tmp_path), "others"])
    assert [line.split(" | ")[0] for line in capsys.readouterr().out.splitlines()] == [
        "| training", "|---|---|---|", "| others",
    ]  # fmt: skip
    names = [one.name for one in EXPERIMENTS]
    assert len({*names}) == len(names)
