"""Coding actions by the thousand, and their undo, leave the very bytes that were there before.

`make deep` plays ten thousand of them (STUDY_ACTIONS=10000); they take over a minute on a small machine.
"""

import os
import random
from datetime import timedelta

import pytest

from sameboat.lib.refusals import Refusal
from sameboat.study.coding.actions import codes, memos, merging, spans
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.ledger.undo import NothingToUndo, redo, undo
from sameboat.study.team.access import seat as seat_of
from sameboat.study.tests.making import NOW, make_document, stored

ACTIONS = int(os.environ.get("STUDY_ACTIONS", "600"))
AGAIN = 200
SEED = 5
LIVE = 60  # how many spans and codes there are at most, so that queries stay small


class Wandering:
    """Somebody who codes at random."""

    def __init__(self, seat, documents, seed):
        self.seat = seat
        self.documents = documents
        self.random = random.Random(seed)
        self.now = NOW
        self.known = {Span: [], Code: [], Memo: []}
        self.refused = 0

    def look(self):
        """Which rows there are to act on."""
        for model, ids in self.known.items():
            ids[:] = model.objects.filter(study=self.seat.study).values_list("id", flat=True)

    def any(self, model):
        return self.random.choice(self.known[model])

    def stretch(self, document):
        start = self.random.randrange(-1, document.length)
        return start, start + self.random.randrange(0, 30)

    def act(self):
        self.now += timedelta(seconds=1)
        few_spans, few_codes = len(self.known[Span]) < LIVE, len(self.known[Code]) < LIVE // 4
        verbs = [
            (self.add_span, 40 if few_spans else 0), (self.resize, 25), (self.unspan, 12 if few_spans else 40),
            (self.add_code, 6 if few_codes else 0), (self.in_vivo, 2 if few_codes else 0), (self.edit, 6),
            (self.move, 5), (self.merge, 1 if few_codes else 12), (self.split, 2 if few_codes else 0), (self.bin, 1),
            (self.restore, 2), (self.note, 4 if len(self.known[Memo]) < LIVE else 0), (self.rewrite, 6),
        ]  # fmt: skip
        verb = self.random.choices([one for one, _ in verbs], [weight for _, weight in verbs])[0]
        try:
            verb()
        except (Refusal, IndexError):
            self.refused += 1

    def add_span(self):
        document = self.random.choice(self.documents)
        made, _ = spans.add_span(self.seat, document.id, self.any(Code), *self.stretch(document), now=self.now)
        self.known[Span].append(made.id)

    def resize(self):
        spans.resize_span(self.seat, self.any(Span), *self.stretch(self.documents[0]), now=self.now)

    def unspan(self):
        gone = self.any(Span)
        self.known[Span].remove(gone)
        spans.remove_span(self.seat, gone, now=self.now)

    def add_code(self):
        made, _ = codes.add_code(self.seat, f"code {self.random.random()}", parent=self.some_place(), now=self.now)
        self.known[Code].append(made.id)

    def some_place(self):
        return self.any(Code) if self.known[Code] and self.random.random() < 0.5 else None

    def in_vivo(self):
        document = self.random.choice(self.documents)
        code, span, _ = codes.add_in_vivo(self.seat, document.id, *self.stretch(document), now=self.now)
        self.known[Code].append(code.id)
        self.known[Span].append(span.id)

    def edit(self):
        codes.edit_code(self.seat, self.any(Code), definition=f"words {self.random.random()}", now=self.now)

    def move(self):
        codes.move_code(self.seat, self.any(Code), self.some_place(), self.random.randrange(4), now=self.now)

    def merge(self):
        merging.merge_codes(self.seat, self.any(Code), self.any(Code), now=self.now)
        self.look()

    def split(self):
        code = self.any(Code)
        chosen = list(Span.objects.filter(code=code).values_list("id", flat=True)[:3])
        merging.split_code(self.seat, code, chosen, f"half {self.random.random()}", now=self.now)
        self.look()

    def bin(self):
        merging.bin_code(self.seat, self.any(Code), now=self.now)

    def restore(self):
        binned = Code.objects.filter(study=self.seat.study, trashed_at__isnull=False).first()
        merging.restore_code(self.seat, binned.id if binned else self.any(Code), now=self.now)

    def note(self):
        made, _ = memos.add_memo(self.seat, "code", self.any(Code), "kettle", "tea first", now=self.now)
        self.known[Memo].append(made.id)

    def rewrite(self):
        memo = Memo.objects.get(id=self.any(Memo))
        text = f"tea, then talk {self.random.random()}"
        memos.edit_memo(self.seat, memo.id, memos.version(memo), text=text, now=self.now)


@pytest.mark.slow
def test_thousands_of_actions_and_their_undo_leave_the_same_bytes(people, study):
    documents = [make_document(study), make_document(study, title="A3")]
    seat = seat_of(people.rosa, study.id)
    before = stored()
    wandering = Wandering(seat, documents, SEED)
    for _ in range(ACTIONS):
        wandering.act()
    assert wandering.refused < ACTIONS / 2
    undone = 0
    with pytest.raises(NothingToUndo):
        while True:
            undo(study, people.rosa, now=NOW)
            undone += 1
    assert undone > ACTIONS / 2
    assert stored() == before
    for _ in range(AGAIN):
        redo(study, people.rosa, now=NOW)
    half_way = stored()
    for turn in (undo, redo):
        for _ in range(AGAIN):
            turn(study, people.rosa, now=NOW)
    assert stored() == half_way != before
