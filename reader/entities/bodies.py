"""Names of organisations compared, as keys: short forms, acronyms, bodies of countries. Pure."""

from __future__ import annotations

from functools import cache, lru_cache

from reader.entities.names import CACHED, fold_name, name_key
from reader.entities.variants import load_variants
from reader.model import EntityKind

_SMALL = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "a", "de", "la", "del", "des", "du", "against"}
)
_TAILS_WORDS = (
    "group party movement corp corporation company holdings bank organization army forces fighters "
    "network agency council ministry club united newspaper magazine industries motors motor "
    "electronics technologies airlines airways energy petroleum oil pharmaceuticals entertainment "
    "news international holding partners capital ventures studios records"
)
TAILS = frozenset(_TAILS_WORDS.split())
"""Words that a short form of a name leaves out."""
_HEADS_WORDS = (
    "commission council court bank fund party union agency university college institute foundation "
    "ministry department parliament senate congress assembly committee association federation "
    "league society organization authority board bureau office service center company group "
    "corporation alliance coalition front movement academy museum hospital church school chamber "
    "treasury navy army directorate tribunal network trust club club initiative observatory "
    "laboratory cabinet confederation secretariat consortium cooperative exchange mission "
    "conference police command guard force forces city united rovers wanderers rangers athletic "
    "town county"
)
HEADS = frozenset(_HEADS_WORDS.split())
"""Words that, alone, mean the body of this sort that the text has named."""
_BODIES_WORDS = (
    "foreign ministry|defense ministry|interior ministry|finance ministry|health ministry"
    "|justice ministry|education ministry|energy ministry|transport ministry|agriculture ministry"
    "|trade ministry|environment ministry|ministry of foreign affairs|ministry of defense"
    "|ministry of interior|ministry of health|ministry of justice|ministry of education"
    "|ministry of finance|supreme court|high court|constitutional court|court of appeal|parliament"
    "|senate|congress|national assembly|house of representatives|cabinet|treasury|central bank"
    "|air force|navy|army|coast guard|national guard|election commission|electoral commission"
    "|central election commission|national election commission|federal court|federal police"
    "|national police|constitutional council|chamber of deputies|state council|olympic committee"
    "|football association|football federation|red crescent|supreme leader|statistics office"
    "|weather service|meteorological agency|space agency|medical association"
    "|labor|labor party|conservative party|communist party|liberal party|socialist party"
    "|green party"
    "|natural history museum|national museum|national library|national gallery"
)
BODIES = frozenset(_BODIES_WORDS.split("|"))
"""Bodies that many countries have: whose it is belongs to the name."""
PARTY_WORDS = ("republican", "democratic", "conservative", "liberal", "labor")
"""What the people of a party are called, as key of their kind."""
COMMON = HEADS | BODIES
"""Names that tell which body is meant only inside an article."""
_ALIKE = {"foreign affairs": "foreign"}
_PARTIES = {"labor": "labor party"}
# Their own institutions are not those of the whole country.
_APART = {
    "england": "england", "english": "england", "scotland": "scotland", "scottish": "scotland",
    "wales": "wales", "welsh": "wales", "northern ireland": "northern ireland",
    "korean": "", "congo": "", "congolese": "",
}  # fmt: skip
_OWNERS = frozenset({"us", "uk", "un"})
_SHORTEST, _LONGEST = 2, 7


def is_acronym(short: str, name: str) -> bool:
    """Whether a short form is made of the first letters of the words of a long one."""
    if " " in short or not _SHORTEST <= len(short) <= _LONGEST:
        return False
    return short in acronyms(name)


@lru_cache(CACHED)
def acronyms(name: str) -> frozenset[str]:
    """First letters of the words of a name: of all, and of the main words."""
    words = name.split()
    if len(words) < 2:
        return frozenset()
    every = "".join(word[0] for word in words)
    main = "".join(word[0] for word in words if word not in _SMALL)
    return frozenset({every, main} - {""})


def may_be_short(short: str, long: str, *, introduced: bool) -> bool:
    """Whether a name of fewer words stands for an organisation whose name begins so.

    What it leaves out are words as "Group"; when the long name was `introduced` before the short
    one they may be others too.
    """
    if not long.startswith(short + " "):
        return False
    rest = long[len(short) + 1 :].split()
    if all(word in TAILS for word in rest):
        return True
    first = short.split()[0]
    plain = short not in HEADS and country_of(short) is None and first not in HEADS
    whole = rest[0] not in _SMALL or (rest[0] == "of" and " " in short and short not in BODIES)
    return introduced and plain and whole and rest[-1] != "foundation"


def may_be_head(short: str, long: str) -> bool:
    """Whether a common short name ("the Commission", "the Supreme Court") stands for a longer
    one of the same article."""
    if short == long or not (short in HEADS or short in BODIES):
        return False
    return long.endswith(" " + short) or f" {short} of " in f" {long}"


def may_be_tail(short: str, long: str) -> bool:
    """Whether a word stands for an organisation whose name it ends: "Orioles"."""
    return " " not in short and long.endswith(" " + short)


@lru_cache(CACHED)
def stems(key: str) -> tuple[str, ...]:
    """What is left of the name of an organisation without words as "Group", or "U.S."."""
    words = key.split()
    left: list[str] = []
    if words[0] in _OWNERS and len(words) > 2:
        left.append(" ".join(words[1:]))
    while len(words) > 1 and words[-1] in TAILS:
        words.pop()
        left.append(" ".join(words))
    return tuple(stem for stem in left if stem not in COMMON and country_of(stem) is None)


def country_of(key: str) -> str | None:
    """The key of the country of a folded name or nationality."""
    return _countries().get(key) or None


@lru_cache(CACHED)
def split_body(key: str) -> tuple[str, str] | None:
    """The country, or "", and the body: ("india", "supreme court") of "indian supreme court" and
    "supreme court of india"; None for any other name."""
    if _is_body(key):
        return "", _plain(key)
    before, _, after = key.rpartition(" of ")
    if _is_body(before) and (country := country_of(after)):
        return country, _plain(before)
    words = key.split()
    for count in range(1, min(len(words), 4)):
        body = " ".join(words[count:])
        if _is_body(body) and (country := country_of(" ".join(words[:count]))):
            return country, _plain(body)
    return None


def _is_body(key: str) -> bool:
    if key in BODIES:
        return True
    if key.startswith("ministry of "):
        return country_of(key.rpartition(" of ")[2]) is None
    matter = key.removesuffix(" ministry").split()
    return 0 < len(matter) < len(key.split()) and all(country_of(word) is None for word in matter)


def _plain(body: str) -> str:
    """ "ministry of health" is the "health ministry", "labor" the party."""
    _, ministry, matter = body.partition("ministry of ")
    matter = matter.removeprefix("the ")
    return f"{_ALIKE.get(matter, matter)} ministry" if ministry else _PARTIES.get(body, body)


@cache
def _countries() -> dict[str, str]:
    table = dict(_APART)
    for names, demonyms in load_variants().countries:
        key = name_key(names[0], EntityKind.LOC)
        for name in (*names, *demonyms):
            table.setdefault(fold_name(name), key)
    return table
