"""Links with which people come in: into a study, to start studies, or to choose a new passphrase.

Only a hash of a link is kept. A link works once, and for fourteen days.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

from django.db import IntegrityError, transaction

from sameboat.study.desk.actions import let_in
from sameboat.study.desk.refusals import EmailTaken, LinkOver, NameMissing, PassphraseTooShort
from sameboat.study.ledger.acts import act
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Invitation, Researcher, Role

DAYS = 14
SHORTEST_PASSPHRASE = 15


def invite(seat: Seat, role: str, *, blind: bool, now: datetime.datetime) -> str:
    """A link into a study; returns the secret part of it."""
    token = secrets.token_urlsafe(24)
    Invitation(
        study=seat.study, made_by=seat.researcher, role=role, blind=blind, token_hash=_hash(token), made_at=now,
        expires_at=now + datetime.timedelta(days=DAYS),
    ).save(force_insert=True)  # fmt: skip
    return token


def open_the_door(email: str, *, now: datetime.datetime) -> str:
    """A link made on the server itself: who has this address chooses a new passphrase, anyone else comes in new."""
    token = secrets.token_urlsafe(24)
    Invitation(
        researcher=Researcher.objects.filter(email__iexact=email).first(), role=Role.LEAD, token_hash=_hash(token),
        made_at=now, expires_at=now + datetime.timedelta(days=DAYS),
    ).save(force_insert=True)  # fmt: skip
    return token


def open_invitation(token: str, *, now: datetime.datetime) -> Invitation:
    """The invitation of a link. Raises LinkOver where it was used, is too old, or never was."""
    rows = Invitation.objects.select_related("study", "researcher", "made_by")
    found = rows.filter(token_hash=_hash(token), used_at=None, expires_at__gt=now).first()
    if found is None:
        raise LinkOver
    return found


@transaction.atomic
def come_in(token: str, name: str, email: str, passphrase: str, *, now: datetime.datetime) -> Researcher:
    """Somebody new comes in by a link. Raises LinkOver, NameMissing, EmailTaken, PassphraseTooShort."""
    invitation = open_invitation(token, now=now)
    name, email = name.strip()[:120], email.strip()[:254]
    if not name or "@" not in email:
        raise NameMissing("Please give your name and an address to come in with.")
    _must_be_long(passphrase)
    if Researcher.objects.filter(email__iexact=email).exists():
        raise EmailTaken
    try:
        with transaction.atomic():
            made = Researcher.objects.add(name, email, passphrase)
    except IntegrityError:
        raise EmailTaken from None
    take(invitation, made, now=now)
    return made


@transaction.atomic
def take(invitation: Invitation, researcher: Researcher, *, now: datetime.datetime) -> None:
    """A researcher takes up an invitation. Raises LinkOver where somebody was quicker, TakesPartAlready."""
    if not Invitation.objects.filter(id=invitation.id, used_at=None).update(used_at=now):
        raise LinkOver
    study = invitation.study
    if study is not None:
        with act(study, researcher, "add member", label=researcher.name, now=now, undoable=False) as doing:
            let_in(doing, study, researcher, invitation.role, blind=invitation.blind)


@transaction.atomic
def choose_passphrase(token: str, passphrase: str, *, now: datetime.datetime) -> Researcher:
    """Sets a new passphrase by a link that was made for one researcher. Raises LinkOver, PassphraseTooShort."""
    invitation = open_invitation(token, now=now)
    if invitation.researcher is None:
        raise LinkOver
    _must_be_long(passphrase)
    invitation.researcher.set_password(passphrase)
    invitation.researcher.save(update_fields=["password"])
    take(invitation, invitation.researcher, now=now)
    return invitation.researcher


def waiting(seat: Seat, *, now: datetime.datetime) -> int:
    """How many links into this study nobody has used yet."""
    return Invitation.objects.filter(study=seat.study, used_at=None, expires_at__gt=now).count()


def _must_be_long(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
