"""Makes text from outside harmless for a terminal, a list row and a database.

Every text is cleaned once when it comes in (`clean_text`, `clean_line`); `strip_unsafe` is
the second, cheap filter at the edge of the screen. All functions take any `str`, lone
surrogates included, never raise and need time linear in its length. `clean_text` and
`clean_line` are idempotent and return NFC.
"""

from __future__ import annotations

import functools
import re
import unicodedata

__all__ = ["clean_line", "clean_text", "has_unsafe", "strip_unsafe"]

LINE_LIMIT = 300
ELLIPSIS = "…"

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_BIDI = "\u202a-\u202e\u2066-\u2069"
_BIDI_MARKS = "\u061c\u200e\u200f"
_C0_BUT_BREAKS = "\x00-\x08\x0b\x0c\x0e-\x1f"
_C1_BUT_NEL = "\x80-\x84\x86-\x9f"

# A string sequence ends at BEL or ST. Its body holds no control: that keeps the scan linear
# (no introducer is passed over twice), and text whose closing quote was decoded to U+009D
# is not swallowed up to the next one.
_SEQUENCES = re.compile(
    r"(?:\x1b\[|\x9b)(?:[0-?]{0,4096}+[ -/]{0,64}+[@-~])?+"
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])"
    r"(?:[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]{0,4096}+(?:[\x07\x9c]|\x1b\\))?+"
    r"|\x1b\\"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_REMOVED = re.compile(f"[{_C0_BUT_BREAKS}\x7f{_C1_BUT_NEL}{_BIDI}{_NONCHARACTERS}]+")
_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_UNSAFE = re.compile(
    f"[{_C0_BUT_BREAKS}\r\x7f-\x9f{_BIDI}{_NONCHARACTERS}\u2028\u2029\ud800-\udfff]"
)

# Of one line: what is invisible, what turns the direction of the row, and what terminals
# disagree about the width of (variation selectors 15 and 16, skin tones).
_REMOVED_FROM_LINE = re.compile(
    f"[{_BIDI_MARKS}\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]+"
)
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,16}\U000e007f)|[\U000e0000-\U000e007f]+")

_EDGE = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI}{_BIDI_MARKS}\u2028\u2029]+")
_EDGE_ANY = re.compile(f"[\x00-\x1f\x7f-\x9f{_BIDI}{_BIDI_MARKS}\u2028\u2029\ud800-\udfff]")

_LINE_MARKS = 8
_TEXT_MARKS = 30
# Sorting the marks of one base is quadratic inside NFC, so no run may be long before it.
_RAW_MARKS = 64
_MAYBE_MARKS = re.compile(f"[\u0300-\U0010ffff]{{{_LINE_MARKS + 1}}}")


def clean_text(s: str) -> str:
    """Return `s` fit to be stored and shown over many lines.

    Gone are whole terminal sequences, control codes except newline and tab, bidirectional
    embeddings, overrides and isolates, noncharacters, and marks beyond 30 on one base. All
    line ends are newlines; lone surrogates are U+FFFD.
    """
    return _compose(_strip(s), _TEXT_MARKS)


def clean_line(s: str, limit: int = LINE_LIMIT) -> str:
    """Return `s` fit for one row: at most `limit` code points, ellipsis included.

    Beyond `clean_text`: white space is one space, nothing at the ends; invisible characters,
    bidirectional marks, emoji variation selectors and skin tones, tag characters outside
    flags, and marks beyond 8 on one base are gone. ZWJ and ZWNJ stay.
    """
    if s.isascii() and s.isprintable() and len(s) <= limit:
        return " ".join(s.split())
    line = _REMOVED_FROM_LINE.sub("", _strip(s))
    line = _TAGS.sub(r"\1", line)
    line = " ".join(_compose(line, _LINE_MARKS).split())
    return line if len(line) <= limit else _cut(line, limit)


def has_unsafe(s: str) -> bool:
    """Tell whether `s` holds a character that `clean_text` would take out or replace."""
    # What can be printed is safe, and told in a fraction of the time.
    if s.replace("\n", "").replace("\t", "").isprintable():
        return False
    return _UNSAFE.search(s) is not None


def strip_unsafe(s: str) -> str:
    """Return one line for the terminal: no control code, line break, tab or bidi control.

    Lone surrogates become U+FFFD. Nothing else changes, so this is cheap enough for every
    segment that is drawn.
    """
    if _EDGE_ANY.search(s) is None:
        return s
    return _SURROGATES.sub("\ufffd", _EDGE.sub("", s))


def _strip(s: str) -> str:
    if not has_unsafe(s):
        return s
    s = _SURROGATES.sub("\ufffd", s)
    s = _SEQUENCES.sub("", s)
    s = _REMOVED.sub("", s)
    return _NEWLINES.sub("\n", s)


def _compose(s: str, marks: int) -> str:
    if s.isascii():
        return s
    if _MAYBE_MARKS.search(s) is None and unicodedata.is_normalized("NFC", s):
        return s
    composed = unicodedata.normalize("NFC", _cap_marks(s, _RAW_MARKS))
    return _cap_marks(composed, marks)


def _cap_marks(s: str, limit: int) -> str:
    if _MAYBE_MARKS.search(s) is None:
        return s
    return _marks_beyond(limit).sub(r"\1", s)


@functools.cache
def _marks_beyond(limit: int) -> re.Pattern[str]:
    marks = _mark_class()
    return re.compile(f"([{marks}]{{{limit}}})[{marks}]+")


@functools.cache
def _mark_class() -> str:
    """Return the inside of a character class that matches every combining mark."""
    found: list[list[int]] = []
    for code in (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] != "M":
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


def _cut(line: str, limit: int) -> str:
    end = limit - len(ELLIPSIS)
    # A mark or joiner cut off its base would land on the ellipsis.
    while end > 0 and (line[end] == "\u200d" or unicodedata.category(line[end])[0] == "M"):
        end -= 1
    return line[:end].rstrip(" \u200d") + ELLIPSIS
