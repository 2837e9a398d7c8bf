"""The pieces that segments are made of: sections, posting lists, records, and when to merge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import fold
from index.api import Document
from index.whoosh_backend import postings
from index.whoosh_backend.arrays import fewest_bits, first_of_runs, high, join, low, pack
from index.whoosh_backend.building import MOST_DOCUMENTS, MOST_TOKENS
from index.whoosh_backend.postings import (
    FieldLists,
    StemReader,
    Stems,
    ValueReader,
    WordReader,
    add_values,
    add_words,
    cuts,
)
from index.whoosh_backend.records import UNKNOWN, Records, RecordsReader, add_records
from index.whoosh_backend.schema import from_term, to_term
from index.whoosh_backend.sections import (
    PAGE,
    DamagedFileError,
    Narrow,
    Sections,
    SectionWriter,
    add_narrow,
)
from index.whoosh_backend.tiers import FACTOR, Size, choose_merge
from tests.index.whoosh_files import write_file, written

INT64 = st.integers(-(2**63) + 1, 2**63 - 1)
KINDS = (np.uint8, np.uint16, np.uint32, np.int32, np.int64)


def add_all_kinds(writer: SectionWriter) -> None:
    for kind in KINDS:
        writer.add(kind.__name__, np.arange(PAGE).astype(kind))
    writer.add("nothing", np.zeros(0, np.int32))
    writer.add("strided", np.arange(100)[::7])
    writer.add("bytes", b"abc")
    writer.add("no bytes", b"")


def test_sections_are_what_was_added() -> None:
    sections = written(add_all_kinds)
    for kind in KINDS:
        found = sections.array(kind.__name__)
        assert found.dtype == kind
        assert found.tolist() == np.arange(PAGE).astype(kind).tolist()
        assert found.ctypes.data % 64 == 0
    assert sections.array("strided").tolist() == list(range(0, 100, 7))
    assert sections.bytes("bytes") == b"abc"
    assert sections.bytes("no bytes") == b""
    assert len(sections.column("nothing")) == len(sections.array("nothing")) == 0
    assert "bytes" in sections
    assert "byte" not in sections
    sections.check()


@pytest.mark.parametrize("data", [b"[", b"[" * 100_000, b"\xff", b"5", b'{"a": "b"}', b'["a", 5]'])
def test_texts_that_are_none_are_damage(data: bytes) -> None:
    sections = written(lambda writer: writer.add("x", data))
    with pytest.raises(DamagedFileError):
        sections.texts("x")


def test_parts_of_a_section_are_read() -> None:
    column = written(lambda writer: writer.add("x", np.arange(0, 90_000, 3))).column("x")
    assert len(column) == 30_000
    assert column[10:12].tolist() == [30, 33]
    assert column[29_999:40_000].tolist() == [89_997]
    assert column[7:3].tolist() == column[40_000:].tolist() == []
    assert column.at(29_999) == 89_997


@pytest.mark.parametrize("size", [0, 1, PAGE - 64, PAGE - 63, PAGE, 3 * PAGE - 64])
def test_every_page_is_checked(tmp_path: Path, size: int) -> None:
    def write(writer: SectionWriter) -> None:
        writer.add("first", bytes(size))
        writer.add("second", b"x" * 100)

    path = tmp_path / "file"
    checksum = write_file(path, write)
    whole = path.read_bytes()
    for at in [*range(0, len(whole), PAGE // 2), PAGE - 1, PAGE, len(whole) - 1]:
        if at < len(whole):
            changed = bytearray(whole)
            changed[at] ^= 1
            damaged = tmp_path / f"damaged{at}"
            damaged.write_bytes(changed)
            with pytest.raises(DamagedFileError):
                Sections(damaged, checksum).check()
    Sections(path, checksum).check()
    with pytest.raises(DamagedFileError):
        Sections(path, checksum ^ 1)


def test_a_file_may_end_with_a_page(tmp_path: Path) -> None:
    data = bytes(range(256)) * (PAGE // 256)
    path = tmp_path / "file"
    checksum = write_file(path, lambda writer: writer.add("x", data[64:]))
    sections = Sections(path, checksum)
    sections.check()
    assert sections.bytes("x") == data[64:]


def test_a_damaged_page_leaves_the_others_readable(tmp_path: Path) -> None:
    def write(writer: SectionWriter) -> None:
        writer.add("x", np.zeros(4 * PAGE, np.uint8))

    path = tmp_path / "file"
    checksum = write_file(path, write)
    changed = bytearray(path.read_bytes())
    changed[2 * PAGE + 5] = 1
    path.write_bytes(changed)
    column = Sections(path, checksum).column("x")
    assert not column[: 2 * PAGE - 64].any()
    for _ in range(2):
        with pytest.raises(DamagedFileError, match=f"byte {2 * PAGE}"):
            column.at(2 * PAGE)
    assert not column[3 * PAGE - 64 :].any()


def test_memory_is_given_back_after_so_many_bytes() -> None:
    sections = written(lambda writer: writer.add("x", np.arange(1000)))
    found = sections.array("x")
    sections.forget_when_full(8000)
    assert sections.touched == 8000
    sections.forget_when_full(7999)
    assert sections.touched == 0
    assert found.tolist() == list(range(1000))


@given(
    values=st.lists(
        st.integers(0, 300) | st.sampled_from((65_535, 65_536, 2**32 - 1)), max_size=40
    ),
    kind=st.sampled_from((np.uint8, np.uint16)),
    start=st.integers(0, 40),
    size=st.integers(0, 40),
)
@settings(deadline=None)
@example(values=[255, 256], kind=np.uint8, start=0, size=1)
def test_numbers_that_do_not_fit_stand_beside(
    values: list[int], kind: type[np.uint8] | type[np.uint16], start: int, size: int
) -> None:
    array = fewest_bits(np.array(values, np.int64))
    sections = written(lambda writer: add_narrow(writer, "x", array, kind))
    narrow = Narrow(sections, "x")
    assert narrow[:].tolist() == values
    assert narrow[start : start + size].tolist() == values[start : start + size]
    assert sections.array("x").dtype == kind


@given(st.lists(st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**32 - 1)), max_size=20))
def test_packed_pairs_sort_as_pairs_do(pairs: list[tuple[int, int]]) -> None:
    rows = np.array(pairs, np.int64).reshape(-1, 2)
    packed = np.sort(pack(rows[:, 0], rows[:, 1]))
    assert list(zip(high(packed).tolist(), low(packed).tolist(), strict=True)) == sorted(pairs)


def test_nothing_joined_is_nothing() -> None:
    assert join([], np.int32).dtype == np.int32
    assert not len(first_of_runs(np.zeros(0), np.zeros(0)))


@given(st.lists(st.integers(0, 12), max_size=30), st.integers(1, 12))
def test_work_is_cut_into_bounded_steps(sizes: list[int], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "AT_ONCE", most)
        found = list(cuts(np.array(sizes, np.int64)))
    assert [place for first, last in found for place in range(first, last)] == list(
        range(len(sizes))
    )
    for first, last in found:
        assert last - first == 1 or sum(sizes[first:last]) <= most


Places = dict[str, dict[int, list[int]]]
"""Of each word the places in each document."""

tokens = st.tuples(st.text("abé", min_size=1, max_size=3), st.integers(1, 3) | st.just(70_000))
texts = st.lists(st.lists(tokens, max_size=12), min_size=1, max_size=6)


def read_texts(texts: Sequence[Sequence[tuple[str, int]]]) -> tuple[FieldLists, Places]:
    """The lists of some texts, of which each token says how far it is from the one before."""
    rows = [
        (word, doc, place)
        for doc, text in enumerate(texts)
        for (word, _), place in zip(text, accumulate(step for _, step in text), strict=True)
    ]
    words = list(dict.fromkeys(word for word, _, _ in rows))
    numbers = np.array([words.index(word) for word, _, _ in rows], np.int32)
    docs = np.array([doc for _, doc, _ in rows], np.int32)
    made = FieldLists.of_tokens(words, numbers, docs, np.array([p for *_, p in rows], np.int64))
    places: Places = {word: {} for word in words}
    for word, doc, place in rows:
        places[word].setdefault(doc, []).append(place)
    return made, places


def check_list(reader: WordReader, ordinal: int, expected: dict[int, list[int]]) -> None:
    assert reader.docs(ordinal).tolist() == list(expected)
    assert reader.row(ordinal)[1].tolist() == list(map(len, expected.values()))
    assert reader.places(ordinal).tolist() == [p for row in expected.values() for p in row]


@given(texts)
@settings(deadline=None)
def test_posting_lists_are_those_of_a_plain_dict(texts: list[list[tuple[str, int]]]) -> None:
    made, places = read_texts(texts)
    reader = WordReader(written(lambda writer: add_words(writer, "f", made)), "f")
    terms = sorted(map(to_term, places))
    assert reader.dictionary.terms(0, len(terms)) == terms
    rows = [places[from_term(term)] for term in terms]
    for ordinal, row in enumerate(rows):
        check_list(reader, ordinal, row)
    assert reader.sizes(0, len(rows)).tolist() == list(map(len, rows))
    lists, read = reader.lists(0, len(rows))
    assert lists.sizes.tolist() == list(map(len, rows))
    assert lists.docs.tolist() == reader.docs_of_range(0, len(rows)).tolist()
    assert lists.docs.tolist() == [doc for row in rows for doc in row]
    assert lists.counts.tolist() == [len(row[doc]) for row in rows for doc in row]
    assert read.tolist() == [place for row in rows for doc in row for place in row[doc]]
    for chosen in (range(0), range(0, len(rows), 2), range(len(rows))):
        ordinals = np.array(chosen, np.int64)
        assert reader.docs_of(ordinals).tolist() == [doc for one in chosen for doc in rows[one]]
        wanted = np.arange(len(texts)) % 2 == 0
        placed = np.sort(reader.placed(ordinals, wanted))
        found = list(zip(high(placed).tolist(), low(placed).tolist(), strict=True))
        assert sorted(found) == sorted(
            (doc, place) for one in chosen for doc in rows[one] if wanted[doc]
            for place in rows[one][doc]
        )  # fmt: skip


@given(texts, st.sampled_from((2, 1 << 20)))
@settings(deadline=None)
def test_stems_lead_to_their_forms(texts: list[list[tuple[str, int]]], at_once: int) -> None:
    made, places = read_texts(texts)
    stems = sorted({word[:1] for word in places}, key=to_term)
    of_forms = np.array([stems.index(from_term(term)[:1]) for term in made.terms], np.int64)
    given_stems = Stems(list(map(to_term, stems)), of_forms)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "AT_ONCE", at_once)
        reader = StemReader(written(lambda writer: add_words(writer, "f", made, given_stems)), "f")
    read = reader.of_forms()
    assert read.terms == given_stems.terms
    assert read.of_forms.tolist() == of_forms.tolist()
    for stem in stems:
        forms = [at for at, term in enumerate(made.terms) if from_term(term)[:1] == stem]
        assert reader.forms_of(stem).tolist() == forms
        number = reader.find_stem(stem)
        assert number is not None
        counted = {
            doc: sum(len(places[from_term(made.terms[at])].get(doc, ())) for at in forms)
            for doc in range(len(texts))
        }
        assert dict(
            zip(reader.docs(number).tolist(), reader.row(number)[1].tolist(), strict=True)
        ) == {doc: count for doc, count in counted.items() if count}
    assert reader.find_stem("z") is None
    assert not len(reader.forms_of("z"))
    for ordinal, term in enumerate(made.terms):
        check_list(reader, ordinal, places[from_term(term)])


def test_lists_of_values_hold_documents_alone() -> None:
    numbers, docs = np.array([1, 0, 1]), np.array([0, 2, 2])
    made = FieldLists.of_tokens(["en", "de"], numbers, docs, docs)
    reader = ValueReader(written(lambda writer: add_values(writer, "lang", made)), "lang")
    assert reader.dictionary.terms(0, 2) == [b"de", b"en"]
    assert [reader.docs(one).tolist() for one in range(2)] == [[0, 2], [2]]


def test_a_word_that_is_met_very_often() -> None:
    made, places = read_texts([[("b", 1), ("a", 300)], [("a", 1)] * 300, [("b", 70_000)] * 3])
    reader = WordReader(written(lambda writer: add_words(writer, "f", made)), "f")
    for ordinal, word in enumerate(("a", "b")):
        check_list(reader, ordinal, places[word])


strings = st.text(max_size=8)
documents = st.builds(
    Document,
    id=INT64,
    title=strings,
    text=st.just(""),
    added=INT64,
    published=st.none() | INT64,
    source=strings,
    lang=strings,
    entities=st.sets(INT64 | st.integers(-3, 12), max_size=30).map(tuple),
)
collections = st.lists(documents, min_size=1, max_size=8, unique_by=lambda one: one.id)


@given(collections, st.data())
@settings(deadline=None)
def test_records_are_read_as_they_were(found: list[Document], data: st.DataObject) -> None:
    lengths = np.array(data.draw(st.lists(st.integers(0, 2**32 - 1), min_size=len(found),
                                          max_size=len(found))), np.int64)  # fmt: skip
    records = Records.of(found, lengths, lengths[::-1])
    reader = RecordsReader(written(lambda writer: add_records(writer, records)))
    read = reader.all()
    assert len(reader) == len(read) == len(found)
    assert read.ids.tolist() == [one.id for one in found]
    assert read.added.tolist() == [one.added for one in found]
    assert read.published.tolist() == [
        UNKNOWN if one.published is None else one.published for one in found
    ]
    assert read.when.tolist() == reader.when.tolist() == records.when.tolist()
    assert read.title_lengths.tolist() == lengths.tolist()
    assert read.text_lengths.tolist() == lengths[::-1].tolist()
    for labels, name in ((read.sources, "source"), (read.langs, "lang")):
        assert [labels.table[ref] for ref in labels.refs] == [getattr(one, name) for one in found]
    titles = [fold(one.title) for one in found]
    assert list(map(from_term, read.titles)) == titles
    some = np.arange(0, len(found), 17)
    assert list(map(from_term, reader.titles_of(some))) == titles[::17]
    ranks = reader.title_ranks.tolist()
    assert sorted(range(len(found)), key=lambda doc: (ranks[doc], doc)) == sorted(
        range(len(found)), key=lambda doc: (to_term(titles[doc]), doc)
    )
    entities = iter(read.entity_ids.tolist())
    for one, count in zip(found, read.entity_counts.tolist(), strict=True):
        assert tuple(next(entities) for _ in range(count)) == one.entities


@given(collections, st.data())
@settings(deadline=None)
def test_some_documents_are_found_by_id(found: list[Document], data: st.DataObject) -> None:
    nothing = np.zeros(len(found), np.int64)
    records = Records.of(found, nothing, nothing)
    reader = RecordsReader(written(lambda writer: add_records(writer, records)))
    known = st.sampled_from([one.id for one in found])
    wanted = data.draw(st.sets(known | INT64, max_size=10))
    mask = reader.mask_of(np.array(sorted(wanted), np.int64))
    assert mask.tolist() == [one.id in wanted for one in found]
    chosen = data.draw(st.sets(st.integers(0, len(found) - 1)).map(sorted))
    refs = reader.entity_refs(np.array(chosen, np.int64))
    entities = [entity for doc in chosen for entity in found[doc].entities]
    assert reader.entity_ids[refs].tolist() == entities
    picked = records.at(np.array(chosen, np.int64))
    assert picked.ids.tolist() == [found[doc].id for doc in chosen]
    assert picked.entity_ids.tolist() == entities


def of(live: int, deleted: int = 0, tokens: int = 0) -> Size:
    return Size(live, deleted, tokens)


def test_as_many_of_one_size_become_one() -> None:
    sizes = [of(9), of(20), of(3000), *[of(40)] * (FACTOR - 3)]
    assert choose_merge(sizes) == []
    assert sorted(choose_merge([*sizes, of(63)])) == [0, 1, 3, 4, 5, 6, 7, 8]
    assert choose_merge([*sizes, of(64)]) == []


def test_the_smallest_are_merged_first() -> None:
    sizes = [*[of(100)] * FACTOR, *[of(3)] * FACTOR]
    assert sorted(choose_merge(sizes)) == list(range(FACTOR, 2 * FACTOR))


def test_what_is_mostly_deleted_is_rewritten() -> None:
    assert choose_merge([of(10, 10), of(500, 501), of(9, 20)]) == [1]
    assert choose_merge([of(10, 10)]) == []
    assert choose_merge([]) == []


def test_only_so_many_are_merged_as_fit() -> None:
    assert len(choose_merge([of(10_000)] * FACTOR)) == MOST_DOCUMENTS // 10_000
    assert len(choose_merge([of(9, tokens=MOST_TOKENS // 5)] * FACTOR)) == 5
    assert choose_merge([of(20_000)] * 2) == [0, 1]
    assert choose_merge([of(20_000), of(1_000)]) == []
    assert choose_merge([of(40_000)] * FACTOR) == []
    # Those of a larger size are merged even when smaller ones do not fit.
    full = [of(9, tokens=MOST_TOKENS)] * FACTOR
    assert sorted(choose_merge([*full, *[of(100)] * FACTOR])) == list(range(FACTOR, 2 * FACTOR))


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=400))
@settings(deadline=None)
def test_few_segments_are_left(commits: list[int]) -> None:
    sizes: list[int] = []
    for documents in commits:
        sizes.append(documents)
        while chosen := choose_merge([of(size) for size in sizes]):
            assert sum(sizes[at] for at in chosen) <= MOST_DOCUMENTS
            merged = sum(sizes[at] for at in chosen)
            sizes = [size for at, size in enumerate(sizes) if at not in chosen] + [merged]
    assert sum(sizes) == sum(commits)
    # Of the large ones no two fit in one; of each of five sizes below them some are left.
    assert len(sizes) <= 2 * sum(commits) // MOST_DOCUMENTS + 1 + 5 * (FACTOR - 1)
