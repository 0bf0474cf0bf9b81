"""The only ways to what somebody wants: being them, or holding the link that was sent to their mailbox."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from sameboat.accounts.models import Account
from sameboat.lib.refusals import NotHere
from sameboat.protocol.encoding import un_b64u
from sameboat.protocol.failures import Failure
from sameboat.told.models import Device, Errand, Mailbox, Wish
from sameboat.told.sealing import is_key

# With its pauses that is more than an hour.
STUCK_TRIES = 6


def my_wish(account: Account) -> Wish:
    """What this person wants; where they have never said, what is usual, unsaved."""
    return Wish.objects.of(account).first() or Wish(account=account)


def my_devices(account: Account) -> list[Device]:
    """Where they are told by push, oldest first."""
    return list(Device.objects.of(account).order_by("pk"))


def my_mailbox(account: Account) -> Mailbox | None:
    return Mailbox.objects.of(account).first()


def asked_mailbox(link: str) -> Mailbox:
    """The mailbox that this link was sent to; 128 random bits are the proof."""
    try:
        token = un_b64u(link)
    except Failure:
        raise NotHere from None
    found = Mailbox.objects.everywhere("the link is the proof").filter(token=token).first() if token else None
    if found is None:
        raise NotHere
    return found


def sends_mail() -> bool:
    return bool(settings.SMTP_HOST and settings.MAIL_FROM)


def set_up_wrong() -> Iterator[str]:
    """What in the settings must be mended before people are told: the setting's name, and what to do."""
    if not settings.TOLD_WORDS.isprintable():
        yield "TOLD_WORDS has a line break or another sign that nobody sees: write it as one line."
    if settings.PUSH_TEST_TO:
        yield "PUSH_TEST_TO is for tests only: pushes would go to this machine. Take it away."
    if settings.PUSH_KEY and not is_key(settings.PUSH_KEY):
        yield "PUSH_KEY is no key: it is 32 bytes as base64url. Empty it, and one is made and kept."
    if settings.SMTP_HOST and "@" not in settings.MAIL_FROM:
        yield "MAIL_FROM must be an address, such as notes@example.org: e-mails need a sender."
    if settings.SMTP_TLS == "off" and settings.SMTP_HOST not in ("", "localhost", "127.0.0.1", "::1"):
        yield "SMTP_TLS is off, and the mail server is another machine: addresses could be read on the way."


def how_telling_goes(now: int) -> dict[str, Any]:
    """For the operator's page: what is set up, and whether it works. No address, no person."""
    stuck = Errand.objects.filter(tries__gte=STUCK_TRIES, until__gt=now)
    return {
        "push": settings.PUSH,
        "mail": sends_mail(),
        "push_waits": stuck.filter(device__isnull=False).exists(),
        "mail_waits": stuck.filter(mailbox__isnull=False).exists(),
        "words": settings.TOLD_WORDS,
        "wrong": list(set_up_wrong()),
    }
