"""Pages: the texts of a study, and bringing some in."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import Refusal
from sameboat.study.fieldwork.models import Group, Participant
from sameboat.study.readers import LARGEST_FILE, READERS, Preview, preview
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only
from sameboat.study.transcripts import actions, arrivals
from sameboat.study.transcripts.models import Document, DocumentKind, TurnRole
from sameboat.study.work.going import Work, beside
from sameboat.study.work.room import NoRoom
from sameboat.study.work.uploads import MOST_FILES, MOST_NAMED, TooMany, TooManyFiles

SOON_SECONDS = 0.8


@require_safe
@readers_only
def transcripts(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Every text, by group and participant."""
    found = Document.objects.filter(study=request.seat.study, trashed_at=None).defer("text")
    texts = found.select_related("participant", "group").order_by("group__letter", "participant__code", "title")
    return render(request, "transcripts/transcripts.html", {"texts": texts})


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def bring_in(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Choose files. They are read at once and stored only after a look."""
    trouble: Refusal | None = None
    try:
        files = request.FILES.getlist("files")
        if files:
            batch = [(one.name or "file", None if isinstance(one, TooMany) else one.file) for one in files]
            token = arrivals.take_in(sid, batch)
            # Most files are read before anybody could look at a progress bar.
            arrivals.wait(sid, token, SOON_SECONDS)
            return SeeOther(reverse("study-look", kwargs={"sid": sid, "token": token}))
    except (NoRoom, TooManyFiles) as refusal:
        trouble = refusal
    said = {
        "nothing": request.method == "POST" and not trouble, "kinds": ", ".join(READERS), "trouble": trouble,
        "most": LARGEST_FILE // 2**20, "most_files": MOST_FILES, "together": settings.LARGEST_UPLOAD // 2**20,
        "bytes": settings.LARGEST_UPLOAD, "most_named": MOST_NAMED,
    }  # fmt: skip
    return render(request, "transcripts/bring_in.html", said, status=trouble.status if trouble else 200)


@dataclass
class Row:
    """One file as the page shows it, with what was chosen so far."""

    number: int
    arrived: arrivals.Arrived
    seen: Preview | None
    title: str
    participant: str
    group: str
    roles: list[tuple[str, str]]
    wanted: bool = True
    kind: str = DocumentKind.TRANSCRIPT


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def look(request: StudyRequest, sid: uuid.UUID, token: str) -> HttpResponse:
    """What was understood of each file, before anything is stored."""
    try:
        going = arrivals.reading(sid, token)
    except NoRoom as refusal:
        return render(request, "transcripts/no_room.html", {"refusal": refusal, "token": token}, status=refusal.status)
    if going is not None:
        return render(request, "transcripts/reading.html", {"going": going, "token": token})
    chosen = request.POST if request.method == "POST" else None
    found = list(arrivals.arrived(sid, token))
    trouble: Refusal | None = None
    if chosen is not None:
        # Nothing is counted for a look that nobody takes.
        rows = [_row(number, one, chosen, looked_at=False) for number, one in enumerate(found) if one.transcript]
        try:
            return _store(request, token, [_wish(row) for row in rows if row.wanted])
        except Refusal as refusal:
            trouble = refusal
    rows = [_row(number, one, chosen) for number, one in enumerate(found)]
    known = {
        "participants": Participant.objects.filter(study=request.seat.study, withdrawn_at=None).order_by("code"),
        "groups": Group.objects.filter(study=request.seat.study).order_by("letter"),
    }
    choices = {"roles": TurnRole.choices, "kinds": DocumentKind.choices}
    readable = sum(row.seen is not None for row in rows)
    said = {"rows": rows, "token": token, "trouble": trouble, "readable": readable, **known, **choices}
    return render(request, "transcripts/look.html", said, status=trouble.status if trouble else 200)


def _store(request: StudyRequest, token: str, wishes: list[actions.Wish]) -> HttpResponse:
    """Stores them beside this page; until all are stored, none is, and the files wait where they are."""
    study = request.seat.study.id

    def doing() -> HttpResponse:
        kept = actions.keep(request.seat, wishes, now=clock.now())
        arrivals.drop(study, token)
        return SeeOther(f"{reverse('study-transcripts', kwargs={'sid': study})}#kept-{len(kept)}")

    back = reverse("study-look", kwargs={"sid": study, "token": token})
    return beside(Work(_("Storing texts"), back, request.researcher.id, study, name=token), doing)


def _row(number: int, one: arrivals.Arrived, chosen: QueryDict | None, *, looked_at: bool = True) -> Row:
    said = one.transcript
    seen = preview(said, one.words) if said and looked_at else None
    guess = actions.participant_in(one.name)
    title = one.name.rsplit(".", 1)[0]
    group = guess.rstrip("0123456789")
    asking = said.interviewers if said else ()
    roles = [(name, "interviewer" if name in asking else "participant") for name in (said.speakers if said else ())]
    if chosen is None:
        return Row(number, one, seen, title, guess, group, roles)
    parts = [(name, chosen.get(f"role-{number}-{place}", role)) for place, (name, role) in enumerate(roles)]
    return Row(
        number, one, seen, chosen.get(f"title-{number}", title), chosen.get(f"participant-{number}", ""),
        chosen.get(f"group-{number}", ""), parts, f"wanted-{number}" in chosen,
        chosen.get(f"kind-{number}", DocumentKind.TRANSCRIPT),
    )  # fmt: skip


def _wish(row: Row) -> actions.Wish:
    transcript = row.arrived.transcript
    assert transcript is not None  # noqa: S101  (only rows that could be read are stored)
    kind = row.kind if row.kind in DocumentKind.values else DocumentKind.TRANSCRIPT
    said = (row.arrived.name, row.title, row.participant, row.group)
    return actions.Wish(transcript, *said, kind, dict(row.roles), sum(row.arrived.words))


@require_POST
@coders_only
def drop(request: StudyRequest, sid: uuid.UUID, token: str) -> HttpResponse:
    """Stops reading, or forgets what was read: nothing of it was stored."""
    with suppress(NoRoom):
        arrivals.reading(sid, token)
    arrivals.drop(sid, token)
    return SeeOther(reverse("study-bring-in", kwargs={"sid": sid}))


@require_POST
@coders_only
def title(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    actions.rename(request.seat, did, request.POST.get("title", ""), now=clock.now())
    return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))


@require_POST
@coders_only
def put_away(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    actions.put_away(request.seat, did, now=clock.now())
    return SeeOther(reverse("study-transcripts", kwargs={"sid": sid}))
