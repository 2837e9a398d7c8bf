"""`list`, `search` and `show`: what they print, and the shapes others build on."""

from __future__ import annotations

from pathlib import Path

from tests.reader.cli.conftest import Shell

HIT = {
    "id", "title", "title_derived", "source", "published", "read", "starred", "archived",
    "tags", "score", "snippet", "spans",
}  # fmt: skip
RESULT = {"query", "understood", "total", "waiting", "took_ms", "cursor", "suggestions", "hits"}
ARTICLE = (HIT - {"score", "snippet", "spans"}) | {
    "url", "author", "authors", "place", "agency", "dateline", "published_precision", "added",
    "version", "text", "headings", "related", "entities", "amounts", "guid", "partial", "markup",
    "attachments", "versions",
}  # fmt: skip


def test_list_prints_rows_newest_first_with_undated_ones_by_arrival(shell: Shell) -> None:
    answer = shell("list", "--json").json
    assert set(answer) == RESULT
    assert [set(hit) for hit in answer["hits"]] == [HIT] * 3
    assert [hit["title"] for hit in answer["hits"]] == [
        "Council votes on trees",
        "Bridge closed after storm",
        "Grain ships leave Odesa",
    ]
    assert [hit["published"] for hit in answer["hits"]] == [None, "2023-07-23", "2022-08-01"]
    assert answer["total"] == 3
    assert answer["cursor"] is None


def test_list_goes_on_after_a_cursor(shell: Shell) -> None:
    first = shell("list", "--limit", "2", "--json").json
    rest = shell("list", "--limit", "2", "--after", first["cursor"], "--json").json
    assert [hit["id"] for hit in first["hits"] + rest["hits"]] == [3, 1, 2]
    assert rest["cursor"] is None


def test_list_takes_queries_with_a_minus_and_an_order(shell: Shell) -> None:
    assert [h["id"] for h in shell("list", "-is:read", "bergen", "--json").json["hits"]] == [3, 1]
    by_title = shell("list", "--sort", "title", "--json").json["hits"]
    assert [hit["id"] for hit in by_title] == [1, 3, 2]
    oldest = shell("list", "sort:oldest", "--json").json["hits"]
    assert [hit["id"] for hit in oldest] == [2, 1, 3]


def test_list_for_a_person(shell: Shell) -> None:
    answer = shell("list", "bergen")
    assert "no date" in answer.out
    assert "Hill Post" in answer.out
    assert "2 articles" in answer.err


def test_search_ranks_and_marks_what_was_found(shell: Shell) -> None:
    answer = shell("search", "storm", "--json").json
    (hit,) = answer["hits"]
    assert hit["score"] > 0
    marked = [hit["snippet"][start:end] for start, end in hit["spans"]]
    assert marked == ["storm"]
    assert "score" in hit
    assert answer["took_ms"] > 0


def test_search_in_an_order_has_no_scores(shell: Shell) -> None:
    hits = shell("search", "bergen sort:oldest", "--json").json["hits"]
    assert [hit["id"] for hit in hits] == [1, 3]
    assert {hit["score"] for hit in hits} == {None}


def test_search_by_state_alone(shell: Shell) -> None:
    assert shell("search", "date:2023", "--json").json["total"] == 1


def test_search_explains_counts_and_suggests(shell: Shell) -> None:
    answer = shell("search", "bergen", "--explain", "--facets", "--json").json
    assert "bergen" in answer["explain"]
    assert (
        answer["facets"]["sources"]
        == [
            {"name": "", "articles": 1},
            {"name": "Hill Post", "articles": 1},
        ]
        or {"name": "Hill Post", "articles": 1} in answer["facets"]["sources"]
    )
    assert answer["facets"]["months"] == [{"name": "2023-07", "articles": 1}]
    assert "bergen" in shell("search", "bergen", "--explain").out
    assert "bergen" in shell("search", "bergan", "--json").json["suggestions"]
    assert "did you mean" in shell("search", "bergan").err


def test_counts_over_an_answer_for_a_person(shell: Shell) -> None:
    shell("tag", "+weather", "--", "storm")
    lines = shell("search", "bergen", "--facets").out.splitlines()
    facets = lines[lines.index("Tags") :]
    assert facets == [
        *("Tags", "      1  weather", ""),
        *("Sources", "      1  Hill Post", ""),
        *("Names", "      2  LOC   Bergen", ""),
        *("Months", "      1  2023-07"),
    ]
    assert "Tags" not in shell("search", "corn", "--facets").out


def test_search_runs_a_file_of_queries_in_one_process(shell: Shell, tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.write_text("storm\nsouce:x\ncorn\n", encoding="utf-8")
    answer = shell("search", "--queries", str(queries), "--json")
    first, wrong, last = answer.lines
    assert answer.code == 1
    assert (first["query"], first["total"]) == ("storm", 1)
    assert wrong["position"] == 0
    assert wrong["suggestion"] == "source"
    assert last["total"] == 1
    assert "source" in shell("search", "--queries", str(queries)).err


def test_an_option_that_is_none_is_no_word_of_a_query(shell: Shell) -> None:
    for words in (("list", "--jsno", "bergen"), ("search", "bergen", "--limt", "3")):
        answer = shell(*words)
        assert answer.code == 2
        assert "No such option" in answer.err
    assert "--after" in shell("list", "--limit", "1").err
    assert "--after" not in shell("search", "bergen", "--limit", "1").err


def test_bytes_that_are_no_text_do_no_harm(shell: Shell, tmp_path: Path) -> None:
    queries = tmp_path / "queries"
    queries.write_bytes(b"storm\n\xff bad\ncorn\n")
    lines = shell("search", "--queries", str(queries), "--json").lines
    assert [line["total"] for line in lines] == [1, 0, 1]
    assert shell("search", "caf\udcff", "--json").json["query"] == "caf\ufffd"


def test_search_wants_one_kind_of_question(shell: Shell) -> None:
    assert shell("search").code == 2


def test_a_query_that_cannot_be_understood_says_where(shell: Shell) -> None:
    answer = shell("search", "storm souce:x")
    assert answer.code == 2
    assert answer.err == 'dateline: unknown field "souce" at 7: did you mean "source"?\n'


def test_show_prints_whole_articles(shell: Shell) -> None:
    article = shell("show", "2", "--json").json
    assert set(article) == ARTICLE
    assert article["place"] == "Odesa"
    assert article["published_precision"] == "day"
    for entity in article["entities"]:
        assert article["text"][entity["start"] : entity["end"]] == entity["text"]
    names = {(entity["name"], entity["type"]) for entity in article["entities"]}
    assert ("Odesa", "LOC") in names
    assert ("United Nations", "ORG") in names
    for amount in article["amounts"]:
        assert set(amount) == {"start", "end", "type", "text"}
        assert article["text"][amount["start"] : amount["end"]] == amount["text"]
    printed = shell("show", "2", "3").out
    assert "Grain ships leave Odesa" in printed
    assert "no date" in printed


def test_show_names_what_is_not_there_and_prints_the_rest(shell: Shell) -> None:
    answer = shell("show", "99", "1", "--json")
    assert answer.code == 3
    assert answer.json["id"] == 1
    assert "no article 99" in answer.err


def test_show_prints_earlier_texts(shell: Shell, folder: Path) -> None:
    path = folder / "bridge.txt"
    path.write_text(path.read_text().replace("closed the bridge", "opened the bridge again"))
    shell("import", str(path))
    now, first = (shell("show", "1", *more, "--json").json for more in ((), ("--version", "1")))
    assert (now["version"], now["versions"], first["version"]) == (2, 2, 1)
    assert ("opened" in now["text"], "opened" in first["text"]) == (True, False)
    assert now["entities"]
    assert first["entities"] == first["markup"] == []
    shown = shell("show", "1")
    assert "opened the bridge again" in shown.out
    assert shown.err == "version 2; --version shows another: 1\n"
    assert "closed the bridge" in shell("show", "1", "--version", "1").out
    answer = shell("show", "1", "2", "--version", "2", "--json")
    assert (answer.code, answer.json["id"]) == (3, 1)
    assert "article 2 has no version 2; there is 1" in answer.err
    assert shell("show", "2").err == ""


def test_a_link_without_a_text_says_what_brings_it(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.html"
    path.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
        "<DT><A HREF='https://skerry.example/p'>Lamps</A></DL>"
    )
    shell("import", str(path))
    assert "`dateline save https://skerry.example/p` brings the text" in shell("show", "4").err


def test_names_of_people_and_places_find_articles(shell: Shell) -> None:
    assert shell("list", "who:erdogan", "--json").json["total"] == 1
    assert shell("list", "where:bergen", "--json").json["total"] == 2
    assert shell("list", "org:erdogan", "--json").json["total"] == 0


def test_a_cursor_that_was_never_handed_out_is_refused(shell: Shell) -> None:
    answer = shell("list", "--after", "x")
    assert answer.code == 2
    assert "cursor" in answer.err
