"""Made-up people with accounts, made through the real API, quickly.

Their sign-in keys come from random masters: the server only ever sees a verifier, so it cannot tell, and no
Argon2id runs where the server is what is measured.
"""

from __future__ import annotations

import http.client
import json
import os
import secrets
from dataclasses import dataclass
from typing import Any

from bench.figures import must_be
from bench.served import Served
from bench.wire import Seat
from sameboat.protocol.encoding import b64u
from sameboat.protocol.seal import MemberKeys, Unlocker, sign_record_put
from sameboat.protocol.state import GROUP
from tests.fixtures.household import Household, Made, quick_unlocker


class Desk:
    """One kept-alive connection to the API. Raises WrongCount for any answer that is not a yes."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
        self.home = str(self.ask("GET", "/home")["home"])

    def ask(self, method: str, path: str, body: Any = None, cookie: str = "") -> dict[str, Any]:
        headers = {
            "Host": f"localhost:{self.served.port}",
            "Origin": self.served.origin,
            "Content-Type": "application/json",
            "Cookie": cookie,
            # As a web server in front would say it. People who sign up come from places of their own.
            "X-Forwarded-For": ".".join(str(part) for part in (10, *secrets.token_bytes(3))),
        }
        self.line.request(method, f"/api{path}", None if body is None else json.dumps(body), headers)
        answer = self.line.getresponse()
        said = answer.read()
        must_be(answer.status in (200, 201, 204), True, f"{method} {path}: {answer.status} {said[:300]!r}")
        told: dict[str, Any] = json.loads(said) if said else {}
        told["cookie"] = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        return told


@dataclass
class Person:
    """An account with its own circle, signed in."""

    desk: Desk
    house: Household
    own: bytes
    cookie: str

    @property
    def seat(self) -> Seat:
        return Seat(self.desk.served.port, self.desk.served.origin, self.cookie)

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        return self.desk.ask(method, path, body, self.cookie)

    def remember(self, circle: bytes, keys: MemberKeys) -> None:
        """Keeps a group in the account record, so that any client of this person finds it."""
        self.house.remember(circle, GROUP, keys)
        sealed = self.house.record(2, self.own)
        sig = sign_record_put(self.house.keys, self.house.id, "account", 2, sealed)
        self.ask("PUT", "/records/account", {"version": 2, "sealed": b64u(sealed), "sig": b64u(sig)})


def sign_up(desk: Desk, right: dict[str, str] | None, name: str, by: Unlocker, account: bytes) -> Person:
    """Makes an account as a browser would: own circle, first unlocker, first record."""
    house = Household(desk.home, name, by, account)
    made = Made(house.keys)
    told = desk.ask("POST", "/accounts", house.account_body(made, right))
    return Person(desk, house, made.state.circle, told["cookie"])


def a_person(desk: Desk) -> Person:
    """Somebody who only has an account."""
    name = f"bench {secrets.token_hex(8)}"
    return sign_up(desk, None, name, quick_unlocker(desk.home, name), os.urandom(16))
