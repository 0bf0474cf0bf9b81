"""The doors of a study: what stands at the top of every page and on its first one.

An app adds its own with a module `doors.py` that holds a list `DOORS`; nothing else needs to know of it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from sameboat.study.team.access import Seat
from sameboat.study.team.models import Role


@dataclass(frozen=True)
class Door:
    """`address` is the name of an address that takes `sid`; doors stand in order of `order`, 10 apart."""

    name: str
    address: str
    order: int
    about: str = ""
    needs: str = Role.READER
    # A few words on how things stand, shown on the study's first page only.
    glance: Callable[[Seat], str] | None = None


@dataclass(frozen=True)
class OpenDoor:
    """A door as a page shows it."""

    door: Door
    name: str
    about: str
    href: str
    here: bool


@dataclass(frozen=True)
class Part:
    """Doors that belong together, under one heading."""

    name: str
    doors: list[OpenDoor]


# Up to which order a door belongs to which part.
PARTS = ((49, "What was said"), (79, "What it means"), (999, "Beside it"))


@functools.cache
def every_door() -> tuple[Door, ...]:
    """All doors that the installed apps name, in their order."""
    names = [f"{app}.doors" for app in settings.STUDY_APPS if app != __name__.rpartition(".")[0]]
    found = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    doors = [door for module in found for door in module.DOORS]
    return tuple(sorted(doors, key=lambda door: door.order))


def doors(seat: Seat, path: str) -> list[Part]:
    """The doors that this seat may open, by parts; `path` says which one is open now."""
    parts = [Part(name, []) for _, name in PARTS]
    for door in every_door():
        if seat.may(door.needs):
            href = reverse(door.address, kwargs={"sid": seat.study.id})
            place = next(index for index, (last, _) in enumerate(PARTS) if door.order <= last)
            parts[place].doors.append(OpenDoor(door, door.name, door.about, href, path.startswith(href)))
    return [part for part in parts if part.doors]
