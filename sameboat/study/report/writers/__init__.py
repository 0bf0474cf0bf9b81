"""A report or a table as a file. Pure: no Django; each writer takes plain things and gives bytes.

Quotations keep every character; what a format cannot hold (control characters) is left out of all of them alike.
A writer and the libraries it stands on are loaded when the first file of its kind is written: they take as long as all
else that the study needs to open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from sameboat.study.report.shapes import Report, Sheet


def _later(module: str, name: str) -> Callable[[Any], bytes]:
    def write(thing: Any) -> bytes:
        written: bytes = getattr(import_module(f"{__name__}.{module}"), name)(thing)
        return written

    return write


write_docx: Callable[[Report], bytes] = _later("docx", "write_docx")
write_odt: Callable[[Report], bytes] = _later("odt", "write_odt")
write_html: Callable[[Report], bytes] = _later("html", "write_html")
write_pdf: Callable[[Report], bytes] = _later("pdf", "write_pdf")
write_csv: Callable[[Sheet], bytes] = _later("sheets", "write_csv")
write_xlsx: Callable[[Sequence[Sheet]], bytes] = _later("sheets", "write_xlsx")

WRITERS = {"docx": write_docx, "odt": write_odt, "html": write_html, "pdf": write_pdf}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

__all__ = ("MEDIA_TYPES", "WRITERS", "write_csv", "write_docx", "write_html", "write_odt", "write_pdf", "write_xlsx")
