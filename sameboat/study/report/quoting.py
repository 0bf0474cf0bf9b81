"""Which passages may stand in a report, and in which words: what people agreed to comes before what fits."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from sameboat.study.checking.models import CheckAnswer, CheckAnswered
from sameboat.study.coding.places import Extract, Places
from sameboat.study.fieldwork.access import said_no
from sameboat.study.fieldwork.models import ItemKind
from sameboat.study.team.access import Seat
from sameboat.study.text.quoted import INSTEAD
from sameboat.study.text.spans import Span, merged


class Said(NamedTuple):
    """What a participant answered to the words from `start` to `end`: other words, or None to take them out."""

    start: int
    end: int
    words: str | None


class Passage(NamedTuple):
    """The words from `start` to `end` of a text, as somebody would quote them."""

    document: uuid.UUID
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Quotable:
    """Who may not be quoted, and what participants said to words of theirs, by text."""

    whose: Places
    no: frozenset[uuid.UUID]
    said: dict[uuid.UUID, list[Said]]

    def words(self, extract: Extract | Passage) -> str:
        """The passage as it may be quoted; nothing where it may not.

        An answer holds for the words, wherever they are quoted: a longer passage has the changed words in it, and none
        that shares a word with what was taken out, or has only a part of what was changed, is quoted at all.
        """
        if self.whose.texts[extract.document].participant in self.no:
            return ""
        touched = [one for one in self.said.get(extract.document, ()) if _overlap(one, extract)]
        if any(one.words is None for one in touched):
            return ""
        whole = next((one for one in touched if (one.start, one.end) == (extract.start, extract.end)), None)
        if whole is not None:
            return whole.words or ""
        return _changed(extract, touched).strip()

    def masked(self, passage: Passage) -> str:
        """A long passage with a mark in place of each run of words that must not be quoted."""
        if self.whose.texts[passage.document].participant in self.no:
            return INSTEAD
        text, start = passage.text, passage.start
        for begin, end in reversed(self.taken_out(passage.document)):
            if begin < passage.end and start < end:
                text = text[: max(begin - start, 0)] + INSTEAD + text[end - start :]
        return text

    def taken_out(self, document: uuid.UUID) -> list[Span]:
        """What the participant asked to be taken out of a text: places in order, apart from one another."""
        return merged((one.start, one.end) for one in self.said.get(document, ()) if one.words is None)

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


def _overlap(one: Said, other: Said | Extract | Passage) -> bool:
    return one.start < other.end and other.start < one.end


def _changed(extract: Extract | Passage, touched: list[Said]) -> str:
    """The passage with the changed words in their places; nothing where they do not lie whole and apart in it."""
    text, before = extract.text, extract.end
    for one in sorted(touched, reverse=True):
        if one.start < extract.start or one.end > before:
            return ""
        text = text[: one.start - extract.start] + (one.words or "") + text[one.end - extract.start :]
        before = one.start
    return text


def quotable(seat: Seat, whose: Places) -> Quotable:
    """What this study's participants agreed to have quoted. Of several answers to the same words the newest holds."""
    rows = CheckAnswer.objects.filter(study=seat.study).order_by("at").values_list(
        "document_id", "start", "end", "answer", "words"
    )  # fmt: skip
    newest = {row[:3]: row[3:] for row in rows}
    said: dict[uuid.UUID, list[Said]] = defaultdict(list)
    for (document, start, end), (answer, words) in newest.items():
        if answer == CheckAnswered.WITHDRAW:
            said[document].append(Said(start, end, None))
        elif answer == CheckAnswered.AMEND and words:
            said[document].append(Said(start, end, words))
    return Quotable(whose, frozenset(said_no(seat.study, ItemKind.QUOTATION)), said)
