"""The sample articles: own words, the promised shapes, and a date and source where one is due."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
ORIGINALS = ROOT.parent / "shared" / "seeds"
RETOLD = (
    "000_34f0d3eb76613702.txt",
    "002_19f7a3bb0be46a5e.txt",
    "003_6313a60ed72eee7b.txt",
    "004_8590b877871b8b3d.txt",
)
FURTHER = tuple(sorted(p.name for p in SEEDS.glob("*.txt") if not p.name[0].isdigit()))
LONGEST_SHARED_RUN = 5
END_MARKS = '.!?:”"’'
QUOTE = re.compile(r"“([^”]*)”")
with_originals = pytest.mark.skipif(
    not all((ORIGINALS / name).exists() for name in RETOLD),
    reason="the documents are not beside this project",
)
HEADER = re.compile(r"(Source|Published|By|Place): (\S.*)")


def read(name: str) -> str:
    return (SEEDS / name).read_bytes().decode("utf-8")


def words(text: str) -> list[str]:
    return re.findall(r"\w+(?:[’'.]\w+)*", text.casefold())


def unquoted_runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Every run of `length` words that lies wholly outside quotation marks."""
    runs: set[tuple[str, ...]] = set()
    for piece in QUOTE.split(text)[::2]:
        found = words(piece)
        runs.update(tuple(found[i : i + length]) for i in range(len(found) - length + 1))
    return runs


def headers(name: str) -> dict[str, str]:
    """The header lines of an article; anything else before the first blank line is an error."""
    _, *rest = read(name).split("\n\n", 1)[0].split("\n")
    found = [HEADER.fullmatch(line) for line in rest]
    assert all(found), (name, rest)
    return {m[1]: m[2] for m in found if m}


def paragraphs(name: str) -> list[str]:
    return read(name).split("\n\n", 1)[1].strip().split("\n\n")


def test_the_folder_holds_these_articles_and_nothing_else() -> None:
    assert {p.name for p in SEEDS.iterdir()} == {*RETOLD, *FURTHER}
    assert len(FURTHER) >= 14


@with_originals
@pytest.mark.parametrize("name", RETOLD)
def test_no_long_run_of_words_is_taken_from_a_document(name: str) -> None:
    length = LONGEST_SHARED_RUN + 1
    theirs: set[tuple[str, ...]] = set()
    for other in RETOLD:
        theirs |= unquoted_runs((ORIGINALS / other).read_text("utf-8"), length)
    assert unquoted_runs(read(name), length) & theirs == set()


@with_originals
@pytest.mark.parametrize("name", RETOLD)
def test_quotations_are_word_for_word(name: str) -> None:
    original = (ORIGINALS / name).read_text("utf-8")
    quotes = [quote.rstrip(".,") for quote in QUOTE.findall(read(name))]
    assert quotes
    assert [quote for quote in quotes if quote not in original] == []


@with_originals
@pytest.mark.parametrize("name", RETOLD)
def test_paragraphs_and_sub_headings_are_as_many_as_in_the_document(name: str) -> None:
    original = (ORIGINALS / name).read_text("utf-8")
    assert read(name).count("\n") == original.count("\n")
    assert ("\n\n" in read(name)) == ("\n\n" in original)


@pytest.mark.parametrize(
    ("name", "start"),
    [(RETOLD[1], " date 2023-07-23 Vladimir"), (RETOLD[2], "23-7-2023 (MOSCOW) Vladimir")],
)
def test_dateline_is_glued_to_the_first_sentence(name: str, start: str) -> None:
    assert read(name).startswith(start)


@pytest.mark.parametrize("name", [RETOLD[0], RETOLD[3]])
def test_undated_retellings_name_no_year_at_the_top(name: str) -> None:
    assert not re.search(r"\d", read(name)[:120])


def unmarked_lines(name: str) -> list[int]:
    """Numbers of the paragraphs without an end mark; blank lines do not count."""
    lines = [line for line in read(name).split("\n") if line]
    return [i for i, line in enumerate(lines) if line[-1] not in END_MARKS]


def test_short_lines_without_end_mark() -> None:
    assert unmarked_lines(RETOLD[0]) == []
    assert len(unmarked_lines(RETOLD[1])) == 1
    assert unmarked_lines(RETOLD[2]) == []
    assert unmarked_lines(RETOLD[3]) == [4, 5, 6, 7]


def test_names_that_the_guide_searches_for() -> None:
    every = {name: read(name) for name in (*RETOLD, *FURTHER)}

    def having(needle: str) -> list[str]:
        return [name for name, text in every.items() if needle in text]

    assert having("Lukashenko") == list(RETOLD)
    assert having("Shoigu") == [RETOLD[3]]
    assert having("It exists, but it has failed") == list(RETOLD[:2])
    assert having("North Atlantic Treaty Organization (NATO)") == [RETOLD[2]]
    assert having("Wagner") == list(RETOLD[:3])
    assert having("‘Let’s go on a trip to Warsaw and Rzeszow,'”") == [RETOLD[1]]


@pytest.mark.parametrize("name", FURTHER)
def test_further_articles_have_title_date_and_source(name: str) -> None:
    title = read(name).split("\n", 1)[0]
    assert 20 <= len(title) <= 100
    assert title[-1] not in END_MARKS
    fields = headers(name)
    assert date.fromisoformat(fields["Published"]) < date(2024, 1, 1)
    slug = fields["Source"].lower().replace(" ", "-")
    assert re.fullmatch(rf"[a-z0-9-]+-[1-3]-{slug}\.txt", name)


@pytest.mark.parametrize("name", FURTHER)
def test_further_articles_are_of_readable_length(name: str) -> None:
    assert 250 <= len(words(" ".join(paragraphs(name)))) <= 600
    assert len(paragraphs(name)) >= 5


@pytest.mark.parametrize("name", FURTHER)
def test_short_lines_of_further_articles_stand_alone(name: str) -> None:
    # Two in a row would be taken for links that strayed into the text.
    short = [p[-1] not in END_MARKS and len(p.split()) <= 16 for p in paragraphs(name)]
    assert not short[0]
    assert not short[-1]
    assert not any(a and b for a, b in pairwise(short))


def test_events_have_differing_reports_from_recurring_sources() -> None:
    by_event: dict[str, list[str]] = {}
    for name in FURTHER:
        event = re.split(r"-[1-3]-", name)[0]
        by_event.setdefault(event, []).append(headers(name)["Source"])
    for sources in by_event.values():
        assert 2 <= len(set(sources)) == len(sources) <= 3
    assert len(by_event) >= 7
    assert 5 <= len({s for sources in by_event.values() for s in sources}) <= 7


@pytest.mark.parametrize("name", [*RETOLD, *FURTHER])
def test_text_is_plain(name: str) -> None:
    text = read(name)
    assert not text.startswith("\ufeff")
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029]", text) is None
    assert " \n" not in text
