"""The words a person reads: errors explained, numbers of things."""

from __future__ import annotations

from functools import singledispatch

from index.errors import (
    IndexBusyError,
    IndexUnusableError,
    QuerySyntaxError,
    SearchIndexError,
    SyntaxProblem,
)
from reader.clean import clean_line, strip_unsafe
from reader.errors import (
    AmbiguousSourceError,
    ArticleNotFoundError,
    CursorError,
    DeedsError,
    DumpFormError,
    EditorError,
    EntityNotFoundError,
    EventNotReachableError,
    EventObstacle,
    EventStaysError,
    ExportEmptyError,
    ExportExistsError,
    FeedExistsError,
    FeedNotPageError,
    FetchStoppedError,
    FormNotFoundError,
    ImportItemError,
    IndexingError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
    LibraryUnwritableError,
    NoFeedFoundError,
    NoLinkError,
    NoteNotFoundError,
    NoTerminalError,
    NotFetchedError,
    NotifyError,
    Obstacle,
    PictureError,
    PlaceNotFoundError,
    QuoteNotFoundError,
    ReaderError,
    RecogniserError,
    RecogniserFailedError,
    RecogniserMissingError,
    RecogniserUnknownError,
    SameEntityError,
    SavedNameError,
    SavedSearchExistsError,
    SavedSearchNotFoundError,
    SearchUnavailableError,
    SettingsError,
    SourceExistsError,
    SourceNotFoundError,
    SourceWithoutFeedError,
    TagLetterError,
    TagNameError,
    TagNotFoundError,
    UpdateBusyError,
    VersionNotFoundError,
    WorkerError,
)

PLAIN_COMMANDS = "dateline list, dateline search QUERY, dateline show ID"


def explain(error: BaseException) -> str:
    """One or two sentences: what happened, and what to do about it. One line, safe to print."""
    return strip_unsafe(_explain(error))


@singledispatch
def _explain(error: BaseException) -> str:
    return f"something went wrong: {error}"


@_explain.register
def _(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"the system refused: {error.strerror or error}{where}"


@_explain.register
def _(error: QuerySyntaxError) -> str:
    found = f' "{error.found}"' if error.found else ""
    hint = f': did you mean "{error.suggestion}"?' if error.suggestion else ""
    if error.choices:
        like = "for example" if error.problem is SyntaxProblem.BAD_DATE else "one of"
        hint += f"{' It is' if hint else ':'} {like} {', '.join(error.choices)}"
    return f"{_PROBLEMS[error.problem].format(found=found)} at {error.start + 1}{hint}"


_PROBLEMS = {
    SyntaxProblem.UNKNOWN_FIELD: "unknown field{found}",
    SyntaxProblem.UNKNOWN_VALUE: "unknown value{found}",
    SyntaxProblem.UNKNOWN_SAVED: "no saved search is called{found}",
    SyntaxProblem.SAVED_CYCLE: "a saved search cannot ask for itself,{found}",
    SyntaxProblem.SAVED_WRONG: "a saved search that cannot be answered,{found}",
    SyntaxProblem.BAD_DATE: "not a date{found}",
    SyntaxProblem.BAD_SORT: "no such order{found}",
    SyntaxProblem.BAD_NUMBER: "not a number in range{found}",
    SyntaxProblem.OPEN_QUOTE: "a quote is not closed",
    SyntaxProblem.OPEN_GROUP: "a bracket is not closed",
    SyntaxProblem.STRAY_CLOSE: "a closing bracket without an opening one",
    SyntaxProblem.MISSING_TERM: "something to search is missing{found}",
    SyntaxProblem.MISSING_VALUE: "a value is missing after{found}",
    SyntaxProblem.LEADING_WILDCARD: "a word cannot start with a wildcard{found}",
    SyntaxProblem.TOO_DEEP: "too many brackets inside one another",
    SyntaxProblem.TOO_LONG: "the query is too long",
}


@_explain.register
def _(error: IndexUnusableError) -> str:
    return f"the index cannot be used ({error.reason}); `dateline index rebuild` makes a new one"


@_explain.register
def _(_error: IndexBusyError) -> str:
    return "another process is writing to the index; try again in a moment"


@_explain.register
def _(error: SearchIndexError) -> str:
    return f"the index failed: {error}; `dateline index rebuild` makes a new one"


@_explain.register
def _(error: ReaderError) -> str:
    return f"something went wrong: {error}"


@_explain.register
def _(error: ArticleNotFoundError) -> str:
    return f"there is no article {error.article_id}"


@_explain.register
def _(error: EntityNotFoundError) -> str:
    return f"there is no entity {error.entity_id}"


@_explain.register
def _(error: FormNotFoundError) -> str:
    return f'no article writes the name of {error.name} as "{error.form}"'


@_explain.register
def _(error: PlaceNotFoundError) -> str:
    return f"article {error.article_id} has no text from {error.start} to {error.end}"


@_explain.register
def _(error: NoteNotFoundError) -> str:
    return f"there is no note {error.note_id}"


@_explain.register
def _(error: QuoteNotFoundError) -> str:
    return f'article {error.article_id} does not say "{error.quote}"'


@_explain.register
def _(error: TagNotFoundError) -> str:
    hint = f'did you mean "{error.suggestion}"?' if error.suggestion else _TAGS
    return f'there is no tag "{error.name}"; {hint}'


_TAGS = "`dateline tags` lists them"


@_explain.register
def _(error: TagLetterError) -> str:
    return f'a tag is set by one letter or digit, not by "{error.letter}"'


@_explain.register
def _(error: EventNotReachableError) -> str:
    return f"no change {error.event_id} can be gone to; `dateline history` lists them"


_STAYS = {
    EventObstacle.UNDONE: "it is undone already",
    EventObstacle.CAN_REDO: "it can still be redone",
    EventObstacle.STANDS: "it is not undone",
    EventObstacle.KIND: "corrections of names build on one another: undo goes back in order",
    EventObstacle.CHANGED: "nothing of it is left: all was changed since",
}


@_explain.register
def _(error: EventStaysError) -> str:
    return f"the change stays as it is; {_STAYS[error.obstacle]}"


@_explain.register
def _(error: SameEntityError) -> str:
    return f"both are {error.name} already"


@_explain.register
def _(error: SourceNotFoundError) -> str:
    hint = f'did you mean "{error.suggestion}"?' if error.suggestion else _LISTED
    return f'there is no source "{error.name}"; {hint}'


_LISTED = "`dateline sources` lists them"


@_explain.register
def _(error: AmbiguousSourceError) -> str:
    named = [f'"{name}"' for name in error.candidates[:_NAMED]]
    more = len(error.candidates) - len(named)
    last = f"{more} more" if more else named.pop()
    return f'"{error.name}" may be {", ".join(named)} or {last}'


_NAMED = 5


@_explain.register
def _(error: VersionNotFoundError) -> str:
    there = ", ".join(map(str, error.versions))
    return f"article {error.article_id} has no version {error.number}; there is {there}"


@_explain.register
def _(error: SourceExistsError) -> str:
    return f'there is a source "{error.name}" already'


@_explain.register
def _(error: SourceWithoutFeedError) -> str:
    return f'"{error.name}" has no feed: its articles came from files; `dateline add URL` adds one'


@_explain.register
def _(error: FeedExistsError) -> str:
    return f'{error.url} is the feed of "{error.source}" already'


@_explain.register
def _(error: NotFetchedError) -> str:
    return f"{error.url}: {error.reason}"


@_explain.register
def _(error: PictureError) -> str:
    # Addresses of pictures are long: why there is none comes first.
    return f"no picture: {error.reason} · {error.url}"


@_explain.register
def _(_error: FetchStoppedError) -> str:
    return "stopped; nothing was changed"


@_explain.register
def _(error: FeedNotPageError) -> str:
    return f"{error.url} is a feed and no page; `dateline add {error.url}` subscribes to it"


@_explain.register
def _(error: NoFeedFoundError) -> str:
    return (
        f"{error.url} is no feed and names none. If the site has one, give its own address; "
        "`dateline save URL` keeps the page itself"
    )


@_explain.register
def _(error: NoLinkError) -> str:
    return f"article {error.article_id} has no link to a page"


@_explain.register
def _(_error: UpdateBusyError) -> str:
    return "another process is asking the feeds for news; try again when it is done"


@_explain.register
def _(error: LibraryError) -> str:
    return f"the library {error.path} cannot be used: {error.detail}"


@_explain.register
def _(error: LibraryBusyError) -> str:
    return f"another process is writing to the library {error.path}; try again in a moment"


@_explain.register
def _(error: LibraryNewerError) -> str:
    return (
        f"the library {error.path} was written by a later version of dateline; "
        "update dateline to open it. Nothing was changed"
    )


@_explain.register
def _(error: LibraryDamagedError) -> str:
    return (
        f"the library {error.path} is damaged or is not a library ({error.detail}). "
        "Nothing was changed: restore a copy, or name another folder with --library"
    )


@_explain.register
def _(error: LibraryUnwritableError) -> str:
    return (
        f"the library {error.path} cannot be written ({error.detail}); "
        "check the free space and the permissions of the folder"
    )


@_explain.register
def _(error: TagNameError) -> str:
    return f'"{error.name}" cannot be a tag: {error.reason}'


@_explain.register
def _(error: SavedSearchNotFoundError) -> str:
    hint = f'did you mean "{error.suggestion}"?' if error.suggestion else _SAVED
    return f'no saved search is called "{error.name}"; {hint}'


_SAVED = "`dateline saved` lists them"


@_explain.register
def _(error: SavedSearchExistsError) -> str:
    return f'a saved search is called "{error.name}" already'


@_explain.register
def _(error: SavedNameError) -> str:
    return f'a search cannot be saved as "{error.name}": {error.reason}'


@_explain.register
def _(error: NotifyError) -> str:
    return f'the command of the rule "{error.rule}" failed: {error.reason}'


@_explain.register
def _(error: DeedsError) -> str:
    word = f'"{error.word}": ' if error.word else ""
    return f"{word}{error.reason}"


@_explain.register
def _(error: CursorError) -> str:
    return f'"{error.cursor}" is not a cursor that dateline handed out'


@_explain.register
def _(error: ImportItemError) -> str:
    item = f", {error.item}" if error.item else ""
    return f"{error.path}{item}: {error.reason}"


@_explain.register
def _(error: SettingsError) -> str:
    return f"{error.path}, {_setting(error)}" if error.line else f"{error.path}: {_setting(error)}"


def tell_setting(error: SettingsError) -> str:
    """What is wrong in a settings file, for those who know which; one line, safe to print."""
    return clean_line(_setting(error))


_KEY = 80
"""Code points of the name of a setting that are told."""

_REASON = 400


def _setting(error: SettingsError) -> str:
    where = f"line {error.line}: " if error.line else ""
    key = f"{clean_line(error.key, _KEY)}: " if error.key else ""
    hint = f" ({error.suggestion})" if error.suggestion else ""
    if error.nearest:
        hint = f"; did you mean {error.nearest}?"
    return f"{where}{key}{clean_line(error.reason, _REASON)}{hint}"


@_explain.register
def _(error: EditorError) -> str:
    return (
        f'the editor "{error.name}" cannot be started ({error.reason}); '
        f"VISUAL or EDITOR names another"
    )


@_explain.register
def _(error: SearchUnavailableError) -> str:
    return (
        f"the index is being built ({error.reason}); the list and the articles are there meanwhile"
    )


@_explain.register
def _(error: IndexingError) -> str:
    return f"indexing stopped: {_OBSTACLES[error.obstacle].format(detail=error.detail)}"


_OBSTACLES = {
    Obstacle.DISK_FULL: "no space left on the disk; it goes on when there is room",
    Obstacle.NOT_WRITABLE: "{detail} cannot be written; it goes on when the permissions allow it",
    Obstacle.OTHER: "{detail}; it is tried again, and log.txt in the library has more",
}


@_explain.register
def _(error: RecogniserError) -> str:
    return f"the recogniser {error.name!r} cannot be used"


@_explain.register
def _(error: RecogniserUnknownError) -> str:
    if f"{error.name}:MODEL" in error.known:
        return f"the recogniser {error.name!r} needs a model: {error.name}:MODEL"
    return f"no recogniser is called {error.name!r}; there are {', '.join(error.known)}"


@_explain.register
def _(error: RecogniserMissingError) -> str:
    return (
        f"{error.name} needs packages that are not installed;"
        f" install them with: pip install 'dateline[{error.extra}]'"
    )


@_explain.register
def _(error: RecogniserFailedError) -> str:
    return f"the recogniser {error.name!r} cannot be loaded: {error.reason}"


@_explain.register
def _(error: WorkerError) -> str:
    return f"a background process failed ({error.detail}); log.txt in the library has more"


@_explain.register
def _(error: NoTerminalError) -> str:
    return f"the reader needs a terminal ({error.reason}). Without one: {PLAIN_COMMANDS}"


@_explain.register
def _(error: DumpFormError) -> str:
    begins = f"it begins with {error.begins!r}" if error.begins else "it is empty"
    return f"{error.path} is no dump that this version can read: {begins}"


@_explain.register
def _(error: ExportEmptyError) -> str:
    return f"nothing to export; {error.path} is not written"


@_explain.register
def _(error: ExportExistsError) -> str:
    return f"{error.path} is there already, and stays: give another name"


def count(number: int, noun: str) -> str:
    """A number with its noun, as in "1 article", "1,204 articles"."""
    plural = f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"
