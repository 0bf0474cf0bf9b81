"""Plain text: a line is a line."""

from __future__ import annotations

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import Line, Lines
from sameboat.study.text.plain import storable


def read_plain_text(name: str, content: bytes) -> Lines:
    """The lines of a file of plain text, in whatever encoding. Raises Unreadable."""
    text, encoding, note = decode(name, content)
    return Lines(lines_of(text), [note] if note else [], encoding)


def lines_of(text: str) -> list[Line]:
    """Lines with something in them."""
    return [Line(line) for line in storable(text).split("\n") if line.strip()]
