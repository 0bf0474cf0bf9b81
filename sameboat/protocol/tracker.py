"""Whether a receiver takes a message in, and where something is missing: SPEC.md section 6, acceptance."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sameboat.protocol.envelope import Header
from sameboat.protocol.failures import Failure, require
from sameboat.protocol.state import Member, State


def author_at_head(state: State, header: Header) -> Member:
    """The author as of the message's head: `wrong_circle`, `unknown_head`, `wrong_epoch`, `not_a_member`."""
    require(header.circle == state.circle, "wrong_circle")
    seq = state.index.get(header.head)
    if seq is None:
        raise Failure("unknown_head")
    epoch = state.epoch_at(seq)
    current = epoch is not None and epoch.id == header.epoch and state.change_before(seq) <= epoch.seq
    require(current, "wrong_epoch")
    author = state.members_at(seq).get(header.author)
    if author is None:
        raise Failure("not_a_member")
    return author


@dataclass
class Tracker:
    """What one receiver has taken in of a circle. `accounted`: hashes taken back, faded, or older than oneself."""

    held: dict[bytes, bytes | None] = field(default_factory=dict)
    by_id: dict[bytes, bytes] = field(default_factory=dict)
    streams: dict[tuple[bytes, bytes], dict[int, tuple[bytes, int]]] = field(default_factory=dict)
    accounted: set[bytes] = field(default_factory=set)
    lists: dict[bytes, set[bytes]] = field(default_factory=dict)

    def account_for(self, hashes: Iterable[bytes]) -> None:
        """Hashes whose absence is explained: taken back by their author, faded, or before one's own time."""
        self.accounted.update(hashes)

    def close(self, member: bytes, hashes: Iterable[bytes]) -> None:
        """The list of the epoch that followed when this member went."""
        self.lists[member] = set(hashes)

    def accept(self, state: State, header: Header) -> bool:
        """Take a header in; False if its id is known already. Then open the message, and only then show it."""
        if header.id in self.by_id:
            return False
        author_at_head(state, header)
        hash_ = header.hash
        listed = self.lists.get(header.author)
        require(listed is None or hash_ in listed, "after_removal")
        self._check_stream(header, hash_, state.index[header.head])
        stream = self.streams.setdefault((header.author, header.stream), {})
        stream[header.counter] = (hash_, state.index[header.head])
        self.held[hash_] = header.prev
        self.by_id[header.id] = hash_
        return True

    def _check_stream(self, header: Header, hash_: bytes, seq: int) -> None:
        stream = self.streams.get((header.author, header.stream), {})
        require(header.counter not in stream, "stream_fork")
        before = stream.get(header.counter - 1)
        require(before is None or before[0] == header.prev, "stream_fork")
        for counter, (other, other_seq) in stream.items():
            forwards = other_seq <= seq if counter < header.counter else seq <= other_seq
            require(forwards, "head_back")
            if counter == header.counter + 1:
                require(self.held[other] == hash_, "stream_fork")

    def check_gap(self, header: Header) -> None:
        """Raise `gap` while the message before this one is neither here nor accounted for. Shown, not refused."""
        prev = header.prev
        require(prev is None or prev in self.held or prev in self.accounted, "gap")

    def gaps(self) -> set[bytes]:
        """Hashes of messages that are missing without a reason."""
        named = {prev for prev in self.held.values() if prev is not None}
        return named - self.held.keys() - self.accounted
