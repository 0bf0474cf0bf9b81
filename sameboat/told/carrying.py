"""Brings errands out: pushes over a few lines at once, e-mails over one. What was handed over is gone from the table.

Whoever is at a page comes first (`turns`): ten thousand reminders go out in the gaps.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import smtplib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from typing import cast

from django.conf import settings

from sameboat.lib import turns
from sameboat.told import mail, ports, sealing
from sameboat.told.leases import Carried, Went, leased, settle
from sameboat.told.models import Device, Errand, Mailbox

LANES = 8
# So long, in seconds, what was carried waits for more, to be written down together.
MOMENT = 0.1
GONE = (404, 410)
# A day: whoever switches a phone on later sees at once that something waited.
TTL = "86400"
# A ring is over in a minute, and a phone asleep is woken by nothing less (RFC 8030, 5.3). All are like a ring (P41).
URGENCY = "high"
# One push stands for all: a service that still holds one puts the next in its place.
TOPIC = "w"
_turns = threading.Lock()


def carry(now: int) -> int:
    """Carries what is due, until nothing is. Returns how many were handed over."""
    Errand.objects.filter(until__lte=now).delete()
    began, moment, done = time.monotonic(), now, 0
    while batch := leased(moment):
        for some in _all_ways(batch, moment):
            settle(some, moment)
            done += sum(one.went is Went.WELL for one in some)
        # Also what comes meanwhile, such as a ring, which is over in a minute.
        moment = now + int(time.monotonic() - began)
    return done


def _all_ways(batch: list[Errand], now: int) -> Iterator[list[Carried]]:
    """Each errand, soon after it is known how it went. The lanes never touch the database."""
    letters = [one for one in batch if one.device_id is None]
    pushes = [one for one in batch if one.device_id is not None]
    lanes = [pushes[first::LANES] for first in range(min(LANES, len(pushes)))]
    done: queue.SimpleQueue[Carried] = queue.SimpleQueue()
    work: list[tuple[Callable[..., None], list[Errand]]] = [(_push_lane, lane) for lane in lanes]
    work += [(_mail_lane, letters)] if letters else []
    for lane, errands in work:
        threading.Thread(target=lane, args=(errands, now, done.put), daemon=True, name="telling").start()
    left = len(batch)
    while left:
        some = _gathered(done, left)
        left -= len(some)
        yield some


def _gathered(done: queue.SimpleQueue[Carried], left: int) -> list[Carried]:
    """What ends within a moment of the next that ends."""
    some = [done.get()]
    until = time.monotonic() + MOMENT
    with contextlib.suppress(queue.Empty):
        while len(some) < left:
            some.append(done.get(timeout=max(0, until - time.monotonic())))
    return some


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """One lane at a time makes what it sends, in a gap between requests; waiting for an answer needs no turn."""
    with _turns:
        turns.give_way()
        yield


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
    with _turn():
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
        "Content-Type": "application/octet-stream", "TTL": TTL, "Topic": TOPIC, "Urgency": URGENCY,
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
        with _turn():
            letter = mail.letter(errand)
        office.send_message(letter, to_addrs=[cast(Mailbox, errand.mailbox).address])
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
