"""Files as other programs write them, made from the same invented talk."""

from __future__ import annotations

import io
import zipfile

import docx
from fpdf import FPDF
from odfdo import Document, Paragraph, Span, Style

TALK = (
    ("Ana", "How did you come to the group?"),
    ("Ben", "Somebody put the kettle on, and I stayed."),
    ("Ana", "And then?"),
    ("Ben", "Then we cooked together every week."),
)
COLONS = "".join(f"{name}: {words}\n" for name, words in TALK)


def docx_of(paragraphs: list[str], bold_label: bool = False) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        label, colon, words = text.partition(":")
        paragraph = document.add_paragraph()
        if bold_label and colon:
            paragraph.add_run(f"{label}:").bold = True
            paragraph.add_run(words)
        else:
            paragraph.add_run(text)
    return saved(document)


def saved(document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def odt_of(paragraphs: list[str]) -> bytes:
    document = Document("text")
    document.body.clear()
    document.insert_style(Style("text", name="Firm", bold=True), automatic=True)
    for text in paragraphs:
        label, colon, words = text.partition(":")
        paragraph = Paragraph("")
        if colon:
            paragraph.append(Span(label + colon, style="Firm"))
            paragraph.append_plain_text(words)
        else:
            paragraph.append_plain_text(text)
        document.body.append(paragraph)
    return saved(document)


class Page(FPDF):
    """Pages with a title and a number, as reports have them."""

    edge = ""

    def header(self) -> None:
        if self.edge:
            self.cell(text=self.edge, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        if self.edge:
            self.set_y(-15)
            self.cell(text=f"Page {self.page_no()}")


def pdf_of(paragraphs: list[str], title: str = "") -> bytes:
    pdf = Page()
    pdf.edge = title
    pdf.set_font("Helvetica", size=11)
    pdf.add_page()
    for text in paragraphs:
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)
    return bytes(pdf.output())


def rtf_of(paragraphs: list[str]) -> bytes:
    def escaped(text: str) -> str:
        units = memoryview(text.encode("utf-16-le")).cast("H")
        return "".join(chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in units)

    body = "\\par\n".join(escaped(text) for text in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0 Arial;}}}}\\f0\\fs24 {body}}}".encode("ascii")


def zip_of(parts: dict[str, bytes], stored: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def said(transcript) -> list[tuple[str | None, str]]:
    """Who says what, turn by turn."""
    return [(turn.speaker, transcript.text[turn.start : turn.end]) for turn in transcript.turns]
