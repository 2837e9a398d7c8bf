"""Everything can be found: in the palette, the help, the list of keys and `docs/keys.md`."""

from __future__ import annotations

import pytest

from reader.commands.verbs import VERBS, Takes
from reader.config import Loaded, Settings
from reader.ui.actions import ACTIONS, AREAS, BY_NAME, Place
from reader.ui.footer import SELECTED, footer
from reader.ui.help_entries import (
    TROUBLES,
    Entries,
    free_keys,
    help_entries,
    key_entries,
    key_meanings,
    unbound_entries,
)
from reader.ui.keymap import RESERVED, Keymap
from reader.ui.keys_page import keys_page
from reader.ui.obstacles import Here, obstacles
from reader.ui.palette import Do, Palette, library_offers, standing
from reader.ui.synonyms import SYNONYMS

KEYMAP = Keymap()


def test_every_action_has_words_to_be_found_by() -> None:
    assert set(SYNONYMS) <= set(BY_NAME)
    for action in ACTIONS:
        assert action.description
        assert len(action.synonyms.split()) >= 3, f"{action.name} needs synonyms"
        begins = any(" " in keys for keys in action.keys)
        assert not begins or len(action.short or action.description) <= 24, action.name


def test_every_action_and_verb_is_in_palette_help_and_page() -> None:
    offers = standing(KEYMAP, Settings(), {})
    assert {one.text for one in offers if one.do is Do.PERFORM} >= set(BY_NAME)
    page, told = keys_page(), {one.keys for one in help_entries(KEYMAP, Place.LIST)}
    for action in ACTIONS:
        keys = "  ".join(KEYMAP.keys_of(action)) or f":{action.name}"
        assert keys in told
        assert f"`{action.name}`" in page
    for verb in VERBS:
        assert f":{verb.usage}" in told
        assert f"`:{verb.usage}`" in page
        if verb.takes is not Takes.NOTHING or verb.values or verb.action not in BY_NAME:
            assert any(one.do is Do.WRITE and one.text == f"{verb.name} " for one in offers)


def test_everything_offered_is_found_by_its_title() -> None:
    offers = [*standing(KEYMAP, Settings(), {}), *library_offers(["a/b"], ["war"], ["Wire"])]
    palette = Palette(offers)
    for offer in offers:
        assert offer in palette.find(offer.title)
    assert palette.find("tag war")[0].text == 'search tag:"war"'
    assert palette.find("]")[0].text == "hit.next"
    assert palette.find("g g")[0].text == "move.first"


def test_what_was_chosen_last_comes_before_its_equals() -> None:
    offers = list(library_offers([], ["news one", "news two"], []))
    assert Palette(offers, [offers[1].key]).find("news") == [offers[1], offers[0]]
    assert Palette(offers, [offers[1].key]).find(" ") == [offers[1], offers[0]]
    assert Palette(offers).find("news") == offers


@pytest.mark.parametrize(
    ("wanted", "title"),
    [
        ("note", "Write a note"),
        ("dark mode", "theme: dateline-dark"),
        ("dark theme", "theme: dateline-dark"),
        ("light", "theme: dateline-light"),
        ("width", "setting: reading.measure"),
        ("font size", "setting: reading.measure"),
        ("line length", "setting: reading.measure"),
        ("backup", "Back up all"),
        ("restore", "Restore what"),
        ("import", "Import articles"),
        ("sort by date", "Newest first"),
        ("select text", "Select text"),
        ("search in article", "Find words in this article"),
        ("find in article", "Find words in this article"),
        ("delete article", "Archive, or bring back"),
        ("remove tag", "Take this tag off"),
        ("delete source", "Remove this source"),
        ("delete note", "Remove the highlight"),
        ("add note", "Write a note"),
        ("save search", "Save what the list shows"),
        ("copy text", "Copy the text of this article"),
        ("next article", "Next article"),
        ("previous article", "Previous article"),
        ("copy article", "Copy the text of this article"),
        ("print", "Write what is selected"),
        ("bookmark", "Star or unstar"),
        ("rule", "Rule (filter)"),
        ("filter", "Rule (filter)"),
        ("mark all as read", "Mark everything"),
        ("language", "Language"),
        ("sort by length", "Longest first"),
        ("take a quote", "Select text"),
        ("rules", "Rule (filter)"),
        ("who is", "Who is this"),
        ("person", "Who is this"),
        ("names", "Names: go"),
        ("history", "History: the changes"),
        ("search", "Search the whole library"),
    ],
)
def test_what_people_call_things_comes_first_whatever_was_chosen_lately(
    wanted: str, title: str
) -> None:
    offers = standing(KEYMAP, Settings(), obstacles(Here(Place.LIST, Place.LIST), KEYMAP))
    others = [one for one in offers if not one.title.startswith(title)]
    recent = [one.key for one in others if one.do is Do.PERFORM]
    assert Palette(offers, recent).find(wanted)[0].title.startswith(title)


@pytest.mark.parametrize("place", sorted(AREAS | {Place.QUOTE, Place.BESIDE}))
def test_what_has_a_key_in_a_place_can_be_done_there(place: Place) -> None:
    found = obstacles(Here(place, place if place in AREAS else Place.ARTICLE), KEYMAP)
    assert not any(action.name in found for action in KEYMAP.bound(place).values())
    assert all(found.values())
    assert "prompt.accept" in found


def test_without_an_article_what_is_done_to_one_says_so() -> None:
    found = obstacles(Here(Place.LIST, Place.LIST, has_article=False), KEYMAP)
    assert found["article.toggle_star"] == "there is no article here"
    assert "find.search" not in found
    assert found["card.open"] == "only in the card: E leads there"


@pytest.mark.parametrize("place", sorted(AREAS))
def test_help_begins_with_what_can_be_done_here(place: Place) -> None:
    entries = help_entries(KEYMAP, place)
    here = {action.description for action in KEYMAP.bound(place).values()}
    assert {one.words for one in entries[: len(here)]} == here
    assert entries[0].group == f"Here: {place}"


def test_help_is_searched_by_key_and_by_words() -> None:
    entries = Entries(help_entries(KEYMAP, Place.LIST))
    assert [one.words for one in entries.find("G")] == ["Last row, or the end of the article"]
    assert any(one.keys == "Ctrl-p" for one in entries.find("Ctrl-p"))
    assert any(one.keys.startswith(":saved") for one in entries.find("saved add"))
    assert entries.find("xylophone") == []
    assert len(entries.find("")) == len(entries.entries)


def test_keys_by_place_with_clashes_and_what_is_free() -> None:
    keymap = Keymap({
        "article.tag": ["m"], "article.toggle_star": ["alt+f"], ":theme light": ["alt+l"],
    })  # fmt: skip
    entries = key_entries(keymap, Loaded(lines={"keys.article.tag": 7}))
    assert entries[0].group == TROUBLES
    assert entries[0].keys == "m"
    assert entries[0].words == "line 7: keys.article.toggle_read: m is taken by article.tag"
    assert any(one.keys == "Alt-l" and "theme light" in one.words for one in entries)
    assert {one.group for one in entries} >= {str(place) for place in AREAS}
    free = free_keys(keymap, Place.LIST)
    assert "f" in free
    assert "t" not in free
    assert "m" not in free
    assert not RESERVED & set(free)
    groups = [one.group for one in unbound_entries(keymap)]
    assert "Free: list" in groups
    assert any(one.keys == ":tour.skip" for one in unbound_entries(keymap))


def test_a_mistake_is_listed_with_its_name_and_the_nearest() -> None:
    (entry, *_) = key_entries(Keymap({"article.tagg": ["t"]}), Loaded())
    assert entry.words == ("keys.article.tagg: there is no such action; did you mean article.tag?")


@pytest.mark.parametrize("written", ["ctrl+p", "Ctrl-p", "CTRL-P"])
def test_what_one_key_does_everywhere(written: str) -> None:
    meanings = key_meanings(KEYMAP, written)
    assert {one.group for one in meanings} >= {str(place) for place in AREAS}


def test_a_letter_is_not_its_capital_and_begins_sequences() -> None:
    assert {one.words for one in key_meanings(KEYMAP, "G")} == {
        "Last row, or the end of the article"
    }
    assert any(one.keys == "g g" for one in key_meanings(KEYMAP, "g"))
    assert key_meanings(KEYMAP, "f12") == []


def test_the_footer_of_a_selection_is_a_handful_and_leads_to_the_help() -> None:
    hints = footer(KEYMAP, Place.LIST, selected=True)
    assert len(hints) == len(SELECTED) <= 7
    assert hints[-1] == ("?", "help")
    assert footer(KEYMAP, Place.ARTICLE, selected=True) == KEYMAP.hints(Place.ARTICLE)


@pytest.mark.parametrize("place", sorted(AREAS | {Place.QUOTE, Place.BESIDE}))
def test_every_footer_ends_with_the_help(place: Place) -> None:
    assert KEYMAP.hints(place)[-1] == ("?", "help")
