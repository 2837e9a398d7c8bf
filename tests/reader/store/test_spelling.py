from __future__ import annotations

import pytest

from reader.model import EntityKind
from reader.store import Store
from reader.store.spelling import best_spelling
from tests.reader.store.helpers import add, entities_of, entity

PER, LOC, ORG, MISC = EntityKind.PER, EntityKind.LOC, EntityKind.ORG, EntityKind.MISC


@pytest.mark.parametrize(
    ("name", "kind", "forms", "shown"),
    [
        ("ZORVAN", LOC, {"ZORVAN": 7, "Zorvan": 1}, "Zorvan"),
        ("PORT ZORVAN", LOC, {"PORT ZORVAN": 2}, "Port Zorvan"),
        ("UAE", LOC, {"UAE": 2}, "UAE"),
        ("ZORVAN", ORG, {"ZORVAN": 1, "Zorvan": 4}, "Zorvan"),
        ("NATO", ORG, {"NATO": 9, "Nato": 2}, "NATO"),
        ("ADA FENN", PER, {"ADA FENN": 3, "Ada Fenn": 1, "Fenn": 9}, "Ada Fenn"),
        ("World Food Program", ORG, {"World Food Programme": 5, "WFP": 9}, "World Food Programme"),
        ("International Labor Office", ORG, {"ILO": 3}, "International Labor Office"),
        ("Myanmar", LOC, {"Burma": 9}, "Myanmar"),
        ("Polish", MISC, {"Poles": 9}, "Polish"),
        ("POLISH", MISC, {"POLISH": 1, "Polish": 2}, "Polish"),
        ("Moody's", ORG, {"Moody": 9}, "Moody's"),
        ("Ada Fenn", PER, {"Ada\nFenn": 9, "Ada Fenn’s": 8, "Ada Fenn": 1}, "Ada Fenn"),
        ("Kiev", LOC, {"Kyiv": 2, "Kiev": 2}, "Kiev"),
        ("Zorvan Parliament", ORG, {"Parliament": 4}, "Zorvan Parliament"),
    ],
)
def test_the_spelling_that_is_shown(
    name: str, kind: EntityKind, forms: dict[str, int], shown: str
) -> None:
    assert best_spelling(name, kind, forms.items()) == shown


def test_the_name_becomes_that_of_most_mentions_when_articles_are_named(store: Store) -> None:
    add(store, "one", text="ORLO - Snow in Orlo. Ann of ORLO wept.")
    named = entity("ORLO", (0, 4), (28, 32), kind=LOC)
    store.entities.replace_mentions(1, [named, entity("Ann", (21, 24))])
    assert entities_of(store) == {1: "ORLO", 2: "Ann"}
    store.entities.replace_mentions(1, [entity("ORLO", (0, 4), (15, 19), kind=LOC)])
    assert entities_of(store) == {1: "Orlo", 2: "Ann"}
