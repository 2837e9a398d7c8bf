"""Readers of annotated sets, on small files of the same form."""

from __future__ import annotations

import io
import json
import lzma
import tarfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from reader.entities.training.recipe import TESTS, TRIALS, voa_training
from reader.entities.training.samples import (
    BLOCK,
    GMB_STEP,
    Sample,
    crossner,
    ewt,
    gmb,
    gmb_rows,
    is_compound,
    marked_sample,
    own_articles,
    sample_of,
    voa_194,
    voa_labels,
    wikigold,
)

DATA = Path(__file__).resolve().parents[5] / "shared" / "data" / "ner"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="no annotated sets beside the project")


def names(sample: Sample) -> list[str]:
    return [f"{kind}:{sample.text[start:end]}" for start, end, kind in sorted(sample.names)]


def packed(path: Path, text: str, encoding: str = "utf-8") -> None:
    path.write_bytes(lzma.compress(text.encode(encoding)))


def test_words_are_set_as_text() -> None:
    line = "He said ( in Kenya ) : `` Ann Otieno 's plan , 5 % , is $ 3 ."
    words = line.split(" ")
    tags = ["O"] * len(words)
    tags[words.index("Kenya")] = "B-LOC"
    tags[words.index("Ann") : words.index("Ann") + 2] = ["B-PER", "I-PER"]
    sample = sample_of([list(zip(words, tags, strict=True))])
    assert sample.text.startswith("He said (in Kenya): ``Ann Otieno's plan, 5%, is $3.")
    assert names(sample) == ["LOC:Kenya", "PER:Ann Otieno"]


def test_sentences_that_others_cut_otherwise_are_not_scored() -> None:
    sentences = [[("Kenya", "B-LOC")], [("U.S.-led", "O"), ("Oslo", "B-LOC")], [("Rome", "B-LOC")]]
    sample = sample_of(sentences, frozenset({0, 1}))
    assert names(sample) == ["LOC:Kenya"]
    assert sample.scope == ((0, 5),)
    assert [is_compound(word) for word in ("pro-Moscow", "x-ray", "Al-Bashir", "-")] == [
        True, False, False, False,
    ]  # fmt: skip


def test_english_web_treebank(tmp_path: Path) -> None:
    packed(
        tmp_path / "uner_en_ewt_dev.iob2.xz",
        "# newdoc id = a\n# text = ...\n1\tAnn\tB-PER\t-\n2\tleft\tO\t-\n\n"
        "1\tMay\tB-OTH\t-\n1-2\tdon't\tO\t-\n2\tDay\tI-OTH\t-\n\n"
        "# newdoc id = b\n1\tOslo\tB-LOC\t-\n",
    )
    first, second = ewt("dev")(tmp_path)
    assert (first.text.split(), names(first)) == (
        ["Ann", "left", "May", "Day"], ["PER:Ann", "MISC:May Day"],
    )  # fmt: skip
    assert names(second) == ["LOC:Oslo"]


def test_wikigold(tmp_path: Path) -> None:
    sentence = "Ann I-PER\nOtieno I-PER\nKenya I-LOC\nleft O\n\n"
    packed(tmp_path / "wikigold.conll.txt.xz", "-DOCSTART- O\n\n" + sentence * (BLOCK * 3 + 1))
    every, even, odd = (list(wikigold(half)(tmp_path)) for half in (None, 0, 1))
    assert [len(one) for one in (every, even, odd)] == [4, 2, 2]
    assert every == [even[0], odd[0], even[1], odd[1]]
    assert names(every[0]) == ["PER:Ann Otieno", "LOC:Kenya"] * BLOCK
    assert len(every[-1].names) == 2
    packed(tmp_path / "wikigold.conll.txt.xz", "Oslo I-LOC\nleft O")
    assert [names(sample) for sample in wikigold()(tmp_path)] == [["LOC:Oslo"]]


def test_crossner(tmp_path: Path) -> None:
    texts = {
        "science/test.txt": "Ann\tB-scientist\nOtieno\tI-scientist\nof\tO\nOslo\tB-country\n\n"
        "physics\tB-discipline\n",
        "music/train.txt": "Zorvans\tB-band\n\n",
        "README.md": "Ann\tB-person\n",
    }
    with tarfile.open(tmp_path / "crossner_5domains.tar.xz", "w:xz") as archive:
        for name, text in texts.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    assert [names(sample) for sample in crossner(tmp_path)] == [
        ["ORG:Zorvans"], ["PER:Ann Otieno", "LOC:Oslo"], [],
    ]  # fmt: skip


def gmb_file(folder: Path, sentences: list[list[tuple[str, str]]]) -> None:
    lines = ["Sentence #,Word,POS,Tag"]
    for number, sentence in enumerate(sentences, 1):
        for at, (word, tag) in enumerate(sentence):
            lines.append(f"{f'Sentence: {number}' if at == 0 else ''},{word},X,{tag}")
    packed(folder / "gmb_ner_dataset.csv.xz", "\n".join(lines) + "\n", "latin-1")


def test_gmb(tmp_path: Path) -> None:
    sentence = [
        ("President", "B-per"), ("José", "I-per"), ("Otieno", "I-per"), ("left", "O"),
        ("Kenyan", "B-gpe"), ("Nairobi", "B-geo"), ("Monday", "B-tim"), ("Kenya", "B-gpe"),
        ("Olympics", "B-eve"),
    ]  # fmt: skip
    gmb_file(tmp_path, [sentence] * (BLOCK * GMB_STEP + 2))
    assert [row[1] for row in gmb_rows(tmp_path)[0]][:3] == ["President", "José", "Otieno"]
    first, second = gmb(tmp_path)
    assert names(second) == [
        "PER:José Otieno", "MISC:Kenyan", "LOC:Nairobi", "LOC:Kenya", "MISC:Olympics",
    ] * 2  # fmt: skip
    assert len(first.names) == 5 * BLOCK


def test_voa_labels(tmp_path: Path) -> None:
    gmb_file(
        tmp_path,
        [[("Ann", "O"), ("Otieno", "O"), (f"in{n}", "O"), ("Oslo", "O")] for n in range(30)],
    )
    labels = ["2\tPER 0 1; LOC 3 3\n", "3\t", f"{BLOCK + 1}\tLOC 3 3"]
    first, second = voa_labels(tmp_path, labels)
    assert names(first) == ["PER:Ann Otieno", "LOC:Oslo"]
    assert names(second) == ["LOC:Oslo"]
    assert first.scope is not None
    assert [first.text[start:end].split()[2] for start, end in first.scope] == ["in1", "in2"]
    assert "in0" in first.text


def test_earlier_voa_sentences(tmp_path: Path) -> None:
    document = [[["Ann", "left"], ["B-PER", "O"]], [["Oslo"], ["B-LOC"]]]
    (tmp_path / "annotated_voa_194.json").write_text(json.dumps([document]), encoding="utf-8")
    assert [names(sample) for sample in voa_194(tmp_path)] == [["PER:Ann", "LOC:Oslo"]]


def test_own_articles(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "=== a-1 | Asia | sport\n[LOC Oslo] wins\n\nThen [PER Ann Otieno]'s team left.\n\n"
        "=== a-2 | Africa | law\nRain\n",
        encoding="utf-8",
    )
    first, second = own_articles(path)
    assert (first.name, first.region, first.topic) == ("a-1", "Asia", "sport")
    assert first.sample.text == "Oslo wins\n\nThen Ann Otieno's team left."
    assert names(first.sample) == ["LOC:Oslo", "PER:Ann Otieno"]
    assert first.sample.scope is None
    assert second.sample == Sample("Rain", frozenset())


def test_marked_text() -> None:
    assert marked_sample("[LOC Oslo]-[LOC Rome]") == Sample(
        "Oslo-Rome", frozenset({(0, 4, "LOC"), (5, 9, "LOC")})
    )
    assert marked_sample("[XYZ Oslo] [a]").names == frozenset()
    assert marked_sample("") == Sample("", frozenset())


@needs_data
@pytest.mark.parametrize(
    ("read", "least"),
    [
        (ewt("train"), 7_000), (ewt("dev"), 900), (ewt("test"), 1_000), (wikigold(), 3_000),
        (crossner, 10_000), (gmb, 3_500), (voa_194, 600), (voa_training, 5_000),
    ],
    ids=["ewt-train", "ewt-dev", "ewt-test", "wikigold", "crossner", "gmb", "voa-194", "voa"],
)  # fmt: skip
def test_sets_beside_the_project(read: Callable[[Path], Iterable[Sample]], least: int) -> None:
    samples = list(read(DATA))
    found = [name for sample in samples for name in names(sample)]
    assert len(found) >= least
    assert {one.partition(":")[0] for one in found} >= {"PER", "LOC", "ORG"}
    for sample in samples:
        spans = sorted(sample.names)
        assert all(0 <= start < end <= len(sample.text) for start, end, _ in spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans))


@needs_data
def test_halves_of_wikigold_share_nothing() -> None:
    one, other = ({sample.text for sample in wikigold(half)(DATA)} for half in (0, 1))
    assert one.isdisjoint(other)
    assert set(TRIALS).isdisjoint(TESTS)
