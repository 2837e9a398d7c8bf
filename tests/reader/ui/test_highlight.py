"""Layers of marks merge into runs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import EntityId, EntityKind, Mention, Span
from reader.ui.highlight import Paint, Run, hit_layer, mention_layer, merge, paint_layer

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
    named = mention_layer(mentions, 5).laid_on([Run(0, 20, ())])
    assert hit_layer([Span(4, 12)], 5).laid_on(named) == [
        Run(0, 7, ()),
        Run(7, 9, ("place",)),
        Run(9, 13, ("place", "hit")),
        Run(13, 17, ("hit",)),
        Run(17, 20, ()),
    ]


def test_the_next_one_goes_around_the_end() -> None:
    layer = paint_layer([Paint(2, 4, "a"), Paint(6, 8, "b"), Paint(9, 9, "a")])

    def starts(at: int, direction: int, *styles: str) -> int | None:
        span = layer.next_from(at, direction, lambda one: one.style in styles)
        return None if span is None else span.start

    assert [starts(at, 1, "a", "b") for at in (0, 2, 5, 6, 9)] == [2, 6, 6, 9, 2]
    assert [starts(at, -1, "a", "b") for at in (9, 7, 6, 2, 0)] == [6, 6, 2, 9, 9]
    assert [starts(at, 1, "b") for at in (0, 6, 9)] == [6, 6, 6]
    assert starts(0, 1, "c") is None
    assert paint_layer([]).next_from(0, 1) is None


def test_places_are_told_and_found_by_where_the_text_starts() -> None:
    layer = hit_layer([Span(2, 4), Span(6, 8)], 10)
    assert [layer.place_of(at) for at in (12, 16, 13, 2)] == [1, 2, None, None]
    assert layer.next_from(12, 1) == Span(16, 18)
    assert list(layer.over(13, 17)) == [Span(2, 4), Span(6, 8)]
    assert list(layer.over(14, 16)) == []


class Counting(list[Span]):
    """Counts how often one of it is looked at."""

    looked = 0

    def __getitem__(self, number: int) -> Span:  # type: ignore[override]
        self.looked += 1
        return super().__getitem__(number)


def test_of_very_many_only_those_of_a_line_are_looked_at() -> None:
    spans = Counting(Span(at, at + 2) for at in range(0, 1_000_000, 4))
    layer = hit_layer(spans)
    assert len(layer.laid_on([Run(500_000, 500_080, ())])) == 40
    assert layer.next_from(500_000, -1) == Span(499_996, 499_998)
    assert spans.looked < 150


ends = st.lists(st.integers(0, LENGTH), max_size=8).map(lambda found: sorted(set(found)))


@given(ends, st.lists(st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)), max_size=4))
@settings(max_examples=150)
def test_a_layer_looks_as_if_it_had_been_merged(
    ends: list[int], below: list[tuple[int, int]]
) -> None:
    painted = [Paint(a, b, "x") for a, b in below]
    over = [Paint(a, b, "hit") for a, b in zip(ends[::2], ends[1::2], strict=False)]
    laid = paint_layer(over).laid_on(list(merge(LENGTH, [painted])))
    looks = [style for run in laid for style in [run.styles] * (run.end - run.start)]
    wanted = merge(LENGTH, [painted, over])
    assert looks == [style for run in wanted for style in [run.styles] * (run.end - run.start)]


def test_an_empty_text_has_no_runs() -> None:
    assert list(merge(0, [[Paint(0, 5, "a")]])) == []
    assert merge(0, []).within(0, 5) == []
