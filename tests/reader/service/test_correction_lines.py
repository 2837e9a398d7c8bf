"""Corrections as lines: what is written is read, what is wrong is told."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.clean import clean_line
from reader.entities import fold_name
from reader.model import Correction, CorrectionKind, EntityKind
from reader.service.correction_lines import correction_record, read_correction

words = st.text(min_size=1, max_size=20).filter(
    lambda text: text == clean_line(text) and fold_name(text) != ""
)
corrections = st.builds(
    Correction,
    correction=st.sampled_from(CorrectionKind),
    name=words,
    kind=st.sampled_from(EntityKind),
    to=words,
    to_kind=st.sampled_from(EntityKind),
    form=st.builds("{}\n{}".format, words, words),
    article=st.binary(min_size=1, max_size=16).map(bytes.hex),
    place=st.integers(0, 2**31 - 1),
)


@given(corrections)
def test_what_is_written_is_read(one: Correction) -> None:
    assert read_correction(json.dumps(correction_record(one))) == one


def test_what_is_not_needed_is_left_out() -> None:
    one = Correction(CorrectionKind.IGNORE, "Odda", EntityKind.LOC)
    record = correction_record(one)
    assert record == {"correction": "ignore", "name": "Odda", "kind": "LOC"}
    assert read_correction(json.dumps(record)) == one


GOOD = {"correction": "mention", "name": "Berg", "kind": "PER", "form": "Berg", "article": "ab01"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"correction": "swap"}, '"correction" is none of rename, kind'),
        ({"correction": ["mention"]}, '"correction" is none of'),
        ({"kind": "per"}, '"kind" is none of PER, LOC'),
        ({"kind": None}, '"kind" is none of'),
        ({"to_kind": "x"}, '"to_kind" is none of'),
        ({"correction": "ignore", "name": ""}, '"name" is missing'),
        ({"correction": "ignore", "name": "\u200b \n"}, '"name" is missing'),
        ({"name": "!!!"}, '"name" is a name of signs alone'),
        ({"to": "?!"}, '"to" is a name of signs alone'),
        ({"name": 7}, '"name" is no text'),
        ({"form": ""}, '"form" is missing'),
        ({"article": ""}, '"article" is missing'),
        ({"article": "xy"}, '"article" is no identity'),
        ({"article": "abc"}, '"article" is no identity'),
        ({"place": -1}, '"place" is no number'),
        ({"place": 2**31}, '"place" is no number'),
        ({"place": True}, '"place" is no number'),
        ({"place": "0"}, '"place" is no number'),
        ({"correction": "rename"}, '"to" is missing'),
        ({"correction": "kind"}, '"to_kind" is missing'),
        ({"correction": "merge", "to": "Lie"}, '"to_kind" is missing'),
        ({"correction": "split"}, '"to" is missing'),
    ],
)
def test_what_is_wrong_is_told(changes: dict[str, object], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_correction(json.dumps(GOOD | changes))


@pytest.mark.parametrize("line", ["", "nonsense", "[]", "7", "null", "[" * 100_000])
def test_what_is_no_object_is_told(line: str) -> None:
    with pytest.raises(ValueError, match="no object of JSON"):
        read_correction(line)


def test_a_mention_of_nobody_before_needs_no_name() -> None:
    one = read_correction(json.dumps({key: GOOD[key] for key in GOOD if key != "name"}))
    assert (one.name, one.form) == ("", "Berg")


def test_names_become_safe_to_show() -> None:
    one = read_correction(json.dumps(GOOD | {"name": "Be\x1b[31mrg\x07", "to": "a\ud800\nb"}))
    assert (one.name, one.to) == ("Berg", "a\ufffd b")
