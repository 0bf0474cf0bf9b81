"""Rich Text Format."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from sameboat.study.readers.plain_text import lines_of
from sameboat.study.readers.shapes import Lines, Unreadable

# Pictures and other things that are stored as long runs of hexadecimal digits.
_HEX = re.compile(r"[0-9a-fA-F\s]{400,}")


def read_rtf(name: str, content: bytes) -> Lines:
    """The lines of an RTF file. Raises Unreadable."""
    if not content.lstrip()[:5] == b"{\\rtf":
        raise Unreadable(f"{name} is not Rich Text inside, though its name ends so.")
    source = content.decode("cp1252", "replace")
    notes = []
    if len(shorter := _HEX.sub(" ", source)) < len(source):
        source, notes = shorter, ["Pictures were left out."]
    try:
        text = _whole_pairs(rtf_to_text(source, encoding="cp1252", errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as wrong:
        raise Unreadable(f"{name} is damaged and could not be read to its end. Save it again as docx.") from wrong
    return Lines(lines_of(text), notes)


def _whole_pairs(text: str) -> str:
    """RTF writes a character above U+FFFF as two halves; here it is one again."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
