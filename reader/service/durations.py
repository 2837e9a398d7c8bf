"""Stretches of time as people write them, for those who ask the service."""

from reader.durations import EVERY, duration_text, seconds_of

__all__ = ["EVERY", "duration_text", "seconds_of"]
