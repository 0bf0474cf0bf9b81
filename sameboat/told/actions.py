"""What somebody asks about being told. Times are whole seconds since 1970 UTC, passed in as `now`."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db import transaction

from sameboat.accounts.models import Account
from sameboat.timetable.clocks import is_zone
from sameboat.told import access, here, mail, ports, rung
from sameboat.told.hours import DAY, next_at
from sameboat.told.models import Asked, Device, Errand, Mailbox, Wish
from sameboat.told.refusals import AskedEnough, NoAddress, NoMailHere, NoSuchHours, NoSuchPush
from sameboat.told.sealing import is_point

WEEK = 7 * 86_400
HOUR = 3_600
MINUTE = 60
MOST_DEVICES = 10
DAY_S = 86_400
MOST_ASKED = 3
LONGEST_BREAK = 366 * 86_400


@dataclass(frozen=True)
class Wanted:
    """Of which places, and in which hours not."""

    talks: bool
    group: bool
    meetings: bool
    rings: bool
    zone: str
    quiet_from: int | None
    quiet_to: int | None
    break_until: int | None
    looks_at: int | None


@transaction.atomic
def want(account: Account, wanted: Wanted, *, now: int) -> Wish:
    """Keeps what somebody wants; what already waits is weighed by it anew. Raises NoSuchHours."""
    quiet = (wanted.quiet_from, wanted.quiet_to)
    if not is_zone(wanted.zone) or (None in quiet and quiet != (None, None)):
        raise NoSuchHours
    if any(minute is not None and not 0 <= minute < DAY for minute in (*quiet, wanted.looks_at)):
        raise NoSuchHours
    if wanted.break_until is not None and wanted.break_until > now + LONGEST_BREAK:
        raise NoSuchHours
    wish, _ = Wish.objects.everywhere("one's own").get_or_create(account=account)
    for name, value in vars(wanted).items():
        setattr(wish, name, value)
    wish.look_at = None if wanted.looks_at is None else next_at(wanted.zone, wanted.looks_at, now)
    wish.save(update_fields=[*vars(wanted), "look_at"])
    Wish.objects.of(account).filter(due_at__gt=now).update(due_at=now)
    return wish


@transaction.atomic
def add_device(account: Account, endpoint: str, key: bytes, secret: bytes) -> Device:
    """Tells this browser from now on; of more than ten the oldest goes. Raises NoSuchPush (P41).

    A browser belongs to whoever asked last: another account that asked from it before is not told there any more.
    """
    try:
        ports.port_of(endpoint)
    except ports.NotAllowed:
        raise NoSuchPush from None
    if not is_point(key):
        raise NoSuchPush
    name = hashlib.sha256(endpoint.encode()).digest()
    Device.objects.everywhere("a browser belongs to one").filter(endpoint_hash=name).exclude(account=account).delete()
    device, _ = Device.objects.everywhere("one's own").update_or_create(
        endpoint_hash=name, defaults={"account": account, "endpoint": endpoint, "key": key, "secret": secret}
    )
    Wish.objects.everywhere("one's own").get_or_create(account=account)
    kept = Device.objects.of(account).order_by("-pk").values_list("pk", flat=True)[:MOST_DEVICES]
    Device.objects.of(account).exclude(pk__in=list(kept)).delete()
    return device


def forget_device(account: Account, endpoint: str) -> None:
    """This browser is not told any more. Twice is once."""
    name = hashlib.sha256(endpoint.encode()).digest()
    Device.objects.of(account).filter(endpoint_hash=name).delete()


@transaction.atomic
def ask_mailbox(account: Account, address: str, *, now: int) -> Mailbox:
    """Sends the one question to an address. Until it is answered nothing else goes there.

    One goes to an address in a week, whoever asks: somebody who wants none is not asked by one member after another.
    The answer is the same either way. Raises NoMailHere, NoAddress, AskedEnough.
    """
    if not access.sends_mail():
        raise NoMailHere
    if not mail.is_address(address):
        raise NoAddress
    mine = Mailbox.objects.of(account)
    if same := mine.filter(address=address, refused=False).first():
        return same
    is_first, token = _note_asking(account, address, now=now)
    mine.delete()
    mailbox = Mailbox(account=account, address=address, asked_at=now, token=token)
    mailbox.save(force_insert=True)
    Wish.objects.everywhere("one's own").get_or_create(account=account)
    if is_first:
        set_errand(now, now + WEEK, Errand.Kind.ASK, mailbox=mailbox)
    return mailbox


def _note_asking(account: Account, address: str, *, now: int) -> tuple[bool, bytes]:
    """Whether nobody asked this address within a week; and what says yes to it, the same as in one's own letter there.

    Raises AskedEnough for a fourth asking in a day.
    """
    # The account's row is held, so that two at once are counted one after the other.
    Account.objects.select_for_update().get(pk=account.pk)
    if Asked.objects.of(account).filter(asked_at__gt=now - DAY_S).count() >= MOST_ASKED:
        raise AskedEnough
    name = _keyed(b"mailbox", address.casefold().encode())
    asked = Asked.objects.everywhere("whoever asked it").filter(address_hash=name, asked_at__gt=now - WEEK)
    is_first = not asked.exists()
    mine = asked.filter(account=account).order_by("asked_at").first()
    # As old as one's first, so that the week ends with the letter's, and the letter that lies there still works.
    at = mine.asked_at if mine else now
    Asked.objects.of(account).create(account=account, address_hash=name, asked_at=at)
    return is_first, _keyed(b"yes", bytes(account.pk), name, str(at).encode())[:16]


def _keyed(*parts: bytes) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"\0".join(parts), hashlib.sha256).digest()


def confirm_mailbox(mailbox: Mailbox) -> None:
    """Whoever reads that mailbox has said yes."""
    Mailbox.objects.of(mailbox.account_id).filter(token=mailbox.token).update(token=None)


def forget_mailbox(account: Account) -> None:
    """Nothing is sent there any more, and the address is forgotten."""
    Mailbox.objects.of(account).delete()


def try_out(account: Account, *, now: int) -> int:
    """Tells all of one's own ways once, now, whatever the hour. Returns how many there are."""
    return tell_all_ways([bytes(account.pk)], now, now + HOUR, Errand.Kind.TRY)


def want_rings(account: Account) -> None:
    """A test ring came: whoever asked to be told is told of rings too. Nobody begins to be told by it."""
    Wish.objects.of(account).update(rings=True)


def ring(account: bytes, *, by: bytes, now: int) -> None:
    """Somebody rings them: told at once to their browsers, with the same words as ever, unless a page is before them.

    Only whoever wants it, and seldom enough, whoever rings (`rung`). Quiet hours and breaks are weighed where it is
    carried. After a minute it is over.
    """
    if here.is_here(account, now=now) or not Wish.objects.of(account).filter(rings=True).exists():
        return
    if rung.may_tell(account, by, now=now):
        # Before all that waits: of ten thousand reminders on their way the ring does not come last.
        tell_all_ways([account], now - HOUR, now + MINUTE, Errand.Kind.RING, letters=False)


def tell_all_ways(accounts: list[bytes], due_at: int, until: int, kind: str, *, letters: bool = True) -> int:
    """An errand for each device and answered mailbox of these people; where one is under way already, that one does."""
    return send_out(errands_for(dict.fromkeys(accounts, (due_at, until)), kind, letters=letters))


def errands_for(when: dict[bytes, tuple[int, int]], kind: str, *, letters: bool = True) -> list[Errand]:
    """An errand for each device and answered mailbox of each account, due and over at these seconds; not kept yet."""
    return errands_by(ways_of(list(when), letters=letters), when, kind)


def ways_of(accounts: list[bytes], *, letters: bool = True) -> dict[bytes, list[Device | Mailbox]]:
    """The devices of each account, and its mailbox if it was answered for."""
    why, ways = "each of those who are to be told", {"account__in": accounts}
    found: dict[bytes, list[Device | Mailbox]] = {}
    for device in Device.objects.everywhere(why).filter(**ways):
        found.setdefault(bytes(device.account_id), []).append(device)
    for mailbox in Mailbox.objects.everywhere(why).filter(**ways, token=None) if letters else ():
        found.setdefault(bytes(mailbox.account_id), []).append(mailbox)
    return found


def errands_by(
    ways: dict[bytes, list[Device | Mailbox]], when: dict[bytes, tuple[int, int]], kind: str
) -> list[Errand]:
    """As `errands_for`, by ways that are known."""
    return [
        Errand(
            device=way if isinstance(way, Device) else None, mailbox=way if isinstance(way, Mailbox) else None,
            kind=kind, mark=secrets.token_bytes(16), due_at=due_at, until=until,
        )
        for account, (due_at, until) in when.items()
        for way in ways.get(account, ())
    ]  # fmt: skip


def account_of(errand: Errand) -> bytes:
    """Whom it is for."""
    way = cast("Device | Mailbox", errand.device or errand.mailbox)
    return bytes(way.account_id)


def send_out(errands: list[Errand]) -> int:
    """Keeps them, to be carried; where one of a kind is under way already, that one does. Returns how many."""
    Errand.objects.bulk_create(errands, ignore_conflicts=True, batch_size=100)
    return len(errands)


def set_errand(due_at: int, until: int, kind: str, *, mailbox: Mailbox) -> None:
    """One errand to one mailbox."""
    Errand.objects.create(mailbox=mailbox, kind=kind, mark=secrets.token_bytes(16), due_at=due_at, until=until)


def forget_unanswered(*, now: int) -> None:
    """An address whose question was not answered within a week is forgotten."""
    asked = Mailbox.objects.everywhere("what nobody answered").filter(token__isnull=False)
    asked.filter(asked_at__lte=now - WEEK).delete()
    Asked.objects.everywhere("what is a week old").filter(asked_at__lte=now - WEEK).delete()
