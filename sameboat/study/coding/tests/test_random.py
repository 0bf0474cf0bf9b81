"""Coding actions by the thousand, and their undo, leave the very bytes that were there before.

`make deep` plays ten thousand of them (STUDY_ACTIONS=10000); they take over a minute on a small machine. `make test`
plays a quarter, as of all random examples (tests/fixtures/chance.py).
"""

import os
import random
from datetime import timedelta

import pytest
from hypothesis import settings

from sameboat.lib.refusals import Refusal
from sameboat.study.analysis.framework import write_cell
from sameboat.study.coding.actions import codes, memos, merging, spans
from sameboat.study.coding.bin import restore
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.undo import NothingToUndo, redo, undo
from sameboat.study.team.access import seat as seat_of
from sameboat.study.tests.making import NOW, make_document, make_participant, stored
from sameboat.study.themes import actions as themes
from sameboat.study.themes.models import Misfit, Theme
from sameboat.study.transcripts.actions import put_away, rename
from sameboat.study.transcripts.models import Document

ACTIONS = int(os.environ.get("STUDY_ACTIONS") or 6 * settings.default.max_examples)
AGAIN = min(200, ACTIONS // 3)
SEED = 5
LIVE = 60  # how many spans and codes there are at most, so that queries stay small


class Wandering:
    """Two people who code, write, sort and put away at random, in turn."""

    def __init__(self, seats, documents, seed):
        self.seats = seats
        self.seat = seats[0]
        self.documents = documents
        self.random = random.Random(seed)
        self.now = NOW
        self.known = {Span: [], Code: [], Memo: [], Theme: []}
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
        # The second one may only touch what is their own; whoever leads may touch everything.
        self.seat = self.random.choices(self.seats, (3, 1))[0]
        few_spans, few_codes = len(self.known[Span]) < LIVE, len(self.known[Code]) < LIVE // 4
        verbs = [
            (self.add_span, 40 if few_spans else 0), (self.resize, 25), (self.unspan, 12 if few_spans else 40),
            (self.add_code, 6 if few_codes else 0), (self.in_vivo, 2 if few_codes else 0), (self.edit, 6),
            (self.move, 5), (self.merge, 1 if few_codes else 12), (self.split, 2 if few_codes else 0), (self.bin, 1),
            (self.restore, 2), (self.note, 4 if len(self.known[Memo]) < LIVE else 0), (self.rewrite, 6),
            (self.bin_memo, 2), (self.restore_memo, 3), (self.put_away, 1), (self.take_out, 3), (self.rename, 1),
            (self.add_theme, 3 if len(self.known[Theme]) < LIVE // 10 else 0), (self.edit_theme, 4),
            (self.move_theme, 2), (self.remove_theme, 1), (self.misfit, 3), (self.fits, 1), (self.cell, 2),
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

    def bin_memo(self):
        memos.bin_memo(self.seat, self.any(Memo), now=self.now)

    def restore_memo(self):
        restore(self.seat, "memo", self.any(Memo), now=self.now)

    def put_away(self):
        put_away(self.seat, self.random.choice(self.documents).id, now=self.now)

    def take_out(self):
        for document in self.documents:
            if Document.objects.filter(id=document.id, trashed_at__isnull=False).exists():
                restore(self.seat, "document", document.id, now=self.now)

    def rename(self):
        rename(self.seat, self.random.choice(self.documents).id, f"talk {self.random.random()}", now=self.now)

    def add_theme(self):
        made = themes.add_theme(self.seat, f"theme {self.random.random()}", now=self.now)
        self.known[Theme].append(made.id)

    def edit_theme(self):
        chosen = [self.any(Code) for _ in range(self.random.randrange(4))]
        name = f"theme {self.random.random()}"
        themes.edit_theme(self.seat, self.any(Theme), chosen, name=name, central_idea="tea", now=self.now)

    def move_theme(self):
        themes.move_theme(self.seat, self.any(Theme), self.random.choice((-1, 1)), now=self.now)

    def remove_theme(self):
        themes.remove_theme(self.seat, self.any(Theme), now=self.now)
        self.look()

    def misfit(self):
        themes.note_misfit(self.seat, self.any(Theme), self.any(Span), f"why {self.random.random()}", now=self.now)

    def fits(self):
        found = Misfit.objects.filter(study=self.seat.study).order_by("id").first()
        if found:
            themes.forget_misfit(self.seat, found.theme_id, found.id, now=self.now)

    def cell(self):
        theme = Theme.objects.get(id=self.any(Theme))
        words = self.random.choice(("", "tea first", "talk first"))
        write_cell(self.seat, theme, self.documents[0].participant, words, now=self.now)


def to_undo(study):
    """Whose acts can be taken back, the newest first."""
    acts = Entry.objects.filter(study=study, undoes=None, undone=False, undoable=True).order_by("-id")
    return [one.researcher for one in acts.select_related("researcher")]


@pytest.mark.slow
def test_thousands_of_actions_and_their_undo_leave_the_same_bytes(people, study):
    documents = [make_document(study, participant=make_participant(study)), make_document(study, title="A3")]
    seats = [seat_of(people.rosa, study.id), seat_of(people.tariq, study.id)]
    before = stored()
    wandering = Wandering(seats, documents, SEED)
    for _ in range(ACTIONS):
        wandering.act()
    assert wandering.refused < ACTIONS / 2
    whose = to_undo(study)
    assert len(whose) > ACTIONS / 2 and set(whose) == {people.rosa, people.tariq}
    for person in whose:
        undo(study, person, now=NOW)
    for person in (people.rosa, people.tariq):
        with pytest.raises(NothingToUndo):
            undo(study, person, now=NOW)
    assert stored() == before
    again = whose[::-1][:AGAIN]
    for person in again:
        redo(study, person, now=NOW)
    half_way = stored()
    for person in again[::-1]:
        undo(study, person, now=NOW)
    assert stored() == before
    for person in again:
        redo(study, person, now=NOW)
    assert stored() == half_way != before
