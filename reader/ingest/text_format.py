"""Plain text and Markdown files."""

from __future__ import annotations

from datetime import datetime

from reader.clean import clean_text
from reader.errors import ImportItemError
from reader.ingest.article import make_draft, take_head
from reader.ingest.decode import decode
from reader.ingest.headers import known_fields
from reader.ingest.markdown import split_front_matter, split_markdown
from reader.ingest.paragraphs import split_blocks
from reader.ingest.reasons import Reason
from reader.model import Draft


def read_text(data: bytes, *, name: str, latest: datetime) -> Draft:
    """Read one article from plain text. Raises ImportItemError when there is none in it.

    `name` is the file name without its suffix.
    """
    blocks = split_blocks(clean_text(decode(data)))
    meta, blocks = take_head(blocks, {}, latest)
    return _checked(make_draft(meta, blocks, name=name, latest=latest))


def read_markdown(data: bytes, *, name: str, latest: datetime) -> Draft:
    """Read one article from Markdown. As `read_text`."""
    values, text = split_front_matter(clean_text(decode(data)))
    meta, blocks = take_head(split_markdown(text), known_fields(values), latest)
    return _checked(make_draft(meta, blocks, name=name, latest=latest))


def _checked(draft: Draft) -> Draft:
    if not draft.text and not draft.title:
        raise ImportItemError("", Reason.EMPTY)
    return draft
