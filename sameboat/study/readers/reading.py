"""One door for every format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath

from sameboat.study.readers.compose import compose
from sameboat.study.readers.shapes import LARGEST_FILE, Lines, Transcript, Unreadable


def _later(module: str, name: str) -> Callable[[str, bytes], Lines]:
    """A reader, loaded with what it stands on when the first file of its kind comes."""

    def read_it(file: str, content: bytes) -> Lines:
        lines: Lines = getattr(import_module(f"sameboat.study.readers.{module}"), name)(file, content)
        return lines

    return read_it


READERS: dict[str, Callable[[str, bytes], Lines]] = {
    "docx": _later("docx", "read_docx"),
    "odt": _later("odt", "read_odt"),
    "rtf": _later("rtf", "read_rtf"),
    "pdf": _later("pdf", "read_pdf"),
    "txt": _later("plain_text", "read_plain_text"),
    "md": _later("markdown", "read_markdown"),
    "html": _later("html", "read_html"),
    "vtt": _later("subtitles", "read_webvtt"),
    "srt": _later("subtitles", "read_subrip"),
    "json": _later("whisper", "read_whisper"),
}
_SAME = {"markdown": "md", "text": "txt", "htm": "html", "xhtml": "html", "docm": "docx", "dotx": "docx", "fodt": "xml"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PASSWORD = "EncryptedPackage".encode("utf-16-le")


def read(name: str, content: bytes) -> Transcript:
    """The transcript in a file.

    `name` is the file's own name; its end says the format, unless the first bytes know better. Raises Unreadable, with
    a sentence that names the file and the place.
    """
    if len(content) > LARGEST_FILE:
        raise Unreadable(f"{name} is larger than {LARGEST_FILE // 2**20} MB, which is the most for one file.")
    if not content.strip(b"\x00\t\n\r "):
        raise Unreadable(f"{name} is empty.")
    kind = format_of(name, content)
    return compose(name, kind, READERS[kind](name, content))


def format_of(name: str, content: bytes) -> str:
    """One of READERS. Raises Unreadable for what is none of them, and says what would help."""
    if content.startswith(_OLE):
        if _PASSWORD in content[:2_000_000]:
            raise Unreadable(f"{name} is locked with a password. Save it without one, and choose it again.")
        raise Unreadable(f"{name} is a Word file of the old kind (doc). Open it, save it as docx, and choose that.")
    end = PurePath(name).suffix.lower().lstrip(".")
    kind = _by_first_bytes(content) or _SAME.get(end, end)
    if kind not in READERS:
        raise Unreadable(f"{name} is none of the kinds that can be read here: {', '.join(READERS)}.")
    return kind


def _by_first_bytes(content: bytes) -> str | None:
    """What the first bytes leave no doubt about, whatever the file is called."""
    start = content[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"PK\x03\x04"):
        return "odt" if b"mimetypeapplication/vnd.oasis.opendocument.text" in start[:200] else None
    for mark, kind in ((b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"WEBVTT", "vtt")):
        if start.startswith(mark):
            return kind
    return None
