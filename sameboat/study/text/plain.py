"""Text as it is kept: made once, when it comes in, and never again."""

from __future__ import annotations

import re

_LINE_BREAKS = re.compile("[\x0b\x0c\x85]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_ANYTHING = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\ufffe\uffff\ud800-\udfff]")
_HALVES = re.compile("[\ud800-\udfff]")


def one_line_end(text: str) -> str:
    """CR LF and a lone CR become LF, and a byte order mark at the start goes."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def storable(text: str) -> str:
    """The text without what no database, XML file or page can hold; nothing else changes.

    A vertical tab, a form feed and the old NEL are line breaks; other control characters go; half of a surrogate pair
    becomes U+FFFD, as a browser would show it.
    """
    if not _ANYTHING.search(text) and not text.startswith("\ufeff"):
        return text
    lines = _LINE_BREAKS.sub("\n", one_line_end(text))
    return _HALVES.sub("\ufffd", _UNPRINTABLE.sub("", lines))
