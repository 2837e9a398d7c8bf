"""The index on disk, kept by Whoosh: the only package that imports it.

What Whoosh does: the schema, the table of contents of each commit, the class of segments, the lock
files. What is ours: the words that go in (`index.analysis`), the files of segments and a codec by
which Whoosh's own searchers read them, writing, merging, and the answering of queries over whole
arrays, which gives the same sets, scores and orders as `index.memory`.
"""

import warnings

with warnings.catch_warnings():
    # Whoosh 2.7.4 was written before today's rules on escapes in strings.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    import whoosh.codec.base
    import whoosh.columns
    import whoosh.fields
    import whoosh.filedb.filestore
    import whoosh.formats
    import whoosh.index
    import whoosh.matching
    import whoosh.reading  # noqa: F401

from index.whoosh_backend.index import open_whoosh

__all__ = ["open_whoosh"]
