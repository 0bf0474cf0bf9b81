"""Markdown (CommonMark), as text: emphasis, links and escapes are resolved, line breaks stay."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.plain_text import lines_of
from sameboat.study.readers.shapes import Line, Lines

_PARSER = MarkdownIt("commonmark", {"maxNesting": 20})


def read_markdown(name: str, content: bytes) -> Lines:
    """The lines of a Markdown file. Raises Unreadable where it is no text."""
    text, encoding, note = decode(name, content)
    lines: list[Line] = []
    for token in _PARSER.parse(text):
        if token.type == "inline":
            lines += _inline(token.children or [])
        elif token.type in {"fence", "code_block", "html_block"}:
            lines += lines_of(token.content)
    return Lines(lines, [note] if note else [], encoding)


def _inline(tokens: list[Token]) -> list[Line]:
    """Lines of one paragraph. Bold at the start of a line is counted; inline HTML stays as it is written."""
    lines, bold = [Line("")], 0
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            lines.append(Line(""))
        elif token.type in {"strong_open", "strong_close"}:
            bold += 1 if token.type == "strong_open" else -1
        else:
            line = lines[-1]
            if bold and line.strong == len(line.text):
                line.strong += len(token.content)
            line.text += token.content
    return [line for line in lines if line.text.strip()]
