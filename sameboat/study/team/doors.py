"""The doors of a study: what stands at the top of every page and on its first one.

An app adds its own with a module `doors.py` that holds a list `DOORS`; nothing else needs to know of it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
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


@dataclass(frozen=True)
class OpenDoor:
    """A door as a page shows it."""

    name: str
    about: str
    href: str
    here: bool


@functools.cache
def every_door() -> tuple[Door, ...]:
    """All doors that the installed apps name, in their order."""
    names = [f"{app}.doors" for app in settings.STUDY_APPS if app != "sameboat.study.team"]
    found = [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]
    doors = [*OWN, *(door for module in found for door in module.DOORS)]
    return tuple(sorted(doors, key=lambda door: door.order))


def doors(seat: Seat, path: str) -> list[OpenDoor]:
    """The doors that this seat may open; `path` says which one is open now."""
    shown = []
    for door in every_door():
        if seat.may(door.needs):
            href = reverse(door.address, kwargs={"sid": seat.study.id})
            shown.append(OpenDoor(door.name, door.about, href, path.startswith(href)))
    return shown


OWN = (
    Door("Team", "study-team", 80, "Who takes part, and as what"),
    Door("About this study", "study-properties", 130, "Its name, its question, and what a report asks about it"),
)
