"""A report as PDF, with fonts for most scripts in it. Right-to-left text runs as it should."""

from __future__ import annotations

import io
import tempfile
import unicodedata
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import TableCellFillMode
from fpdf.fonts import FontFace

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
from sameboat.study.report.writers import fonts
from sameboat.study.report.writers.parts import across_pages, facts_of, is_number, runs_of, whose, words_of
from sameboat.study.report.writers.pictures import drawn, fitted
from sameboat.study.text.plain import storable

_SIZES = {1: 17.0, 2: 14.0, 3: 12.0}
_BODY, _QUIET, _TITLE = 11.0, 9.0, 22.0
_LINE = 1.45
_POINT = 25.4 / 72


def write_pdf(report: Report) -> bytes:
    """The report as PDF. Characters that no font here has are named at its end; docx and odt have them all."""
    words = [storable(piece) for piece in _all_words(report)]
    others, missing = fonts.needed_for(words)
    with tempfile.TemporaryDirectory() as folder:
        firm = Path(folder, "firm.ttf")
        shaping = _needs_shaping(words, others)
        firm.write_bytes(fonts.strong((storable(piece) for piece in _strong_words(report)), shaping=shaping))
        writer = _Writer(report, others, firm, shaping)
        writer.begin(report)
        for block in along(report.body):
            writer.block(block)
        if missing:
            listed = ", ".join(f"U+{ord(one):04X}" for one in sorted(missing)[:20])
            writer.block(Paragraph(f"Some characters could not be set here ({listed}). The docx has them.", quiet=True))
        return bytes(writer.output())


def _needs_shaping(words: list[str], others: list[Path]) -> bool:
    """Whether letters must be joined or marks set by rules of the font, which takes three times as long."""
    scripts = any("Emoji" not in file.name and "Symbols" not in file.name for file in others)
    return scripts or any(unicodedata.combining(character) for piece in words for character in set(piece))


def _all_words(report: Report) -> list[str]:
    found = [report.title, *(part for fact in facts_of(report) for part in fact), "—•0123456789. "]
    for block in report.body:
        if isinstance(block, Paragraph):
            found += [run.text for run in runs_of(block.text)]
        elif isinstance(block, Bullets):
            found += [run.text for item in block.items for run in runs_of(item)]
        elif isinstance(block, Quotation):
            found += [block.text, whose(block)]
        elif isinstance(block, Table):
            found += [block.caption, *block.head, *(words_of(cell) for row in block.rows for cell in row)]
        elif isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Picture):
            found.append(block.caption)
    return found


def _strong_words(report: Report) -> list[str]:
    found = [report.title, *(name for name, _ in facts_of(report)), ": "]
    for block in report.body:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Table):
            found += [*block.head, *(words_of(row[0]) for row in block.rows if row)]
        elif isinstance(block, Paragraph | Bullets):
            texts = block.items if isinstance(block, Bullets) else (block.text,)
            found += [run.text for text in texts for run in runs_of(text) if run.strong]
    return found


class _Writer(FPDF):
    """Pages with a number at the foot."""

    def __init__(self, report: Report, others: list[Path], firm: Path, shaping: bool) -> None:
        super().__init__(format="A4")
        self.set_title(storable(report.title))
        self.set_lang(report.language)
        self.set_creator("Same Boat")
        self.set_margins(22, 20, 22)
        self.set_auto_page_break(True, 22)
        self._add_fonts(others, firm)
        self.set_text_shaping(shaping)
        self.set_font("body", size=_BODY)
        self.add_page()

    def _add_fonts(self, others: list[Path], firm: Path) -> None:
        self.add_font("body", "", fonts.PLAIN)
        self.add_font("body", "I", fonts.SLANTED)
        self.add_font("body", "B", firm)
        self.add_font("body", "BI", firm)
        for file in others:
            self.add_font(file.stem, "", file)
        self.set_fallback_fonts([file.stem for file in others], exact_match=False)

    def footer(self) -> None:
        """The number of the page."""
        self.set_y(-15)
        self.set_font("body", size=_QUIET)
        self.cell(0, 6, str(self.page_no()), align="C")

    def begin(self, report: Report) -> None:
        """The title and what is under it."""
        self._words(storable(report.title), size=_TITLE, style="B", after=4)
        for name, value in facts_of(report):
            self._runs((Run(f"{name}: ", strong=True), Run(value)))
        self.ln(4)

    def block(self, block: Block) -> None:
        """One part of the report."""
        if isinstance(block, Heading):
            self.ln(3)
            self.start_section(storable(block.text), block.level - 1, strict=False)
            self._words(storable(block.text), size=_SIZES.get(block.level, _BODY), style="B", after=2)
        elif isinstance(block, Paragraph):
            self._runs(runs_of(block.text), _QUIET if block.quiet else _BODY, after=2)
        elif isinstance(block, Bullets):
            self._bullets(block)
        elif isinstance(block, Quotation):
            self._quotation(block)
        elif isinstance(block, Table):
            for part in across_pages(block):
                self._table(part)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, NewPage):
            self.add_page()

    def _words(self, text: str, size: float = _BODY, style: str = "", after: float = 0, indent: float = 0) -> None:
        self.set_font("body", style, size)
        self.set_x(self.l_margin + indent)
        side = "R" if _runs_right_to_left(text) else "L"
        self.multi_cell(0, size * _POINT * _LINE, text, align=side, new_x="LMARGIN", new_y="NEXT")
        self.ln(after)

    def _runs(self, runs: tuple[Run, ...], size: float = _BODY, after: float = 0, indent: float = 0) -> None:
        if len(runs) == 1:
            self._words(runs[0].text, size, _style(runs[0]), after, indent)
            return
        self.set_left_margin(self.l_margin + indent)
        self.set_x(self.l_margin)
        for run in runs:
            self.set_font("body", _style(run), size)
            self.write(size * _POINT * _LINE, run.text)
        self.set_left_margin(self.l_margin - indent)
        self.ln(size * _POINT * _LINE + after)

    def _bullets(self, block: Bullets) -> None:
        for number, item in enumerate(block.items, 1):
            self.set_font("body", size=_BODY)
            self.set_x(self.l_margin + 2)
            self.cell(6, _BODY * _POINT * _LINE, f"{number}." if block.numbered else "•")
            self._runs(runs_of(item), indent=9)
        self.ln(2)

    def _quotation(self, block: Quotation) -> None:
        self._words(storable(block.text), indent=8)
        self._words(f"— {whose(block)}", size=_QUIET, after=3, indent=8)

    def _table(self, table: Table) -> None:
        if table.caption:
            self._words(storable(table.caption), size=_QUIET, after=1)
        self.set_font("body", size=_QUIET)
        sides = tuple(
            "RIGHT" if any(is_number(row[at]) for row in table.rows) else "LEFT" for at in range(len(table.head))
        )
        firm = FontFace(emphasis="BOLD")
        with self.table(
            text_align=sides, headings_style=firm, line_height=_QUIET * _POINT * 1.3, padding=1,
            cell_fill_mode=TableCellFillMode.NONE,
        ) as made:  # fmt: skip
            made.row([storable(name) for name in table.head])
            for row in table.rows:
                line = made.row()
                for at, cell in enumerate(row):
                    line.cell(words_of(cell), style=firm if at == 0 and table.heads_rows else None)
        self.ln(4)

    def _picture(self, block: Picture) -> None:
        picture = drawn(block.svg)
        width, height = fitted(picture, self.epw, 220)
        if self.get_y() + height > self.h - self.b_margin:
            self.add_page()
        self.image(io.BytesIO(picture.png), w=width, h=height, alt_text=storable(block.words))
        self.ln(2)
        if block.caption:
            self._words(storable(block.caption), size=_QUIET, after=3)


def _style(run: Run) -> str:
    return ("B" if run.strong else "") + ("I" if run.emphasis else "")


def _runs_right_to_left(text: str) -> bool:
    """By the first letter that has a direction (UAX 9, P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
