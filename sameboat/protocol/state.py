"""What a replayed log says at its end: SPEC.md section 4. Small, cheap to copy, never stored."""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import Any

from sameboat.protocol.primitives import signature_holds

OWN, TALK, GROUP = 0, 1, 2
DAY = 86400


@dataclass(frozen=True)
class Event:
    """One event as received. `trusted`: its signatures were checked when it was first taken in."""

    id: bytes
    raw: bytes
    signature: bytes
    circle: bytes | None
    seq: int
    prev: bytes | None
    time: int
    type: str
    author: bytes
    body: list[Any]
    inside: list[Any] | None
    trusted: bool

    def signed(self, public: bytes, signature: bytes, domain: str, *parts: Any) -> bool:
        """Whether a signature that stands inside the event holds."""
        return self.trusted or signature_holds(public, signature, domain, *parts)


@dataclass(frozen=True)
class Member:
    """One who belongs: public keys, name commitment, and since which event."""

    id: bytes
    sign_pk: bytes
    box_pk: bytes
    name: bytes | None
    admitted: bytes
    admitted_at: int
    host_until: int = 0


@dataclass(frozen=True)
class Invite:
    """One link's public side. `open` until used or void."""

    id: bytes
    author: bytes
    link_pk: bytes
    lookup: bytes
    expires: int
    agreement: bytes
    preview: bytes
    card: bytes
    any_member: bool
    prev: bytes
    group: bytes
    safeguarding: bytes
    used: bool = False
    void: bool = False


@dataclass(frozen=True)
class Epoch:
    """A key for a time: who received it is whoever was a member at its event."""

    id: bytes
    seq: int
    author: bytes
    prev: bytes
    commitment: bytes


@dataclass(frozen=True)
class Pending:
    """A shorter window that waits, and the words and policy that putting back would cancel it."""

    window: int
    at: int
    words: list[Any]
    policy: list[Any]


@dataclass
class State:
    """A circle after its last event. `ids[seq]` is the event there; the rest is section 4's list.

    `shared`: epoch id to members who were given its key later, each with the hash of their box.
    `unlocker_added`: seq and id of the newest `unlock` that added one.
    """

    circle: bytes = b""
    kind: int = GROUP
    created_at: int = 0
    time: int = 0
    ids: list[bytes] = field(default_factory=list)
    index: dict[bytes, int] = field(default_factory=dict)
    members: dict[bytes, Member] = field(default_factory=dict)
    invites: dict[bytes, Invite] = field(default_factory=dict)
    unlockers: dict[bytes, list[Any]] = field(default_factory=dict)
    words: list[Any] = field(default_factory=list)
    policy: list[Any] = field(default_factory=list)
    pair: list[Any] = field(default_factory=list)
    window: int = 0
    pending: Pending | None = None
    epochs: list[Epoch] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    snapshots: list[dict[bytes, Member]] = field(default_factory=list)
    used_members: set[bytes] = field(default_factory=set)
    used_keys: set[bytes] = field(default_factory=set)
    used_unlockers: set[bytes] = field(default_factory=set)
    unlocker_added: tuple[int, bytes] = (-1, b"")
    commitments: set[bytes] = field(default_factory=set)
    role_seqs: dict[bytes, int] = field(default_factory=dict)
    policy_seq: int = 0
    extra_epochs: dict[bytes, list[int]] = field(default_factory=dict)
    needs_epoch_by: bytes | None = None
    left_since_epoch: bool = False
    gone_since_epoch: list[bytes] = field(default_factory=list)
    gone_at: dict[bytes, int] = field(default_factory=dict)
    acted: dict[bytes, int] = field(default_factory=dict)
    closed_lists: dict[bytes, bytes] = field(default_factory=dict)
    shared: dict[bytes, tuple[tuple[bytes, bytes], ...]] = field(default_factory=dict)

    @property
    def head(self) -> bytes:
        """Id of the last event."""
        return self.ids[-1]

    @property
    def epoch(self) -> Epoch | None:
        """The newest epoch."""
        return self.epochs[-1] if self.epochs else None

    def copy(self) -> "State":
        """A state that can be carried on without touching this one."""
        fresh: dict[str, Any] = {
            name: value.copy() for name, value in vars(self).items() if isinstance(value, list | dict | set)
        }
        return replace(self, **fresh)

    def is_host(self, member: bytes, time: int) -> bool:
        """Whether this member holds the host's task at this time."""
        found = self.members.get(member)
        return found is not None and found.host_until >= time

    def has_host(self, time: int) -> bool:
        """Whether anybody holds the host's task at this time."""
        return any(member.host_until >= time for member in self.members.values())

    def change(self, event: Event) -> None:
        """Keep who belongs with which keys from this event on."""
        self.changes.append(event.seq)
        self.snapshots.append(dict(self.members))

    def members_at(self, seq: int) -> dict[bytes, Member]:
        """Who belonged, with which keys, after the event with this seq."""
        return self.snapshots[bisect_right(self.changes, seq) - 1]

    def change_before(self, seq: int) -> int:
        """Seq of the newest event up to `seq` that changed members or keys."""
        return self.changes[bisect_right(self.changes, seq) - 1]

    def epoch_at(self, seq: int) -> Epoch | None:
        """The newest epoch after the event with this seq."""
        found = bisect_right(self.epochs, seq, key=lambda epoch: epoch.seq)
        return self.epochs[found - 1] if found else None

    def drop(self, member: bytes, event: Event) -> None:
        """Someone is no longer a member: their term ends, their open invites are void, the next epoch names them."""
        del self.members[member]
        self.gone_since_epoch.append(member)
        self.gone_at[member] = event.seq
        self.left_since_epoch = self.left_since_epoch or event.type == "leave"
        for invite in list(self.invites.values()):
            if invite.author == member and not invite.used:
                self.invites[invite.id] = replace(invite, void=True)

    def is_last_word(self, member: Member, head: bytes) -> bool:
        """Whether this head is of their time here and they are the author of nothing after it."""
        seq = self.index.get(head, -1)
        return max(self.index[member.admitted], self.acted.get(member.id, 0)) <= seq

    def window_at(self, time: int) -> int:
        """The window in days in force at this time; 0 means kept."""
        return self.pending.window if self.pending and time >= self.pending.at else self.window
