"""Olive and Oscar, who run the site, each on a device of their own; a key in two halves; reports sealed to it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from sameboat.cli import halves
from sameboat.oversight.models import Act
from sameboat.protocol.encoding import b64u, decode
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.locks import gcm_open
from sameboat.protocol.messages import message_keys
from sameboat.protocol.primitives import unpad
from sameboat.protocol.reports import pick
from sameboat.protocol.seal import Opened, seal_report
from sameboat.staff.models import Person
from tests.fixtures.asking import Answer, now
from tests.fixtures.groups import Group

PAGE = "/operator/without-reading"
Device = Callable[..., Client]


def device(name: str, role: str = "operator") -> Client:
    """Somebody who runs things, signed in."""
    theirs = Client(headers={"origin": settings.ORIGIN})
    theirs.force_login(Person.objects.get_or_create(name=name, defaults={"role": role})[0])
    return theirs


def propose(who: Client, kind: str, reason: str = "They asked us to.", **codes: str) -> Any:
    return who.post(f"{PAGE}/propose", {"kind": kind, "reason": reason, **codes})


def confirm(who: Client, act: Act | None = None) -> Any:
    found = act or Act.objects.latest("pk")
    return who.post(f"{PAGE}/{found.pk}/confirm")


def both(kind: str, **codes: str) -> Act:
    """Olive proposes and Oscar confirms."""
    assert propose(device("Olive"), kind, **codes).status_code == 303
    assert confirm(device("Oscar")).status_code == 303
    return Act.objects.latest("pk")


def a_key(folder: Path) -> tuple[list[Path], bytes]:
    """A new key: the places of its halves, and its public half."""
    places, public = halves.make(folder)
    settings.CONTACT_KEY = public
    return places, halves.joined(places).public_key().public_bytes_raw()


def picked(group: Group, wire: bytes) -> list[Any]:
    """A message of the group's newest epoch, as a row of a report."""
    read = read_envelope(wire)
    padded = gcm_open(*message_keys(group.epoch_key, read.header), read.sealed, read.header.raw)
    raw, signature = decode(unpad(padded, 16384), ["b", "b64"], 16384)
    return pick(group.epoch_key, read.header, Opened([], raw, signature))


def sealed_report(group: Group, name: str, public: bytes, rest: list[Any], type_: str = "report") -> dict[str, str]:
    """What this person sends to the contact, as the API takes it."""
    keys, id_ = group.keys[name], os.urandom(16)
    sealed, sig = seal_report(keys, group.state.circle, public, [now(), type_, id_, *rest])
    return {
        "circle": group.id, "sender": b64u(keys.member), "id": b64u(id_), "sealed": b64u(sealed), "sig": b64u(sig),
    }  # fmt: skip


def send(group: Group, name: str, body: dict[str, str]) -> Answer:
    return group.people[name].ask("POST", "/reports", body)
