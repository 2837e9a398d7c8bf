"""One segment, read: words to posting lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh.reading import TermNotFound

from index.analysis.words import FormIs, StemIs, WordTest
from index.errors import IndexDamagedError
from index.whoosh_backend.codec import NO_POSTINGS, Postings, read_postings
from index.whoosh_backend.lexicon import Lexicon
from index.whoosh_backend.records import Records
from index.whoosh_backend.schema import RECORDS, from_term, to_term
from index.whoosh_backend.storage import IndexStorage, MappedFile

_KEPT_PAGES = 1 << 19
"""Bytes of posting lists that a merge reads of a segment before it gives their memory back."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """The boundary around Whoosh's reading of files of the index at `path`.

    Unreadable bytes end in whatever error they happen to lead Whoosh to, a bare Exception
    among them: all are IndexDamagedError here. A file that is missing stays FileNotFoundError,
    because another process may just have replaced it by its next commit.
    """
    try:
        yield
    except (FileNotFoundError, MemoryError):
        raise
    except Exception as error:
        raise IndexDamagedError(path, f"{type(error).__name__}: {error}") from error


class SegmentView:
    """A segment opened for reading. What is deleted from it is the reader's to leave out."""

    def __init__(self, storage: IndexStorage, schema: Any, segment: Any) -> None:
        self._path = storage.path
        self.name: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._forgotten = 0
        with reading(self._path):
            codec = segment.codec()
            self._terms = codec.terms_reader(storage, segment)
            self._postings = segment.open_file(storage, codec.POSTS_EXT)
            documents = codec.per_document_reader(storage, segment)
            column = schema[RECORDS].column_type
            self.records: Records = documents.column_reader(RECORDS, column)
            documents.close()
            self._lexicon = Lexicon(storage, segment)

    def close(self) -> None:
        self._terms.close()
        self._postings.close()
        self._lexicon.close()

    def find_words(self, field: str, test: WordTest) -> list[bytes]:
        """The terms of a field that `test` accepts."""
        if isinstance(test, FormIs):
            return [to_term(test.form)]
        if isinstance(test, StemIs):
            with reading(self._path):
                return self._lexicon.forms(field, test.stem)
        return [
            term for term in self.terms(field, to_term(test.lead)) if test.accepts(from_term(term))
        ]

    def terms(self, field: str, lead: bytes = b"") -> Iterator[bytes]:
        """The terms of a field that begin with `lead`, in order of their bytes."""
        with reading(self._path):
            for found, term in self._terms.terms_from(field, lead):
                if found != field or not term.startswith(lead):
                    return
                yield term

    def lists(self, field: str) -> Iterator[tuple[bytes, Any]]:
        """All terms of a field in order of their bytes, each with what `read` needs."""
        with reading(self._path):
            for (found, term), info in self._terms.items_from(field, b""):
                if found != field:
                    return
                yield term, info

    def read(self, info: Any) -> Postings:
        """The posting list that `lists` led to. Made for reading all of them once."""
        offset, _ = info.extent()
        if offset > self._forgotten + _KEPT_PAGES:
            self.forget_pages()
            self._forgotten = offset
        with reading(self._path):
            return read_postings(self._postings, info)

    def forget_pages(self) -> None:
        """Give back the memory of the parts of files that were read."""
        self._forgotten = 0
        for file in (self._postings, self._terms._dbfile):
            if isinstance(file, MappedFile):
                file.forget_pages()

    def postings(self, field: str, term: bytes) -> Postings:
        """The posting list of a term, empty when the segment does not hold it."""
        with reading(self._path):
            try:
                info = self._terms.term_info(field, term)
            except TermNotFound:
                return NO_POSTINGS
            return read_postings(self._postings, info)
