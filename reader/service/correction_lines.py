"""Corrections as lines of JSON, for a library to take over from another."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from reader.clean import clean_line, clean_text
from reader.entities import fold_name
from reader.model import Correction, CorrectionKind, EntityKind

_NEEDED: Mapping[CorrectionKind, tuple[str, ...]] = {
    CorrectionKind.RENAME: ("name", "to"),
    CorrectionKind.KIND: ("name", "to_kind"),
    CorrectionKind.IGNORE: ("name",),
    CorrectionKind.MERGE: ("name", "to", "to_kind"),
    CorrectionKind.SPLIT: ("name", "form", "to"),
    # Where nothing was recognised there is no name.
    CorrectionKind.MENTION: ("form", "article"),
}
_HEXADECIMAL = re.compile(r"(?:[0-9a-f]{2})*")


def correction_record(one: Correction) -> dict[str, Any]:
    """A correction as an object of JSON; what it does not need is left out."""
    record = {
        "correction": one.correction,
        "name": one.name,
        "kind": one.kind,
        "to": one.to,
        "to_kind": one.to_kind,
        "form": one.form,
        "article": one.article,
        "place": one.place,
    }
    return {key: value for key, value in record.items() if value}


def read_correction(line: str) -> Correction:
    """The correction of a line. Raises ValueError with what is wrong, in words."""
    record = _object(line)
    correction = _one_of(CorrectionKind, record, "correction")
    texts = {key: clean_line(_text(record, key)) for key in ("name", "to", "article")}
    # As the articles write it, line ends included.
    texts["form"] = clean_text(_text(record, "form"))
    for key in _NEEDED[correction]:
        if not texts.get(key, record.get(key)):
            raise ValueError(f'"{key}" is missing')
    for key in ("name", "to"):
        if texts[key] and not fold_name(texts[key]):
            raise ValueError(f'"{key}" is a name of signs alone')
    if not _HEXADECIMAL.fullmatch(texts["article"]):
        raise ValueError('"article" is no identity')
    return Correction(
        correction=correction,
        kind=_one_of(EntityKind, record, "kind"),
        to_kind=_one_of(EntityKind, record, "to_kind") if record.get("to_kind") else None,
        place=_place(record),
        **texts,
    )


def _object(line: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("no object of JSON") from error
    if not isinstance(record, dict):
        raise ValueError("no object of JSON")
    return record


def _one_of(kind: Any, record: Mapping[str, Any], key: str) -> Any:
    try:
        return kind(record.get(key))
    except ValueError as error:
        raise ValueError(f'"{key}" is none of {", ".join(kind)}') from error


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f'"{key}" is no text')
    return value


def _place(record: Mapping[str, Any]) -> int:
    value = record.get("place", 0)
    if type(value) is not int or not 0 <= value < 2**31:
        raise ValueError('"place" is no number from 0 on')
    return value
