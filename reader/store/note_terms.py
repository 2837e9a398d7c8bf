"""The words of notes as queries are compared with them."""

from __future__ import annotations

from reader.store.database import Database

FORM = "="
"""Stands before a folded word in the table; a stem stands there as it is. No word holds it."""


def write_terms(database: Database, note_id: int, words: str, quote: str) -> None:
    """Keep the words of a note that has none in the table, and those of its stretch."""
    from index.analysis import tokens  # loads the stemmer

    found = [token for text in (words, quote) for token in tokens(text)]
    terms = {token.stem for token in found} | {FORM + token.form for token in found}
    database.run_many(
        "INSERT INTO note_term (term, note_id) VALUES (?, ?)",
        [(term, note_id) for term in sorted(terms)],
    )
