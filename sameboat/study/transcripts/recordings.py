"""Sound files beside texts: kept in a folder that only their owner can read, and played from any place in them.

The file's own name is not kept: it often holds somebody's.
"""

from __future__ import annotations

import datetime
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.actions import document_of
from sameboat.study.transcripts.models import Recording

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")
# By how the file begins, whatever its name says.
_KINDS = (
    (re.compile(rb"RIFF....WAVE", re.S), "audio/wav"),
    (re.compile(rb"OggS"), "audio/ogg"),
    (re.compile(rb"fLaC"), "audio/flac"),
    (re.compile(rb"....ftyp", re.S), "audio/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "audio/webm"),
    (re.compile(rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]"), "audio/mpeg"),
    (re.compile(rb"\xff[\xf0\xf1\xf8\xf9]"), "audio/aac"),
)


class NotSound(Refusal):
    status = 422
    code = "not_sound"
    sentence = "This is no sound file that browsers play. Kinds: mp3, m4a, wav, ogg, flac, webm."


class NoRoomForSound(Refusal):
    status = 507
    code = "no_room"
    sentence = "There is no room on the disk for this recording, so nothing of it was kept."


class PastTheEnd(Refusal):
    status = 416
    code = "past_the_end"
    sentence = "The recording is shorter than that."


def folder(study_id: uuid.UUID) -> Path:
    """Where a study's recordings lie."""
    return Path(settings.DATA) / "recordings" / study_id.hex


def media_type(first: bytes) -> str:
    """What kind of sound a file is by its first bytes. Raises NotSound."""
    found = next((kind for pattern, kind in _KINDS if pattern.match(first)), "")
    if not found:
        raise NotSound
    return found


def keep(seat: Seat, document_id: uuid.UUID, pieces: Iterable[bytes], *, now: datetime.datetime) -> Recording:
    """Keeps a sound file beside a text, in place of the one before. Raises NotHere, NotSound, NoRoomForSound."""
    document = document_of(seat, document_id)
    old = list(Recording.objects.filter(document=document))
    made = Recording(study=seat.study, document=document)
    path = folder(seat.study.id) / made.id.hex
    try:
        made.media_type, made.size = _written(path, pieces)
        made.path = str(path.relative_to(settings.DATA))
        with act(seat.study, seat.researcher, "add recording", label=document.title, now=now, undoable=False) as doing:
            doing.remove_all(old)
            doing.add(made)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    for one in old:
        place(one).unlink(missing_ok=True)
    return made


def put_back(made: Recording, pieces: Iterable[bytes]) -> None:
    """The sound of a recording that a backup holds; its row is still to be saved. Raises NotSound, NoRoomForSound."""
    path = folder(made.study_id) / made.id.hex
    is_mine = not path.exists()
    try:
        made.media_type, made.size = _written(path, pieces)
        made.path = str(path.relative_to(settings.DATA))
    except BaseException:
        if is_mine:
            path.unlink(missing_ok=True)
        raise


def _written(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    kind, size = "", 0
    try:
        for above in (path.parent.parent, path.parent):
            above.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            for piece in pieces:
                kind = kind or media_type(piece[:16])
                size += file.write(piece)
    except OSError as wrong:
        raise NoRoomForSound from wrong
    if not kind:
        raise NotSound
    return kind, size


def remove(seat: Seat, recording_id: uuid.UUID, *, now: datetime.datetime) -> None:
    """The sound goes for good; the text stays. Raises NotHere."""
    found = recording_of(seat, recording_id)
    title = found.document.title
    with act(seat.study, seat.researcher, "remove recording", label=title, now=now, undoable=False) as doing:
        doing.remove(found)
    place(found).unlink(missing_ok=True)


def recording_of(seat: Seat, recording_id: uuid.UUID) -> Recording:
    """A recording whose text is not in the bin. Raises NotHere."""
    rows = Recording.objects.filter(study=seat.study, id=recording_id, document__trashed_at=None)
    found = rows.select_related("document").first()
    if found is None:
        raise NotHere
    return found


def place(recording: Recording) -> Path:
    """The file of a recording: always within the folder of its study, whatever the row says."""
    return folder(recording.study_id) / Path(recording.path).name


def asked_for(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the one after the last, of a Range header (RFC 9110, 14.1); None: the whole. Raises PastTheEnd."""
    found = _RANGE.match(header.replace(" ", ""))
    if found is None or found[0] == "bytes=-":
        return None
    if not found[1]:
        return max(0, size - int(found[2])), size
    start, end = int(found[1]), min(int(found[2]) + 1 if found[2] else size, size)
    if start >= size:
        raise PastTheEnd
    return (start, end) if start < end else None


def pieces_of(path: Path, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` to before `end`, piece by piece."""
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (piece := file.read(min(PIECE, end - start))):
            start += len(piece)
            yield piece
