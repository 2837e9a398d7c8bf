"""What was chosen for a library stays with it."""

from __future__ import annotations

from pathlib import Path

from reader.store import Store, open_store


def test_a_setting_is_kept_and_changed(store: Store) -> None:
    assert store.settings.get("recogniser") == ""
    store.settings.put("recogniser", "one")
    store.settings.put("other", "x")
    store.settings.put("recogniser", "two")
    assert (store.settings.get("recogniser"), store.settings.get("other")) == ("two", "x")


def test_every_process_sees_it(tmp_path: Path) -> None:
    one, other = open_store(tmp_path), open_store(tmp_path)
    one.settings.put("recogniser", "spacy:small")
    assert other.settings.get("recogniser") == "spacy:small"
    one.close()
    other.close()
