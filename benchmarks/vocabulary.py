"""The words and names of the made-up news: English at the top, invented below."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

_BY_FREQUENCY = """
the of to and a in that is was for on it with as he be by at from his said had are but have they
has were which an this not will who their its been would after more one about when she her there
up out also all than we other into some could over last first new two can if people no what so
them year years may time now before during between while because most only against three i you
since under such where many then off until those these still being both through down back our my
me him your how made make say says told did do does get go come take part way well even any each
own here just much very too around among another without within next early late second day days
week month months today monday tuesday wednesday thursday friday saturday sunday january march
april june july october december government minister president parliament state country city
police court law party election vote leader officials spokesman council war army forces troops
attack border peace security defence talks deal agreement treaty sanctions market bank trade
prices shares company industry workers union jobs growth budget tax money million billion percent
oil gas energy power plant water food health hospital disease school university students research
scientists climate storm flood fire earthquake rescue victims families women men children home
house street road rail port ship airport flight team match game season coach goal film music book
history report statement interview figures number case cases charges trial prison evidence inquiry
plan plans decision change changes support opposition protest crisis risk pressure concern hope
future end start high low long large small big major local national international foreign public
private former senior chief general deputy north south east west western eastern northern southern
european world global found left right called held took came went set put given known seen sent
brought kept opened closed signed agreed rejected warned urged launched announced expected reached
rose fell cut won lost killed injured arrested faced joined added showed began failed helped
worked moved paid four five six seven eight nine ten hundred thousand several few half third
quarter once again already yet however although despite though including according per across near
along behind toward above
"""
ENGLISH = _BY_FREQUENCY.split()

_STARTS = [
    *"bbccddfghjkllmmnnpprrssttvwz",
    "br",
    "ch",
    "cr",
    "dr",
    "gr",
    "pr",
    "sh",
    "st",
    "th",
    "tr",
]
_VOWELS = [*"aaaeeeeiiioouu", "ai", "ea", "ee", "ou"]
_ENDS = ["", "", "", "", "", "l", "m", "n", "r", "s", "t", "ck", "nd", "st"]
_SUFFIXES = ["", "", "s", "s", "ed", "ing", "er", "ion", "al", "ly", "ment", "ness"]
_FIRST_TAILS = ["a", "an", "ara", "el", "en", "ia", "ik", "ina", "is", "o", "or", "us"]
_LAST_TAILS = ["ak", "ani", "berg", "enko", "ersen", "ham", "ini", "mann", "ova", "s", "well"]
_PLACE_TAILS = ["a", "aba", "berg", "bridge", "dal", "field", "haven", "ia", "mere", "ora", "ton"]
_PLACE_HEADS = ["", "", "", "", "", "East ", "Fort ", "Great ", "Mount ", "Saint ", "West "]
_BODIES = [
    "{} Central Bank",
    "{} Development Fund",
    "{} Health Authority",
    "{} Ministry of Transport",
    "{} National Assembly",
    "{} Peace Conference",
    "{} Rail Workers Union",
    "{} Rovers",
    "{} Steel Works",
    "Institute for {} Studies",
    "League of {} States",
]


@dataclass(frozen=True, slots=True)
class Name:
    """An entity: its whole name, and what later mentions in an article call it."""

    full: str
    later: str
    person: bool


def syllables(rng: Random, count: int) -> str:
    """An invented word of `count` syllables, in small letters."""
    parts = [rng.choice(_STARTS) + rng.choice(_VOWELS) for _ in range(count)]
    return "".join(parts) + rng.choice(_ENDS)


def surname(rng: Random, count: int) -> str:
    """An invented family name on `count` syllables."""
    return (syllables(rng, count) + rng.choice(_LAST_TAILS)).capitalize()


def make_words(rng: Random, count: int) -> list[str]:
    """`count` different words, the most frequent first."""
    seen = dict.fromkeys(ENGLISH)
    while len(seen) < count:
        stem = syllables(rng, 1 + (len(seen) > 4_000) + (len(seen) > 60_000))
        # Several forms of one stem stand close together in frequency, as they do in English.
        seen.update(dict.fromkeys(stem + end for end in rng.sample(_SUFFIXES, 3)))
    return list(seen)[:count]


def make_names(rng: Random, count: int) -> list[Name]:
    """`count` different names, half of them persons, the others organisations and places."""
    makers = (_person, _organisation, _person, _place)
    found: dict[str, Name] = {}
    for make in _in_turn(makers):
        if len(found) == count:
            break
        name = make(rng)
        found.setdefault(name.full, name)
    return list(found.values())


def _in_turn(makers: tuple[Callable[[Random], Name], ...]) -> Iterator[Callable[[Random], Name]]:
    while True:
        yield from makers


def _person(rng: Random) -> Name:
    first = (syllables(rng, 1) + rng.choice(_FIRST_TAILS)).capitalize()
    last = surname(rng, rng.randint(1, 2))
    return Name(f"{first} {last}", last, person=True)


def _place(rng: Random) -> Name:
    name = rng.choice(_PLACE_HEADS) + _place_stem(rng)
    return Name(name, name, person=False)


def _place_stem(rng: Random) -> str:
    return (syllables(rng, rng.randint(1, 2)) + rng.choice(_PLACE_TAILS)).capitalize()


def _organisation(rng: Random) -> Name:
    full = rng.choice(_BODIES).format(_place_stem(rng))
    initials = "".join(word[0] for word in full.split() if word[0].isupper())
    return Name(full, initials if len(initials) > 2 else full, person=False)
