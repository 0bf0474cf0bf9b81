"""Messages that somebody hands back after a copy of the server was put back: SPEC.md section 11. Nothing here opens."""

from sameboat.protocol.envelope import PADDED_MOST, Envelope
from sameboat.protocol.failures import require
from sameboat.protocol.primitives import BUCKET, bucket
from sameboat.protocol.state import State


def check_offered(state: State, envelope: Envelope) -> int:
    """What the server asks of a message by anyone's hand: it was right as of its own head. Returns its epoch's seq.

    `wrong_circle`, `unknown_head`, `wrong_epoch`, `not_a_member`, `bad_padding`.
    """
    header = envelope.header
    require(header.circle == state.circle, "wrong_circle")
    require(header.head in state.index, "unknown_head")
    seq = state.index[header.head]
    epoch = state.epoch_at(seq)
    current = epoch is not None and epoch.id == header.epoch and state.change_before(seq) <= epoch.seq
    require(current, "wrong_epoch")
    require(header.author in state.members_at(seq), "not_a_member")
    size = len(envelope.sealed) - 16
    require(BUCKET <= size <= PADDED_MOST and bucket(size) == size, "bad_padding")
    return epoch.seq if epoch else 0
