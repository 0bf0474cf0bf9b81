"""How quickly many people are told: pushes and e-mails handed over to services on this machine.

What tells is a process of its own, with a database on a disk, so that the services beside it cost it nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.figures import must_be
from tests.fixtures.telling import a_post_office, a_push_service

# One person for each push and each e-mail. Prints the seconds that handing all of them over took.
TELL = """
import secrets, sys, time
import django
django.setup()
from django.core.management import call_command
from sameboat.accounts.models import Account
from sameboat.told.actions import tell_all_ways
from sameboat.told.carrying import carry
from sameboat.told.models import Device, Mailbox

call_command("migrate", verbosity=0)
to, key, secret = sys.argv[1], bytes.fromhex(sys.argv[2]), b"s" * 16
pushes, letters = map(int, sys.argv[3:])
random, day, now = secrets.token_bytes, "2026-01-01", 1_800_000_000
people = [
    Account(id=random(16), own_circle=random(32), own_key=random(32), made_on=day, consent_on=day, consent_version="1")
    for _ in range(pushes + letters)
]
Account.objects.bulk_create(people, batch_size=100)
Device.objects.everywhere("bench").bulk_create(
    [
        Device(account=one, endpoint=f"{to}/{one.id.hex()}", endpoint_hash=random(32), key=key, secret=secret)
        for one in people[:pushes]
    ],
    batch_size=100,
)
Mailbox.objects.everywhere("bench").bulk_create(
    [Mailbox(account=one, address=f"{one.id.hex()}@example.org", asked_at=now) for one in people[pushes:]],
    batch_size=100,
)
begun = time.perf_counter()
for first in range(0, len(people), 500):
    tell_all_ways([one.id for one in people[first : first + 500]], now, now + 3600, "meeting")
done = carry(now)
print(done, time.perf_counter() - begun)
"""


def told_s(pushes: int, letters: int) -> float:
    """Seconds from the wish to tell so many people to the last one handed over."""
    with a_push_service() as service, a_post_office() as office, tempfile.TemporaryDirectory(dir=Path.cwd()) as data:
        settings = {
            "DATA": data, "PUSH_TEST_TO": service.origin, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(office.port),
            "SMTP_TLS": "off", "MAIL_FROM": "notes@example.org",
        }  # fmt: skip
        named = {f"SAMEBOAT_{name}": value for name, value in settings.items()}
        words = [service.origin + "/to", service.subscribe().key.hex(), str(pushes), str(letters)]
        told = subprocess.run(
            [sys.executable, "-c", TELL, *words], check=True, capture_output=True, text=True,
            env={**os.environ, **named, "DJANGO_SETTINGS_MODULE": "sameboat.config.settings"},
        )  # fmt: skip
        done, seconds = told.stdout.split()
        must_be((int(done), len(service.pushes), len(office.letters)), (pushes + letters, pushes, letters), "told")
        return float(seconds)
