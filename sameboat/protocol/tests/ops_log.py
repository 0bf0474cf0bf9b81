"""Operations on logs and what the server checks."""

from typing import Any

from sameboat.protocol import verify
from sameboat.protocol.log import check_no_fork, replay
from sameboat.protocol.state import State
from sameboat.protocol.tests.playing import op

Out = dict[str, Any]


def summary(state: State) -> Out:
    """What two languages have to agree on after the same bytes."""
    members = [
        [m.id, m.sign_pk, m.box_pk, m.name, m.admitted, m.host_until]
        for m in sorted(state.members.values(), key=lambda m: m.id)
    ]
    invites = [[i.id, i.used, i.void] for i in sorted(state.invites.values(), key=lambda i: i.id)]
    unlockers = [[id_, *rest] for id_, rest in sorted(state.unlockers.items())]
    return {
        "circle": state.circle,
        "head": state.head,
        "seq": len(state.ids) - 1,
        "members": members,
        "invites": invites,
        "unlockers": unlockers,
        "words": state.words,
        "policy": state.policy,
        "epoch": state.epoch.id if state.epoch else None,
    }


@op("replay")
def _replay(wires: list[bytes]) -> Out:
    return summary(replay(wires))


@op("window-at")
def _window_at(wires: list[bytes], time: int) -> Out:
    return {"window": replay(wires).window_at(time)}


@op("is-host")
def _is_host(wires: list[bytes], member: bytes, time: int) -> Out:
    return {"host": replay(wires).is_host(member, time)}


@op("shared")
def _shared(wires: list[bytes]) -> Out:
    given = replay(wires).shared
    return {"shared": [[epoch, [list(row) for row in rows]] for epoch, rows in sorted(given.items())]}


@op("check-no-fork")
def _check_no_fork(wires: list[bytes], other: list[bytes]) -> Out:
    return {"fresh": check_no_fork(replay(wires), other)}


@op("required-attachments")
def _required(wire: bytes) -> Out:
    asked = verify.required_attachments(verify.read_event(wire))
    return {"attachments": [[one.kind, one.hash, one.member] for one in asked]}


@op("check-attachment")
def _check_attachment(kind: str, hash: bytes, content: bytes) -> Out:
    verify.check_attachment(verify.Attachment(kind, hash), content)
    return {}


@op("check-clock")
def _check_clock(time: int, now: int) -> Out:
    verify.check_clock(time, now)
    return {}


@op("check-unlocker")
def _check_unlocker(wire: bytes, wrap: bytes, verifier: bytes, lookup: bytes) -> Out:
    verify.check_unlocker(verify.read_event(wire), wrap, verifier, lookup)
    return {}


@op("check-device-sign-in")
def _check_device(
    public: bytes, home: str, account_id: bytes, time: int, nonce: bytes, signature: bytes, now: int
) -> Out:
    verify.check_device_sign_in(public, home, account_id, time, nonce, signature, now=now)
    return {}
