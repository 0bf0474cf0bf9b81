"""The outside of a message: what the server sees and checks. SPEC.md section 6. Nothing here opens."""

from dataclasses import dataclass
from typing import Any

from sameboat.protocol.encoding import Shape, decode, enc
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.log import SUITE, VERSION
from sameboat.protocol.primitives import BUCKET, bucket, h
from sameboat.protocol.state import State

ENVELOPE_MOST = 17408
PADDED_MOST = 16384
HEADER: Shape = ["u", "u", "b32", "b32", "b32", "b16", "b16", "u", "b32?", "b16", "bool", "b32"]


@dataclass(frozen=True)
class Header:
    """The fields of a header in their order; `commitment` is C, the last."""

    circle: bytes
    epoch: bytes
    head: bytes
    author: bytes
    stream: bytes
    counter: int
    prev: bytes | None
    id: bytes
    keep: bool
    commitment: bytes = b""

    @property
    def _fields(self) -> list[Any]:
        # `astuple` would copy each of them, with every message.
        return [VERSION, SUITE, *vars(self).values()]

    @property
    def bare(self) -> bytes:
        """The encoding of header0, without C."""
        return enc(self._fields[:-1])

    @property
    def raw(self) -> bytes:
        """The encoding of the whole header."""
        return enc(self._fields)

    @property
    def hash(self) -> bytes:
        """The message hash, by which replies and the next in the stream name it."""
        return h("message-id", self.raw)


@dataclass(frozen=True)
class Envelope:
    """A header and what is sealed under it."""

    header: Header
    sealed: bytes


def read_envelope(wire: bytes) -> Envelope:
    """Read an envelope: `not_canonical`, `unknown_version`, `unknown_suite`."""
    raw, sealed = decode(wire, ["b", "b"], ENVELOPE_MOST)
    return Envelope(read_header(raw), sealed)


def read_header(raw: bytes) -> Header:
    """Read a header: `not_canonical`, `unknown_version`, `unknown_suite`."""
    fields: list[Any] = decode(raw, HEADER, ENVELOPE_MOST)
    require(fields[0] == VERSION, "unknown_version")
    require(fields[1] == SUITE, "unknown_suite")
    header = Header(*fields[2:])
    require(header.prev is not None or header.counter == 0, "not_canonical")
    return header


def check_envelope(state: State, wire: bytes, member: bytes) -> Envelope:
    """What the server asks of an envelope that `member` brings; the known-id question comes before, see `check_known`.

    `superseded`: someone joined, left or changed keys since this epoch; the answer carries the missing events.
    """
    return check_read(state, read_envelope(wire), member)


def check_read(state: State, envelope: Envelope, member: bytes) -> Envelope:
    """The same of an envelope that was read already."""
    header = envelope.header
    require(header.circle == state.circle, "wrong_circle")
    require(header.author == member, "wrong_author")
    require(member in state.members, "not_a_member")
    require(header.head in state.index, "unknown_head")
    newest = state.epoch
    current = newest is not None and newest.id == header.epoch and state.changes[-1] <= newest.seq
    require(current, "superseded")
    size = len(envelope.sealed) - 16
    require(BUCKET <= size <= PADDED_MOST and bucket(size) == size, "bad_padding")
    return envelope


def check_known(known: bytes, wire: bytes) -> None:
    """A message id came again. The same bytes are a retry and get their first answer; others are `id_reused`."""
    if known != wire:
        raise Failure("id_reused")
