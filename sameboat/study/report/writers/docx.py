"""A report as a Word document (ECMA-376), with headings, lists, tables and pictures that are what they say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml.parser import oxml_parser
from docx.shared import Mm
from lxml import etree

from sameboat.study.pace import along
from sameboat.study.report.shapes import (
    Block,
    Bullets,
    Heading,
    NewPage,
    Paragraph,
    Picture,
    Quotation,
    Report,
    Run,
    Table,
)
from sameboat.study.report.writers.parts import across_pages, facts_of, is_number, runs_of, whose, words_of
from sameboat.study.report.writers.pictures import drawn, fitted
from sameboat.study.text.plain import storable

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WIDTH_MM, _HEIGHT_MM = 150.0, 200.0


def write_docx(report: Report) -> bytes:
    """The report as docx. Paragraphs are made as XML at once, which is many times quicker than one by one."""
    document = docx.Document()
    document.core_properties.title = storable(report.title)[:255]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = report.language
    writer = _Writer(document)
    writer.add(_paragraph("Title", (Run(storable(report.title)),)))
    for name, value in facts_of(report):
        writer.add(_paragraph(None, (Run(f"{name}: ", strong=True), Run(value))))
    for block in along(report.body):
        writer.block(block)
    writer.flush()
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


class _Writer:
    """Gathers paragraphs as XML and puts them into the body before the next picture, and at the end."""

    def __init__(self, document: Any) -> None:
        self._document, self._waiting = document, list[str]()

    def add(self, xml: str) -> None:
        self._waiting.append(xml)

    def flush(self) -> None:
        """What has been gathered goes into the body, before the section's own properties at its end."""
        if self._waiting:
            body = self._document.element.body
            whole = etree.fromstring(f'<w:body xmlns:w="{_SPACE}">{"".join(self._waiting)}</w:body>', oxml_parser)
            at = len(body) - 1
            body[at:at] = list(whole)
            self._waiting.clear()

    def block(self, block: Block) -> None:
        """One part of the report."""
        if isinstance(block, Heading):
            self.add(_paragraph(f"Heading{block.level}", (Run(storable(block.text)),)))
        elif isinstance(block, Paragraph):
            self.add(_paragraph("Caption" if block.quiet else None, runs_of(block.text)))
        elif isinstance(block, Bullets):
            number = self._new_list() if block.numbered else None
            for item in block.items:
                self.add(_paragraph("ListNumber" if number else "ListBullet", runs_of(item), number))
        elif isinstance(block, Quotation):
            self.add(_paragraph("Quote", (Run(storable(block.text)),), keep=True))
            self.add(_paragraph("Caption", (Run(f"— {whose(block)}"),)))
        elif isinstance(block, Table):
            for part in across_pages(block):
                self._waiting.extend(_table(part))
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, NewPage):
            self.add('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def _new_list(self) -> int:
        """A numbering of its own, which begins at 1 again."""
        numbering = self._document.part.numbering_part.element
        style = self._document.styles["List Number"].element.pPr.numPr.numId.val
        abstract = next(one.abstractNumId.val for one in numbering.num_lst if one.numId == style)
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        number: int = made.numId
        return number

    def _picture(self, block: Picture) -> None:
        self.flush()
        picture = drawn(block.svg)
        width, height = fitted(picture, _WIDTH_MM, _HEIGHT_MM)
        shape = self._document.add_picture(io.BytesIO(picture.png), Mm(width), Mm(height))
        shape._inline.docPr.set("descr", storable(block.words))
        if block.caption:
            self.add(_paragraph("Caption", (Run(storable(block.caption)),)))


def _paragraph(style: str | None, runs: tuple[Run, ...], number: int | None = None, keep: bool = False) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += "<w:keepNext/>" if keep else ""
    properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(map(_run, runs))}</w:p>"


def _run(run: Run) -> str:
    properties = ("<w:b/>" if run.strong else "") + ("<w:i/>" if run.emphasis else "")
    return f"<w:r><w:rPr>{properties}</w:rPr>{''.join(_pieces(run.text))}</w:r>"


def _pieces(text: str) -> Iterator[str]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield "<w:br/>"
        for place, piece in enumerate(line.split("\t")):
            if place:
                yield "<w:tab/>"
            if piece:
                yield f'<w:t xml:space="preserve">{escape(piece)}</w:t>'


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield _paragraph("Caption", (Run(storable(table.caption)),), keep=True)
    yield '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>'
    yield "<w:gridCol/>" * len(table.head)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    yield "".join(_cell(storable(name), strong=True) for name in table.head)
    yield "</w:tr>"
    for row in table.rows:
        cells = [
            _cell(words_of(cell), strong=at == 0 and table.heads_rows, right=is_number(cell))
            for at, cell in enumerate(row)
        ]
        yield f"<w:tr>{''.join(cells)}</w:tr>"
    yield "</w:tbl><w:p/>"


def _cell(words: str, strong: bool = False, right: bool = False) -> str:
    side = '<w:pPr><w:jc w:val="right"/></w:pPr>' if right else ""
    return f"<w:tc><w:tcPr/><w:p>{side}{_run(Run(words, strong=strong))}</w:p></w:tc>"
