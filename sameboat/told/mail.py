"""E-mail: the same few words to everybody, with nothing in any header that tells one from another but the mailbox."""

from __future__ import annotations

import re
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import cast

from django.conf import settings

from sameboat.lib import clock
from sameboat.protocol.encoding import b64u
from sameboat.told.models import Errand, Mailbox

SECONDS = 20
# One plain address: what a mailbox is called by people, and nothing that could name a second one or a header. No
# encoded word (RFC 2047): a header's reader opens it, and what is in it could be anything.
_PART = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?!.*=\?)(?=[^@]{{1,64}}@){_PART}(?:\.{_PART})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")
ASK = (
    "Somebody gave this address and would like to be written to here.\n\n"
    "Was it you? Then open this and say yes:\n{link}\n\n"
    "If not, you need do nothing. You will not be written to again.\n"
)


def is_address(text: str) -> bool:
    """Whether this is one plain address that a letter can be sent to."""
    return len(text) <= 254 and ADDRESS.fullmatch(text) is not None


def sender() -> str:
    """The address that letters come from, without a name."""
    return parseaddr(settings.MAIL_FROM)[1]


def letter(errand: Errand) -> bytes:
    """What is sent for an errand. The question has a link; all else says the operator's neutral words.

    Raises ValueError for an address that was stored before it would have been refused.
    """
    words, box = " ".join(settings.TOLD_WORDS.split()), cast(Mailbox, errand.mailbox)
    if not is_address(box.address):
        raise ValueError("no address")
    its_own = (
        f"To: {box.address}\r\nDate: {format_datetime(clock.now())}\r\n"
        f"Message-ID: <{b64u(bytes(errand.mark))}@{sender().rpartition('@')[2]}>\r\n"
    )
    if errand.kind == Errand.Kind.ASK:
        link = f"{settings.ORIGIN}/yes/{b64u(bytes(box.token or b''))}"
        return its_own.encode() + _written(settings.MAIL_FROM, "Is this your address?", ASK.format(link=link))
    return its_own.encode() + _usual(settings.MAIL_FROM, words)


@cache
def _usual(by: str, words: str) -> bytes:
    return _written(by, words, f"{words}\n")


def _written(by: str, subject: str, text: str) -> bytes:
    """All of a letter that does not tell it from others."""
    made = EmailMessage(SMTP)
    made["From"] = by
    made["Auto-Submitted"] = "auto-generated"
    made["Subject"] = subject
    made.set_content(text)
    return made.as_bytes()


def post_office() -> smtplib.SMTP:
    """An open connection to the operator's mail server. Raises OSError or smtplib.SMTPException."""
    trust = ssl.create_default_context()
    if settings.SMTP_TLS == "tls":
        office: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.SMTP_HOST, settings.SMTP_PORT, timeout=SECONDS, context=trust, local_hostname="localhost"
        )
    else:
        office = smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=SECONDS, local_hostname="localhost")
        if settings.SMTP_TLS == "starttls":
            office.starttls(context=trust)
    if settings.SMTP_USER:
        office.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
    return office
