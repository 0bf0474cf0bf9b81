"""What kind of file something is, by what is in it, and its reader."""

from __future__ import annotations

from pathlib import Path

from sameboat.study.exchange.codebook_tables import read_codebook_table
from sameboat.study.exchange.extracts import project_of_extracts
from sameboat.study.exchange.qualcoder import is_qualcoder, read_qualcoder
from sameboat.study.exchange.refi.read import LARGEST_PROJECT, read_refi
from sameboat.study.exchange.shapes import Account, Project
from sameboat.study.exchange.sqlite_files import MAGIC, open_tables
from sameboat.study.exchange.taguette import read_taguette
from sameboat.study.readers.archive import open_zip
from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import Unreadable

BACKUP = "study.json"
ENDINGS = (".qdpx", ".qde", ".qdc", ".sqlite3", ".qda", ".docx", ".xlsx", ".csv", ".zip", ".boat")


def read_any(name: str, content: bytes) -> tuple[str, Project, Account]:
    """What the file is in a word or two, what it holds, and what became of it. Raises Unreadable."""
    if len(content) > LARGEST_PROJECT:
        raise Unreadable(f"{name} is larger than {LARGEST_PROJECT // 2**20} MB, which is the most for a study.")
    if not content.strip():
        raise Unreadable(f"{name} is empty.")
    if content.startswith(MAGIC):
        with open_tables(name, content) as tables:
            ours = is_qualcoder(tables)
        return ("QualCoder", *read_qualcoder(name, content)) if ours else ("Taguette", *read_taguette(name, content))
    if content.startswith(b"PK"):
        return _archive(name, content)
    if content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t").startswith(b"<"):
        return ("REFI-QDA", *read_refi(name, content))
    first = decode(name, content).text.split("\n", 1)[0].lower()
    if any(word in first for word in ("text", "extract", "content", "quot", "segment")):
        return ("extracts", *project_of_extracts(name, content))
    return ("codebook", *read_codebook_table(name, content))


def is_backup(name: str, path: Path) -> bool:
    """Whether a file is a backup of a study of ours. Raises Unreadable."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return False
    with open_zip(name, path) as archive:
        return BACKUP in archive.namelist()


def becomes_its_own(name: str) -> str:
    """What is said where a backup is brought into a study."""
    return f"{name} is a backup of a whole study. It becomes a study of its own, on the page of your studies."


def _archive(name: str, content: bytes) -> tuple[str, Project, Account]:
    with open_zip(name, content) as archive:
        parts = archive.namelist()
    if BACKUP in parts:
        raise Unreadable(becomes_its_own(name))
    if any(part.lower().endswith("data.qda") for part in parts):
        return ("QualCoder", *read_qualcoder(name, content))
    if "word/document.xml" in parts or "xl/workbook.xml" in parts:
        return ("codebook", *read_codebook_table(name, content))
    return ("REFI-QDA", *read_refi(name, content))
