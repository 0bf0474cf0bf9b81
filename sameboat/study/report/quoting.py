"""Which passages may stand in a report, and in which words: what people agreed to comes before what fits."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sameboat.study.checking.models import CheckAnswer, CheckAnswered
from sameboat.study.coding.places import Extract, Places
from sameboat.study.fieldwork.access import said_no
from sameboat.study.fieldwork.models import ItemKind
from sameboat.study.team.access import Seat


@dataclass(frozen=True)
class Quotable:
    """Who may not be quoted, and what participants said to passages of theirs."""

    whose: Places
    no: frozenset[uuid.UUID]
    withdrawn: frozenset[uuid.UUID]
    instead: dict[uuid.UUID, str]

    def words(self, extract: Extract) -> str:
        """The passage as it may be quoted; nothing where it may not."""
        place = self.whose.texts[extract.document]
        if place.participant in self.no or self.withdrawn.intersection(extract.spans):
            return ""
        changed = next((self.instead[span] for span in extract.spans if span in self.instead), "")
        return changed or extract.text.strip()

    def some(self, extracts: list[Extract], most: int) -> list[tuple[Extract, str]]:
        """Up to `most` of each participant (0: all), the longest first, then in their order."""
        by_person: dict[str, list[tuple[Extract, str]]] = defaultdict(list)
        for one in extracts:
            if words := self.words(one):
                by_person[one.who].append((one, words))
        kept = []
        for of in by_person.values():
            chosen = sorted(of, key=lambda one: -len(one[1]))[: most or None]
            kept += sorted(chosen, key=lambda one: (one[0].title, one[0].start))
        return kept


def quotable(seat: Seat, whose: Places) -> Quotable:
    """What this study's participants agreed to have quoted."""
    answers = CheckAnswer.objects.filter(study=seat.study).order_by("at")
    newest = {span: (answer, words) for span, answer, words in answers.values_list("span_id", "answer", "words")}
    gone = frozenset(span for span, (answer, _) in newest.items() if answer == CheckAnswered.WITHDRAW)
    instead = {span: words for span, (answer, words) in newest.items() if answer == CheckAnswered.AMEND and words}
    return Quotable(whose, frozenset(said_no(seat.study, ItemKind.QUOTATION)), gone, instead)
