"""Newsletters: messages of mail in an mbox, a Maildir or files of their own.

RFC 5322, MIME (RFC 2045 to 2049), List-Id (RFC 2919), Archived-At (RFC 5064).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser

from reader.clean import clean_line, clean_text
from reader.errors import ImportItemError
from reader.ingest.addresses import is_web
from reader.ingest.article import make_draft
from reader.ingest.bodies import make_html_draft
from reader.ingest.dates import read_value
from reader.ingest.decode import decode_stated
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, Read, read_whole, refused
from reader.ingest.headers import Meta, clean_url
from reader.ingest.mail_headers import header, mailbox_name, marks_of
from reader.ingest.mbox import is_mbox, is_too_large, read_messages
from reader.ingest.paragraphs import split_blocks
from reader.ingest.reasons import Reason
from reader.ingest.records import clean_guid
from reader.model import Draft

_MOST_PARTS = 1000
_MOST_NAMED = 20
_COMMENT = re.compile(r"\([^()]*\)")
_LIST_ID = re.compile(r"(?P<name>[^<>]*)<(?P<id>[^<>]*)>")


def read_mail(content: Content) -> Iterator[Entry]:
    """Read one article from each message. Its own name is what a Maildir says of it."""
    if not is_mbox(content.file.peek(8)):
        data = read_whole(content)
        if is_too_large(data, data.count(b"\n")):
            raise ImportItemError("", Reason.TOO_LARGE_DOCUMENT)
        yield Entry("", _reading(data, content.name, content.latest), is_placed=False)
        return
    for number, message in enumerate(read_messages(content.file), start=1):
        item = f"message {number}"
        if message is None:
            yield Entry(item, refused(Reason.TOO_LARGE_DOCUMENT))
        else:
            yield Entry(item, _reading(message, "", content.latest))


def _reading(data: bytes, name: str, latest: datetime) -> Read:
    def read() -> Draft:
        try:
            return read_message(data, name=name, latest=latest)
        except RecursionError as error:
            raise ImportItemError("", Reason.TOO_DEEP) from error

    return read


def read_message(data: bytes, *, name: str = "", latest: datetime) -> Draft:
    """Make the draft of a message. `name` is that of its file, which says in a Maildir what
    was read. Raises ImportItemError when there is nothing to read in it."""
    try:
        message = BytesParser().parsebytes(data)
    except MessageError as error:
        raise ImportItemError("", Reason.DAMAGED) from error
    html, plain, attached = _parts(message)
    meta = _meta(message, latest)
    draft = make_html_draft(meta, html, latest=latest) if html else None
    if draft is None or not draft.text:
        blocks = split_blocks(clean_text(plain))
        draft = make_draft(meta, blocks, name="", latest=latest)
    draft = _with_attached(draft, attached)
    if not draft.text and not draft.title:
        raise ImportItemError("", Reason.NO_CONTENT)
    guid = clean_guid(header(message, "Message-ID").strip("<> "))
    return replace(draft, guid=guid, marks=marks_of(message, name))


def _meta(message: Message, latest: datetime) -> Meta:
    sender = mailbox_name(header(message, "From"))
    source = _list_name(header(message, "List-Id")) or sender
    page = clean_url(header(message, "Archived-At").strip("<> "))
    return Meta(
        title=clean_line(header(message, "Subject")),
        source=source,
        published=read_value(_COMMENT.sub("", header(message, "Date")).strip(), latest),
        authors=(sender,) if sender and sender != source else (),
        url=page if is_web(page) else "",
        lang=clean_line(header(message, "Content-Language"), 20),
    )


def _list_name(written: str) -> str:
    """The name of a list in `Name <id.example>`, else its id."""
    found = _LIST_ID.search(written)
    if found is None:
        return clean_line(written, 100)
    return clean_line(found["name"].strip(' "') or found["id"], 100)


def _parts(message: Message) -> tuple[str, str, list[str]]:
    """The first part in HTML, the first in plain text, and the names of what is attached."""
    html, plain, attached = "", "", []
    waiting: list[Message] = [message]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        part = waiting.pop()
        kind = part.get_content_type()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting += reversed(list(_inside(part)))
        elif _is_attached(part, kind):
            attached.append(_file_name(part) or kind)
        elif kind == "text/html":
            html = html or _text(part)
        else:
            plain = plain or _text(part)
    return html, plain, attached


def _inside(part: Message) -> Iterator[Message]:
    return (one for one in part.get_payload() if isinstance(one, Message))


def _is_attached(part: Message, kind: str) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return kind not in ("text/html", "text/plain")


def _file_name(part: Message) -> str:
    return clean_line(
        decode_stated((part.get_filename() or "").encode("utf-8", "surrogateescape"), ""), 100
    )


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return decode_stated(data[:DOCUMENT_LIMIT], part.get_content_charset("") or "")


def _with_attached(draft: Draft, names: list[str]) -> Draft:
    """Name what was attached in a last paragraph: it is not kept."""
    listed = list(dict.fromkeys(clean_line(name, 100) for name in names))[:_MOST_NAMED]
    if not listed or not draft.text:
        return draft
    return replace(draft, text=f"{draft.text}\n\nAttached: {', '.join(listed)}.")
