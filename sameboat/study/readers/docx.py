"""Word documents (ECMA-376, WordprocessingML): paragraphs, tables and line breaks, read in one pass."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Any

from sameboat.study.readers.archive import open_part, open_zip, xml_events
from sameboat.study.readers.shapes import Line, Lines, Unreadable
from sameboat.study.readers.tables import lines_of_row

_SPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LEFT_OUT = {"word/footnotes.xml": "Footnotes", "word/endnotes.xml": "Endnotes", "word/comments.xml": "Comments"}


def read_docx(name: str, content: bytes) -> Lines:
    """The lines of a Word document's body. Raises Unreadable."""
    with open_zip(name, content) as archive:
        part = "word/document.xml"
        if part not in archive.namelist():
            raise Unreadable(f"{name} is not a Word document inside, though its name ends so.")
        with open_part(name, archive, part) as stream:
            body = _Body()
            tags = tuple(f"{{{space}}}{tag}" for space in _SPACES for tag in ("p", "tr", "tc"))
            for event, element in xml_events(name, part, stream, tags):
                body.take(event, element)
        return Lines(body.lines, _notes(archive))


def _notes(archive: zipfile.ZipFile) -> list[str]:
    """Word puts two empty notes into every file that may have some; more than those is said."""
    sizes = {info.filename: info.file_size for info in archive.infolist()}
    return [f"{what} were left out." for part, what in _LEFT_OUT.items() if sizes.get(part, 0) > 4000]


@dataclass(slots=True)
class _Body:
    lines: list[Line] = field(default_factory=list)
    rows: list[list[list[Line]]] = field(default_factory=list)

    def take(self, event: str, element: Any) -> None:
        """A paragraph, row or cell that begins or ends. Tables may stand within cells."""
        tag = element.tag[element.tag.rindex("}") + 1 :]
        if event == "end" and tag == "p":
            target = self.rows[-1][-1] if self.rows and self.rows[-1] else self.lines
            target += _paragraph(element)
            element.clear()
        elif event == "start" and tag == "tr":
            self.rows.append([])
        elif event == "start" and tag == "tc" and self.rows:
            self.rows[-1].append([])
        elif event == "end" and tag == "tr" and self.rows:
            done = lines_of_row(self.rows.pop())
            target = self.rows[-1][-1] if self.rows and self.rows[-1] else self.lines
            target += done
            element.clear()


def _paragraph(paragraph: Any) -> list[Line]:
    """Lines of one paragraph. Deleted text of tracked changes is not there, inserted text is."""
    space = paragraph.tag[: paragraph.tag.rindex("}") + 1]
    if next(paragraph.iterancestors(_FALLBACK), None) is not None:
        return []
    text, strong, all_bold = [], 0, True
    for run in paragraph.iter(f"{space}r"):
        words = _run(run, len(space))
        text.append(words)
        if all_bold and words:
            all_bold = _is_bold(run, space)
            strong += len(words) if all_bold else 0
    lines = []
    for line in "".join(text).split("\n"):
        if line.strip():
            lines.append(Line(line, max(0, min(strong, len(line)))))
        strong -= len(line) + 1
    return lines


def _run(run: Any, prefix: int) -> str:
    parts = []
    for child in run:
        if not isinstance(child.tag, str):
            continue
        tag = child.tag[prefix:]
        if tag == "t":
            parts.append(child.text or "")
        elif tag in _SIGNS:
            parts.append(_SIGNS[tag])
    return "".join(parts)


def _is_bold(run: Any, space: str) -> bool:
    properties = run.find(f"{space}rPr")
    if properties is None:
        return False
    bold = properties.find(f"{space}b")
    if bold is not None:
        return bold.get(f"{space}val", "true") not in {"0", "false", "off", "none"}
    style = properties.find(f"{space}rStyle")
    return style is not None and "strong" in style.get(f"{space}val", "").lower()
