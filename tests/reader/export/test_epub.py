"""The book: a container as EPUB 3 asks for (OCF 3.3), with chapters of well-formed XHTML."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

from reader.export.epub import write_epub
from reader.export.flow import flow_of
from tests.reader.export.samples import NOTES, RICH, article

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_a_book(tmp_path: Path) -> None:
    path = tmp_path / "book.epub"
    flows = [flow_of(RICH, NOTES), flow_of(article("<&>", title="A < B & C", article_id=8))]
    assert write_epub(path, "grain & <deal>", flows) == 2
    with zipfile.ZipFile(path) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert book.read("mimetype") == b"application/epub+zip"
        container = ET.fromstring(book.read("META-INF/container.xml"))
        (root,) = [one.get("full-path") for one in container.iter() if one.get("full-path")]
        package = ET.fromstring(book.read(str(root)))
        names = {f"EPUB/{one.get('href')}" for one in package.iter(f"{OPF}item")}
        assert names <= set(book.namelist())
        assert len(list(package.iter(f"{OPF}itemref"))) == 2
        pages = [ET.fromstring(book.read(one)) for one in sorted(names) if "page" in one]
        titles = ["".join(page.find(f".//{XHTML}h2").itertext()) for page in pages]  # type: ignore[union-attr]
        assert titles == ["Ferry & tide [again]", "A < B & C"]
        contents = ET.fromstring(book.read("EPUB/toc.xhtml"))
        links = [one.text for one in contents.iter(f"{XHTML}a")]
        assert links == titles
        ET.fromstring(book.read("EPUB/toc.ncx"))
        assert "grain & <deal>" in "".join(package.itertext())
