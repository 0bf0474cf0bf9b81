"""A push service and a mail server in a process of their own, as they are in the world: `python -m bench.outside`.

First line out: where they are. Then a line in is a question: `wait 10` answers once so many came, with when the last
did; `tell` answers what came so far. In the world they are other machines and cost whoever is measured nothing: here
they run only while a core has nothing else to do (SCHED_IDLE).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench.served import ROOT
from tests.fixtures.telling import PostOffice, PushService, a_post_office, a_push_service

LOOK_EVERY = 0.05
MOST_SECONDS = 600


@dataclass(frozen=True)
class Outside:
    """Both, as whoever measures them sees them."""

    process: subprocess.Popen[str]
    origin: str
    key: str
    port: int

    @property
    def settings(self) -> dict[str, str]:
        """For a site that tells people by both."""
        return {
            "PUSH_TEST_TO": self.origin, "SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(self.port), "SMTP_TLS": "off",
            "MAIL_FROM": "notes@example.org",
        }  # fmt: skip

    def last_of(self, many: int) -> float:
        """When so many had come, in seconds since 1970; waits for it. Raises KeyError where it takes ten minutes."""
        return float(_asked(self.process, f"wait {many}")["at"])

    def came(self) -> dict[str, int]:
        """How many pushes and letters, and to how many different places and mailboxes."""
        return dict(_asked(self.process, "tell"))


def _asked(process: subprocess.Popen[str], question: str) -> dict[str, Any]:
    assert process.stdin and process.stdout
    print(question, file=process.stdin, flush=True)
    return dict(json.loads(process.stdout.readline()))


@contextmanager
def the_world() -> Iterator[Outside]:
    """Both, for as long as they are needed."""
    words = [sys.executable, "-m", "bench.outside"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield Outside(process, **json.loads(process.stdout.readline()))
        finally:
            process.kill()


def _answer(question: str, service: PushService, office: PostOffice) -> dict[str, Any]:
    word, _, many = question.partition(" ")
    if word == "wait":
        began = time.monotonic()
        while len(service.pushes) + len(office.letters) < int(many):
            if time.monotonic() > began + MOST_SECONDS:
                return _answer("tell", service, office)
            time.sleep(LOOK_EVERY)
        return {"at": time.time()}
    return {
        "pushes": len(service.pushes), "letters": len(office.letters),
        "places": len({one.path for one in service.pushes}), "mailboxes": len({to for _, to, _ in office.letters}),
    }  # fmt: skip


def main() -> int:
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    with a_push_service() as service, a_post_office() as office:
        key = service.subscribe().key.hex()
        print(json.dumps({"origin": service.origin, "key": key, "port": office.port}), flush=True)
        for question in sys.stdin:
            print(json.dumps(_answer(question.strip(), service, office)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
