"""Why a circle says no. A failure of the protocol keeps its own name from SPEC.md."""

from __future__ import annotations

from typing import Any

from sameboat.lib.refusals import Refusal
from sameboat.protocol.encoding import b64u
from sameboat.protocol.failures import Failure

NEWER = "This was written by a newer version of the page. Please open the page again."
MOVED_ON = "Something changed in the group just before this. Please look again."
# What a person can come upon without meaning ill; any other failure has the sentence of `Failed`.
SENTENCES = {
    "clock": "A clock is wrong: the time of this is more than ten minutes from ours.",
    "time_backwards": "A clock is wrong: this is older than the newest entry of the group.",
    "not_canonical": "That did not have the right shape, so nothing was done.",
    "bad_padding": "That did not have the right size, so nothing was done.",
    "too_short": "That is too short.",
    "too_long": "That is too long.",
    "unknown_version": NEWER,
    "unknown_suite": NEWER,
    "unknown_type": NEWER,
    "unknown_head": MOVED_ON,
    "wrong_circle": "This belongs to another group, so nothing was done.",
    "wrong_author": "Somebody else signed this, so nothing was done.",
    "not_a_member": "Somebody named here is not in this group any more.",
    "not_a_host": "Only a host can do this.",
    "not_authorised": "Only a host can do this, or two people together.",
    "second_required": "This needs two people.",
    "second_too_new": "The second person has to have been here for two weeks.",
    "second_expired": "The other person's yes has run out. Please ask them again.",
    "stale_second": "Something was decided since the other person said yes. Please ask them again.",
    "no_safeguarding": "The safeguarding page comes first.",
    "stale_agreement": "The agreement has changed meanwhile. Please make a new invitation.",
    "circle_full": "There is no room left in this group.",
    "too_many_epochs": "This was changed many times today. Please wait a day, then try again.",
    "unknown_invite": "There is no such invitation.",
    "invite_used": "This invitation has been used.",
    "invite_expired": "This invitation has run out.",
    "invite_void": "This invitation is no longer good.",
    "too_early": "It is too early for this.",
    "last_two": "Two ways in have to stay. Please make a new one first.",
}


class Failed(Refusal):
    """A rule of SPEC.md says no; `code` is its failure name."""

    status = 422
    sentence = "This does not follow the group's rules, so nothing was done."

    def __init__(self, failure: Failure | str) -> None:
        code = failure if isinstance(failure, str) else failure.code
        super().__init__(SENTENCES.get(code))
        self.code = code


class Superseded(Refusal):
    """Something happened in the log meanwhile; the missing events come along, and the client seals anew."""

    status = 409
    code = "superseded"
    sentence = "Something changed in the group just before this."

    def __init__(self, events: list[dict[str, Any]]) -> None:
        super().__init__()
        self.events = events

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"events": self.events}


class Restoring(Refusal):
    """A copy was put back today: a new event could contradict one that a member still has to hand back."""

    status = 423
    code = "restoring"
    sentence = "This site was put back to an earlier copy today. This has to wait until tomorrow. Messages go on."


class NotRestored(Refusal):
    status = 409
    code = "not_restored"
    sentence = "Nothing was put back here, so there is nothing to mend."


class Forked(Refusal):
    """What a member holds and what is here contradict each other (SPEC 11)."""

    status = 409
    code = "fork"
    sentence = "What your device holds and what is here do not agree. Please talk to each other."


class IdReused(Refusal):
    status = 409
    code = "id_reused"
    sentence = "Another message has this number already."


class AttachmentMissing(Refusal):
    status = 422
    code = "attachment_missing"
    sentence = "A part of this did not come along, so nothing was done."


class AttachmentExtra(Refusal):
    status = 422
    code = "attachment_extra"
    sentence = "Something came along that nobody named, so nothing was done."


class CannotStart(Refusal):
    status = 422
    code = "bad_right"
    sentence = "Starting a group here needs a code from the people who run this site."


class CircleTaken(Refusal):
    """A circle's id is the hash of its first event: this is a retry whose first try had worked."""

    status = 409
    code = "circle_taken"
    sentence = "This group is already here."


class LookupTaken(Refusal):
    status = 409
    code = "lookup_taken"
    sentence = "This invitation is already here. Please make another."


class DoorBusy(Refusal):
    """One link, one person: somebody else is waiting with this invitation."""

    status = 409
    code = "already_knocked"
    sentence = "Somebody is already waiting with this invitation."


class AlreadyIn(Refusal):
    status = 409
    code = "already_in"
    sentence = "You are in this group already."


class NoKnock(Refusal):
    """An `admit` for whom nobody knocked: there is no account to let in."""

    status = 422
    code = "no_knock"
    sentence = "Nobody is waiting with this invitation any more."


class BadParting(Refusal):
    status = 422
    code = "bad_parting"
    sentence = "A farewell did not fit its group, so nothing was closed."


class TalkThere(Refusal):
    """The two talk already; its id comes along."""

    status = 409
    code = "talk_there"
    sentence = "You two are talking already."

    def __init__(self, circle: bytes) -> None:
        super().__init__()
        self.circle = circle

    def as_json(self) -> dict[str, Any]:
        return super().as_json() | {"circle": b64u(self.circle)}


class TalkClosed(Refusal):
    status = 409
    code = "talk_closed"
    sentence = "This talk cannot be opened now."


class TalkOver(Refusal):
    """One of the two left the group, has new keys or has closed it."""

    status = 409
    code = "talk_over"
    sentence = "This talk has ended. What you wrote was not sent."


def told_event(seq: int, wire: bytes, attachments: dict[str, str]) -> dict[str, Any]:
    """An event as the API tells it."""
    return {"seq": seq, "event": b64u(wire), "attachments": attachments}
