"""Moments as the library keeps them: whole seconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


def utc_now() -> datetime:
    return datetime.now(UTC)


def to_seconds(moment: datetime) -> int:
    """Whole seconds since 1970, rounded down."""
    return (moment - _EPOCH) // _SECOND


def from_seconds(seconds: int) -> datetime:
    # Not datetime.fromtimestamp: some platforms refuse moments before 1970.
    return _EPOCH + timedelta(seconds=seconds)
