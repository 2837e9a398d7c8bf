"""Back and forward through what was read, and a second article beside the first."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st
from textual.widget import Widget

from reader.ui.actions import Place
from reader.ui.state import Asked, Shown, Trail
from reader.ui.verbs.retracing import Retracing
from reader.ui.visits import LISTS, MOST, Visits
from tests.reader.ui.world import Desk, World


def shown(*ids: int, words: str = "") -> Shown:
    return Shown(Asked((words,) if words else ()), array("q", ids), len(ids))


def third(desk: Desk) -> list[Widget]:
    """What stands beside the list and the article."""
    return [one for one in (desk.main.second, desk.main.names) if one.display]


def test_a_new_visit_ends_what_was_forward() -> None:
    visits, all_articles = Visits(), shown(1, 2, 3)
    assert visits.place(-1, away=False) is None
    for article_id in (1, 1, 2, 3):
        visits.arrive(article_id, all_articles)
    second = visits.place(-1, away=False)
    assert second is not None
    assert second.article_id == 2
    assert visits.place(-1, away=True) is visits.current
    visits.go(second)
    forward = visits.place(1, away=False)
    assert forward is not None
    assert forward.article_id == 3
    visits.arrive(9, all_articles)
    assert visits.place(1, away=False) is None


@given(st.lists(st.tuples(st.sampled_from(["go", "back", "forward", "drop"]), st.integers(1, 4))))
def test_it_goes_like_the_pages_of_a_browser(steps: list[tuple[str, int]]) -> None:
    visits, at = Visits(), -1
    pages: list[int] = []
    for step, article_id in steps:
        if step == "go":
            visits.arrive(article_id, shown(article_id))
            if at < 0 or pages[at] != article_id:
                pages = [*pages[: at + 1], article_id]
                at = len(pages) - 1
        elif step == "drop":
            if (visit := visits.place(-1, away=False)) is not None:
                visits.drop(visit)
                del pages[at - 1]
                at -= 1
        else:
            by = -1 if step == "back" else 1
            visit = visits.place(by, away=False)
            assert (visit is None) == (not 0 <= at + by < len(pages) or not pages)
            if visit is not None:
                visits.go(visit)
                at += by
        current = visits.current
        assert (current.article_id if current else None) == (pages[at] if pages else None)


def test_what_is_kept_is_bounded() -> None:
    visits = Visits()
    for number in range(MOST + 50):
        visits.arrive(number, shown(number))
    steps, kept = 0, 0
    while (visit := visits.place(-1, away=False)) is not None:
        visits.go(visit)
        steps, kept = steps + 1, kept + (visit.shown is not None)
    assert steps == MOST - 1
    assert kept == LISTS - 1


def test_a_trail_reaches_lists_it_came_through_and_others() -> None:
    trail, some, other = Trail(), shown(1, words="a"), shown(2, words="b")
    trail.push(some)
    trail.push(other)
    trail.reach(some)
    assert trail.top is some
    trail.reach(other)
    assert trail.back() is some
    trail.reach(shown(1, 2))
    assert trail.at_root


async def test_back_and_forward_across_lists(world: World) -> None:
    async with world.screen(100, 20) as desk:
        await desk.press("j", "j", "enter", "ctrl+d", "ctrl+d")
        assert desk.title == "The long valley road"
        anchor = desk.main.article.anchor
        assert anchor > 0
        await desk.press("/")
        await desk.type("drone")
        await desk.press("enter", "enter")
        read = desk.title
        assert read != "The long valley road"
        await desk.press("ctrl+o")
        assert desk.title == "The long valley road"
        assert desk.main.article.anchor == anchor
        assert desk.main.listing.shown.asked.is_everything
        assert desk.place() is Place.ARTICLE
        await desk.press("ctrl+o")
        assert desk.status == "nothing before this"
        await desk.press("ctrl+n")
        assert desk.title == read
        assert desk.main.listing.shown.asked.parts == ("drone",)
        await desk.press("escape", "j", "ctrl+o")
        assert desk.title == read
        await desk.press("ctrl+n")
        assert desk.status == "nothing after this"


async def test_what_is_gone_is_passed_over(world: World) -> None:
    async with world.screen(100, 20) as desk:
        for _ in range(3):
            await desk.press("enter", "escape", "j")
        await desk.press("k", "enter")
        ids = list(desk.main.listing.shown.ids)
        world.delete(ids[1])
        await desk.press("ctrl+o")
        assert desk.main.reading.article_id == ids[0]
        await desk.press("ctrl+n")
        assert desk.main.reading.article_id == ids[2]


async def test_a_visit_whose_list_is_gone_is_asked_for_again(world: World) -> None:
    async with world.screen(100, 20) as desk:
        await desk.press("/")
        await desk.type("is:unread drone")
        await desk.press("enter", "enter")
        title = desk.title
        retracing: Retracing = desk.main.retracing
        visit = retracing.current
        assert visit is not None
        visit.shown = None
        await desk.press("escape", "escape", "G", "enter", "ctrl+o")
        # Read by now, it answers the question no more: it stands among all articles.
        assert desk.title == title
        assert desk.main.listing.shown.asked.is_everything


async def test_a_second_article_beside_the_first(world: World) -> None:
    async with world.screen(140, 30) as desk:
        await desk.press("j", "j", "b")
        assert desk.shows("kept on the right")
        assert desk.title == "Tram drivers vote on hours"
        assert desk.main.rows.cursor == 3
        await desk.press("g", "g")
        assert desk.title == "Harbour reopens after the storm"
        assert desk.text().count("The long valley road") == 2
        assert third(desk) == [desk.main.second]
        await desk.press("tab", "tab")
        assert desk.place() is Place.BESIDE
        assert "make it the first" in desk.lines()[-1]
        await desk.press("space", "j", "ctrl+d")
        anchor = desk.main.second.anchor
        assert anchor > 0
        assert desk.main.article.anchor == 0
        await desk.press("h")
        assert desk.place() is Place.ARTICLE
        await desk.press("l", "enter")
        assert desk.title == "The long valley road"
        assert desk.main.article.anchor == anchor
        assert third(desk) == [desk.main.names]
        await desk.press("b", "K", "b")
        assert not desk.main.beside.shown


async def test_the_second_article_goes_with_its_room_and_its_article(world: World) -> None:
    async with world.screen(140, 30) as desk:
        await desk.press("b", "tab", "tab", "G", "space")
        assert desk.status == "this is the end of the article"
        await desk.press("escape")
        assert (desk.main.place, desk.main.beside.shown) == (Place.ARTICLE, False)
        await desk.press("k", "b", "K", "tab", "t")
        await desk.press("shift+tab", "f")
        assert desk.text().count("★\xa0starred") == 2
        await desk.press("tab")
        await desk.pilot.resize_terminal(100, 30)
        await desk.settle()
        assert desk.place() is Place.ARTICLE
        assert desk.main.second not in third(desk)
        await desk.press("b")
        assert desk.status == "two articles need 120 columns, here are 100"
        await desk.pilot.resize_terminal(140, 30)
        await desk.settle()
        assert desk.main.second in third(desk)
        article_id = desk.main.reading.article_id
        assert article_id is not None
        await desk.press("e")
        assert desk.main.names.display
        await desk.press("e", "j", "j")
        world.delete(article_id)
        await desk.main.beside.refresh()
        await desk.settle()
        assert not desk.main.beside.shown
