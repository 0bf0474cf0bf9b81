"""Why the door says no. No answer tells whether an account exists (PROTOCOL P3)."""

from __future__ import annotations

from typing import Any

from sameboat.lib.refusals import Refusal
from sameboat.protocol.encoding import b64u


class NotKnown(Refusal):
    """Every sign-in that fails, for whatever reason."""

    status = 403
    code = "not_known"
    sentence = "That did not open anything. Please check what you typed and try again."


class NameTaken(Refusal):
    status = 409
    code = "name_taken"
    sentence = "That sign-in name is in use here. Please choose another."


class AccountTaken(Refusal):
    """The random account id or its circle is there already: a retry whose first try had worked."""

    status = 409
    code = "account_taken"
    sentence = "This account is already here. Please sign in."


class BadRight(Refusal):
    status = 422
    code = "bad_right"
    sentence = "This code or invitation does not open anything any more."


class NotEighteen(Refusal):
    """Nothing is recorded (ETHOS W5)."""

    status = 422
    code = "not_eighteen"
    sentence = "This place is for people of 18 and over. The page with help names places for younger people."


class Closing(Refusal):
    status = 409
    code = "closing"
    sentence = "This account is closing. You can keep it by opening it again."


class NotSigned(Refusal):
    """A session alone may not do this: the person's own key has to sign for it (P57)."""

    status = 403
    code = "not_signed"
    sentence = "That was not signed for, so nothing was done. Please come in again."


class WrongSize(Refusal):
    """A sealed thing that is not in one of its buckets would tell its length (P30)."""

    status = 422
    code = "wrong_size"
    sentence = "That did not have the right size, so nothing was done."


class RecordsMissing(Refusal):
    """New keys of an account need each of its records sealed anew: one that stayed would open for nobody."""

    status = 422
    code = "records_missing"
    sentence = "Something of yours would have been lost, so nothing was done. Please try again."


class RecordMoved(Refusal):
    """Another device was first; what it wrote comes along."""

    status = 409
    code = "record_moved"
    sentence = "Another of your devices changed this first."

    def __init__(self, version: int, sealed: bytes) -> None:
        super().__init__()
        self.version = version
        self.sealed = sealed

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"version": self.version, "sealed": b64u(self.sealed)}


class EnoughPasskeys(Refusal):
    status = 409
    code = "enough_passkeys"
    sentence = "You have eight passkeys. Take one away before you add another."
