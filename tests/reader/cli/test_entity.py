"""`entity`: a card on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reader.cli.conftest import Shell

ARTICLES = {
    "quay.txt": "Quay opened\nSource: Hill Post\nPublished: 2023-07-23\n\n"
    "Anna Berg opened the quay of Bergen on Sunday. Ms Berg thanked the United Nations.\n",
    "rain.txt": "Rain in Bergen\nSource: Hill Post\nPublished: 2023-05-02\n\n"
    "It rained. The mayor of Bergen, Anna Berg, said that the United Nations had left for Odesa.\n",
    "lie.txt": "A visit\nPublished: 2023-01-05\n\nNils Berg visited Odesa.\n",
}


@pytest.fixture
def shell(empty: Shell, tmp_path: Path) -> Shell:
    """Ids: 1 lie, 2 quay, 3 rain."""
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert empty("import", str(folder)).code == 0
    return empty


def test_a_card_is_readable(shell: Shell) -> None:
    answer = shell("entity", "Anna", "Berg")
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("Anna Berg  person, #")
    assert lines[1:3] == ["3 mentions in 2 articles", "first seen 2023-05-02, last seen 2023-07-23"]
    assert "2023-05 █ █ 2023-07" in lines
    assert "      2  Anna Berg" in lines
    for heading in ("By month", "Names seen", "Named in the same sentence", "Places", "Articles"):
        assert heading in lines
    assert "      2  2023-07-23  Quay opened · Hill Post" in lines
    assert "         Anna Berg opened the quay of Bergen on Sunday." in lines
    assert lines.index("      2  2023-07-23  Quay opened · Hill Post") < lines.index(
        "      3  2023-05-02  Rain in Bergen · Hill Post"
    )


def test_places_have_a_sentence_each(shell: Shell) -> None:
    lines = shell("entity", "Anna", "Berg").out.splitlines()
    places = lines[lines.index("Places") : lines.index("Articles")]
    assert places[1] == "      2  Bergen (place)"
    assert places[2] == "         Anna Berg opened the quay of Bergen on Sunday."


def test_a_sentence_that_names_several_is_printed_once(shell: Shell) -> None:
    lines = shell("entity", "Bergen").out.splitlines()
    together = lines[lines.index("Named in the same sentence") : lines.index("Places")]
    assert together[1:5] == [
        "      2  Anna Berg (person)",
        "         Anna Berg opened the quay of Bergen on Sunday.",
        "      1  Odesa (place)",
        "         The mayor of Bergen, Anna Berg, said that the United Nations had",
    ]
    assert together[6:8] == [
        "      1  United Nations (organisation)",
        "         (in a sentence above)",
    ]


def test_what_looks_like_an_id_and_is_none_is_no_name(shell: Shell) -> None:
    answer = shell("entity", "#berg")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith('no article names "#berg"; near: ')


def test_counts_of_nothing_say_so(shell: Shell) -> None:
    for command in ("entities", "tags"):
        answer = shell(command, "where:nowhere")
        assert (answer.code, answer.out, answer.err) == (0, "", "nothing found\n")
        assert shell(command, "where:nowhere", "--json").err == ""


def test_articles_without_a_date_are_counted_apart(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("A song\n\nAnna Berg sang in Trondheim.\n")
    shell("import", str(path))
    lines = shell("entity", "Anna", "Berg").out.splitlines()
    assert lines[1:3] == [
        "4 mentions in 3 articles",
        "first seen 2023-05-02, last seen 2023-07-23, and 1 without a date",
    ]
    assert "2023-05 █ █ 2023-07" in lines
    lines = shell("entity", "Trondheim").out.splitlines()
    assert lines[1:3] == ["1 mention in 1 article", "1 without a date"]


def test_json_has_everything_with_places_in_the_text(shell: Shell) -> None:
    record = shell("entity", "anna berg", "--json").json
    assert record["entity"]["name"] == "Anna Berg"
    assert record["entity"]["type"] == "PER"
    assert (record["articles"], record["mentions"], record["total"]) == (2, 3, 2)
    assert record["forms"][0] == {"text": "Anna Berg", "mentions": 2}
    assert [month["name"] for month in record["months"]] == ["2023-07", "2023-05"]
    assert (record["first"]["id"], record["last"]["id"]) == (3, 2)
    assert {"others", "waiting", "tags", "related", "places"} <= record.keys()
    together = {one["name"]: one for one in record["together"]}
    assert together["Bergen"]["sentences"] == 2
    shown = [(one, record["entity"]["name"]) for one in record["items"]]
    shown += [(one["evidence"], one["name"]) for one in record["together"] + record["places"]]
    for evidence, name in shown:
        text = shell("show", str(evidence["article"]["id"]), "--json").json["text"]
        marked = [evidence["sentence"][start:end] for start, end in evidence["spans"]]
        assert name in marked
        assert text[evidence["offset"] :].startswith(marked[0])
        assert evidence["sentence"] in text


def test_an_id_addresses_one_exactly(shell: Shell) -> None:
    number = shell("entity", "Odesa", "--json").json["entity"]["entity_id"]
    assert shell("entity", f"#{number}", "--json").json["entity"]["name"] == "Odesa"
    assert shell("search", f'entity:"#{number}"', "--json").json["total"] == 2


def test_of_several_the_most_frequent_is_shown(shell: Shell) -> None:
    answer = shell("entity", "Berg")
    assert answer.out.startswith("Anna Berg")
    assert "other entities of that name: Nils Berg (person, #" in answer.err
    (other,) = shell("entity", "Berg", "--json").json["others"]
    assert (other["name"], other["type"]) == ("Nils Berg", "PER")


def test_nobody_of_that_name(shell: Shell) -> None:
    answer = shell("entity", "Brgen")
    assert (answer.code, answer.out) == (3, "")
    assert 'no article names "Brgen"; near: Bergen (place, #' in answer.err
    answer = shell("entity", "Zzyzx", "--json")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == 'no article names "Zzyzx"\n'
    assert shell("entity", "#99").code == 3
    assert shell("entity").code == 2


def test_a_limit_of_articles(shell: Shell) -> None:
    answer = shell("entity", "Bergen", "--limit", "1")
    assert "Articles, the newest 1 of 2" in answer.out
    assert "Rain in Bergen" not in answer.out
    assert "Articles" not in shell("entity", "Bergen", "--limit", "0").out


def test_tags_and_many_names(shell: Shell) -> None:
    shell("tag", "+coast", "--", "*")
    assert "Tags\n      2  coast\n" in shell("entity", "Bergen").out


def test_what_an_article_says_cannot_steer_the_terminal(empty: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    words = " ".join(["word"] * 120)
    path.write_text(f"Rain\n\nAnna \u202eBerg \x1b[31mmet Nils Lie in Odesa {words}.\n")
    empty("import", str(path))
    out = empty("entity", "Odesa").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert max(map(len, out.splitlines())) <= 80


def test_more_of_a_name_than_are_listed(empty: Shell, tmp_path: Path) -> None:
    givens = ("Anna", "Nils", "Olav", "Kari", "Erik", "Ingrid", "Lars", "Maria", "Peter", "John",
              "David", "Sarah")  # fmt: skip
    for number, given in enumerate(givens):
        (tmp_path / f"{number}.txt").write_text(
            f"Report {number}\n\n{given} Berg spoke in Odesa.\n"
        )
    empty("import", *(str(tmp_path / f"{number}.txt") for number in range(len(givens))))
    assert "and 1 more" in empty("entity", "Berg").err
