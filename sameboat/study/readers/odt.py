"""OpenDocument text (ODF 1.3): paragraphs, headings, tables, spaces and tabs, read in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sameboat.study.readers.archive import open_part, open_zip, read_part, xml_events
from sameboat.study.readers.shapes import Line, Lines, Unreadable
from sameboat.study.readers.tables import lines_of_row

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WEIGHT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}font-weight"
_ASIDE = {f"{_TEXT}note": "Footnotes", f"{_OFFICE}annotation": "Comments", f"{_TEXT}tracked-changes": "Deleted text"}
_TAGS = (f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-row", f"{_TABLE}table-cell", f"{_STYLE}style", *_ASIDE)
_SPACES = re.compile(r"[ \t\r\n]+")
_MANIFEST = "META-INF/manifest.xml"


def read_odt(name: str, content: bytes) -> Lines:
    """The lines of an OpenDocument text. Raises Unreadable."""
    with open_zip(name, content) as archive:
        parts = archive.namelist()
        if "content.xml" not in parts:
            raise Unreadable(f"{name} is not an OpenDocument text inside, though its name ends so.")
        if _MANIFEST in parts and b"encryption-data" in read_part(name, archive, _MANIFEST, 2**20):
            raise Unreadable(f"{name} is locked with a password. Save it without one, and choose it again.")
        with open_part(name, archive, "content.xml") as stream:
            body = _Body()
            for event, element in xml_events(name, "content.xml", stream, _TAGS):
                body.take(event, element)
    return Lines(body.lines, [f"{what} were left out." for what in sorted(body.left_out)])


@dataclass(slots=True)
class _Body:
    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)
    bold: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    asides: int = 0

    def take(self, event: str, element: Any) -> None:
        """A paragraph, row, cell or style that begins or ends; what stands in a note or comment is not the text."""
        tag = element.tag
        if tag in _ASIDE:
            self.asides += 1 if event == "start" else -1
            self.left_out.add(_ASIDE[tag])
        elif self.asides:
            return
        elif event == "start":
            self._open(tag)
        elif tag == f"{_STYLE}style":
            self._style(element)
        elif tag == f"{_TABLE}table-row" and self.rows:
            self._put(lines_of_row(self.rows.pop()))
            element.clear()
        elif tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            self._put(self._paragraph(element))
            element.clear()

    def _open(self, tag: str) -> None:
        if tag == f"{_TABLE}table-row":
            self.rows.append([])
        elif tag == f"{_TABLE}table-cell" and self.rows:
            self.rows[-1].append([])

    def _put(self, lines: list[Line]) -> None:
        target = self.rows[-1][-1] if self.rows and self.rows[-1] else self.lines
        target += lines

    def _style(self, style: Any) -> None:
        if any(properties.get(_WEIGHT) in {"bold", "600", "700", "800", "900"} for properties in style):
            self.bold.add(style.get(f"{_STYLE}name", ""))

    def _paragraph(self, paragraph: Any) -> list[Line]:
        pieces: list[tuple[str, bool]] = []
        self._gather(paragraph, pieces, paragraph.get(f"{_TEXT}style-name") in self.bold)
        text, strong, leading = "", 0, True
        for piece, bold in pieces:
            leading = leading and (bold or not piece.strip())
            strong += len(piece) if leading else 0
            text += piece
        lines = []
        for line in text.split("\n"):
            if line.strip():
                lines.append(Line(line, max(0, min(strong, len(line)))))
            strong -= len(line) + 1
        return lines

    def _gather(self, element: Any, pieces: list[tuple[str, bool]], bold: bool) -> None:
        """White space in the file is one space (ODF 1.3, part 3, 6.1.2); what was meant stands in elements."""
        pieces.append((_one_space(element.text), bold))
        for child in element:
            tag = child.tag
            if tag == f"{_TEXT}s":
                pieces.append((" " * min(int(child.get(f"{_TEXT}c", "1")), 1000), bold))
            elif tag == f"{_TEXT}tab":
                pieces.append(("\t", bold))
            elif tag == f"{_TEXT}line-break":
                pieces.append(("\n", bold))
            elif isinstance(tag, str) and tag.startswith(_TEXT) and tag not in _ASIDE:
                self._gather(child, pieces, bold or child.get(f"{_TEXT}style-name") in self.bold)
            pieces.append((_one_space(child.tail), bold))


def _one_space(text: str | None) -> str:
    return _SPACES.sub(" ", text) if text else ""
