"""Files between choosing them and keeping them: read in the background, looked at by a person, then stored or dropped.

Nothing of this is in the database. Each file waits in a folder beside it until it is read, then what was understood of
it, as JSON, for a day at most. Where the disk is full, the whole batch goes, and whoever sent it is told.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.readers import LARGEST_FILE, Transcript, Turn, read, words_in
from sameboat.study.work.room import NoRoom, is_full, room
from sameboat.study.work.uploads import MOST_FILES

KEPT_SECONDS = 24 * 3600
TOKEN_LENGTH = 22


@dataclass(frozen=True)
class Arrived:
    """One file: its own name, and either what was understood of it or a sentence on what is wrong.

    `words` says how many words each turn has: counted once, for the look and for what is stored.
    """

    name: str
    transcript: Transcript | None
    trouble: str = ""
    words: tuple[int, ...] = ()


@dataclass
class Reading:
    """How far the reading of a batch has come. `stop` is set by whoever cancels, `full` where there was no room,
    `ended` when it stands still."""

    total: int
    done: int = 0
    stop: bool = False
    full: bool = False
    ended: threading.Event = field(default_factory=threading.Event)


_going: dict[Path, Reading] = {}
_NAMES = "names"
_PIECE = 256 * 1024


def folder() -> Path:
    return Path(settings.DATA) / "arriving"


def _place(study_id: uuid.UUID, token: str) -> Path:
    """Where a batch waits. Raises NotHere for a token that is none."""
    if len(token) != TOKEN_LENGTH or not token.replace("-", "").replace("_", "").isalnum():
        raise NotHere
    return folder() / study_id.hex / token


def take_in(study_id: uuid.UUID, files: Sequence[tuple[str, IO[bytes] | None]]) -> str:
    """Keeps files and begins to read them, one after another, in a thread; returns the batch's token.

    None stands for a file beyond the most that are read at once. Raises NoRoom.
    """
    clear_old()
    token = secrets.token_urlsafe(16)
    place = _place(study_id, token)
    try:
        with room():
            place.mkdir(parents=True, mode=0o700)
            (place / _NAMES).write_text(json.dumps([name for name, _ in files]), encoding="utf-8")
            for number, (_, content) in enumerate(files):
                if content is not None:
                    _keep(_waiting(place, number), content)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    going = _going[place] = Reading(len(files))
    threading.Thread(target=_read_all, args=(place, [name for name, _ in files], going), daemon=True).start()
    return token


def _waiting(place: Path, number: int) -> Path:
    return place / f"{number:05}.file"


def _keep(path: Path, content: IO[bytes]) -> None:
    """No more of a file than shows that it is too large."""
    left = LARGEST_FILE + 1
    with path.open("xb") as file:
        while left and (piece := content.read(min(_PIECE, left))):
            left -= len(piece)
            file.write(piece)


def _read_all(place: Path, names: list[str], going: Reading) -> None:
    full = False
    try:
        for number, name in enumerate(names):
            if going.stop:
                break
            _write(place / f"{number:05}.json", _read_one(name, _waiting(place, number)))
            _waiting(place, number).unlink(missing_ok=True)
            going.done = number + 1
    except OSError as problem:
        full = is_full(problem)
    finally:
        if going.stop or full:
            shutil.rmtree(place, ignore_errors=True)
        # Said only once nothing of it is left.
        going.full = full
        if not full:
            _going.pop(place, None)
        going.ended.set()


def _read_one(name: str, waiting: Path) -> Arrived:
    if not waiting.exists():
        return Arrived(
            name, None, f"{name} was not read: {MOST_FILES} files at once are the most. Please choose it once more."
        )
    try:
        found = read(name, waiting.read_bytes())
        return Arrived(name, found, words=words_in(found))
    except Refusal as refusal:
        return Arrived(name, None, refusal.sentence)
    except Exception:
        # Whatever a file does to a library, the other files of the batch are still read.
        return Arrived(name, None, f"{name} could not be read. It may be damaged: open it and save it anew.")


def _write(path: Path, arrived: Arrived) -> None:
    """Whole or not at all: what is half written bears another name."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(_plain(arrived)), encoding="utf-8")
    part.rename(path)


def _plain(arrived: Arrived) -> dict[str, Any]:
    said = arrived.transcript
    whole = {one.name: getattr(said, one.name) for one in fields(said)} if said else None
    if said and whole:
        whole["turns"] = [(turn.start, turn.end, turn.speaker, turn.seconds) for turn in said.turns]
    return {"name": arrived.name, "trouble": arrived.trouble, "transcript": whole, "words": arrived.words}


def reading(study_id: uuid.UUID, token: str) -> Reading | None:
    """How far it is, or None once everything is read.

    Raises NotHere where there is no such batch, NoRoom where there was no room for what was read.
    """
    place = _place(study_id, token)
    going = _going.get(place)
    if going is None and not place.is_dir():
        raise NotHere
    if going is not None and going.full:
        raise NoRoom
    return going


def wait(study_id: uuid.UUID, token: str, seconds: float) -> None:
    """Until everything is read, but no longer than this. Raises NotHere, NoRoom, as `reading` does."""
    going = reading(study_id, token)
    if going is not None and going.ended.wait(seconds):
        reading(study_id, token)


def arrived(study_id: uuid.UUID, token: str) -> Iterator[Arrived]:
    """What was understood, in the order of the files; of what was not reached before the program ended, that."""
    place = _place(study_id, token)
    for number, name in enumerate(_names(place)):
        path = place / f"{number:05}.json"
        if path.exists():
            yield _arrived(json.loads(path.read_text(encoding="utf-8")))
        else:
            yield Arrived(
                name, None, f"{name} was not read: the program was closed before. Please choose it once more."
            )


def _names(place: Path) -> list[str]:
    try:
        found: list[str] = json.loads((place / _NAMES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotHere from None
    return found


def _arrived(found: dict[str, Any]) -> Arrived:
    kept = found["transcript"]
    if not isinstance(kept, dict):
        return Arrived(str(found["name"]), None, str(found["trouble"]))
    lists = {name: tuple(kept[name]) for name in ("speakers", "notes", "interviewers")}
    turns = tuple(Turn(*turn) for turn in kept["turns"])
    transcript = Transcript(**{**kept, **lists, "turns": turns})
    # A batch that waited while the program was renewed has no numbers yet.
    return Arrived(str(found["name"]), transcript, words=tuple(found.get("words") or words_in(transcript)))


def drop(study_id: uuid.UUID, token: str) -> None:
    """Forgets a batch; a reading that is still going on stops after the file it is at."""
    place = _place(study_id, token)
    going = _going.get(place)
    if going is not None and not going.full:
        going.stop = True
    else:
        _going.pop(place, None)
        shutil.rmtree(place, ignore_errors=True)


def clear_old() -> None:
    """Drops what nobody came back for within a day."""
    for place in folder().glob("*/*"):
        if place not in _going and time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
