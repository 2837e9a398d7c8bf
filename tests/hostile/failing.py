"""What fails as long as the faults it found are there; whoever mends one takes its line out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

CASES: Mapping[str, str] = {}
LIMITS: Mapping[str, str] = {}
SECOND: Mapping[str, str] = {}


def marks(known: Mapping[str, str], name: str) -> list[pytest.MarkDecorator]:
    """The mark of what is known to fail; that it passes is a failure then."""
    return [pytest.mark.xfail(strict=True, reason=known[name])] if name in known else []
