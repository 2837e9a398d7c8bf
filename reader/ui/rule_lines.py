"""What a rule would change, line by line. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.model import ArticleRow
from reader.text import count
from reader.ui.format import Line, format_date

if TYPE_CHECKING:
    from reader.service.rules_told import RuleTest

DIM = "$header-dim"


def rule_lines(name: str, deeds: str, test: RuleTest, now: datetime) -> tuple[Line, ...]:
    """The rule, how much it would change of what is here, and the newest that answers it."""
    verb = "answers" if test.matched == 1 else "answer"
    lines: list[Line] = [
        ((clean_line(name), "bold"), (f"  {clean_line(deeds)}", DIM)),
        (("", ""),),
        ((f"{count(test.matched, 'article')} {verb}, {test.changed:,} would change.", ""),),
    ]
    lines += [
        ((f"  {clean_line(one.deed):<20} ", ""), (count(one.articles, "article"), DIM))
        for one in test.would_change
    ]
    lines += [(("", ""),), ((_more(test), DIM),)]
    lines += [_row(row, now) for row in test.rows]
    return tuple(lines)


def _more(test: RuleTest) -> str:
    if not test.rows:
        return "Nothing answers it yet."
    if len(test.rows) < test.matched:
        return f"The newest {len(test.rows):,} of them:"
    return "They are:"


def _row(row: ArticleRow, now: datetime) -> Line:
    title = clean_line(row.title) or "(no title)"
    return (f"{format_date(row.published, now):<12}", DIM), (title, ""), (
        f"  {clean_line(row.source)}" if row.source else "", DIM,
    )  # fmt: skip
