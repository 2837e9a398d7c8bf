"""Names compared: one key for every way a name is written."""

from __future__ import annotations

import re
import unicodedata

from reader.entities.tokens import flatten

_POSSESSIVE = re.compile(r"(?<=\w)(?:'s|')$", re.IGNORECASE)
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_HONORIFICS_WORDS = (
    "mr mrs ms miss dr sir dame lord lady prof professor president premier chancellor minister "
    "senator sen rep gov governor gen general col colonel maj major capt captain lt lieutenant "
    "sgt sergeant adm admiral pope king queen prince princess sheikh sheik ayatollah rev "
    "reverend judge justice mayor ambassador secretary the "
)
_HONORIFICS = frozenset(_HONORIFICS_WORDS.split())
# One spelling stands for the other ones: for comparing only, never shown.
_SPELLINGS = {
    "kiev": "kyiv",
    "lukashenka": "lukashenko",
    "aleksandr": "alexander",
    "alyaksandr": "alexander",
    "volodimir": "volodymyr",
    "zelenskyy": "zelensky",
    "zelenskiy": "zelensky",
    "zelenskyi": "zelensky",
    "sergey": "sergei",
    "serhii": "serhiy",
    "dmitri": "dmitry",
    "dmitriy": "dmitry",
    "alexey": "alexei",
    "aleksei": "alexei",
    "yevgeniy": "yevgeny",
    "evgeny": "yevgeny",
    "zaluzhny": "zaluzhnyi",
    "zaluzhniy": "zaluzhnyi",
    "kharkov": "kharkiv",
    "lvov": "lviv",
    "odesa": "odessa",
    "nikolaev": "mykolaiv",
    "zaporozhye": "zaporizhzhia",
    "chernigov": "chernihiv",
    "hrodna": "grodno",
    "homel": "gomel",
    "mahilyow": "mogilev",
    "qaida": "qaeda",
    "taleban": "taliban",
    "hizbullah": "hezbollah",
    "hizbollah": "hezbollah",
    "gadhafi": "gaddafi",
    "qaddafi": "gaddafi",
    "kadafi": "gaddafi",
    "muhammad": "mohammed",
    "mohammad": "mohammed",
    "mohamed": "mohammed",
    "peking": "beijing",
    "bombay": "mumbai",
    "rangoon": "yangon",
    "teheran": "tehran",
    "katmandu": "kathmandu",
    "byelorussia": "belarus",
    "turkiye": "turkey",
}


def bare_name(name: str) -> str:
    """The name on one line, without possessive at its end; spelling and case stay."""
    tidy = _BLANKS.sub(" ", name).strip(' \t"“”‘«»()[],;:!?')
    flat = flatten(tidy)
    cut = _POSSESSIVE.search(flat)
    return tidy[: cut.start()] if cut else tidy


def fold_name(name: str) -> str:
    """The key under which two ways of writing one name meet.

    Case, accents, curly quotes, dots of initialisms, a possessive, honorifics in front and a few
    well-known spellings ("Kiev", "Kyiv") make no difference. Never empty for a name with letters.
    """
    plain = unicodedata.normalize("NFKD", flatten(bare_name(name)))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    plain = _INITIALS.sub(lambda found: _initials(found.group()), plain)
    words = plain.replace("-", " ").split()
    while len(words) > 1 and words[0].rstrip(".") in _HONORIFICS:
        words.pop(0)
    return " ".join(_SPELLINGS.get(word, word) for word in words)


def _initials(run: str) -> str:
    """ "u.s." -> "us", "w." -> "w"."""
    return run.replace(".", "")
