"""A GLiNER model of chance, made here: what it says is nonsense, where it says it is not."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import pytest

if find_spec("gliner") is None:
    pytest.skip(
        "GLiNER is not installed (gigabytes with what it needs); `pip install 'dateline[gliner]'`",
        allow_module_level=True,
    )

from reader.entities import Recogniser, load_recogniser
from reader.entities.optional import gliner as optional
from reader.entities.optional.gliner import LEAST
from reader.entities.optional.spans import cut
from reader.errors import RecogniserFailedError

pytestmark = pytest.mark.filterwarnings("ignore")  # of the packages, about each other

TEXT = "Ada Quill went to Skerry on Monday. The Tern Group of the Gambia paid for it."
LONGEST = 40
"""Words that the model made here reads at once."""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with one layer and weights of chance, saved with its words."""
    import torch
    from gliner import GLiNER, GLiNERConfig
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import BertConfig, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("models")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.train_from_iterator(
        [TEXT], trainers.WordPieceTrainer(vocab_size=200, special_tokens=special)
    )
    words = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]",
        sep_token="[SEP]", mask_token="[MASK]",
    )  # fmt: skip
    words.save_pretrained(folder / "encoder")
    encoder = BertConfig(
        vocab_size=len(words), hidden_size=32, num_hidden_layers=1, num_attention_heads=2,
        intermediate_size=32,
    )  # fmt: skip
    encoder.save_pretrained(folder / "encoder")
    torch.manual_seed(7)
    made = GLiNER.from_config(
        GLiNERConfig(
            model_name=str(folder / "encoder"), encoder_config=encoder.to_dict(), hidden_size=32,
            max_width=4, max_len=LONGEST, words_splitter_type="whitespace", has_rnn=False,
        ),
        backbone_from_pretrained=False,
    )  # fmt: skip
    made.save_pretrained(folder / "tiny")
    return folder / "tiny"


@pytest.fixture(scope="module")
def recogniser(model: Path) -> Recogniser:
    return load_recogniser(f"gliner:{model}")


def test_names_of_a_model_are_ours(model: Path, recogniser: Recogniser) -> None:
    assert recogniser.name == f"gliner:{model}"
    assert recogniser.version
    nothing, found = recogniser.recognise(["", TEXT])
    assert nothing == []
    assert found
    assert all(LEAST <= one.confidence <= 1 for one in found)
    assert all(one.end <= after.start for one, after in pairwise(found))
    assert all(TEXT[one.start : one.end].strip(" .") for one in found)


def test_long_texts_are_read_in_pieces_with_places_of_the_whole(recogniser: Recogniser) -> None:
    long = " ".join([TEXT] * 9)
    pieces = cut(long, LONGEST, optional._count)
    assert len(pieces) > 2
    (found,) = recogniser.recognise([long])
    apart = recogniser.recognise([long[start:end] for start, end in pieces])
    assert [(one.start, one.end, one.kind) for one in found] == [
        (start + one.start, start + one.end, one.kind)
        for (start, _), those in zip(pieces, apart, strict=True)
        for one in those
    ]


def test_a_model_that_is_not_there_is_not_fetched() -> None:
    with pytest.raises(RecogniserFailedError, match="hf download nobody/no-such-model"):
        load_recogniser("gliner:nobody/no-such-model")


def test_nothing_is_loaded_before_it_is_chosen() -> None:
    code = (
        "import sys, reader.entities, reader.entities.optional.gliner;"
        "sys.exit('gliner' in sys.modules or 'torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
