"""A study of another program, or a backup, between choosing the file and bringing it in.

Read in the background; nothing of it is in the database until a person has looked at the account. The file waits in a
folder beside the database, where a withdrawal finds it, for a day at most.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.exchange.kinds import becomes_its_own, is_backup, read_any
from sameboat.study.exchange.refi.read import LARGEST_PROJECT
from sameboat.study.exchange.shapes import Account, Project
from sameboat.study.pace import Pace, Stopped, here
from sameboat.study.transcripts import arrivals
from sameboat.study.work.room import NoRoom, is_full, room

WHOLE_STUDY = "backup"
_MOST_NAMED = 40
_EDGE = 0.8


@dataclass
class Seen:
    """What was found in a file: names and counts to look at, and the account; or the sentence on what is wrong."""

    name: str
    title: str = ""
    kind: str = ""
    kept: list[tuple[str, int]] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    trouble: str = ""


@dataclass
class Going:
    """A reading that goes on; `pace` says how far it is, `full` that there was no room for what was found."""

    pace: Pace = field(default_factory=Pace)
    full: bool = False


_going: dict[Path, Going] = {}


def take_in(owner: uuid.UUID, file: UploadedFile[bytes]) -> str:
    """Keeps a file and begins to read it; returns its token. `owner` is the study, or whoever will start one.

    Raises NoRoom.
    """
    arrivals.clear_old()
    token = secrets.token_urlsafe(16)
    place, name = _place(owner, token), file.name or "file"
    try:
        with room():
            place.mkdir(parents=True, mode=0o700)
            _keep(place / "file", file)
            (place / "name").write_text(name, encoding="utf-8")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    going = _going[place] = Going()
    thread = threading.Thread(target=_look, args=(place, name, going), daemon=True)
    thread.start()
    thread.join(_EDGE)
    return token


def _keep(path: Path, file: UploadedFile[bytes]) -> None:
    """A file that lies on the disk already is moved, so that there need not be room for it twice."""
    if isinstance(file, TemporaryUploadedFile):
        Path(file.temporary_file_path()).rename(path)
        return
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as kept:
        for piece in file.chunks():
            kept.write(piece)


def _place(owner: uuid.UUID, token: str) -> Path:
    if len(token) != arrivals.TOKEN_LENGTH or not token.replace("-", "").replace("_", "").isalnum():
        raise NotHere
    return arrivals.folder() / owner.hex / token


def _look(place: Path, name: str, going: Going) -> None:
    before = here.set(going.pace)
    try:
        seen = _seen(name, place / "file")
        (place / "seen.part").write_text(json.dumps(asdict(seen)), encoding="utf-8")
        (place / "seen.part").rename(place / "seen")
    except OSError as problem:
        going.full = is_full(problem)
    except Stopped:
        pass
    finally:
        here.reset(before)
        if going.pace.stop or going.full:
            shutil.rmtree(place, ignore_errors=True)
        if not going.full:
            _going.pop(place, None)


def _seen(name: str, path: Path) -> Seen:
    try:
        if is_backup(name, path):
            return Seen(name, kind=WHOLE_STUDY, trouble=becomes_its_own(name))
        with path.open("rb") as file:
            kind, project, account = read_any(name, file.read(LARGEST_PROJECT + 1))
    except Refusal as refusal:
        return Seen(name, trouble=refusal.sentence)
    except Stopped:
        raise
    except Exception:
        # Whatever a file does to a library, whoever chose it gets a sentence.
        return Seen(name, trouble=f"{name} could not be read. It may be damaged: export it once more.")
    kept = [(what, count) for what, count in account.kept.items() if count]
    texts, codes = [one.name for one in project.sources], [one.name for one in project.codes]
    return Seen(
        name, project.name, kind, kept, account.mended, account.left_out, texts[:_MOST_NAMED], codes[:_MOST_NAMED]
    )


def looking(owner: uuid.UUID, token: str) -> Pace | None:
    """How far it is, while it is still being read. Raises NotHere where there is no such file, NoRoom."""
    place = _place(owner, token)
    going = _going.get(place)
    if going is None and not (place / "seen").exists():
        raise NotHere
    if going is not None and going.full:
        _going.pop(place, None)
        raise NoRoom
    return going.pace if going else None


def seen(owner: uuid.UUID, token: str) -> Seen:
    """What was found in it. Raises NotHere."""
    try:
        found = json.loads((_place(owner, token) / "seen").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotHere from None
    return Seen(**{**found, "kept": [(what, count) for what, count in found["kept"]]})


def file_of(owner: uuid.UUID, token: str) -> tuple[str, Path]:
    """The file's name, and where it lies. Raises NotHere."""
    place = _place(owner, token)
    if not (place / "file").is_file():
        raise NotHere
    return (place / "name").read_text(encoding="utf-8"), place / "file"


def again(owner: uuid.UUID, token: str) -> tuple[Project, Account]:
    """The whole project, read once more. Raises NotHere."""
    name, path = file_of(owner, token)
    _, project, account = read_any(name, path.read_bytes())
    return project, account


def drop(owner: uuid.UUID, token: str) -> None:
    """Forgets a file; a reading that goes on ends with nothing kept."""
    place = _place(owner, token)
    if (going := _going.get(place)) is not None:
        going.pace.stop = True
    else:
        shutil.rmtree(place, ignore_errors=True)
