"""Brings errands out: pushes over a few lines at once, e-mails over one. What was handed over is gone from the table.

Whoever is at a page comes first (`turns`): ten thousand reminders go out in the gaps.
"""

from __future__ import annotations

import contextlib
import http.client
import smtplib
import ssl
import threading
import time
from collections.abc import Iterator
from functools import partial
from typing import cast

from django.conf import settings

from sameboat.lib import turns
from sameboat.told import mail, ports, sealing
from sameboat.told.lanes import Lanes
from sameboat.told.leases import Went, leased, settle
from sameboat.told.models import Device, Errand, Mailbox

GONE = (404, 410)
# So long, in seconds, nobody asks a mail server again that took nothing.
AWAY = 60.0
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
    with Lanes(partial(Pushes, now), Letters) as lanes:
        while batch := leased(moment):
            for some in lanes.carry(batch):
                settle(some, moment)
                done += sum(one.went is Went.WELL for one in some)
            # Also what comes meanwhile, such as a ring, which is over in a minute.
            moment = now + int(time.monotonic() - began)
    return done


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """One lane at a time makes what it sends, in a gap between requests; waiting for an answer needs no turn."""
    with _turns:
        turns.give_way()
        yield


# Push ------------------------------------------------------------------------------------------------


class Pushes:
    """A line to each push service that is asked, kept open from one push to the next."""

    def __init__(self, now: int) -> None:
        self._now = now
        self._lines: dict[str, http.client.HTTPConnection] = {}
        self._headers: dict[str, dict[str, str]] = {}

    def bring(self, errand: Errand) -> Went:
        try:
            return self._push(cast(Device, errand.device))
        except ports.NotAllowed:
            # Not on the list any more, or its name leads to a place that is not public (P41).
            return Went.NEVER
        except (OSError, http.client.HTTPException, ssl.SSLError, UnicodeError):
            self.close()
            return Went.AGAIN
        except Exception:
            return Went.NEVER

    def close(self) -> None:
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def _push(self, device: Device) -> Went:
        port = ports.port_of(device.endpoint)
        line = self._line_to(port)
        with _turn():
            body = sealing.seal(settings.TOLD_WORDS.encode(), bytes(device.key), bytes(device.secret))
            line.request("POST", port.path, body, self._headers[port.origin])
        answer = line.getresponse()
        answer.read(65_536)
        if answer.will_close or answer.length:
            self._lines.pop(port.origin).close()
        return _went(answer.status)

    def _line_to(self, port: ports.Port) -> http.client.HTTPConnection:
        """An open line: nobody else's turn waits until a push service has been reached."""
        if port.origin not in self._headers:
            self._headers[port.origin] = same_for_all(port.origin, self._now)
        if port.origin not in self._lines:
            line = ports.line_to(port)
            line.connect()
            self._lines[port.origin] = line
        return self._lines[port.origin]


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


class Letters:
    """One line to the operator's mail server, kept open from one letter to the next.

    Where it cannot be reached, or hangs up on the first letter, all wait for a while. Where it hangs up after some, as
    servers do that take so many over one line, the letter at hand waits, and the next opens a new one.
    """

    def __init__(self) -> None:
        self._office: smtplib.SMTP | None = None
        self._has_taken = False
        self._away_until = 0.0

    def bring(self, errand: Errand) -> Went:
        went = Went.AGAIN
        if time.monotonic() < self._away_until:
            return went
        try:
            self._office = self._office or mail.post_office()
            went = _post(self._office, errand)
            self._has_taken |= went is Went.WELL
        except Exception:
            if self._office:
                self._office.close()
        if self._office is None or self._office.sock is None:
            # Not reached, or it has hung up.
            self._away_until = 0.0 if self._has_taken else time.monotonic() + AWAY
            self._office, self._has_taken = None, False
        return went

    def close(self) -> None:
        if self._office:
            with contextlib.suppress(OSError):
                self._office.quit()


def _post(office: smtplib.SMTP, errand: Errand) -> Went:
    try:
        with _turn():
            letter = mail.letter(errand)
        office.sendmail(mail.sender(), [cast(Mailbox, errand.mailbox).address], letter)
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
