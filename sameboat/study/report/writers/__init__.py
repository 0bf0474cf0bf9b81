"""A report or a table as a file. Pure: no Django; each writer takes plain things and gives bytes.

Quotations keep every character; what a format cannot hold (control characters) is left out of all of them alike.
"""

from sameboat.study.report.writers.docx import write_docx
from sameboat.study.report.writers.html import write_html
from sameboat.study.report.writers.odt import write_odt
from sameboat.study.report.writers.pdf import write_pdf
from sameboat.study.report.writers.sheets import write_csv, write_xlsx

WRITERS = {"docx": write_docx, "odt": write_odt, "html": write_html, "pdf": write_pdf}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

__all__ = ("MEDIA_TYPES", "WRITERS", "write_csv", "write_docx", "write_html", "write_odt", "write_pdf", "write_xlsx")
