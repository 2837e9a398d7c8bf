"""Cut a text into words and signs that keep their place in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

NEWLINE = "\n"

_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Dr|St|Gen|Sen|Sens|Rep|Reps|Gov|Lt|Col|Maj|Capt|Sgt|Cpl|Pvt|Pfc|Spc|Adm|Cmdr|Rev|Fr"
    "|Prof|Hon|Jr|Sr|Inc|Corp|Co|Ltd|Bros|Brig|Mt|Ft|Jan|Feb|Aug|Sept|Oct|Nov|Dec|Ala|Ariz|Ark"
    "|Calif|Colo|Conn|Fla|Ill|Ind|Kan|Ky|Md|Mass|Mich|Minn|Miss|Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex"
    "|Va|Vt|Wash|Wis|Wyo"
)
_PREFIXES = "pro|anti|non|ex|then|post|pre|mid|un|semi|once|all"
_SUFFIXES = (
    "based|led|backed|born|held|run|wide|style|era|owned|old|sponsored|trained|made|built|speaking"
    "|occupied|controlled|funded|brokered|appointed|linked|allied|dominated|majority|ruled|registered"
    "|listed|educated|administered|aligned|mediated|proposed|supplied|flagged|imposed|governed|bound"
    "|organized|installed|year|month|day|inspired|friendly|related|affiliated|designed|drafted"
    "|approved|annexed|declared|supported|financed|ordered|winning|only|themed|like|area"
)
# The blank before a token and the first branch only save time: most words need none of the others.
_TOKEN = re.compile(
    r" ?([a-z]+(?=[ ,;\n])|"
    r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
    r"|[A-Z](?:\.[A-Z])+\.?(?!\w)"
    rf"|(?:{_ABBREVIATIONS})\."
    r"|[A-Z]\.(?=[ \xa0]?[A-Z])"
    r"|'[sS]\b"
    rf"|(?:{_PREFIXES})-(?=[A-Z])"
    rf"|[^\W_][\w\u0300-\u036f]*(?:(?:&|-(?!(?:{_SUFFIXES})\b)|'(?![sS]\b))[^\W_][\w\u0300-\u036f]*)*"
    r"(?:\.(?:com|org|net|ru|uk)\b)?"
    r"|\S)",
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def _plain_letters() -> dict[int, str]:
    table = {0x2018: "'", 0x2019: "'", 0x02BC: "'", 0x2010: "-", 0x2011: "-", 0x00A0: " "}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code):
            table[code] = base
    table.update(
        {ord(letter): plain for letter, plain in zip("øØłŁđĐıŧŦ", "oOlLdDitT", strict=True)}
    )
    return table


_PLAIN = _plain_letters()


def flatten(text: str) -> str:
    """The text with plain quotes, hyphens and letters; every code point keeps its place."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(lambda found: found.group().translate(_PLAIN), text)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs, flattened, with their place in the text they came from."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenise(text: str) -> Tokens:
    """Every word and sign of the text; any line end is the token NEWLINE."""
    flat = flatten(text)
    spans = [found.span(1) for found in _TOKEN.finditer(flat)]
    words = [flat[start:end] for start, end in spans]
    if not _LINE_ENDS.isdisjoint(flat):
        words = [NEWLINE if word[0] in _LINE_ENDS else word for word in words]
    return Tokens(words, [start for start, _ in spans], [end for _, end in spans])
