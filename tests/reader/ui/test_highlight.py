"""Layers of marks merge into runs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import EntityId, EntityKind, Mention, Span
from reader.ui.highlight import Paint, Run, hit_paints, mention_paints, merge, next_paint

LENGTH = 40
paints = st.builds(
    Paint, st.integers(-5, LENGTH + 5), st.integers(-5, LENGTH + 5), st.sampled_from("abc")
)
layers = st.lists(st.lists(paints, max_size=5), max_size=4)


@given(layers)
@settings(max_examples=200)
def test_runs_cover_the_text_and_carry_what_was_painted(painted: list[list[Paint]]) -> None:
    runs = list(merge(LENGTH, painted))
    assert runs[0].start == 0
    assert runs[-1].end == LENGTH
    assert all(one.end == two.start for one, two in pairwise(runs))
    flat = [paint for layer in painted for paint in layer]
    for run in runs:
        assert run.start < run.end
        for at in range(run.start, run.end):
            assert run.styles == tuple(p.style for p in flat if p.start <= at < p.end)


@given(layers, st.integers(0, LENGTH), st.integers(0, LENGTH))
@settings(max_examples=100)
def test_the_runs_of_a_line_are_cut_to_it(painted: list[list[Paint]], a: int, b: int) -> None:
    start, end = min(a, b), max(a, b)
    merged = merge(LENGTH, painted)
    inside = merged.within(start, end)
    looks = {at: run.styles for run in merged for at in range(run.start, run.end)}
    seen = {at: run.styles for run in inside for at in range(run.start, run.end)}
    assert seen == {at: looks[at] for at in range(start, end)}


def test_hits_lie_on_entities() -> None:
    mentions = [Mention(2, 8, "Hamburg", EntityKind.LOC, EntityId(1), "Hamburg")]
    runs = merge(20, [mention_paints(mentions, 5), hit_paints([Span(4, 12)], 5)])
    assert list(runs) == [
        Run(0, 7, ()),
        Run(7, 9, ("place",)),
        Run(9, 13, ("place", "hit")),
        Run(13, 17, ("hit",)),
        Run(17, 20, ()),
    ]


def test_the_next_paint_goes_around_the_end() -> None:
    paints = [Paint(2, 4, "a"), Paint(6, 8, "a"), Paint(9, 9, "a")]
    assert [next_paint(paints, at, 1).start for at in (0, 2, 5, 6, 9)] == [2, 6, 6, 9, 2]
    assert [next_paint(paints, at, -1).start for at in (9, 7, 6, 2, 0)] == [6, 6, 2, 9, 9]


def test_an_empty_text_has_no_runs() -> None:
    assert list(merge(0, [[Paint(0, 5, "a")]])) == []
    assert merge(0, []).within(0, 5) == []
