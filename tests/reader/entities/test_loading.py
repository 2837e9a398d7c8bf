from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints

import pytest

import reader.entities
from reader.entities import BUILT_IN, Found, known_recognisers, load_recogniser
from reader.entities.tokens import NEWLINE, flatten, tokenise
from reader.errors import RecogniserFailedError, RecogniserMissingError, RecogniserUnknownError
from reader.model import EntityKind
from reader.text import explain

OWN = tuple(reader.entities._BUILT_IN)


class Shouter:
    """A recogniser of another package."""

    name = "shouter"

    def __init__(self, version: str = "7") -> None:
        self.version = version

    def recognise(self, texts: list[str]) -> list[list[Found]]:
        return [[Found(0, len(text), EntityKind.MISC, 1.0)] for text in texts]


def test_the_built_in_one() -> None:
    recogniser = load_recogniser()
    assert (recogniser.name, bool(recogniser.version)) == (BUILT_IN, True)
    assert load_recogniser(BUILT_IN).name == BUILT_IN


def test_one_of_another_package(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("shouter", f"{__name__}:Shouter", reader.entities.ENTRY_POINTS)
    monkeypatch.setattr(reader.entities, "_offered", lambda: EntryPoints([point]))
    monkeypatch.setattr(EntryPoint, "load", lambda self: Shouter)
    assert load_recogniser("shouter").version == "7"
    assert load_recogniser("shouter:loud").version == "loud"
    with pytest.raises(RecogniserUnknownError) as error:
        load_recogniser("nobody")
    assert error.value.args == ("nobody", (*OWN, "shouter"))


def test_ours_that_need_a_model_say_so() -> None:
    assert known_recognisers()[-2:] == ("gliner:MODEL", "spacy:MODEL")
    for name in ("spacy", "gliner:"):
        with pytest.raises(RecogniserUnknownError):
            load_recogniser(name)


@pytest.mark.parametrize("name", ["spacy", "gliner"])
def test_what_is_not_installed_says_how_to_install_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(RecogniserMissingError) as error:
        load_recogniser(f"{name}:a-model")
    assert f"pip install 'dateline[{name}]'" in explain(error.value)


def test_one_that_fails_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("shouter", "no_such_module:Shouter", reader.entities.ENTRY_POINTS)
    monkeypatch.setattr(reader.entities, "_offered", lambda: EntryPoints([point]))
    with pytest.raises(RecogniserFailedError, match="no_such_module"):
        load_recogniser("shouter")


def test_importing_reads_no_model() -> None:
    code = (
        "import sys, reader.entities; "
        "sys.exit('numpy' in sys.modules or 'reader.entities.trained' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_words_and_signs() -> None:
    text = "U.S.-led “talks”\r\nMr. O'Neil’s anti-EU plan: 5.2%, AT&T.com"
    tokens = tokenise(text)
    assert tokens.words == [
        "U.S.", "-", "led", "“", "talks", "”", NEWLINE, "Mr.", "O'Neil", "'s", "anti-", "EU",
        "plan", ":", "5", ".", "2", "%", ",", "AT&T.com",
    ]  # fmt: skip
    pieces = [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    assert [flatten(piece) for piece in pieces if piece != "\r\n"] == [
        word for word in tokens.words if word != NEWLINE
    ]


def test_flattening_keeps_every_place() -> None:
    text = "Łukasz Müller’s “São” \u00a0Ǆ ß ﬁ İ"
    assert len(flatten(text)) == len(text)
    assert flatten(text).startswith("Lukasz Muller's “Sao”")
