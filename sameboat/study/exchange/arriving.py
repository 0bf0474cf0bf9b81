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
import time
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.exchange.kinds import read_any
from sameboat.study.exchange.shapes import Account, Project
from sameboat.study.transcripts import arrivals

_MOST_NAMED = 40
_EDGE = 0.8


class NoRoom(Refusal):
    status = 507
    code = "no_room"
    sentence = "There is no room left on the disk for this file. Nothing was stored. Make some room, and try again."


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
    """A reading that goes on; `stop` is set by whoever cancels."""

    stop: bool = False


_going: dict[Path, Going] = {}


def take_in(owner: uuid.UUID, name: str, content: bytes) -> str:
    """Keeps a file and begins to read it; returns its token. `owner` is the study, or whoever will start one."""
    arrivals.clear_old()
    token = secrets.token_urlsafe(16)
    place = _place(owner, token)
    try:
        place.mkdir(parents=True, mode=0o700)
        with os.fdopen(os.open(place / "file", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        (place / "name").write_text(name, encoding="utf-8")
    except OSError as wrong:
        shutil.rmtree(place, ignore_errors=True)
        raise NoRoom from wrong
    going = _going[place] = Going()
    thread = threading.Thread(target=_look, args=(place, name, content, going), daemon=True)
    thread.start()
    thread.join(_EDGE)
    return token


def _place(owner: uuid.UUID, token: str) -> Path:
    if len(token) != arrivals.TOKEN_LENGTH or not token.replace("-", "").replace("_", "").isalnum():
        raise NotHere
    return arrivals.folder() / owner.hex / token


def _look(place: Path, name: str, content: bytes, going: Going) -> None:
    try:
        seen = _seen(name, content)
        if not going.stop:
            (place / "seen.part").write_text(json.dumps(asdict(seen)), encoding="utf-8")
            (place / "seen.part").rename(place / "seen")
    finally:
        if going.stop:
            shutil.rmtree(place, ignore_errors=True)
        _going.pop(place, None)


def _seen(name: str, content: bytes) -> Seen:
    try:
        kind, project, account = read_any(name, content)
    except Refusal as refusal:
        return Seen(name, trouble=refusal.sentence)
    except Exception:
        # Whatever a file does to a library, whoever chose it gets a sentence.
        return Seen(name, trouble=f"{name} could not be read. It may be damaged: export it once more.")
    kept = [(what, count) for what, count in account.kept.items() if count]
    texts, codes = [one.name for one in project.sources], [one.name for one in project.codes]
    return Seen(
        name, project.name, kind, kept, account.mended, account.left_out, texts[:_MOST_NAMED], codes[:_MOST_NAMED]
    )


def looking(owner: uuid.UUID, token: str) -> bool:
    """Whether it is still being read. Raises NotHere where there is no such file."""
    place = _place(owner, token)
    if place not in _going and not (place / "seen").exists():
        raise NotHere
    return place in _going


def seen(owner: uuid.UUID, token: str) -> Seen:
    """What was found in it. Raises NotHere."""
    try:
        found = json.loads((_place(owner, token) / "seen").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotHere from None
    return Seen(**{**found, "kept": [(what, count) for what, count in found["kept"]]})


def file_of(owner: uuid.UUID, token: str) -> tuple[str, bytes]:
    """The file itself, with its name. Raises NotHere."""
    place = _place(owner, token)
    try:
        return (place / "name").read_text(encoding="utf-8"), (place / "file").read_bytes()
    except FileNotFoundError:
        raise NotHere from None


def again(owner: uuid.UUID, token: str) -> tuple[Project, Account]:
    """The whole project, read once more. Raises NotHere."""
    _, project, account = read_any(*file_of(owner, token))
    return project, account


def drop(owner: uuid.UUID, token: str) -> None:
    """Forgets a file; a reading that goes on ends with nothing kept."""
    place = _place(owner, token)
    if (going := _going.get(place)) is not None:
        going.stop = True
        time.sleep(0)
    else:
        shutil.rmtree(place, ignore_errors=True)
