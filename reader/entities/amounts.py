"""Dates, sums of money, percentages and quantities in English text, found by rules. Pure."""

from __future__ import annotations

import re

from reader.model import Amount, AmountKind


def _any(words: str) -> str:
    """One of these words; "_" in them is a blank."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return f"(?:{'|'.join(re.escape(word).replace('_', ' ') for word in longest_first)})"


def _either_case(words: str) -> str:
    return _any(f"{words} {words.title()}")


# In the patterns a blank stands for BLANK. No amount runs over the end of a line, so that all
# line ends mean the same.
_BLANK = "[ \t\xa0\u2009\u202f]"
_TO = "(?: ?[-–] ?| to )"

# Numbers
_SCALE = (
    _any(r"hundred thousand million billion trillion crore lakh mln bln trn mn bn tn m k") + r"\b"
)
_SMALL = _either_case(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "half dozen several few"
)
_FIGURE = r"(?:(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?|\.\d+)(?:-?[½¼¾])?"
_LARGE = r"(?:\d{1,3}(?:,\d{2,3})+|\d{3,})(?:\.\d+)?"
_WORD = f"(?:{_SMALL}(?:-{_SMALL})?)"
_WORDS = f"(?:(?:[Aa] )?{_WORD}|[Aa](?= (?:hundred|thousand|million|billion|trillion)))"
_ONE = f"(?:{_FIGURE}|{_WORDS})(?:(?: |-)(?:a )?{_SCALE}){{0,3}}(?:(?<=hundred) and {_WORD})?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_NUMBER = rf"(?:(?!{_YEAR}(?: to| or) ){_ONE}(?:(?:{_TO}| or ){_ONE})?)"
_BETWEEN = f"(?<=etween ){_ONE} and {_ONE}"
_COUNT = f"(?:{_BETWEEN}|{_NUMBER})"

# Money
_CODES = (
    "USD EUR GBP JPY CNY RMB CHF INR AUD CAD NZD HKD SGD TWD ZAR NGN KES UGX TZS GHS EGP ETB SEK "
    "NOK DKK PLN CZK HUF TRY RUB UAH BRL MXN ARS CLP COP PEN KRW IDR MYR PHP THB VND PKR BDT LKR "
    "SAR AED QAR KWD ILS "
)
_SIGN = (
    r"(?:(?:US|AU|NZ|HK|CA|NT|TT|EC|BZ|[ACSRJZ])?\$|[€£¥₹₦₩₽₺₴₪₫₱฿₵₸₾₼₡₲]"
    rf"|(?:{_any('Rs Ksh KSh Sh USh TSh GH¢ RM Rp Tk Br Le')}\.?|{_any(_CODES)})(?= ?\d)"
    # One letter may be anything, as in N95 and K2, unless the sum is large.
    rf"|[RNPK](?= ?(?:{_LARGE}|{_FIGURE}(?: |-)?{_SCALE})))"
)
_CURRENCY = _any(
    f"{_CODES} dollars dollar euros euro pounds pound sterling yen yuan renminbi rupees rupee "
    "roubles rubles rouble ruble francs franc pesos peso reais rand naira shillings shilling cedis "
    "cedi dirhams dirham dinars dinar riyals rials riyal rial liras lira hryvnias hryvnia baht "
    "ringgit rupiah dong kroner kronor krona krone zlotys zloty forints forint korunas koruna "
    "leva lei taka kwacha birr shekels shekel cents cent pence tenge soms manats manat laris lari "
    "drams kyats kyat kip riels tugriks afghanis pula meticais metical dalasi leones gourdes "
    "quetzals lempiras bolivars bolivianos guaranis soles bitcoins bitcoin"
)
_AMBIGUOUS = _any("won real sol lev kip som")
"""Currencies that are other words too."""

_NATION = _any(
    "U.S. US American Canadian Australian Hong_Kong Singapore Singaporean New_Zealand Taiwan CFA "
    "West_African Central_African Caribbean Eastern_Caribbean Jamaican Swiss Indian Pakistani "
    "Sri_Lankan Nepali Nepalese Kenyan Ugandan Tanzanian Somali Rwandan Congolese Ethiopian "
    "Nigerian Ghanaian Zambian Namibian Zimbabwean South_African British Egyptian Sudanese "
    "Lebanese Syrian Turkish Iranian Iraqi Saudi Emirati Qatari Kuwaiti Jordanian Israeli Libyan "
    "Tunisian Algerian Moroccan Russian Belarusian Ukrainian Chinese Japanese South_Korean Korean "
    "Indonesian Malaysian Thai Philippine Vietnamese Danish Norwegian Swedish Icelandic Polish "
    "Czech Hungarian Romanian Bulgarian Mexican Brazilian Argentine Chilean Colombian Cuban"
)
_SUM = rf"{_SIGN} ?{_FIGURE}(?:(?: |-)?{_SCALE}){{0,3}}"
_SIGNED = rf"{_SUM}(?:{_TO}{_SUM}| ?[-–] ?{_FIGURE}(?: ?{_SCALE}){{0,3}}| to {_FIGURE} ?{_SCALE})?"
_AFTER_MONEY = rf" (?:{_NATION} ){{0,2}}{_CURRENCY}(?!(?<=pounds) of )"
_AFTER_LARGE = rf" (?:{_NATION} )?{_AMBIGUOUS}"

# Quantities
_UNIT = _any(
    "kilometers kilometres kilometer kilometre km miles mile meters metres meter metre "
    "centimeters centimetres centimeter centimetre cm millimeters millimetres millimeter "
    "millimetre mm feet foot inches inch yards yard tons tonnes ton tonne kilograms kilogrammes "
    "kilos kilogram kilogramme kilo kg grams grammes gram milligrams pounds pound lbs lb ounces "
    "ounce carats carat liters litres liter litre milliliters gallons gallon barrels barrel "
    "bushels bushel acre-feet acres acre hectares hectare ha megawatts megawatt gigawatts gigawatt "
    "kilowatts kilowatt kilowatt-hours megawatt-hours terawatt-hours MW GW kWh MWh degrees degree "
    "knots kph mph km/h terabytes gigabytes megabytes megatons kilotons TEUs bpd"
)
_AFTER_UNIT = "(?: Celsius| centigrade| Fahrenheit| per hour| an hour| per second)"
_AFTER_QUANTITY = (
    rf"(?: |-)(?:(?:square|cubic|nautical|metric|short)(?: |-))?{_UNIT}{_AFTER_UNIT}?"
    rf"| ?° ?[CF]|(?<=\d){_any('km kg cm mm MW GW ha mph kph km/h')}"
)
_WEIGHT = rf"(?:(?<=weigh )|(?<=weighs )|(?<=weighed )|(?<=weighing )){_FIGURE} pounds"

_AFTER_PERCENT = " ?%|(?: |-)(?:percent|per cent|percentage(?: |-)points?|pct)| basis points?"
_PERCENT_RANGE = rf"{_FIGURE} ?%{_TO}{_FIGURE} ?%"

# Dates
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_PLAIN_MONTH = _any("January February April June July August September October November December")
"""Months that are no other words."""

_DAY = "(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_DAYS = f"{_DAY}(?: ?[-–] ?(?:{_MONTH} )?{_DAY})?"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NEXT = f"(?:{_either_case('last next this past previous following coming early late')}|[Mm]id)"
_PART = "(?:morning|afternoon|evening|night)"
_SEASON = "(?:spring|summer|autumn|fall|winter)"
_AFTER_WORD = "|".join(
    f"(?<={word} )"
    for word in (
        *("in", "In", "since", "Since", "by", "By", "until", "Until", "from", "From", "to", "of"),
        *("before", "Before", "after", "After", "between", "Between", "during", "During", "and"),
        *("the", "The"),
    )
)
_BARE_YEAR = r"(?:1[7-9]\d\d|20\d\d)"
_NO_AMOUNT = rf"(?!,?\d|\.\d| ?%| (?:percent|per cent|{_SCALE}))"
_DATE = (
    rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}",
    rf"\d{{1,2}}\.\d{{1,2}}\.{_YEAR}",
    rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAYS}\b(?:,? {_YEAR}|{_NO_AMOUNT})",
    rf"(?:{_WEEKDAY},? )?(?:the )?{_DAYS}(?: of)? {_MONTH}(?:,? {_YEAR})?",
    rf"(?:{_NEXT}(?: |-))?{_MONTH},? {_YEAR}",
    rf"{_NEXT}(?: |-){_MONTH}",
    rf"(?:{_NEXT} )?{_WEEKDAY}(?:[-–]{_WEEKDAY}|(?: {_PART})?)",
    _PLAIN_MONTH,
    "(?:(?<=[Ii]n )|(?<=[Ss]ince ))(?:March|May)(?! [A-Z])",
    rf"{_NEXT} (?:weekend|week|month|year|decade|century|{_SEASON})",
    rf"{_SEASON} (?:of )?{_YEAR}",
    r"(?:(?:early|late|mid)(?: |-))?\d{1,2}(?:st|nd|rd|th)(?: |-)century",
    rf"(?:early |late |[Mm]id-)(?:the )?{_YEAR}s?",
    rf"(?:{_AFTER_WORD}|(?<=\()){_BARE_YEAR}(?:[-–](?:{_YEAR}|\d\d))?(?!,?\d|%|-)",
    r"(?:1[5-9]|20)\d0s",
    rf"{_either_case('today yesterday tomorrow tonight')}",
)

_AMOUNT = re.compile(
    (
        r"(?<![\w$€£¥.,])(?<![\w.,)]-)(?:"
        rf"(?P<MONEY_SIGNED>{_SIGNED})|(?P<PERCENT_RANGE>{_PERCENT_RANGE})"
        rf"|(?P<QUANTITY_WEIGHED>{_WEIGHT})"
        rf"|{_COUNT}(?:(?P<MONEY>{_AFTER_MONEY})|(?P<PERCENT>{_AFTER_PERCENT})"
        rf"|(?P<QUANTITY>{_AFTER_QUANTITY}))"
        rf"|(?:{_LARGE}|{_FIGURE} (?:m|b|tr)illion)(?P<MONEY_LARGE>{_AFTER_LARGE})"
        rf"|(?P<DATE>{'|'.join(_DATE)})"
        r")(?!\w)"
    ).replace(" ", _BLANK)
)
"""The name of the group that matches begins with the kind."""


def find_amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in order; none overlaps another.

    Of several readings of a place the first of money, percentage, quantity and date counts.
    """
    return tuple(
        Amount(found.start(), found.end(), AmountKind(str(found.lastgroup).partition("_")[0]))
        for found in _AMOUNT.finditer(text)
    )
