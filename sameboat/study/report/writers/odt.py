"""A report as OpenDocument text (ODF 1.3)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from odfdo import Document, Element, Style

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

_WIDTH_MM, _HEIGHT_MM = 160.0, 220.0
_MANY_SPACES = re.compile(r"^ | {2,}| $")


def write_odt(report: Report) -> bytes:
    """The report as odt."""
    document = Document("text")
    document.meta.title = storable(report.title)
    document.meta.language = report.language
    document.body.clear()
    _styles(document)
    writer = _Writer(document)
    writer.add(f'<text:p text:style-name="Title">{_words(storable(report.title))}</text:p>')
    for name, value in facts_of(report):
        writer.add(_paragraph("Standard", (Run(f"{name}: ", strong=True), Run(value))))
    for block in along(report.body):
        writer.block(block)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _styles(document: Document) -> None:
    """Styles of words and paragraphs that the report uses beside those every document has."""
    made: tuple[Any, ...] = (
        Style("text", name="Firm", bold=True),
        Style("text", name="Slanted", italic=True),
        Style("text", name="FirmSlanted", bold=True, italic=True),
        _style("paragraph", name="Said", area="paragraph", **{"fo:margin-left": "1cm", "fo:margin-top": "0.2cm"}),
        Style("paragraph", name="Quiet", area="text", size="9pt", color="#43504c"),
        _style("paragraph", name="Right", area="paragraph", **{"fo:text-align": "end"}),
        _style("paragraph", name="NewPage", area="paragraph", **{"fo:break-before": "page"}),
        _style(
            "table-cell", name="Boxed", area="table-cell", **{"fo:border": "0.5pt solid #888888", "fo:padding": "0.1cm"}
        ),
    )
    for style in made:
        document.insert_style(style, automatic=True)


def _style(family: str, **properties: Any) -> Style:
    """A style with properties that the library has no word for."""
    return Style(family, **properties)


class _Writer:
    def __init__(self, document: Document) -> None:
        self._document, self._pictures, self._tables = document, 0, 0

    def add(self, xml: str) -> None:
        self._document.body.append(Element.from_tag(xml))

    def block(self, block: Block) -> None:
        """One part of the report."""
        if isinstance(block, Heading):
            level, words = block.level, _words(storable(block.text))
            self.add(f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{words}</text:h>')
        elif isinstance(block, Paragraph):
            self.add(_paragraph("Quiet" if block.quiet else "Standard", runs_of(block.text)))
        elif isinstance(block, Bullets):
            items = "".join(
                f"<text:list-item>{_paragraph('Standard', runs_of(item))}</text:list-item>" for item in block.items
            )
            style = "Numbering_20_123" if block.numbered else "List_20_1"
            self.add(f'<text:list text:style-name="{style}">{items}</text:list>')
        elif isinstance(block, Quotation):
            self.add(_paragraph("Said", (Run(storable(block.text)),)))
            self.add(_paragraph("Quiet", (Run(f"— {whose(block)}"),)))
        elif isinstance(block, Table):
            for part in across_pages(block):
                self._table(part)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, NewPage):
            self.add('<text:p text:style-name="NewPage"/>')

    def _table(self, table: Table) -> None:
        if table.caption:
            self.add(_paragraph("Quiet", (Run(storable(table.caption)),)))
        self._tables += 1
        self.add("".join(_rows(table, f"Table{self._tables}")))
        self.add("<text:p/>")

    def _picture(self, block: Picture) -> None:
        picture = drawn(block.svg)
        width, height = fitted(picture, _WIDTH_MM, _HEIGHT_MM)
        self._pictures += 1
        path = f"Pictures/picture{self._pictures}.png"
        self._document.set_part(path, picture.png)
        self._document.manifest.add_full_path(path, "image/png")
        words, name = escape(storable(block.words)), f"Picture {self._pictures}"
        self.add(
            f'<text:p text:style-name="Standard"><draw:frame draw:name="{name}" text:anchor-type="as-char" '
            f'svg:width="{width:.2f}mm" svg:height="{height:.2f}mm">'
            f'<draw:image xlink:href="{path}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:desc>{words}</svg:desc></draw:frame></text:p>"
        )
        if block.caption:
            self.add(_paragraph("Quiet", (Run(storable(block.caption)),)))


def _paragraph(style: str, runs: tuple[Run, ...]) -> str:
    return f'<text:p text:style-name="{style}">{"".join(map(_run, runs))}</text:p>'


def _run(run: Run) -> str:
    style = ("Firm" if run.strong else "") + ("Slanted" if run.emphasis else "")
    words = _words(run.text)
    return f'<text:span text:style-name="{style}">{words}</text:span>' if style else words


def _words(text: str) -> str:
    """Text with its white space as elements, since ODF takes white space in the file for one space (part 3, 6.1.2)."""
    spaced = _MANY_SPACES.sub(lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(text))
    return spaced.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")


def _rows(table: Table, name: str) -> Iterator[str]:
    yield f'<table:table table:name="{name}"><table:table-column table:number-columns-repeated="{len(table.head)}"/>'
    yield "<table:table-header-rows><table:table-row>"
    yield "".join(_cell(storable(name), strong=True) for name in table.head)
    yield "</table:table-row></table:table-header-rows>"
    for row in table.rows:
        cells = [
            _cell(words_of(cell), strong=at == 0 and table.heads_rows, right=is_number(cell))
            for at, cell in enumerate(row)
        ]
        yield f"<table:table-row>{''.join(cells)}</table:table-row>"
    yield "</table:table>"


def _cell(words: str, strong: bool = False, right: bool = False) -> str:
    inside = _paragraph("Right" if right else "Standard", (Run(words, strong=strong),))
    return f'<table:table-cell table:style-name="Boxed" office:value-type="string">{inside}</table:table-cell>'
