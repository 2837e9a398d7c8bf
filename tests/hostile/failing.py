"""What fails as long as the faults it found are there; whoever mends one takes its line out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

_SAME_LINK = "entries of one source with one link or id replace each other, at each import again"

CASES: Mapping[str, str] = {
    "alike-links.xml": _SAME_LINK,
    "alike-both.xml": _SAME_LINK,
    "alike-anchors.xml": _SAME_LINK,
    "alike-urls.jsonl": _SAME_LINK,
    "alike-ids.jsonl": _SAME_LINK,
    "alike-rows.csv": _SAME_LINK,
    "alike-letters.mbox": _SAME_LINK,
}
LIMITS: Mapping[str, str] = {
    "letters": "codecs that raise for a body of raw bytes: idna, punycode, one with a NUL",
    "pages": "a tag whose name lxml does not let be set",
}
SECOND: Mapping[str, str] = {"alike": _SAME_LINK}


def marks(known: Mapping[str, str], name: str) -> list[pytest.MarkDecorator]:
    """The mark of what is known to fail; that it passes is a failure then."""
    return [pytest.mark.xfail(strict=True, reason=known[name])] if name in known else []
