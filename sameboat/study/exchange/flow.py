"""The words of a page with the place that each of them had among all its text, for programs that count in pages."""

from __future__ import annotations

import re
from typing import NamedTuple

from sameboat.study.readers.later import etree
from sameboat.study.readers.shapes import Unreadable
from sameboat.study.text.plain import storable

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr",
    "ul",
}  # fmt: skip
_RUN = re.compile(r"[ \t\n\r\f]+")


class Flow(NamedTuple):
    """`raw` is all text of the page put together; `text` its words in lines; `offsets` where each character of `text`
    stands in `raw`, and the end.
    """

    raw: str
    text: str
    offsets: list[int]


def flow(name: str, page: str) -> Flow:
    """The words of the body of a page. Raises Unreadable where it is nested without end."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True)
    whole = f"<html><body>{page.lstrip()}</body></html>".encode("utf-8", "replace")
    root = etree.fromstring(whole, parser)
    if any(wrong.type_name == "ERR_RESOURCE_LIMIT" for wrong in parser.error_log):
        raise Unreadable(f"{name} is nested deeper than any page for people is.")
    pieces: list[str] = []
    breaks: set[int] = set()
    at = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            breaks.add(at)
        words = (element.text if event == "start" else element.tail) or ""
        pieces.append(words)
        at += len(words)
    raw = "".join(pieces)
    return Flow(raw, *_lines(raw, breaks))


def _lines(raw: str, breaks: set[int]) -> tuple[str, list[int]]:
    """One line for each block, one space for white space within it."""
    kept: list[str] = []
    offsets: list[int] = []
    at, broken = 0, False
    while at < len(raw):
        broken = broken or at in breaks
        run = _RUN.match(raw, at)
        start, at = at, run.end() if run else at + 1
        if run:
            broken = broken or any(place in breaks for place in range(start, at + 1))
            if kept and at < len(raw) and not broken:
                kept.append(" ")
                offsets.append(start)
            continue
        if broken and kept:
            if kept[-1] == " ":
                kept.pop(), offsets.pop()
            kept.append("\n")
            offsets.append(start)
        broken = False
        for character in storable(raw[start]) if raw[start] != "\ufeff" else "\ufeff":
            kept.append(character)
            offsets.append(start)
    return "".join(kept), [*offsets, len(raw)]
