"""Dates, sums of money, percentages and quantities in English text, found by rules. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class AmountKind(StrEnum):
    """What an amount is."""

    DATE = "DATE"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    QUANTITY = "QUANTITY"


@dataclass(frozen=True, slots=True)
class Amount:
    """A stretch of a text, in code points."""

    start: int
    end: int
    kind: AmountKind


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_SCALE = r"(?:hundred|thousand|million|billion|trillion|crore|lakh|mln|bln|trn|mn|bn|tn|m|k)\b"
_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "half dozen several"
)
_FIGURE = r"(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?(?:-?½|-?¼|-?¾)?"
_IN_WORDS = rf"(?:a\ )?(?:{_any(_SMALL)})(?:-(?:{_any(_SMALL)}))?"
_ONE = rf"(?:{_FIGURE}|{_IN_WORDS})(?:[\ -](?:a\ )?{_SCALE})*"
_NUMBER = rf"(?:{_ONE}(?:\s?(?:-|–|to|and|or)\s?{_ONE})?)"
_SIGNS = (
    r"(?:(?:US|AU|NZ|HK|CA|A|C|S|R|J|NT|Z|TT|EC|BZ)?\$|[€£¥₹₦₩₽₺₴₪₫₱฿₵]"
    r"|(?:Rs|Ksh|KSh|KES|Sh|USh|TSh|GH¢|GHS|RM|Rp|Tk|Br|R|N|P|K|Le)\.?(?=\ ?\d)"
    r"|(?:USD|EUR|GBP|JPY|CNY|RMB|CHF|INR|AUD|CAD|ZAR|NGN|SEK|NOK|DKK|BRL|MXN)\ ?)"
)
_CURRENCIES = _any(
    "dollars dollar euros euro pounds pound sterling yen yuan renminbi rupees rupee roubles "
    "rubles rouble ruble francs franc pesos peso reais real rand naira shillings shilling cedis "
    "cedi dirhams dirham dinars dinar riyals rials riyal rial liras lira hryvnias hryvnia baht "
    "ringgit rupiah won dong kroner kronor krona krone zlotys zloty forints forint taka kwacha "
    "birr shekels shekel cents cent pence USD EUR GBP "
)
_NATIONS = _any(
    "U.S. US American Canadian Australian Hong-Kong Singapore New-Zealand CFA Swiss Indian "
    "Pakistani Kenyan Ugandan Tanzanian Nigerian British Russian Chinese Japanese Mexican "
    "Brazilian "
)
_UNITS = _any(
    "kilometers kilometres kilometer kilometre km miles mile meters metres meter metre "
    "centimeters centimetres centimeter centimetre cm millimeters millimetres mm feet foot "
    "inches inch yards yard tons tonnes ton tonne kilograms kilogrammes kilos kilogram kilo kg "
    "grams grammes gram pounds lbs ounces ounce carats carat liters litres liter litre gallons "
    "gallon barrels barrel bushels acres acre hectares hectare ha megawatts megawatt gigawatts "
    "gigawatt MW GW kilowatts kilowatt-hours kWh degrees knots kph mph km/h terabytes gigabytes "
    "megabytes TEUs "
)
_SQUARE = r"(?:(?:square|cubic|nautical|metric|short)\ )?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
# Without those that are words too.
_LONG_MONTH = "January|February|April|June|July|August|September|October|November|December"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NEXT = r"(?:[Ll]ast|[Nn]ext|[Tt]his|past|previous|following|coming|[Ee]arly|[Ll]ate|mid)"
_BEFORE_YEAR = "in In since Since by By until from to of before after and the early late"
_AFTER_WORD = r"(?<=mid-)|(?<=\()|" + "|".join(rf"(?<={word}\ )" for word in _BEFORE_YEAR.split())
_DATES = (
    rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    rf"(?:{_WEEKDAY},?\s)?{_MONTH}\s{_DAY}\b(?!\s(?:percent|per\ cent|million))(?:,?\s{_YEAR})?",
    rf"(?:{_WEEKDAY},?\s)?(?:the\s)?{_DAY}(?:\sof)?\s{_MONTH}\b(?:,?\s{_YEAR})?",
    rf"(?:{_NEXT}[\s-])?{_MONTH},?\s{_YEAR}",
    rf"(?:{_NEXT}\s)?{_WEEKDAY}(?:\s(?:morning|afternoon|evening|night))?",
    rf"(?:{_NEXT}\s)?(?:{_LONG_MONTH})",
    rf"{_NEXT}\s(?:weekend|week|month|year|decade|century|spring|summer|autumn|winter)",
    rf"(?:{_AFTER_WORD})(?:{_YEAR}(?:[-–](?:{_YEAR}|\d\d))?s?)",
    r"(?:today|yesterday|tomorrow|tonight)",
)
_AMOUNT = re.compile(
    rf"""
    (?<![\w$€£¥.,-])(?:
    (?P<MONEY>(?:{_SIGNS}\ ?{_FIGURE}(?:\s?-?\s?{_SCALE})*(?:\s?(?:-|–|to)\s?{_SIGNS}?\ ?{_FIGURE}
        (?:\s?{_SCALE})*)?|{_NUMBER}\s(?:(?:{_NATIONS})\s)?(?:{_CURRENCIES})))
    |(?P<PERCENT>{_NUMBER}(?:\s?%|[\s-](?:percent|per\scent|percentage\spoints?|pct)))
    |(?P<DATE>{"|".join(_DATES)})
    |(?P<QUANTITY>{_NUMBER}[\s-]{_SQUARE}(?:{_UNITS})
        (?:\s(?:Celsius|Fahrenheit|per\shour|an\shour))?
        |{_FIGURE}\s?°\s?[CF]|{_FIGURE}(?:km|kg|cm|mm|MW|GW|ha|mph|kph))
    )(?!\w)
    """,
    re.VERBOSE,
)


def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in order; none overlaps another.

    What is a sum of money is no quantity, and the longest date that begins at a place counts.
    """
    return tuple(
        Amount(found.start(), found.end(), AmountKind(found.lastgroup or ""))
        for found in _AMOUNT.finditer(text)
    )
