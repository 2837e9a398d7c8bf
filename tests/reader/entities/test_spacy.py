"""A model of spaCy, made here, as the recogniser of a library."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

if find_spec("spacy") is None:
    pytest.skip("spaCy is not installed; `make test-extras` brings it", allow_module_level=True)

from reader.entities import Found, load_recogniser
from reader.entities.optional import spacy as optional
from reader.entities.optional.spacy import CONFIDENCE
from reader.errors import RecogniserFailedError
from reader.model import EntityKind

pytestmark = pytest.mark.filterwarnings("ignore")  # of the packages, about each other

PATTERNS = {
    "PERSON": ["President Ada Quill", "Ada Quill's"],
    "GPE": ["the Gambia"],
    "ORG": ["Tern Group"],
    "NORP": ["Gambian"],
    "DATE": ["Monday"],
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipeline that knows a few names, saved."""
    import spacy

    language = spacy.blank("en")
    ruler = language.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": label, "pattern": name} for label, names in PATTERNS.items() for name in names]
    )
    language.meta["version"] = "3.1.4"
    folder = tmp_path_factory.mktemp("models") / "tiny"
    language.to_disk(folder)
    return folder


TEXT = (
    "President Ada Quill flew to the Gambia on Monday.\n\n"
    "The Tern Group paid. Ada Quill's Gambian hosts were glad."
)


def marked(text: str, found: list[Found]) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], str(one.kind)) for one in found]


def test_names_of_a_model_are_ours(model: Path) -> None:
    recogniser = load_recogniser(f"spacy:{model}")
    assert recogniser.name == f"spacy:{model}"
    assert recogniser.version.startswith("3.1.4-")
    nothing, found = recogniser.recognise(["", TEXT])
    assert nothing == []
    assert marked(TEXT, found) == [
        ("Ada Quill", "PER"), ("Gambia", "LOC"), ("Tern Group", "ORG"), ("Ada Quill", "PER"),
        ("Gambian", "MISC"),
    ]  # fmt: skip
    assert {one.confidence for one in found} == {CONFIDENCE}
    assert all(isinstance(one.kind, EntityKind) for one in found)


def test_long_texts_are_read_in_pieces_with_places_of_the_whole(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recogniser = load_recogniser(f"spacy:{model}")
    texts = [TEXT, "No name here.", f"{TEXT}\n{TEXT}"]
    whole = recogniser.recognise(texts)
    monkeypatch.setattr(optional, "LONGEST", 60)
    assert recogniser.recognise(texts) == whole
    assert len(whole[2]) == 10


def test_a_model_that_is_not_there_says_how_to_get_one() -> None:
    with pytest.raises(RecogniserFailedError, match="spacy download no_such_model"):
        load_recogniser("spacy:no_such_model")


def test_a_trained_model_finds_what_it_was_taught(tmp_path: Path) -> None:
    import random

    import spacy
    from spacy.training import Example

    random.seed(0)
    spacy.util.fix_random_seed(0)
    language = spacy.blank("en")
    language.add_pipe("ner")
    taught = "Quill met Sorrel in Skerry."
    entities = [(0, 5, "PERSON"), (10, 16, "PERSON"), (20, 26, "GPE")]
    example = Example.from_dict(language.make_doc(taught), {"entities": entities})
    language.initialize(lambda: [example])
    for _ in range(30):
        language.update([example])
    language.to_disk(tmp_path / "taught")
    (found,) = load_recogniser(f"spacy:{tmp_path / 'taught'}").recognise([taught])
    assert marked(taught, found) == [("Quill", "PER"), ("Sorrel", "PER"), ("Skerry", "LOC")]


def test_nothing_is_loaded_before_it_is_chosen() -> None:
    code = (
        "import sys, reader.entities, reader.entities.optional.spacy, reader.service.library;"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
