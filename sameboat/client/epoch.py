"""What the keys of a circle open: its epochs, and on their cards the group's words and members' names (SPEC 5).

A card is only a hint: an opening counts when the log committed to it, an affirmation when its signature holds.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from typing import Any

from sameboat.client.circle import Batch, Circle
from sameboat.protocol.failures import Failure
from sameboat.protocol.seal import Card, commit, open_box, open_card, open_history_box, open_list, read_card
from sameboat.protocol.state import Event, State

Opening = list[Any]
WHATS = ("group", "agreement", "safeguarding")


@dataclass
class Ring:
    """The opened epochs of one circle.

    `unusable`: epochs whose author sealed no good key for us, with that author. `given`: how many keys came later.
    """

    circle: Circle
    openings: dict[bytes, Opening] = field(default_factory=dict)
    affirmed: dict[bytes, list[Any]] = field(default_factory=dict)
    closed: dict[bytes, list[bytes]] = field(default_factory=dict)
    unusable: dict[bytes, bytes] = field(default_factory=dict)
    given: int = 0
    _read: int = 0
    _branch: int = 0

    def open_new(self) -> None:
        """Opens the epochs that came since the last look."""
        if self.circle.branches > self._branch:
            # Another branch goes on: everything on it is read anew.
            self._branch, self._read = self.circle.branches, 0
        events = self.circle.events[self._read :]
        self._read = len(self.circle.events)
        for event in events:
            if event.type == "epoch":
                self._open(event)
            elif event.type == "history" and event.body[0] == self.circle.keys.member:
                self._open_given(event)

    def key(self, epoch: bytes) -> bytes | None:
        """The key of an epoch, or None where this member has none."""
        return self.circle.epoch_keys.get(epoch)

    def learn(self, what: str, opening: Opening) -> bytes:
        """Remembers an opening and returns the commitment that it opens."""
        name = commit(what, opening)
        self.openings[name] = opening
        return name

    def learn_from(self, author: bytes, type_: str, rest: list[Any]) -> None:
        """What messages say about the group: suggested words, affirmations. The log decides what counts."""
        if type_ == "propose-policy":
            for what, opening in zip(WHATS, rest, strict=False):
                if opening is not None:
                    self.learn(what, opening)
        elif type_ == "affirm":
            self.affirmed[author] = rest

    def words(self) -> Card:
        """The group's words and members' names as far as the log bears them out; the rest is `unverified`."""
        return read_card(self.circle.state, self.card(self.circle.state))

    def card(self, state: State) -> list[Any]:
        """The body of a card for these members."""
        openings = [self.openings.get(commitment) if commitment else None for commitment in state.words]
        lines = [
            [member, self.openings.get(found.name or b""), self.affirmed.get(member)]
            for member, found in sorted(state.members.items())
        ]
        return [*(openings or [None, None, None]), lines]

    def rotate(self, batch: Batch, known: dict[bytes, list[bytes]] | None = None) -> None:
        """Puts a fresh epoch onto a batch."""
        batch.put_epoch(self.card(batch.state), known)

    def needs_rotation(self) -> bool:
        """Whether someone left since the newest epoch, so that whoever sends next rotates first."""
        state = self.circle.state
        return state.epoch is None or state.changes[-1] > state.epoch.seq

    def usable(self) -> bool:
        """Whether the newest epoch opens for this member."""
        epoch = self.circle.state.epoch
        return epoch is not None and epoch.id in self.circle.epoch_keys

    def _open(self, event: Event) -> None:
        for member, name in event.body[4]:
            sealed = self.circle.attachments.get(name)
            try:
                self.closed[member] = open_list(event, member, sealed) if sealed is not None else []
            except Failure:
                self.closed[member] = []
        if event.id not in self.circle.epoch_keys:
            self._open_box(event)
        key, card = self.circle.epoch_keys.get(event.id), self.circle.attachments.get(event.body[3])
        if key is not None and card is not None:
            self._open_card(event, key, card)

    def _open_box(self, event: Event) -> None:
        name = dict(event.body[1]).get(self.circle.keys.member)
        if name is None:
            return
        sealed = self.circle.attachments.get(name)
        for keys in (self.circle.keys, *self.circle.earlier):
            try:
                if sealed is None:
                    raise Failure("bad_box")
                self.circle.epoch_keys[event.id] = open_box(keys, event, sealed)
            except Failure:
                continue
            return
        # Unusable for this member; the event itself stands (SPEC 5).
        self.unusable[event.id] = event.author

    def _open_given(self, event: Event) -> None:
        """Keys of earlier epochs that somebody sealed for this member, in sight of all."""
        state = self.circle.state
        for epoch_id, name in event.body[1]:
            epoch, sealed = state.epoch_at(state.index[epoch_id]), self.circle.attachments.get(name)
            if epoch is None or sealed is None or epoch_id in self.circle.epoch_keys:
                continue
            for keys in (self.circle.keys, *self.circle.earlier):
                with contextlib.suppress(Failure):
                    self.circle.epoch_keys[epoch_id] = open_history_box(keys, state.circle, epoch, sealed)
                    self.unusable.pop(epoch_id, None)
                    self.given += 1
                    self._open(self.circle.events[epoch.seq])
                    break

    def _open_card(self, event: Event, key: bytes, sealed: bytes) -> None:
        try:
            group, agreement, safeguarding, lines = open_card(key, event, sealed)
        except Failure:
            return
        for what, opening in zip(WHATS, (group, agreement, safeguarding), strict=True):
            if opening is not None:
                self.learn(what, opening)
        for member, opening, affirmation in lines:
            if opening is not None:
                self.learn("name", opening)
            if affirmation is not None:
                self.affirmed[member] = affirmation
