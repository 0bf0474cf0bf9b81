"""All memos of a study, each with what it is about and where that is."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from sameboat.study.coding import access
from sameboat.study.coding.models import Memo, MemoAbout
from sameboat.study.coding.places import Places, places
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.team.access import Seat
from sameboat.study.themes import access as theme_access

Key = tuple[str, uuid.UUID]


@dataclass(frozen=True)
class Thing:
    """Something that a memo may be about: what kind of thing it is, its name, and its page."""

    kind: str
    id: uuid.UUID
    name: str
    href: str

    @property
    def key(self) -> str:
        """As forms say it."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Listed:
    """A memo, and what it is about; nothing where that is in the bin or was taken away."""

    memo: Memo
    thing: Thing | None

    @property
    def kind(self) -> str:
        return str(MemoAbout(self.memo.about_kind).label)


def things(seat: Seat) -> list[Thing]:
    """All that a memo may be about but single passages: the study, its groups, people, texts, codes and themes."""
    study = seat.study
    here = {"sid": study.id}
    found = [Thing(MemoAbout.STUDY, study.id, study.name, reverse("study-home", kwargs=here))]
    groups = reverse("study-groups", kwargs=here)
    found += [Thing(MemoAbout.GROUP, one.id, str(one), f"{groups}#group-{one.id}")
              for one in Group.objects.filter(study=study).order_by("letter")]  # fmt: skip
    texts = access.documents(seat).order_by("title")
    people = Participant.objects.filter(study=study, withdrawn_at=None).order_by("code")
    named = (
        (MemoAbout.PARTICIPANT, "study-participant", "pid", [(one.id, one.code) for one in people]),
        (MemoAbout.DOCUMENT, "study-text", "did", list(texts.values_list("id", "title"))),
        (MemoAbout.CODE, "study-code", "cid", list(access.codebook(seat).values_list("id", "name"))),
        (MemoAbout.THEME, "study-theme", "tid", list(theme_access.themes(seat).values_list("id", "name"))),
    )  # fmt: skip
    for kind, address, parameter, rows in named:
        found += [Thing(kind, id, name, reverse(address, kwargs={**here, parameter: id})) for id, name in rows]
    return found


def listed(seat: Seat, kind: str = "", author: uuid.UUID | None = None, words: str = "") -> list[Listed]:
    """The memos this seat may see, the newest first; of one kind, by one person, with some words in them, if asked."""
    memos = access.memos(seat).order_by("-changed_at", "id")
    memos = memos.filter(about_kind=kind) if kind in MemoAbout.values else memos
    memos = memos.filter(author=author) if author else memos
    known: dict[Key, Thing] = {(one.kind, one.id): one for one in things(seat)}
    known |= {(one.kind, one.id): one for one in _passages(seat, places(seat))} if memos else {}
    wanted = words.casefold().split()
    found = [Listed(memo, known.get((memo.about_kind, memo.about_id))) for memo in memos]
    return [one for one in found if all(word in _said(one) for word in wanted)]


def _passages(seat: Seat, whose: Places) -> Iterator[Thing]:
    about = access.memos(seat).filter(about_kind=MemoAbout.SPAN).values("about_id")
    coding = reverse("study-coding", kwargs={"sid": seat.study.id})
    for span in access.spans(seat).filter(id__in=about).select_related("code"):
        if span.document_id in whose.texts:
            place = f"{coding}#{span.document_id}:{span.start}-{span.end}"
            yield Thing(MemoAbout.SPAN, span.id, f"{whose.who(span.document_id)}, {span.code.name}", place)


def _said(one: Listed) -> str:
    return f"{one.memo.title} {one.memo.text} {one.thing.name if one.thing else ''}".casefold()
