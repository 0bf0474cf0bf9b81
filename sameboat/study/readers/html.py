"""Web pages: the words of the body, a line for each block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import Line, Lines, Unreadable

_SAID = re.compile(rb"""<meta[^>]{0,200}charset=["']?\s*([A-Za-z0-9_-]{2,40})""", re.I)
_HIDDEN = {"head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "select", "textarea"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
_BOLD = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_SPACE = re.compile(r"[ \t\n\r\f]+")


def read_html(name: str, content: bytes) -> Lines:
    """The lines of a page. Raises Unreadable where it is no text or nested too deep."""
    said = _SAID.search(content[:4096])
    text, encoding, note = decode(name, content, said[1].decode("ascii") if said else None)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        raise Unreadable(f"{name} is not a page that can be read. Save it again as text or docx.") from wrong
    if any(wrong.type_name == "ERR_RESOURCE_LIMIT" for wrong in parser.error_log):
        raise Unreadable(f"{name} is nested deeper than any page for people is. Save it again as text or docx.")
    if root is None:
        return Lines([], [note] if note else [], encoding)
    page = _Page()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        page.take(event, element)
    page.end_line()
    return Lines(page.lines, [note] if note else [], encoding)


@dataclass(slots=True)
class _Page:
    """Lines as they grow. White space is one space, but in `pre`."""

    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    length: int = 0
    strong: int = 0
    bold: int = 0
    hidden: int = 0
    kept: int = 0

    def take(self, event: str, element: Any) -> None:
        """An element that begins, with its text, or ends, with what stands behind it."""
        tag, step = element.tag, 1 if event == "start" else -1
        self.hidden += step * (tag in _HIDDEN)
        self.bold += step * (tag in _BOLD)
        self.kept += step * (tag == "pre")
        if tag in _BLOCKS:
            self.end_line()
        elif tag in {"td", "th"} and event == "end":
            self._add("\t")
        if words := element.text if event == "start" else element.tail:
            self._add(words)

    def _add(self, words: str) -> None:
        if self.hidden:
            return
        for at, line in enumerate(words.split("\n") if self.kept else (_spaced(words),)):
            if at:
                self.end_line()
            if self.bold and self.strong == self.length:
                self.strong += len(line)
            self.text.append(line)
            self.length += len(line)

    def end_line(self) -> None:
        """What has been gathered is a line, if there is anything in it."""
        whole = "".join(self.text)
        line = whole.strip(" \t\n\r")
        if line:
            ahead = len(whole) - len(whole.lstrip(" \t\n\r"))
            self.lines.append(Line(line, max(0, min(self.strong - ahead, len(line)))))
        self.text, self.length, self.strong = [], 0, 0


def _spaced(words: str) -> str:
    """White space as one space; the tab between two cells stays. Most words have no other space in them."""
    if words == "\t" or ("  " not in words and words.isprintable()):
        return words
    return _SPACE.sub(" ", words)
