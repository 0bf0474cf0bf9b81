"""Files that are broken, locked or hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache

from sameboat.study.readers.tests.files import docx_of

BODY = "word/document.xml"


def parts_of(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def with_part(archive: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same archive with one part changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for part, content in parts_of(archive).items():
            written.writestr(part, change(content) if part == name else content)
    return made.getvalue()


def flagged_as_locked(archive: bytes) -> bytes:
    """Every part marked as encrypted, as a ZIP with a password is."""
    changed = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def expanding(megabytes: int) -> bytes:
    """A Word body that grows to so many megabytes out of almost nothing."""
    head = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    paragraph = b"<w:p><w:r><w:t>" + b"soup " * 2000 + b"</w:t></w:r></w:p>"
    return head + paragraph * (megabytes * 2**20 // len(paragraph)) + b"</w:body></w:document>"


@cache
def bomb() -> bytes:
    """A Word file that opens out to more than is read."""
    return with_part(docx_of(["Ana: Soup?"]), BODY, lambda _: expanding(120))
