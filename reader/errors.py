"""Every error the reader raises. They carry data; `reader.text` has the words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path


class ReaderError(Exception):
    """Root of the errors of this package."""


class NotFoundError(ReaderError):
    """Something asked for by its id or name is not in the library."""


class ArticleNotFoundError(NotFoundError):
    def __init__(self, article_id: int) -> None:
        super().__init__(article_id)
        self.article_id = article_id


class EntityNotFoundError(NotFoundError):
    def __init__(self, entity_id: int) -> None:
        super().__init__(entity_id)
        self.entity_id = entity_id


class FormNotFoundError(NotFoundError):
    """No article writes the name of the entity called `name` as `form`."""

    def __init__(self, name: str, form: str) -> None:
        super().__init__(name, form)
        self.name = name
        self.form = form


class PlaceNotFoundError(NotFoundError):
    """The text of the article does not reach from `start` to `end` (code points)."""

    def __init__(self, article_id: int, start: int, end: int) -> None:
        super().__init__(article_id, start, end)
        self.article_id = article_id
        self.start = start
        self.end = end


class NoteNotFoundError(NotFoundError):
    def __init__(self, note_id: int) -> None:
        super().__init__(note_id)
        self.note_id = note_id


class QuoteNotFoundError(NotFoundError):
    """The text of the article does not say `quote`."""

    def __init__(self, article_id: int, quote: str) -> None:
        super().__init__(article_id, quote)
        self.article_id = article_id
        self.quote = quote


class TagNotFoundError(NotFoundError):
    """No article has the tag `name` or one below it; `suggestion` is one that comes near."""

    def __init__(self, name: str, suggestion: str = "") -> None:
        super().__init__(name, suggestion)
        self.name = name
        self.suggestion = suggestion


class EventNotReachableError(NotFoundError):
    """The library cannot be as it was after this change: there is none of this number, or it
    was taken back before something else was done."""

    def __init__(self, event_id: int) -> None:
        super().__init__(event_id)
        self.event_id = event_id


class EventObstacle(StrEnum):
    """Why a change is neither taken back nor made again alone."""

    UNDONE = "undone"
    CAN_REDO = "can redo"
    STANDS = "stands"
    KIND = "kind"
    CHANGED = "changed"


class EventStaysError(ReaderError):
    """A change can neither be taken back nor made again alone."""

    def __init__(self, event_id: int, obstacle: EventObstacle) -> None:
        super().__init__(event_id, obstacle)
        self.event_id = event_id
        self.obstacle = obstacle


class SameEntityError(ReaderError):
    """Two entities that were to become one are one already, under the name `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class SourceNotFoundError(NotFoundError):
    """No source is called `name`; `suggestion` is the nearest that there is, or ""."""

    def __init__(self, name: str, suggestion: str = "") -> None:
        super().__init__(name, suggestion)
        self.name = name
        self.suggestion = suggestion


class AmbiguousSourceError(SourceNotFoundError):
    """Several sources have names that begin with `name`: `candidates`."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        super().__init__(name)
        self.args = (name, candidates)
        self.candidates = candidates


class SavedSearchNotFoundError(NotFoundError):
    """No saved search is called `name`; `suggestion` is the nearest that there is, or ""."""

    def __init__(self, name: str, suggestion: str = "") -> None:
        super().__init__(name, suggestion)
        self.name = name
        self.suggestion = suggestion


class SavedSearchExistsError(ReaderError):
    """Another saved search is called `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class SavedNameError(ReaderError):
    """A saved search cannot be called `name`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class DeedsError(ReaderError):
    """What a rule was to do, or `word` of it, means nothing; `reason` says why."""

    def __init__(self, word: str, reason: str) -> None:
        super().__init__(word, reason)
        self.word = word
        self.reason = reason


class NotifyError(ReaderError):
    """The command that the rule called `rule` starts has failed; `reason` is what is known."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule, reason)
        self.rule = rule
        self.reason = reason


class VersionNotFoundError(NotFoundError):
    """The article has no text of this number; `versions` are those it has."""

    def __init__(self, article_id: int, number: int, versions: tuple[int, ...]) -> None:
        super().__init__(article_id, number, versions)
        self.article_id = article_id
        self.number = number
        self.versions = versions


class SourceExistsError(ReaderError):
    """Another source is called `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FeedExistsError(ReaderError):
    """The feed at `url` is that of `source`."""

    def __init__(self, url: str, source: str) -> None:
        super().__init__(url, source)
        self.url = url
        self.source = source


class SourceWithoutFeedError(ReaderError):
    """The source called `name` has no feed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NotFetchedError(ReaderError):
    """What is at `url` could not be had; `reason` is a problem in words."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason


class PictureError(ReaderError):
    """The picture at `url` could not be had or read; `reason` says why in words."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, reason)
        self.url = url
        self.reason = reason


class FetchStoppedError(ReaderError):
    """Whoever asked for something has stopped it before anything came of it."""


class FeedNotPageError(ReaderError):
    """A page was asked for, and what is at `url` is a feed."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class NoFeedFoundError(ReaderError):
    """What is at `url` is no feed, and names none."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


class NoLinkError(ReaderError):
    """The article has no link to a page that could be fetched."""

    def __init__(self, article_id: int) -> None:
        super().__init__(article_id)
        self.article_id = article_id


class UpdateBusyError(ReaderError):
    """Another process asks the feeds of this library; trying again later helps."""


class LibraryError(ReaderError):
    """The library at `path` cannot be used."""

    def __init__(self, path: Path, detail: str = "") -> None:
        super().__init__(path, detail)
        self.path = path
        self.detail = detail


class LibraryBusyError(LibraryError):
    """Another process holds the write lock; trying again helps."""


class LibraryNewerError(LibraryError):
    """The file was written by a later version of this program."""


class LibraryDamagedError(LibraryError):
    """SQLite reports damage, or the file is not a library."""


class LibraryUnwritableError(LibraryError):
    """The folder or file cannot be made or written (permissions, full disk)."""


class TagNameError(ReaderError):
    """`name` cannot be a tag."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class TagLetterError(ReaderError):
    """`letter` cannot be what sets a tag."""

    def __init__(self, letter: str) -> None:
        super().__init__(letter)
        self.letter = letter


class CursorError(ReaderError):
    """A page cursor that this library did not hand out."""

    def __init__(self, cursor: str) -> None:
        super().__init__(cursor)
        self.cursor = cursor


class ImportItemError(ReaderError):
    """One file, or one item of a file, cannot become an article; the rest goes on."""

    def __init__(self, path: str, reason: str, item: str = "") -> None:
        super().__init__(path, reason, item)
        self.path = path
        self.reason = reason
        self.item = item


class SettingsError(ReaderError):
    """A setting in `path` that cannot be used. `suggestion` is what could stand there, `nearest`
    what was perhaps meant; `line` is counted from 1, 0 where there is none."""

    def __init__(
        self,
        path: Path,
        line: int,
        key: str,
        reason: str,
        suggestion: str = "",
        nearest: str = "",
    ) -> None:
        super().__init__(path, line, key, reason, suggestion, nearest)
        self.path = path
        self.line = line
        self.key = key
        self.reason = reason
        self.suggestion = suggestion
        self.nearest = nearest


class EditorError(ReaderError):
    """The reader's own editor, which is called `name`, cannot be started; `reason` says why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason


class SearchUnavailableError(ReaderError):
    """The index cannot answer now; `reason` says why, and it is being rebuilt."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Obstacle(StrEnum):
    """What keeps the index from being written."""

    DISK_FULL = "disk full"
    NOT_WRITABLE = "not writable"
    OTHER = "other"


class IndexingError(ReaderError):
    """What waits cannot be indexed now; it is tried again. `detail` names the file that cannot
    be written, or what is known; it may be empty."""

    def __init__(self, obstacle: Obstacle, detail: str = "") -> None:
        super().__init__(obstacle, detail)
        self.obstacle = obstacle
        self.detail = detail


class RecogniserError(ReaderError):
    """The recogniser called `name` cannot be used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class RecogniserUnknownError(RecogniserError):
    """No recogniser is called so; `known` are those that there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(name)
        self.args = (name, known)
        self.known = known


class RecogniserMissingError(RecogniserError):
    """What it needs is not installed; it comes with the extra `extra` of this program."""

    def __init__(self, name: str, extra: str) -> None:
        super().__init__(name)
        self.args = (name, extra)
        self.extra = extra


class RecogniserFailedError(RecogniserError):
    """It cannot be loaded; `reason` is what is known."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name)
        self.args = (name, reason)
        self.reason = reason


class WorkerError(ReaderError):
    """A child process failed; `detail` is what is known, the log has the rest."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NoTerminalError(ReaderError):
    """The screen was asked for without a terminal that can show it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ExportEmptyError(ReaderError):
    """The file `path` was to hold articles, of which there are none."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class ExportExistsError(ReaderError):
    """There is a file, or a folder, where an export was to be written."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path


class DumpFormError(ReaderError):
    """A file is no dump of this form; `begins` is how it begins, "" for an empty one."""

    def __init__(self, path: str, begins: str) -> None:
        super().__init__(path)
        self.args = (path, begins)
        self.path = path
        self.begins = begins
