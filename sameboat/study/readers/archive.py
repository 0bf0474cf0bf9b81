"""Opening ZIP files and XML that strangers made: bounded, without entities, without ever leaving the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sameboat.study.readers.later import etree
from sameboat.study.readers.shapes import Unreadable

LARGEST_PART = 100 * 1024 * 1024
MOST_PARTS = 20_000
_STEP = 256 * 1024


def open_zip(name: str, content: bytes | Path) -> zipfile.ZipFile:
    """The archive, its parts not yet opened; of a large file on the disk only its list is read. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content) if isinstance(content, bytes) else content)
    except (zipfile.BadZipFile, OSError, ValueError) as wrong:
        raise Unreadable(f"{name} is damaged: it ends too early, or was cut. Copy or save it once more.") from wrong
    if len(archive.infolist()) > MOST_PARTS:
        raise Unreadable(f"{name} holds more than {MOST_PARTS:,} files. That is not something we open.")
    return archive


def is_outside(part: str) -> bool:
    """Whether the name of a part points out of the archive."""
    path = PurePosixPath(part.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in part


class Bounded(io.RawIOBase):
    """A part of an archive that stops being read when it has grown too large, whatever its header claims."""

    def __init__(self, name: str, part: str, opened: IO[bytes], limit: int) -> None:
        self._where, self._opened, self._left, self._limit = f"{name}, in {part}", opened, limit, limit

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes. Raises Unreadable past the limit, or where the archive is damaged."""
        try:
            piece = self._opened.read(_STEP if size < 0 else size)
        except Exception as wrong:  # zlib.error and lzma's own have no common base but Exception
            raise Unreadable(f"{self._where}: the file is damaged here. Copy or save it once more.") from wrong
        self._left -= len(piece)
        if self._left < 0:
            raise Unreadable(f"{self._where}: it opens out to more than {self._limit // 2**20} MB. We stopped there.")
        return piece


def open_part(name: str, archive: zipfile.ZipFile, part: str, limit: int = LARGEST_PART) -> Bounded:
    """One part as a stream. Raises Unreadable where it is locked or damaged; KeyError where there is none."""
    info = archive.getinfo(part)
    if info.flag_bits & 1:
        raise Unreadable(f"{name} is locked with a password. Save it without one, and choose it again.")
    try:
        return Bounded(name, part, archive.open(info), limit)
    except (zipfile.BadZipFile, RuntimeError, OSError) as wrong:
        raise Unreadable(f"{name}, in {part}: the file is damaged here. Copy or save it once more.") from wrong


def read_part(name: str, archive: zipfile.ZipFile, part: str, limit: int = LARGEST_PART) -> bytes:
    """One part, whole. Raises as `open_part` does, and where it is too large."""
    stream, pieces = open_part(name, archive, part, limit), []
    while piece := stream.read(_STEP):
        pieces.append(piece)
    return b"".join(pieces)


def xml_events(
    name: str, part: str, stream: IO[bytes] | io.RawIOBase, tags: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    """Start and end of the elements in `tags` (in Clark notation), read in pieces.

    Entities are not opened out and nothing is fetched. Raises Unreadable with the line where it breaks.
    """
    events = etree.iterparse(stream, events=("start", "end"), tag=tags, resolve_entities=False, no_network=True)
    try:
        yield from events
        tree = events.root.getroottree() if events.root is not None else None
    except etree.XMLSyntaxError as wrong:
        raise Unreadable(f"{name}, in {part}, line {wrong.lineno or 1}: this is not what it should be here.") from wrong
    _refuse_document_type(name, part, tree)


def xml_root(name: str, part: str, content: bytes) -> Any:
    """The root element of a whole XML document, under the same rules. Raises Unreadable."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as wrong:
        raise Unreadable(f"{name}, in {part}, line {wrong.lineno or 1}: this is not what it should be here.") from wrong
    _refuse_document_type(name, part, root.getroottree())
    return root


def _refuse_document_type(name: str, part: str, tree: Any) -> None:
    if tree is not None and tree.docinfo.internalDTD is not None:
        raise Unreadable(
            f"{name}, in {part}: it declares entities of its own, which no such file needs. We stopped there."
        )
