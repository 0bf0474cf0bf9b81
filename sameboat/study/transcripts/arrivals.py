"""Files between choosing them and keeping them: read in the background, looked at by a person, then stored or dropped.

Nothing of this is in the database. What was understood waits as JSON in a folder beside it, for a day at most.
"""

from __future__ import annotations

import json
import secrets
import shutil
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.readers import Transcript, Turn, read

KEPT_SECONDS = 24 * 3600
TOKEN_LENGTH = 22


@dataclass(frozen=True)
class Arrived:
    """One file: its own name, and either what was understood of it or a sentence on what is wrong."""

    name: str
    transcript: Transcript | None
    trouble: str = ""


@dataclass
class Reading:
    """How far the reading of a batch has come. `stop` is set by whoever cancels."""

    total: int
    done: int = 0
    stop: bool = False


_going: dict[Path, Reading] = {}


def folder() -> Path:
    return Path(settings.DATA) / "arriving"


def _place(study_id: uuid.UUID, token: str) -> Path:
    """Where a batch waits. Raises NotHere for a token that is none."""
    if len(token) != TOKEN_LENGTH or not token.replace("-", "").replace("_", "").isalnum():
        raise NotHere
    return folder() / study_id.hex / token


def take_in(study_id: uuid.UUID, files: Iterable[tuple[str, Callable[[], bytes]]], total: int) -> str:
    """Begins to read files, one after another, in a thread; returns the batch's token."""
    clear_old()
    token = secrets.token_urlsafe(16)
    place = _place(study_id, token)
    place.mkdir(parents=True, mode=0o700)
    going = _going[place] = Reading(total)
    threading.Thread(target=_read_all, args=(place, list(files), going), daemon=True).start()
    return token


def _read_all(place: Path, files: list[tuple[str, Callable[[], bytes]]], going: Reading) -> None:
    try:
        for number, (name, content) in enumerate(files):
            if going.stop:
                break
            _write(place / f"{number:05}.json", _read_one(name, content))
            going.done = number + 1
    finally:
        if going.stop:
            shutil.rmtree(place, ignore_errors=True)
        _going.pop(place, None)


def _read_one(name: str, content: Callable[[], bytes]) -> Arrived:
    try:
        return Arrived(name, read(name, content()))
    except Refusal as refusal:
        return Arrived(name, None, refusal.sentence)
    except Exception:
        # Whatever a file does to a library, the other files of the batch are still read.
        return Arrived(name, None, f"{name} could not be read. It may be damaged: open it and save it anew.")


def _write(path: Path, arrived: Arrived) -> None:
    path.write_text(json.dumps(asdict(arrived)), encoding="utf-8")


def reading(study_id: uuid.UUID, token: str) -> Reading | None:
    """How far it is, or None once everything is read. Raises NotHere where there is no such batch."""
    place = _place(study_id, token)
    going = _going.get(place)
    if going is None and not place.is_dir():
        raise NotHere
    return going


def arrived(study_id: uuid.UUID, token: str) -> Iterator[Arrived]:
    """What was understood, in the order of the files."""
    for path in sorted(_place(study_id, token).glob("*.json")):
        yield _arrived(json.loads(path.read_text(encoding="utf-8")))


def _arrived(found: dict[str, object]) -> Arrived:
    kept = found["transcript"]
    if not isinstance(kept, dict):
        return Arrived(str(found["name"]), None, str(found["trouble"]))
    lists = {name: tuple(kept[name]) for name in ("speakers", "notes", "interviewers")}
    turns = tuple(Turn(**turn) for turn in kept["turns"])
    return Arrived(str(found["name"]), Transcript(**{**kept, **lists, "turns": turns}))


def drop(study_id: uuid.UUID, token: str) -> None:
    """Forgets a batch; a reading that is still going on stops after the file it is at."""
    place = _place(study_id, token)
    if (going := _going.get(place)) is not None:
        going.stop = True
    else:
        shutil.rmtree(place, ignore_errors=True)


def clear_old() -> None:
    """Drops what nobody came back for within a day."""
    for place in folder().glob("*/*"):
        if place not in _going and time.time() - place.stat().st_mtime > KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
