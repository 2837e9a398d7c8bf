"""Who is named in the same sentences, kept in rows or counted anew."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

import reader.store.together
from reader.errors import LibraryDamagedError
from reader.model import ArticleId, EntityId, EntityKind, Outcome
from reader.store import Store
from reader.store.naming import Kept, pack, unpack
from reader.store.tally import Tally
from tests.reader.store.helpers import Place, add, database_of, draft, entity

PER, LOC = EntityKind.PER, EntityKind.LOC

TEXT = "Ann met Bo in Tern. Ann left Bo. Cy stayed in Tern."
ANN, BO, CY, TERN = map(EntityId, range(1, 5))


@pytest.fixture(params=[1, 3, 400])
def tabled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(reader.store.together, "TABLED", request.param)
    return int(request.param)


def name(store: Store, article_id: int) -> None:
    store.entities.replace_mentions(
        article_id,
        [
            entity("Ann", (0, 3), (20, 23)),
            entity("Bo", (8, 10), (29, 31)),
            entity("Cy", (33, 35)),
            entity("Tern", (14, 18), (46, 50), kind=LOC),
        ],
    )


def fill(store: Store) -> None:
    for number in range(1, 5):
        add(store, str(number), text=TEXT)
        name(store, number)


def others(store: Store, entity_id: int, **which: EntityKind) -> dict[str, int]:
    found = store.entities.together(entity_id, 9, **which)
    return {one.entity.name: one.sentences for one in found}


@pytest.mark.usefixtures("tabled")
def test_sentences_are_counted(store: Store) -> None:
    fill(store)
    assert others(store, ANN) == {"Bo": 8, "Tern": 4}
    assert others(store, CY) == {"Tern": 4}
    assert others(store, ANN, kind=LOC) == {"Tern": 4}
    assert [one.entity.id for one in store.entities.together(TERN, 2)] == [ANN, BO]
    store.entities.replace_mentions(1, [entity("Bo", (8, 10)), entity("Ann", (20, 23))])
    assert others(store, ANN) == {"Bo": 6, "Tern": 3}
    store.articles.save(draft("2", text="Nothing."))
    assert others(store, BO) == {"Ann": 4, "Tern": 2}


def test_rows_are_kept_of_the_frequent_alone(store: Store, tabled: int) -> None:
    fill(store)
    rows = database_of(store).value("SELECT count(*) FROM together")
    assert bool(rows) is (tabled <= 4)


@pytest.mark.usefixtures("tabled")
@pytest.mark.parametrize(("one", "into"), [(ANN, BO), (BO, TERN), (CY, ANN), (TERN, CY)])
@pytest.mark.parametrize("more", [ANN, TERN, None])
def test_parts_of_one_are_counted_as_one(
    store: Store, one: EntityId, into: EntityId, more: EntityId | None
) -> None:
    fill(store)
    if more:
        # One of them is in more articles than the other.
        add(store, "5", text=TEXT)
        shown = store.entities.get(more).entity
        found = [entity(shown.name, (0, 3), kind=shown.kind), entity("Dee", (8, 10))]
        store.entities.replace_mentions(5, found)
    before = [others(store, each) for each in (ANN, BO, CY, TERN)]
    store.corrections.merge(one, into)
    merged = [others(store, each) for each in (ANN, BO, CY, TERN)]
    store.events.undo()
    assert [others(store, each) for each in (ANN, BO, CY, TERN)] == before
    store.events.redo()
    assert [others(store, each) for each in (ANN, BO, CY, TERN)] == merged
    if (one, into, more) == (ANN, BO, None):
        assert merged == [{"Tern": 4}, {"Tern": 4}, {"Tern": 4}, {"Bo": 4, "Cy": 4}]


def test_more_than_are_looked_at_first(store: Store) -> None:
    names = [f"N{number}" for number in range(100, 150)]
    add(store, "one", text=" ".join(["Ann", *names]))
    places = [(4 + 5 * number, 8 + 5 * number) for number in range(50)]
    found = [entity(one, place) for one, place in zip(names, places, strict=True)]
    last = entity("Tern", places[-1], kind=LOC)
    store.entities.replace_mentions(1, [entity("Ann", (0, 3)), *found[:-1], last])
    assert others(store, 1, kind=LOC) == {"Tern": 1}
    assert len(store.entities.together(1, 99)) == 50


def test_sentences_that_name_all(store: Store) -> None:
    fill(store)
    (sentence,) = store.entities.sentence_places(1, [TERN, ANN])
    assert (sentence.start, sentence.end) == (0, 19)
    assert [(one.start, one.text) for one in sentence.mentions] == [(0, "Ann"), (14, "Tern")]
    assert [one.start for one in store.entities.sentence_places(1, [BO])] == [0, 20]
    assert store.entities.sentence_places(1, [CY, BO]) == ()
    assert store.entities.sentence_places(1, []) == store.entities.sentence_places(9, [BO]) == ()
    store.corrections.merge(CY, TERN)
    _, second = store.entities.sentence_places(1, [CY])
    assert [one.text for one in second.mentions] == ["Cy", "Tern"]


def test_the_first_article_with_such_a_sentence(store: Store) -> None:
    fill(store)
    store.entities.replace_mentions(3, [entity("Ann", (0, 3)), entity("Bo", (29, 31))])
    first = store.entities.first_together
    assert first([9, 3, 2, 1], ANN, BO) == 2
    assert first([3, 1], ANN) == 3
    assert first([1, 2], BO, CY) is None
    assert first([], BO) is None
    store.corrections.merge(CY, ANN)
    assert first([3, 4], CY, TERN) == 4


def test_totals(store: Store) -> None:
    assert store.entities.totals() == (0, 0)
    fill(store)
    store.corrections.ignore(CY)
    assert store.entities.totals() == (3, 24)


def test_unsure_mentions_are_kept_and_not_counted(store: Store) -> None:
    add(store, "one", text=TEXT)
    unsure = replace(entity("Bo"), mentions=(Place(8, 10, 0.3), Place(29, 31, 0.39)))
    store.entities.replace_mentions(1, [entity("Ann", (0, 3)), unsure])
    assert [one.text for one in store.entities.list_mentions(1)] == ["Ann"]
    told = store.entities.list_mentions(1, least=0.35)
    assert [(one.text, one.confidence) for one in told] == [("Ann", 1.0), ("Bo", 0.39)]
    assert len(store.entities.list_mentions(1, least=0)) == 3
    assert others(store, 1) == {}
    assert store.entities.forms(2, 9) == ()
    assert store.entities.list_places([1], [2]) == {}
    assert store.articles.documents([1])[0].entities == (1,)


def test_damage_is_told(store: Store) -> None:
    fill(store)
    database = database_of(store)
    with database.transaction():
        database.run("UPDATE naming SET mentions = x'0000'")
    with pytest.raises(LibraryDamagedError):
        store.entities.list_mentions(1)


def test_other_blanks_in_a_text_let_names_be_looked_for_again(store: Store) -> None:
    fill(store)
    longer = draft("1", text=TEXT.replace(" ", "  "))
    assert store.articles.replace_text(ArticleId(1), longer) is Outcome.DUPLICATE
    assert store.entities.list_mentions(1) == ()
    assert store.entities.get(ANN).articles == 3
    assert [one.article_id for one in store.stale.take("", 9)] == [1]


def test_many_names_in_one_sentence_take_time_linear_in_their_number() -> None:
    def seconds(names: int) -> float:
        kept = [Kept(n, n + 1, n, 90, n) for n in range(1, names)]
        naming, text = unpack(pack(kept, [])), " " * names
        spent = []
        for _ in range(3):
            tally = Tally({}, [7])
            start = process_time()
            tally.add(1, text, naming, 1)
            spent.append(process_time() - start)
        return min(spent)

    assert seconds(4000) < 8 * seconds(1000)
