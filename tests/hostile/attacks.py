"""Sequences that must not reach a terminal, a row or a database, by what they are."""

from __future__ import annotations

import base64
import re

SECRET = base64.b64encode(b"a stolen clipboard").decode()

TERMINAL = (
    "\x1b[2J\x1b[31mred\x1b]8;;https://evil.example/\x1b\\press\x1b]8;;\x1b\\"
    f"\x1b]52;c;{SECRET}\x07\x1b]52;c;{SECRET}\x1b\\\x1b]0;owned\x07"
    "\x1bP+q544e\x1b\\\x1b_Gi=1;AAAA\x1b\\\x1b^pm\x1b\\\x1bc\x1b]52;c;open"
)
EIGHT_BIT = f"\x9b31mred\x9d52;c;{SECRET}\x9c\x90+q544e\x9c\x9fGi=1\x9c\x84\x85\x8d\x80\x9f"
CONTROLS = "".join(chr(code) for code in range(1, 32) if code not in (9, 10, 13)) + "\x7f"
UNICODE = (
    "\u202edesrever\u202c \u2066inside\u2069 \u2028line\u2029paragraph "
    "\ufdd0\ufffe\uffff\U0001fffe\U0010ffff \ufeff\u200b\u2060\u00ad \U000e0041\U000e007f"
)
MARKUP = "[red]loud[/] [@click=app.quit]press[/] [/x] [link=file:///etc/passwd]a[/link] [["
SURROGATES = "\ud83d lone \udc00 \udfff\ud800 \ud83d\ude00"

ATTACKS = {
    "terminal": TERMINAL,
    "eight-bit": EIGHT_BIT,
    "controls": CONTROLS,
    "unicode": UNICODE,
    "markup": MARKUP,
}
"""Those that can be written as characters of a document."""

_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    f"{_NONCHARACTERS}]"
)
"""What no stored cell may hold, whatever it is a cell of."""


def references(text: str) -> str:
    """`text` as character references of XML or HTML, one for each character."""
    return "".join(f"&#x{ord(character):x};" for character in text)


def encoded_word(text: str) -> str:
    """`text` as words of a mail header, short enough each."""
    pieces = (text[start : start + 20] for start in range(0, len(text), 20))
    words = (base64.b64encode(piece.encode()).decode() for piece in pieces)
    return "\n ".join(f"=?utf-8?B?{word}?=" for word in words)
