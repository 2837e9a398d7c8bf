"""Saves and tags articles for ever, and says what is done: to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from reader.service.tagging import Tagging
from reader.store import open_store
from tests.reader.store.helpers import draft


def main() -> None:
    folder, run = sys.argv[1:]
    store = open_store(Path(folder))
    tagging = Tagging(store)
    for number in range(100_000):
        name = f"{run}.{number}"
        article_id, _ = store.articles.save(draft(name))
        print("saved", name, flush=True)
        tagging.tag([article_id], ["kept"], [])
        print("tagged", article_id, flush=True)


main()
