"""The doors to the world outside: the library in a folder, the processes behind the screen, the
browser and other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reader.ui.browser import Browser, SystemBrowser
from reader.ui.command_gate import CommandPort
from reader.ui.orders import FetchPort
from reader.ui.questions import SearchPort

if TYPE_CHECKING:
    from reader.service.indexing import IndexTold
    from reader.service.library import Library
    from reader.service.wire import SearchAnswer
    from reader.ui.orders import OnNews

    OnProgress = Callable[[IndexTold], None]


class IndexPort(Protocol):
    """Brings the index up to date in the background, at the start and when poked."""

    def start(self) -> None: ...

    def poke(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the screen needs of the world outside."""

    open_library: Callable[[], Library]
    start_search: Callable[[Callable[[SearchAnswer], None]], SearchPort]
    start_index: Callable[[OnProgress], IndexPort]
    browser: Browser
    start_fetch: Callable[[OnNews], FetchPort]
    commands: Callable[[], CommandPort]


def ports(folder: Path, every: float = 0) -> Ports:
    """The ports of the library in `folder`, whose feeds are asked for news by themselves every
    so many seconds, 0 for never."""

    def open_library() -> Library:
        from reader.service.library import Library

        return Library.open(folder)

    def start_search(on_answer: Callable[[SearchAnswer], None]) -> SearchPort:
        from reader.service.remote import SearchProcess

        return SearchProcess(folder, on_answer)

    def start_index(on_progress: OnProgress) -> IndexPort:
        from reader.service.remote import IndexProcess

        return IndexProcess(folder, on_progress)

    def start_fetch(on_news: OnNews) -> FetchPort:
        from reader.service.fetching import FetchProcess

        return FetchProcess(folder, every, on_news)

    def commands() -> CommandPort:
        from reader.service.commands_run import CommandRunner

        return CommandRunner()

    return Ports(open_library, start_search, start_index, SystemBrowser(), start_fetch, commands)
