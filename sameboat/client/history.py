"""Earlier words for somebody who came later, and keys that somebody missed: `history` events (SPEC 4, P22, P54)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sameboat.client.circle import Batch
from sameboat.client.http import b64
from sameboat.client.messages import Talk
from sameboat.client.notes import member_of, note, notes
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import seal_history_box, second_history
from sameboat.protocol.state import DAY

EXPIRY = 13 * DAY
MOST_GIVEN = 512
MOST_MISSED = 16
ASKED = 4


@dataclass(frozen=True)
class HistoryAsked:
    """Somebody asks this member to give a third one the keys of these epochs, together."""

    aside: bytes
    target: bytes
    epochs: list[bytes]
    second: list[Any]


def before(talk: Talk, target: bytes, giver: bytes) -> list[bytes]:
    """Epochs that were never this member's and that open for us and for who is to give them, the oldest first."""
    state, mine = talk.circle.state, talk.circle.epoch_keys
    theirs = {epoch for epoch, rows in state.shared.items() if target in dict(rows)}
    found = []
    for epoch in state.epochs:
        had = state.members_at(epoch.seq)
        if epoch.id in mine and giver in had and target not in had and epoch.id not in theirs:
            found.append(epoch.id)
    return found[-MOST_GIVEN:]


def propose(talk: Talk, target: bytes, to: bytes) -> None:
    """Asks one other member to give somebody what was said before they came; nothing happens until they do."""
    talk.look()
    circle, now = talk.circle, int(talk.circle.clock())
    epochs = before(talk, target, to)
    _, head, expiry, signature = second_history(circle.keys, circle.state, target, epochs, now + EXPIRY)
    note(circle, to, [now, "second-history", target, epochs, head, expiry, signature])


def asked(talk: Talk) -> list[HistoryAsked]:
    """What others ask this member to give, together."""
    talk.look()
    return [
        HistoryAsked(aside, content[2], content[3], [sender, *content[4:]])
        for aside, sender, content in notes(talk.circle, "second-history")
    ]


def complete(talk: Talk, one: HistoryAsked) -> None:
    """Gives them, for everyone to see."""
    _give(talk, one.target, one.epochs, one.second)
    talk.circle.wire.delete(f"{talk.circle.path}/asides/{b64(one.aside)}")


def ask_for_missed(talk: Talk) -> int:
    """Asks a few others for keys whose box did not open here; says how many keys."""
    talk.look()
    state, me = talk.circle.state, talk.circle.keys.member
    missed = list(talk.ring.unusable)[-MOST_MISSED:]
    if not missed:
        return 0
    had = set.intersection(*(set(state.members_at(state.index[epoch])) for epoch in missed)) & set(state.members)
    others = sorted(had - {me, *(talk.ring.unusable[epoch] for epoch in missed)})
    for other in others[:ASKED]:
        note(talk.circle, other, [int(talk.circle.clock()), "missed-key", missed])
    return len(missed)


def answer_missed(talk: Talk) -> int:
    """Seals again, for whoever asks, keys that were meant for them; says how many. Nothing is given twice."""
    talk.look()
    count = 0
    for aside, sender, content in notes(talk.circle, "missed-key"):
        count += _give(talk, sender, content[2], None)
        talk.circle.wire.delete(f"{talk.circle.path}/asides/{b64(aside)}")
    return count


def _give(talk: Talk, target: bytes, epochs: list[bytes], second: list[Any] | None) -> int:
    given = 0

    def build(batch: Batch) -> None:
        nonlocal given
        talk.ring.open_new()
        # With a second, exactly what they signed; without, what is still missing and was meant for them.
        wanted = epochs if second else [epoch for epoch in epochs if _is_missing(talk, target, epoch)]
        rows = [[epoch, _boxed(talk, batch, target, epoch)] for epoch in wanted]
        given = len(rows)
        if rows:
            batch.add("history", [target, rows, second])

    talk.circle.send(build)
    return given


def _boxed(talk: Talk, batch: Batch, target: bytes, epoch: bytes) -> bytes:
    key = talk.ring.key(epoch)
    if key is None:
        raise Failure("bad_box")
    box_pk = member_of(talk.circle, target).box_pk
    return batch.attach(seal_history_box(box_pk, key, talk.circle.id, epoch, target))


def _is_missing(talk: Talk, target: bytes, epoch: bytes) -> bool:
    """Whether it opens here, was meant for them, and nobody has sealed it again yet."""
    state = talk.circle.state
    seq = state.index.get(epoch)
    if seq is None or talk.ring.key(epoch) is None or target not in state.members_at(seq):
        return False
    return target not in dict(state.shared.get(epoch, ()))
