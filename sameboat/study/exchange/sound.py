"""Recordings in a backup: written piece by piece while it is fetched, and put back piece by piece.

Each is a part of its own, stored as it is, so that none can open out to more than was sent. Parts bear the ids of
rows; no name in an archive ever becomes a name on the disk.
"""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sameboat.study.ledger.images import kinds
from sameboat.study.pace import along
from sameboat.study.readers.archive import open_part
from sameboat.study.readers.shapes import Unreadable
from sameboat.study.team.models import Study
from sameboat.study.transcripts.models import Recording
from sameboat.study.transcripts.recordings import PIECE, NotSound, pieces_of, place, put_back

ROWS = "recordings.jsonl"


def kept(study: Study) -> list[Recording]:
    """The recordings whose sound is there."""
    return [one for one in Recording.objects.filter(study=study).order_by("pk") if place(one).is_file()]


def rows_of(sounds: Sequence[Recording]) -> str:
    """A line for each: its part, and its row."""
    kind = kinds.by_model[Recording]
    return "\n".join(json.dumps([_part(one), kind.image(one)]) for one in sounds)


def _part(one: Recording) -> str:
    return f"sound/{one.id.hex}"


class _Out(io.RawIOBase):
    """Holds what was written until it is taken, and counts it; there is no way back in it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()
        self.length = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.length

    def write(self, piece: Any) -> int:
        self._waiting += piece
        self.length += len(piece)
        return len(piece)

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


def _rows_into(archive: zipfile.ZipFile, rows: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(rows)) as made:
        for name in made.namelist():
            archive.writestr(zipfile.ZipInfo(name), made.read(name), zipfile.ZIP_DEFLATED)


def length_with(rows: bytes, sounds: Sequence[Recording]) -> int:
    """How many bytes `with_sound` will give. Everything is written but the sound, whose sizes are known."""
    out = _Out()
    with zipfile.ZipFile(out, "w") as archive:
        _rows_into(archive, rows)
        for one in sounds:
            with archive.open(info := zipfile.ZipInfo(_part(one)), "w", force_zip64=True):
                out.length += one.size
            # The list at the end has more to say of what is large.
            info.file_size = info.compress_size = one.size
    return out.length


def with_sound(rows: bytes, sounds: Sequence[Recording]) -> Iterator[bytes]:
    """A backup of rows with these recordings in it, in pieces. It breaks off where one of them has gone meanwhile."""
    out = _Out()
    with zipfile.ZipFile(out, "w") as archive:
        _rows_into(archive, rows)
        yield out.taken()
        for one in sounds:
            with archive.open(zipfile.ZipInfo(_part(one)), "w", force_zip64=True) as part:
                for piece in pieces_of(place(one), 0, one.size):
                    part.write(piece)
                    yield out.taken()
    yield out.taken()


@contextmanager
def sounds_in(name: str, archive: zipfile.ZipFile, study: uuid.UUID, rows: list[Any]) -> Iterator[list[Recording]]:
    """The recordings of a study that is put back, their files in place and their rows still to be saved.

    Where anything goes wrong until the end of the block, the files are gone again. Raises Unreadable, NoRoomForSound.
    """
    named = {part for part, _ in rows}
    infos = [archive.getinfo(part) for part in named]
    # Parts that lie over one another, or are named twice, could grow into more than was sent.
    largest = sum(info.compress_size for info in infos)
    if len(named) != len(rows) or largest > _size(archive) or any(_is_packed(info) for info in infos):
        raise Unreadable(f"{name}: the recordings in it are not stored as a backup stores them. We stopped there.")
    steps = iter(along(range(largest // PIECE + len(infos))))
    made: list[Recording] = []
    try:
        for part, image in rows:
            one = Recording(id=uuid.UUID(image["id"]), study_id=study, document_id=uuid.UUID(image["document_id"]))
            _put_back(name, archive, part, one, steps)
            made.append(one)
        yield made
    except BaseException:
        for one in made:
            place(one).unlink(missing_ok=True)
        raise


def _put_back(name: str, archive: zipfile.ZipFile, part: str, one: Recording, steps: Iterator[int]) -> None:
    try:
        put_back(one, _pieces(name, archive, part, steps))
    except NotSound as wrong:
        raise Unreadable(f"{name}, in {part}: this is no sound that browsers play. We stopped there.") from wrong


def _is_packed(info: zipfile.ZipInfo) -> bool:
    return info.compress_type != zipfile.ZIP_STORED or info.file_size != info.compress_size


def _size(archive: zipfile.ZipFile) -> int:
    assert archive.fp is not None  # noqa: S101  (an archive is open while it is read)
    return archive.fp.seek(0, io.SEEK_END)


def _pieces(name: str, archive: zipfile.ZipFile, part: str, steps: Iterator[int]) -> Iterator[bytes]:
    with open_part(name, archive, part, archive.getinfo(part).file_size) as stream:
        while piece := stream.read(PIECE):
            next(steps, None)
            yield piece
