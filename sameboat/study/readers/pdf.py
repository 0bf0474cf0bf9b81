"""PDF, as far as it holds text: lines on a page are put together to paragraphs again."""

from __future__ import annotations

import re
import threading
from collections import Counter

import pypdfium2

from sameboat.study.readers import names
from sameboat.study.readers.labels import Form, label_of
from sameboat.study.readers.shapes import Line, Lines, Unreadable
from sameboat.study.text.plain import one_line_end

# PDFium may be used by one thread at a time.
_ONE_AT_A_TIME = threading.Lock()
_MOST_PAGES = 5_000
_PAGE_NUMBER = re.compile(r"(?i)\s*(?:page|p\.|seite|-|–)?\s*\d{1,4}\s*(?:(?:of|/|von|sur)\s*\d{1,4}|-|–)?\s*")
_PARTED = re.compile("[\x02\ufffe\u00ad]")


def read_pdf(name: str, content: bytes) -> Lines:
    """The lines of a PDF. Raises Unreadable where it is locked, damaged, or made of pictures."""
    pages = _pages(name, content)
    empty = [at + 1 for at, page in enumerate(pages) if not any(line.strip() for line in page)]
    if len(empty) == len(pages):
        raise Unreadable(f"{name} holds pictures of pages, without text. Have it turned into text (OCR) first.")
    notes = []
    if empty:
        notes.append(f"No text was found on page {', '.join(map(str, empty[:10]))}{' …' if len(empty) > 10 else ''}.")
    repeated = _drop_edges(pages)
    if repeated:
        notes.append(f"What stands at the edge of every page was left out: “{repeated[:60]}”.")
    notes.append("Paragraphs of a PDF are a guess from the length of its lines.")
    return Lines(_paragraphs([line for page in pages for line in page]), notes)


def _pages(name: str, content: bytes) -> list[list[str]]:
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as wrong:
            if "password" in str(wrong).lower():
                raise Unreadable(
                    f"{name} is locked with a password. Save it without one, and choose it again."
                ) from wrong
            raise Unreadable(f"{name} is damaged: it is not a whole PDF. Copy or save it once more.") from wrong
        try:
            if len(document) > _MOST_PAGES:
                raise Unreadable(f"{name} has more than {_MOST_PAGES:,} pages. Divide it into several files.")
            return [_lines(name, document, at) for at in range(len(document))]
        finally:
            document.close()


def _lines(name: str, document: pypdfium2.PdfDocument, at: int) -> list[str]:
    try:
        text = document[at].get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError as wrong:
        raise Unreadable(f"{name}, page {at + 1}: the file is damaged here. Copy or save it once more.") from wrong
    return one_line_end(text).split("\n")


def _drop_edges(pages: list[list[str]]) -> str:
    """Takes page numbers and repeated first and last lines away; what was repeated, for the note."""
    said = ""
    for edge in (0, -1):
        seen = Counter(re.sub(r"\d+", "#", page[edge].strip()) for page in pages if page)
        common, times = seen.most_common(1)[0] if seen else ("", 0)
        for page in pages:
            line = page[edge].strip() if page else ""
            same = times >= max(2, len(pages) * 0.6) and re.sub(r"\d+", "#", line) == common
            if line and (same or _PAGE_NUMBER.fullmatch(line)):
                said = said or (line if same and not _PAGE_NUMBER.fullmatch(line) else "")
                page.pop(edge)
    return said


def _paragraphs(lines: list[str]) -> list[Line]:
    """A line that ends well before the others, and a line that begins with a name, part two paragraphs."""
    lengths = sorted(len(line) for line in lines if line.strip())
    full = lengths[int(len(lengths) * 0.9)] * 0.72 if lengths else 0
    found: list[str] = []
    goes_on = False
    for line in lines:
        if not line.strip():
            goes_on = False
            continue
        if goes_on and not _begins_turn(line):
            found[-1] = _joined(found[-1], line)
        else:
            found.append(line.strip())
        goes_on = len(line) >= full or bool(_PARTED.search(line[-2:]))
    return [Line(_PARTED.sub("", line)) for line in found]


def _joined(first: str, second: str) -> str:
    if _PARTED.search(first[-1:]):
        return first[:-1] + second.strip()
    return f"{first.rstrip()} {second.strip()}"


def _begins_turn(line: str) -> bool:
    label = label_of(Line(line))
    if label is None:
        return False
    if label.form in (Form.TIME, Form.ALONE):
        return True
    return names.is_named(label.name) or names.is_code(label.name) or names.is_part(label.name)
