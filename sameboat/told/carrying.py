"""Brings errands out: pushes over a few lines at once, e-mails over one. What was handed over is gone from the table.

An errand is leased before it is carried. If the process ends on the way it is carried again after the lease, with the
same mark, by which mail programs and push services know it for the same one.
"""

from __future__ import annotations

import http.client
import queue
import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import cast

from django.conf import settings
from django.db import models

from sameboat.told import gate, mail, ports, sealing
from sameboat.told.models import Device, Errand, Mailbox

LEASE = 300
AT_ONCE = 500
LANES = 8
FIRST_PAUSE, LONGEST_PAUSE = 60, 4 * 3_600
GONE = (404, 410)
# A day: whoever switches a phone on later sees at once that something waited.
TTL = "86400"
# One push stands for all: a service that still holds one puts the next in its place.
TOPIC = "w"


class Went(Enum):
    """How carrying one errand ended."""

    WELL = "handed over"
    AGAIN = "try later"
    NEVER = "refused"
    NOBODY = "nobody there any more"


@dataclass(frozen=True)
class Carried:
    errand: Errand
    went: Went


def carry(now: int) -> int:
    """Carries what is due, until nothing is. Returns how many were handed over."""
    Errand.objects.filter(until__lte=now).delete()
    done = 0
    while batch := _leased(now):
        for carried in _all_ways(batch, now):
            settle(carried, now)
            done += carried.went is Went.WELL
    return done


def _leased(now: int) -> list[Errand]:
    """What is due, for this process alone for a while."""
    due = Errand.objects.filter(due_at__lte=now, until__gt=now).select_related("device", "mailbox")
    found: list[Errand] = []
    while not found and (batch := list(due.order_by("due_at", "pk")[:AT_ONCE])):
        found = gate.may_go(batch, now)
    if not found:
        return []
    first = {one.pk for one in found}
    # Taken by the one who changes the row: of two processes the second finds nothing to change.
    moved = Errand.objects.filter(pk__in=first, due_at__lte=now)
    taken = moved.update(due_at=now + LEASE, tries=models.F("tries") + 1)
    return found if taken == len(found) else []


def settle(carried: Carried, now: int) -> None:
    """Writes down how it went."""
    errand, went = carried.errand, carried.went
    row = Errand.objects.filter(pk=errand.pk)
    if went is Went.AGAIN:
        pause = min(FIRST_PAUSE * 2 ** min(errand.tries, 12), LONGEST_PAUSE)
        row.update(due_at=now + pause)
        return
    row.delete()
    if errand.mailbox_id is not None:
        # Read by its owner on their own page; the address stays, for it may be the mail server that is wrong.
        box = Mailbox.objects.of(errand.mailbox_id).filter(refused=went is Went.WELL)
        box.update(refused=went is not Went.WELL)
    elif went is Went.NOBODY and errand.device_id is not None:
        Device.objects.everywhere("its push service knows it no more").filter(pk=errand.device_id).delete()


def _all_ways(batch: list[Errand], now: int) -> Iterator[Carried]:
    """Each errand, as soon as it is known how it went. The lanes never touch the database."""
    letters = [one for one in batch if one.device_id is None]
    pushes = [one for one in batch if one.device_id is not None]
    lanes = [pushes[first::LANES] for first in range(min(LANES, len(pushes)))]
    done: queue.SimpleQueue[Carried] = queue.SimpleQueue()
    work: list[tuple[Callable[..., None], list[Errand]]] = [(_push_lane, lane) for lane in lanes]
    work += [(_mail_lane, letters)] if letters else []
    for lane, errands in work:
        threading.Thread(target=lane, args=(errands, now, done.put), daemon=True, name="telling").start()
    for _each in batch:
        yield done.get()


# Push ------------------------------------------------------------------------------------------------


def _push_lane(errands: list[Errand], now: int, done: Callable[[Carried], None]) -> None:
    lines: dict[str, http.client.HTTPConnection] = {}
    headers: dict[str, dict[str, str]] = {}
    for errand in errands:
        try:
            went = _push(cast(Device, errand.device), now, lines, headers)
        except ports.NotAllowed:
            # Not on the list any more, or its name leads to a place that is not public (P41).
            went = Went.NEVER
        except (OSError, http.client.HTTPException, ssl.SSLError, UnicodeError):
            lines.clear()
            went = Went.AGAIN
        except Exception:
            went = Went.NEVER
        done(Carried(errand, went))
    for line in lines.values():
        line.close()


def _push(
    device: Device, now: int, lines: dict[str, http.client.HTTPConnection], headers: dict[str, dict[str, str]]
) -> Went:
    port = ports.port_of(device.endpoint)
    line = lines.setdefault(port.origin, ports.line_to(port))
    if port.origin not in headers:
        headers[port.origin] = same_for_all(port.origin, now)
    body = sealing.seal(settings.TOLD_WORDS.encode(), bytes(device.key), bytes(device.secret))
    line.request("POST", port.path, body, headers[port.origin])
    answer = line.getresponse()
    answer.read(65_536)
    if answer.will_close or answer.length:
        lines.pop(port.origin).close()
    return _went(answer.status)


def same_for_all(origin: str, now: int) -> dict[str, str]:
    """The headers of every push to one push service."""
    return {
        "Authorization": sealing.signed_for(origin, now=now), "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream", "TTL": TTL, "Topic": TOPIC, "Urgency": "normal",
    }  # fmt: skip


def _went(status: int) -> Went:
    if status in GONE:
        return Went.NOBODY
    if 200 <= status < 300:
        return Went.WELL
    # An answer that sends elsewhere is followed by nobody: it is refused like any other (P41).
    # 401 and 403 are about this site, its key or its clock: for the operator to mend, so nothing is lost meanwhile.
    return Went.AGAIN if status in (401, 403, 408, 429) or status >= 500 else Went.NEVER


# Mail ------------------------------------------------------------------------------------------------


def _mail_lane(errands: list[Errand], now: int, done: Callable[[Carried], None]) -> None:
    left = list(errands)
    try:
        office = mail.post_office()
        while left:
            went = _post(office, left[0])
            done(Carried(left.pop(0), went))
        office.quit()
    except Exception:
        # The mail server is away, or will not have us: everything that is left waits. One letter alone ends no lane.
        for errand in left:
            done(Carried(errand, Went.AGAIN))


def _post(office: smtplib.SMTP, errand: Errand) -> Went:
    try:
        office.send_message(mail.letter(errand), to_addrs=[cast(Mailbox, errand.mailbox).address])
    except smtplib.SMTPRecipientsRefused as refused:
        return _answered(next(iter(refused.recipients.values()))[0])
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPResponseException:
        # It will not have the site, or the letter: for the operator to mend, and no fault of whoever would read it.
        return Went.AGAIN
    except OSError as failed:
        if not isinstance(failed, smtplib.SMTPException):
            raise
        return Went.NEVER
    except Exception:
        # A letter that cannot be written, to anybody, at any time.
        return Went.NEVER
    return Went.WELL


def _answered(code: int) -> Went:
    # A full mailbox is 452 or 552 (RFC 3463, X.2.2), and is empty again one day.
    return Went.AGAIN if code < 500 or code == 552 else Went.NEVER
