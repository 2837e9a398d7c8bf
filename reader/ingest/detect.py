"""Which format a file has, and whether it is text at all."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePath

from reader.ingest.decode import decode, find_mark

HEAD_BYTES = 8192
"""How much of a file is looked at to tell what it is."""

_CONTROL_SHARE = 0.1
# Those that text files do have: BEL BS HT LF FF CR ESC.
_NOT_TEXT = bytes(sorted(set(range(32)) - {7, 8, 9, 10, 12, 13, 27})) + b"\x7f"
# Formats whose beginning may pass for text.
_SIGNATURES = (b"%PDF-", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")


class Format(StrEnum):
    """The formats that can be imported; the values are what `--format` takes."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    FEED = "feed"
    OPML = "opml"
    HTML = "html"
    WARC = "warc"
    MAIL = "mail"
    NEWSBOAT = "newsboat"
    POCKET = "pocket"
    INSTAPAPER = "instapaper"
    WALLABAG = "wallabag"
    BOOKMARKS = "bookmarks"
    NOTMUCH = "notmuch"


class Packing(StrEnum):
    """How a file is compressed."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZIP = "zip"


_PACKED = (
    (b"\x1f\x8b", Packing.GZIP),
    (b"BZh", Packing.BZIP2),
    (b"\xfd7zXZ\x00", Packing.XZ),
    (b"PK\x03\x04", Packing.ZIP),
    (b"PK\x05\x06", Packing.ZIP),
)
PACKED_SUFFIXES = (".gz", ".bz2", ".xz")
"""Suffixes that stand behind that of the file inside."""

_UTF_16_MARKUP = (b"<\x00?\x00", b"\x00<\x00?")
_SQLITE = b"SQLite format 3\x00"
_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".jsonl": Format.JSONL,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".opml": Format.OPML,
    ".mbox": Format.MAIL,
    ".eml": Format.MAIL,
    ".warc": Format.WARC,
}
_BY_SUFFIX_WHEN_NAMED = _BY_SUFFIX | {
    ".text": Format.TEXT,
    ".markdown": Format.MARKDOWN,
    ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".xml": Format.FEED,
    ".rdf": Format.FEED,
}
_PROSE = (Format.TEXT, Format.MARKDOWN)
# What also holds everything but articles: the content has to say that it is for us.
_DOUBTFUL = frozenset({".json", ".csv", ".tsv", ".xml", ".rdf"})

_BEFORE_ROOT = re.compile(r"(?:\s+|<\?[^>]{0,2000}\?>|<!--.{0,4000}?-->)*", re.DOTALL)
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf|channel|(?:atom|a):feed)\b", re.IGNORECASE)
_DOCTYPE = re.compile(
    r"<!doctype\s+(?P<name>[\w-]+)[^>\[]*(?:\[[^\]]{0,4000}\]\s*)?>?", re.IGNORECASE
)
_HTML = re.compile(r"<html\b|<head\b|<body\b", re.IGNORECASE)
_POCKET_PAGE = re.compile(r"<title>\s*pocket export\s*</title>", re.IGNORECASE)
_MAIL_NAMES = re.compile(
    r"^(?:return-path|received|delivered-to|message-id|mime-version|list-id|dkim-signature"
    r"|x-[a-z-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER = re.compile(r"[!-9;-~]{1,76}:(?:[ \t]|\r?\n)")
_MBOX = re.compile(r"From \S+ .*[0-9]{4}.*\r?\n(?:>From .*\r?\n)?[!-9;-~]+:")
_TAG_LINE = re.compile(r"(?:[+-]\S* +)*-- +id:\S")
_FEED_LINE = re.compile(r'"?(?:https?|feed)://\S+|"?(?:query|exec|filter):\S')
_JSON = re.compile(r'\{\s*(?:["}]|$)|\[\s*(?:\{\s*["}]|\])')
_JSON_FEED = re.compile(
    r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org'
    r'|"version"\s*:\s*"1(?:\.[01])?"\s*,\s*"title"'
)
_RECORD = re.compile(r'"(?:text|content|body|article|maintext|articleBody)"\s*:')
_LISTED = re.compile(r'"(?:title|headline)"\s*:')
_TOLD = re.compile(r'"(?:url|link|date|published|pubDate|timestamp)"\s*:')
_CSV_TITLES = frozenset({"title", "headline"})
_CSV_TEXTS = frozenset({"text", "content", "body", "article", "maintext", "articlebody"})
_CSV_FACTS = frozenset({"url", "link", "date", "published", "source", "pubdate", "timestamp"})
_POCKET_COLUMNS = frozenset({"title", "url", "time_added", "status"})
_INSTAPAPER_COLUMNS = frozenset({"url", "title", "selection", "folder"})


def suffix_of(name: str) -> str:
    """The suffix in lower case, that of a compression left out."""
    path = PurePath(name.lower())
    return PurePath(path.stem).suffix if path.suffix in PACKED_SUFFIXES else path.suffix


def is_taken(name: str) -> bool:
    """Tell whether a file of this name inside a folder is imported."""
    return suffix_of(name) in _BY_SUFFIX


def is_doubtful(name: str) -> bool:
    """Tell whether a file of this name inside a folder is imported if `is_known` says so."""
    return suffix_of(name) in _DOUBTFUL and not name.lower().endswith(PACKED_SUFFIXES)


def is_known(name: str, head: bytes) -> bool:
    """Tell whether the first bytes are certainly those of something to import."""
    text = _opening(head)
    found = _by_content(name, text)
    if found is Format.JSON or found is Format.JSONL:
        told = _LISTED.search(text) is not None and _TOLD.search(text) is not None
        return told or _RECORD.search(text) is not None
    return found is not None


def says_what_it_is(name: str, head: bytes) -> bool:
    """Tell whether the first bytes alone make a file one of the formats."""
    return _by_content(name, _opening(head)) is not None


def packing_of(head: bytes) -> Packing | None:
    """Return how a file with these first bytes is compressed, None when it is not."""
    return next((packing for mark, packing in _PACKED if head.startswith(mark)), None)


def detect(name: str, head: bytes) -> Format:
    """Return the format of what is not compressed: by its first bytes, else by its suffix."""
    if head.startswith(_SQLITE):
        return Format.NEWSBOAT
    text = _opening(head)
    return _by_content(name, text) or _by_suffix(name) or _by_lines(name, text) or Format.TEXT


def is_binary(head: bytes) -> bool:
    """Tell whether the first bytes are not those of a text.

    A NUL, or more than a tenth of control codes that texts do not have, makes it binary; with
    a byte order mark of UTF-16 or UTF-32 the decoded text is looked at. Databases that can be
    imported are not binary.
    """
    if head.startswith(_SQLITE):
        return False
    if head.startswith(_SIGNATURES) or packing_of(head) is not None:
        return True
    mark = find_mark(head)
    if head.startswith(_UTF_16_MARKUP):
        return False
    if mark is not None and mark[0] != "utf-8":
        head = decode(head).encode("utf-8", "replace")
    if b"\x00" in head:
        return True
    controls = len(head) - len(head.translate(None, _NOT_TEXT))
    return controls > len(head) * _CONTROL_SHARE


def _opening(head: bytes) -> str:
    if head.startswith(_UTF_16_MARKUP):
        return head.replace(b"\x00", b"").decode("latin-1")
    return decode(head[:HEAD_BYTES]).lstrip()


def _by_suffix(name: str) -> Format | None:
    return _BY_SUFFIX_WHEN_NAMED.get(suffix_of(name))


def _by_content(name: str, text: str) -> Format | None:
    """What the content alone says, the suffix only where it may be several things."""
    if text.startswith("WARC/1"):
        return Format.WARC
    if text.startswith("<"):
        return _of_markup(text)
    if text.startswith(("{", "[")):
        return _of_json(name, text)
    if text.startswith("#notmuch-dump ") or _TAG_LINE.match(text):
        return Format.NOTMUCH
    if _MBOX.match(text) or _is_mail(text):
        return Format.MAIL
    return _of_columns(name, text) or (Format.NEWSBOAT if _are_feed_lines(text) else None)


def _of_markup(text: str) -> Format | None:
    before = _BEFORE_ROOT.match(text)
    root = text[before.end() :] if before else text
    doctype = _DOCTYPE.match(root)
    if doctype is not None and doctype["name"].lower() == "netscape-bookmark-file-1":
        return Format.BOOKMARKS
    if doctype is not None:
        before = _BEFORE_ROOT.match(root, doctype.end())
        root = root[before.end() if before else doctype.end() :]
    if root[:5].lower() == "<opml":
        return Format.OPML
    if _FEED.match(root):
        is_list = "foaf" in root and "<item" not in root
        return Format.OPML if is_list else Format.FEED
    is_page = _HTML.match(root) or (doctype is not None and doctype["name"].lower() == "html")
    if is_page:
        return Format.POCKET if _POCKET_PAGE.search(root) else Format.HTML
    return None


def _of_json(name: str, text: str) -> Format | None:
    if _JSON.match(text) is None:
        return None
    if text.startswith("["):
        return Format.WALLABAG if '"is_archived"' in text else Format.JSON
    if _JSON_FEED.search(text):
        return Format.FEED
    return _of_objects(name, text)


def _of_objects(name: str, text: str) -> Format | None:
    """Tell an object a line from one over many lines."""
    line, broken, _ = text.partition("\n")
    hint = _by_suffix(name)
    if hint is Format.JSONL or (_is_object(line) and hint is not Format.JSON):
        return Format.JSONL
    if hint in _PROSE:
        return None
    is_whole = hint is Format.JSON or (broken and not _ends(line))
    return Format.JSON if is_whole else Format.JSONL


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _ends(line: str) -> bool:
    return line.rstrip().endswith("}")


def _is_mail(text: str) -> bool:
    """Tell headers of a message from the header lines of a text file."""
    block = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    return _HEADER.match(block) is not None and len(_MAIL_NAMES.findall(block)) > 0


def _of_columns(name: str, text: str) -> Format | None:
    line = text.partition("\n")[0]
    delimiter = next((mark for mark in ("\t", ";", ",", "|") if mark in line), None)
    if delimiter is None:
        return None
    columns = {column.strip(' "\r').lower() for column in line.split(delimiter)}
    if columns >= _POCKET_COLUMNS:
        return Format.POCKET
    if columns >= _INSTAPAPER_COLUMNS:
        return Format.INSTAPAPER
    if _by_suffix(name) in _PROSE:
        return None
    told = bool(columns & _CSV_TITLES) + bool(columns & _CSV_TEXTS) + bool(columns & _CSV_FACTS)
    return Format.CSV if told > 1 else None


def _are_feed_lines(text: str) -> bool:
    """Tell whether all that is said is which feeds to read, an address a line."""
    lines = [line.strip() for line in text.splitlines()[:-1] or text.splitlines()]
    said = [line for line in lines if line and not line.startswith("#")]
    return bool(said) and all(map(_FEED_LINE.match, said))


def _by_lines(name: str, text: str) -> Format | None:
    """What only the name of a file without a suffix can say."""
    return Format.NEWSBOAT if PurePath(name).name.lower() == "urls" and text else None
