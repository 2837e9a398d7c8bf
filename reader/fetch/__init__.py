"""Fetching over HTTP: bytes of feeds and pages, politely. Knows nothing of the library."""
