"""Whose each text is: the texts that count, by participant and by group. Nothing of who withdrew, nothing binned."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from sameboat.study.coding import access
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.team.access import Seat
from sameboat.study.transcripts.models import Document


def documents_out(seat: Seat) -> QuerySet[Document]:
    """Texts that may be shown beside others and leave: not in the bin, and of nobody who withdrew."""
    gone = Q(participant__withdrawn_at__isnull=False) | Q(interview__participant__withdrawn_at__isnull=False)
    return Document.objects.filter(study=seat.study, trashed_at=None).exclude(gone)


@dataclass(frozen=True)
class Place:
    """A text: its title, and the participant and the group it belongs to, where it does."""

    id: uuid.UUID
    title: str
    sha256: str
    participant: uuid.UUID | None
    group: uuid.UUID | None


@dataclass(frozen=True)
class Places:
    """All texts, participants by group and code, groups by letter."""

    texts: dict[uuid.UUID, Place]
    participants: dict[uuid.UUID, Participant]
    groups: dict[uuid.UUID, Group]
    of_participant: dict[uuid.UUID, list[Place]] = field(default_factory=lambda: defaultdict(list))
    of_group: dict[uuid.UUID, list[Place]] = field(default_factory=lambda: defaultdict(list))

    def who(self, document: uuid.UUID) -> str:
        """The code of whose text it is, or the text's title."""
        place = self.texts[document]
        return self.participants[place.participant].code if place.participant else place.title

    def letter(self, document: uuid.UUID) -> str:
        """The letter of the text's group, or nothing."""
        group = self.texts[document].group
        return self.groups[group].letter if group else ""


def places(seat: Seat) -> Places:
    """The texts of this seat's study, and whose they are."""
    everybody = Participant.objects.filter(study=seat.study, withdrawn_at=None).select_related("group")
    participants = {one.id: one for one in sorted(everybody, key=_by_code)}
    groups = {one.id: one for one in Group.objects.filter(study=seat.study).order_by("letter")}
    found = Places({}, participants, groups)
    rows = documents_out(seat).order_by("title", "id")
    names = ("id", "title", "sha256", "participant_id", "interview__participant_id", "group_id")
    for id, title, sha256, own, by_interview, group in rows.values_list(*names):
        whose = own or by_interview
        whose = whose if whose in participants else None
        place = Place(id, title, sha256, whose, (participants[whose].group_id if whose else None) or group)
        found.texts[id] = place
        if place.participant:
            found.of_participant[place.participant].append(place)
        if place.group:
            found.of_group[place.group].append(place)
    return found


def _by_code(one: Participant) -> tuple[str, int, str]:
    """A2 before A10, group by group."""
    digits = "".join(sign for sign in one.code if sign.isdecimal())
    return one.group.letter if one.group else "~", int(digits or 0), one.code


@dataclass(frozen=True)
class Extract:
    """A passage with every code that is on exactly it. `spans` are the rows behind it, the oldest first."""

    document: uuid.UUID
    start: int
    end: int
    text: str
    who: str
    letter: str
    title: str
    codes: tuple[uuid.UUID, ...]
    spans: tuple[uuid.UUID, ...]

    @property
    def anchor(self) -> str:
        """Where the coding screen opens at it."""
        return f"{self.document}:{self.start}-{self.end}"


def extracts(
    seat: Seat, whose: Places, codes: Iterable[uuid.UUID] | None = None, *,
    documents: Iterable[uuid.UUID] | None = None, coder: uuid.UUID | None = None,
) -> list[Extract]:  # fmt: skip
    """Passages by participant, text and place; of some codes, texts or one coder only where these are given."""
    spans = access.spans(seat)
    if codes is not None:
        spans = spans.filter(code__in=list(codes))
    if coder is not None:
        spans = spans.filter(author=coder)
    wanted = set(whose.texts if documents is None else documents) & set(whose.texts)
    passages: dict[tuple[uuid.UUID, int, int], list[tuple[uuid.UUID, uuid.UUID]]] = defaultdict(list)
    rows = spans.order_by("created_at", "id").values_list("document_id", "start", "end", "code_id", "id")
    for document, start, end, code, span in rows:
        if document in wanted:
            passages[document, start, end].append((code, span))
    needed = {document for document, _, _ in passages}
    texts = dict(Document.objects.filter(id__in=needed).values_list("id", "text"))
    order = {document: number for number, document in enumerate(sorted(needed, key=lambda one: _place_in(whose, one)))}
    return [
        Extract(
            document, start, end, texts[document][start:end], whose.who(document), whose.letter(document),
            whose.texts[document].title, tuple(dict.fromkeys(code for code, _ in of)), tuple(span for _, span in of),
        )
        for (document, start, end), of in sorted(passages.items(), key=lambda one: (order[one[0][0]], *one[0][1:]))
    ]  # fmt: skip


def _place_in(whose: Places, document: uuid.UUID) -> tuple[tuple[str, int, str], str, str]:
    place = whose.texts[document]
    person = whose.participants[place.participant] if place.participant else None
    return (_by_code(person) if person else ("~~", 0, "")), place.title, str(document)
