"""BibTeX and CSL-JSON."""

from __future__ import annotations

import json

import pytest

from reader.export.citations import bibtex, citation_key, csl_item
from reader.model import Precision
from tests.reader.export.samples import article


@pytest.mark.parametrize(
    ("precision", "date", "parts"),
    [
        (Precision.YEAR, "2023", [2023]),
        (Precision.MONTH, "2023-07", [2023, 7]),
        (Precision.DAY, "2023-07-23", [2023, 7, 23]),
        (Precision.SECOND, "2023-07-23", [2023, 7, 23]),
        (None, None, None),
    ],
)
def test_dates_are_no_finer_than_what_is_known(
    precision: Precision | None, date: str | None, parts: list[int] | None
) -> None:
    one = article(precision=precision)
    item = json.loads(csl_item(one, "k"))
    assert item.get("issued", {}).get("date-parts") == ([parts] if parts else None)
    assert (f"date = {{{date}}}" in bibtex(one, "k")) is (date is not None)


def test_an_entry_holds_whatever_the_title_is() -> None:
    entry = bibtex(article(title=r"50% of {a} \b_c # $1 & ~^", authors=("Ann Lee", "Bo")), "k")
    assert r"{{50\% of \textbraceleft{}a\textbraceright{} \textbackslash{}b\_c" in entry
    assert r"b\_c \# \$1 \& \textasciitilde{}" in entry
    half = bibtex(article(title="{ and {", authors=("a}",)), "k")
    assert half.count("{") == half.count("}")
    assert "author = {{Ann Lee} and {Bo}}" in entry
    assert "url = {https://quay.example/a?b=1&c=2}" in entry
    assert entry.startswith("@article{k,")
    assert bibtex(article(source="", url="ftp://x"), "k").startswith("@online{k,")
    assert "ftp" not in bibtex(article(url="ftp://x"), "k")


def test_keys_tell_whom_when_and_what_and_are_unique() -> None:
    assert citation_key(article()) == "quay2023ferry"
    assert citation_key(article(authors=("Ánn Lée",))) == "lee2023ferry"
    assert citation_key(article(), {"quay2023ferry"}) == "quay2023ferry-7"
    assert citation_key(article(title="到", source="", precision=None)) == "article7"
    assert json.loads(csl_item(article(source=""), "k"))["type"] == "webpage"


def test_keys_of_long_words_are_short() -> None:
    long = article(authors=("Lee" * 50,), title="Ferry" * 50)
    key = citation_key(long)
    assert len(key) == 60
    assert "2023ferry" in key
    taken = citation_key(long, {key})
    assert (len(taken), taken[-2:]) == (60, "-7")
