"""The index on disk, kept by Whoosh: the only package that imports it.

What Whoosh does: term dictionaries, posting lists, segments, the table of contents of each
commit, the write lock. What is ours: the words that go in (`index.analysis`), one writing and
one merging pass without its writer, and the answering of queries over whole posting lists as
sets, which gives the same sets, scores and orders as `index.memory`.
"""

import warnings

with warnings.catch_warnings():
    # Whoosh 2.7.4 was written before today's rules on escapes in strings.
    warnings.simplefilter("ignore", SyntaxWarning)
    warnings.simplefilter("ignore", DeprecationWarning)
    import whoosh.codec.whoosh3
    import whoosh.columns
    import whoosh.fields
    import whoosh.filedb.filestore
    import whoosh.formats
    import whoosh.index  # noqa: F401

from index.whoosh_backend.index import open_whoosh

__all__ = ["open_whoosh"]
