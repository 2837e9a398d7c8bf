"""Questions and answers over a real store and a real index."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import QuerySyntaxError, SyntaxProblem
from index.query import IdSet, Sort
from reader.errors import SearchUnavailableError
from reader.feeds import Subscription
from reader.model import ArticleId, Draft, Hit, Mark, Span
from reader.service.library import Library
from reader.service.lookup import KEPT, StoreLookup


def test_an_empty_view_is_the_whole_list_by_date_or_arrival(library: Library) -> None:
    view = library.searching.view("")
    assert list(view.ids) == [3, 2, 1]
    assert view.total == 3
    assert view.took_ms > 0
    assert list(library.searching.view("sort:title").ids) == [3, 1, 2]


def test_the_longest_come_first(library: Library) -> None:
    words = {
        one: len(library.reading.get_article(one).text.split())
        for one in library.store.articles.ids()
    }
    wanted = sorted(words, key=lambda one: -words[one])
    assert list(library.searching.view("sort:longest").ids) == wanted
    assert list(library.searching.view("is:unread sort:longest").ids) == wanted
    first = library.searching.list_page("is:unread", sort=Sort.LONGEST, limit=2, cursor=None)
    after = first.page.cursor
    second = library.searching.list_page("", sort=Sort.LONGEST, limit=2, cursor=after)
    told = [hit.row.id for hit in (*first.page.items, *second.page.items)]
    assert told == wanted
    assert library.searching.needs_index("is:unread sort:longest")
    # What a page ended with has its place in the order also when it is no longer in the list.
    library.tagging.mark([wanted[1]], Mark.READ)
    rest = library.searching.list_page("is:unread", sort=Sort.LONGEST, limit=2, cursor=after)
    assert [hit.row.id for hit in rest.page.items] == wanted[2:]
    library.history.undo()
    library.tagging.mark([wanted[0]], Mark.READ)
    hits = library.searching.search("is:unread sort:longest", limit=5).page.items
    assert [hit.row.id for hit in hits] == wanted[1:]


def test_a_view_of_words_is_best_first(library: Library) -> None:
    view = library.searching.view("storm")
    assert list(view.ids) == [2, 1]
    assert view.understood == "storm"
    assert list(library.searching.view("storm sort:oldest").ids) == [1, 2]


def test_an_unfinished_query_answers_what_is_complete(library: Library) -> None:
    view = library.searching.view('corn "left odesa')
    assert list(view.ids) == [1]
    assert [problem.problem for problem in view.problems] == [SyntaxProblem.OPEN_QUOTE]


def test_a_word_that_is_nowhere_suggests_others(library: Library) -> None:
    assert "storm" in library.searching.view("stirm").suggestions
    assert "storm" in library.searching.view("(stirm bergen) OR (stirm -x)").suggestions
    assert library.searching.view("tag:none").suggestions == ()
    assert library.searching.view("storm grain trees").suggestions == ()


def test_tags_sources_and_folders_that_are_not_there_are_named(library: Library) -> None:
    searching, tagging = library.searching, library.tagging
    tagging.tag([1, 2], ["war/ukraine", "peace"], [])
    tagging.tag([1, 2], [], ["peace"])
    view = searching.view("storm tag:ukrain")
    assert view.unknown == (("tag", "ukrain"),)
    assert view.suggestions == ("tag:war/ukraine",)
    assert searching.view("tag:peace OR tag:wat").unknown == (("tag", "peace"), ("tag", "wat"))
    assert searching.view("storm -tag:wat tag:war/ukraine id:3").unknown == ()
    assert searching.view("in:nowhere").unknown == (("in", "nowhere"),)
    source = library.reading.rows([1])[ArticleId(1)].source
    view = searching.view(f'in:"x{source}"')
    assert view.suggestions
    assert source in view.suggestions[0]
    assert searching.view(f'in:"{source}" id:999').unknown == ()
    page = searching.list_page("tag:ukr", sort=None, limit=5, cursor=None)
    assert page.suggestions == ("tag:war/ukraine",)
    assert searching.search("storm tag:ukr", limit=5).suggestions == ("tag:war/ukraine",)


def test_states_are_answered_without_an_index(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    fresh.tagging.tag([1, 2], ["war"], [])
    fresh.tagging.mark([2], Mark.READ)
    assert list(fresh.searching.view("tag:war -is:read").ids) == [1]
    assert fresh.searching.ids("date:2023 OR is:read") == IdSet([2])
    assert fresh.searching.ids("date:none added:today") == IdSet([3])
    assert fresh.searching.ids("is:tagged") == IdSet([1, 2])
    assert fresh.searching.ids("tag:w*") == IdSet([1, 2])
    with pytest.raises(SearchUnavailableError):
        fresh.searching.view("storm")


def test_names_find_articles(library: Library) -> None:
    assert library.searching.ids("who:berg") == IdSet([2])
    assert library.searching.ids("where:bergen -who:berg") == IdSet([3])
    assert library.searching.ids("who:nobody") == IdSet()
    assert library.searching.ids("where:ode*") == IdSet([1])
    assert library.searching.ids("who:ann*") == IdSet([2])
    assert library.searching.ids('who:"Ms. Berg’s"') == IdSet([2])
    assert library.searching.ids('who:"..."') == library.searching.ids("who:x*") == IdSet()


def test_a_list_page_has_rows_and_goes_on(library: Library) -> None:
    first = library.searching.list_page("", sort=None, limit=2, cursor=None)
    assert [hit.row.id for hit in first.page.items] == [3, 2]
    rest = library.searching.list_page("", sort=None, limit=2, cursor=first.page.cursor)
    assert [hit.row.id for hit in rest.page.items] == [1]
    assert rest.page.cursor is None
    assert rest.page.total == 3


def test_pages_lose_nothing_that_is_marked_on_the_way(library: Library) -> None:
    first = library.searching.list_page("is:unread", sort=None, limit=1, cursor=None)
    library.tagging.mark([first.page.items[0].row.id], Mark.READ)
    rest = library.searching.list_page("is:unread", sort=None, limit=5, cursor=first.page.cursor)
    assert [hit.row.id for hit in rest.page.items] == [2, 1]
    gone = library.searching.list_page("storm", sort=Sort.RELEVANCE, limit=5, cursor="1.3")
    assert [hit.row.id for hit in gone.page.items] == [1]


def test_the_order_is_understood_too(library: Library) -> None:
    assert library.searching.view("storm sort:oldest").understood == "storm sort:oldest"
    assert "oldest" in library.searching.explain("storm sort:oldest")


def test_a_search_has_scores_snippets_and_a_total(library: Library) -> None:
    result = library.searching.search("storm", limit=1)
    (hit,) = result.page.items
    assert hit.row.id == 2
    assert hit.score is not None
    assert hit.score > 0
    assert {hit.snippet[span.start : span.end].lower() for span in hit.spans} == {"storm"}
    assert result.page.total == 2
    rest = library.searching.list_page(
        "storm", sort=Sort.RELEVANCE, limit=5, cursor=result.page.cursor
    )
    assert [one.row.id for one in rest.page.items] == [1]


def test_a_search_in_an_order_has_no_scores(library: Library) -> None:
    result = library.searching.search("storm sort:newest", limit=9)
    assert [(hit.row.id, hit.score) for hit in result.page.items] == [(2, None), (1, None)]
    by_state = library.searching.search("-is:read", limit=2)
    assert [(hit.row.id, hit.score) for hit in by_state.page.items] == [(3, None), (2, None)]
    assert by_state.page.cursor is not None
    nothing = library.searching.search("stirm", limit=2)
    assert "storm" in nothing.suggestions


def test_a_strict_question_refuses_mistakes(library: Library) -> None:
    for ask in (library.searching.ids, library.searching.explain, library.searching.facets):
        with pytest.raises(QuerySyntaxError):
            ask("souce:x")


def test_explain_says_it_in_words(library: Library) -> None:
    assert "storm" in library.searching.explain("storm -tag:war")


def test_only_what_is_indexed_makes_an_answer_wait_for_the_index(library: Library) -> None:
    assert library.searching.needs_index("storm tag:war")
    assert not library.searching.needs_index("tag:war is:unread")


def test_hits_are_the_rows_of_a_screen(library: Library) -> None:
    hits = library.searching.hits("storm", [2, 1, 99])
    assert sorted(hits) == [1, 2]
    assert "storm" in hits[1].snippet.lower()
    assert hits[1].score is None


def test_spans_mark_words_and_the_mentions_asked_for(library: Library) -> None:
    article = library.reading.get_article(ArticleId(2))
    spans = library.searching.spans("storm who:berg", article)
    assert spans.title == (Span(0, 5),)
    marked = [article.text[span.start : span.end] for span in spans.text]
    assert marked == ["storm", "Anna Berg", "Berg", "Storm"]
    nested = library.searching.spans('"anna berg said" who:berg', article)
    assert [article.text[span.start : span.end] for span in nested.text] == [
        "Anna Berg said", "Berg",
    ]  # fmt: skip
    assert library.searching.spans("", article).text == ()


def test_a_snippet_shows_the_name_that_was_asked_for(library: Library) -> None:
    hit = library.searching.hits("who:berg", [2])[2]
    assert "Anna Berg" in {hit.snippet[span.start : span.end] for span in hit.spans}


def test_facets_count_over_the_answer(library: Library) -> None:
    library.tagging.tag([2], ["weather"], [])
    facets = library.searching.facets("storm")
    assert [(one.name, one.articles) for one in facets.tags] == [("weather", 1)]
    library.tagging.tag([2], [], ["weather"])
    assert library.searching.facets("storm") == replace(facets, tags=())
    assert {(one.name, one.articles) for one in facets.sources} == {
        ("Hill Post", 1), ("Quay Notes", 1),
    }  # fmt: skip
    assert ("Bergen", 1) in {(one.entity.name, one.articles) for one in facets.entities}
    assert [(one.name, one.articles) for one in facets.months] == [("2023-07", 1), ("2022-08", 1)]


def test_ordered_ids_follow_the_query_before_the_default(library: Library) -> None:
    assert list(library.searching.ordered_ids("storm", Sort.NEWEST)) == [2, 1]
    assert list(library.searching.ordered_ids("storm sort:oldest", Sort.NEWEST)) == [1, 2]


def test_an_index_removed_under_way_is_told_and_built_again(library: Library) -> None:
    library.searching.view("storm")
    shutil.rmtree(library.folder / "index")
    with pytest.raises(SearchUnavailableError):
        library.searching.view("storm")
    library.indexing.run()
    assert library.searching.view("storm").total == 2


def test_a_list_of_states_follows_every_change(fresh: Library, folder: Path) -> None:
    other = Library.open(fresh.folder)

    def unread() -> list[int]:
        return list(fresh.searching.view("is:unread").ids)

    assert unread() == []
    other.importing.import_paths([folder])
    assert unread() == [3, 2, 1]
    fresh.searching.view("").ids.pop()
    assert unread() == list(fresh.searching.view("").ids) == [3, 2, 1]
    other.tagging.mark([2], Mark.READ)
    assert unread() == [3, 1]
    fresh.tagging.mark([3], Mark.READ)
    assert unread() == [1]
    (folder / "trees.txt").write_text("Council votes on trees\nPublished: 1999-05-01\n\nLindens.\n")
    other.importing.import_paths([folder])
    fresh.history.undo()
    assert unread() == [1, 3]
    other.close()


@pytest.mark.parametrize("query", ["storm", "is:unread", "", "storm sort:oldest", "bergen -storm"])
@pytest.mark.parametrize("limit", [0, 1, 2, 99])
def test_the_first_of_a_view_begins_the_whole_of_it(
    library: Library, query: str, limit: int
) -> None:
    whole, first = library.searching.view(query), library.searching.view(query, limit)
    assert whole.is_complete
    assert first.ids == whole.ids[:limit]
    assert first.total == whole.total == len(whole.ids)
    assert first.is_complete == (limit >= whole.total)


def test_a_set_that_is_as_it_was_is_not_unpacked_again(library: Library) -> None:
    lookup = StoreLookup(library.store)
    library.tagging.mark([2], Mark.READ)
    library.tagging.tag([1, 3], ["war", "war/east"], [])
    sets: tuple[Callable[[], IdSet], ...] = (
        lambda: lookup.marked("read"),
        lambda: lookup.tagged("war"),
        lambda: lookup.tagged_under("war/"),
        lookup.tagged_at_all,
    )
    first = [ask() for ask in sets]
    assert first == [IdSet([2]), IdSet([1, 3]), IdSet([1, 3]), IdSet([1, 3])]
    library.tagging.mark([3], Mark.STARRED)
    assert all(ask() is one for ask, one in zip(sets, first, strict=True))
    library.tagging.mark([1], Mark.READ)
    assert lookup.marked("read") == IdSet([1, 2])
    for number in range(KEPT):
        lookup.tagged(str(number))
    assert lookup.tagged("war") == first[1]
    assert lookup.tagged("war") is not first[1]


def test_articles_of_a_source_and_of_a_folder(library: Library) -> None:
    """Sources: Quay Notes, Hill Post, and that of trees, which has no name."""
    found = {hit.row.title: hit.row for hit in _hits(library, "")}
    storm, grain = found["Storm over Bergen"], found["Grain leaves Odesa"]

    def ids(query: str) -> list[int]:
        return sorted(library.searching.view(query).ids)

    assert ids('in:"hill post"') == [storm.id]
    assert ids("in:Hill") == []
    assert ids("in:hill*") == [storm.id]
    assert ids('-in:"Hill Post" bergen') != []
    subscription = Subscription("https://hill.example/feed", "Hill Post", folder="News/North")
    library.store.feeds.add(subscription, private=False)
    for query in ("in:News", "in:news/north", "in:News/*", "in:NEWS storm", "in:News is:unread"):
        assert ids(query) == [storm.id]
    # The same words in another place: in each of them.
    copy = library.store.articles.get_article(grain.id)
    again = Draft(copy.row.title, copy.text, source="Hill Post", guid="copy")
    assert library.store.articles.save(again)[0] == grain.id
    assert ids("in:News") == sorted([storm.id, grain.id])
    assert ids('in:"Quay Notes"') == [grain.id]


def _hits(library: Library, query: str) -> tuple[Hit, ...]:
    return library.searching.search(query, limit=9).page.items


def test_a_source_is_looked_up_again_when_it_has_changed(library: Library) -> None:
    lookup = StoreLookup(library.store)
    first = lookup.within("Hill Post")
    assert len(first) == 1
    library.tagging.mark(first, Mark.READ)
    assert lookup.within("Hill Post") is first
    library.store.articles.save(Draft("New", "New words.", source="Hill Post"))
    assert len(lookup.within("Hill Post")) == 2
    assert lookup.within("hill") == lookup.within_under("none") == IdSet()
    assert len(lookup.within_under("hill")) == 2


def test_the_process_of_the_screen_loads_no_numpy(library: Library) -> None:
    library.tagging.mark([2], Mark.READ)
    script = (
        "import sys; from pathlib import Path; import reader.app\n"
        "from reader.service.library import Library\n"
        f"library = Library.open(Path({str(library.folder)!r}))\n"
        "ids = library.reading.newest()\n"
        "assert len(library.searching.hits('who:berg is:unread storm', ids)) == 3\n"
        "assert library.reading.find_unread(ids, 1, 1) == 2\n"
        "library.searching.spans('is:read storm', library.reading.get_article(2))\n"
        "assert 'numpy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
