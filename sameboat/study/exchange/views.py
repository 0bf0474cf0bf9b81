"""Pages: a study out to other programs, and theirs in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.coding import access
from sameboat.study.coding.places import documents_out
from sameboat.study.exchange import arriving, backup, sound, tables_out
from sameboat.study.exchange.absorb import absorb
from sameboat.study.exchange.extracts import settle_extracts
from sameboat.study.exchange.gather import codes_in_order, project_of
from sameboat.study.exchange.kinds import ENDINGS
from sameboat.study.exchange.refi.read import LARGEST_PROJECT
from sameboat.study.exchange.refi.write import write_codebook, write_project
from sameboat.study.fieldwork.models import Withdrawal
from sameboat.study.ledger.acts import act
from sameboat.study.report.writers import MEDIA_TYPES, write_csv, write_docx, write_xlsx
from sameboat.study.team.access import Seat, seat
from sameboat.study.team.actions import start_study
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, leads_only, readers_only, researchers_only
from sameboat.study.transcripts.models import Recording, Stage
from sameboat.study.work.going import InPieces, Work, beside


class NoCodesYet(Refusal):
    status = 409
    code = "no_codes_yet"
    sentence = "There are no codes yet, and a codebook needs one."


Writer = Callable[[Seat, "uuid.UUID | None", bool], bytes]


def _qdc(seat: Seat, code: uuid.UUID | None, below: bool) -> bytes:
    project, _ = project_of(seat)
    if not project.codes:
        raise NoCodesYet
    return write_codebook(project.codes, [one for one in project.sets if one.codes])


# What may be taken out: the file's name, and what writes it.
OUT: dict[str, Writer] = {
    "project.qdpx": lambda seat, code, below: write_project(project_of(seat)[0]),
    "codebook.qdc": _qdc,
    "codebook.docx": lambda seat, code, below: write_docx(tables_out.codebook_report(seat)),
    "codebook.xlsx": lambda seat, code, below: write_xlsx([tables_out.codebook_sheet(seat)]),
    "extracts.csv": lambda seat, code, below: write_csv(tables_out.extracts_sheet(seat, code, below)),
    "extracts.xlsx": lambda seat, code, below: write_xlsx([tables_out.extracts_sheet(seat, code, below)]),
    "extracts.docx": lambda seat, code, below: write_docx(tables_out.extracts_report(seat, code, below)),
}
_TYPES = {**MEDIA_TYPES, "qdpx": "application/zip", "qdc": "application/xml", "boat": "application/zip"}


@require_safe
@readers_only
def exchange(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """What can be taken out, and a box for what comes in."""
    codes = codes_in_order(request.seat)
    paths = tables_out.paths_of(codes)
    raw = documents_out(request.seat).filter(stage=Stage.RAW).count()
    heard = Recording.objects.filter(study=request.seat.study).aggregate(files=Count("id"), bytes=Sum("size"))
    said: dict[str, Any] = {"codes": [(code.id, paths[code.id]) for code in codes], "raw": raw}
    said |= {"left_out": project_of(request.seat)[1], "unquoted": tables_out.unquoted(request.seat)}
    said |= {"heard": heard, "too_large": (heard["bytes"] or 0) > settings.LARGEST_BACKUP}
    return render(request, "exchange/exchange.html", {**said, **_box()})


def _box() -> dict[str, Any]:
    most, whole = LARGEST_PROJECT // 2**20, settings.LARGEST_BACKUP // 2**30
    sizes = {"bytes": LARGEST_PROJECT, "bytes_whole": settings.LARGEST_BACKUP}
    return {"endings": ", ".join(ENDINGS), "most": most, "whole": whole, **sizes}


@require_POST
@readers_only
def take_out(request: StudyRequest, sid: uuid.UUID, kind: str) -> HttpResponseBase:
    """One file. That it was made stands in the ledger, so that it can be called stale when somebody withdraws."""
    if kind not in OUT:
        raise NotHere
    chosen = request.POST.get("code", "")
    try:
        code = access.code(request.seat, uuid.UUID(chosen)).id if chosen else None
    except ValueError:
        raise NotHere from None
    below = "below" in request.POST
    return _made(request, kind, lambda: OUT[kind](request.seat, code, below))


# A file, or what gives its pieces and how many bytes these are together.
Content = bytes | tuple[Callable[[], Iterator[bytes]], int]


def _made(request: StudyRequest, name: str, write: Callable[[], Content]) -> HttpResponseBase:
    """Writes a file beside this page. While it is made nobody else changes the study."""
    study, researcher = request.seat.study, request.researcher

    def doing() -> HttpResponseBase:
        with act(study, researcher, "export", now=clock.now(), label=name, undoable=False, always=True):
            content = write()
        return _file(name, content)

    back = reverse("study-exchange", kwargs={"sid": study.id})
    return beside(Work(_("Writing %(name)s") % {"name": name}, back, researcher.id, study.id), doing)


def _file(name: str, content: Content) -> HttpResponseBase:
    kind = _TYPES[name.rsplit(".", 1)[1]]
    answer: HttpResponseBase
    if isinstance(content, bytes):
        answer = HttpResponse(content, content_type=kind)
    else:
        answer = InPieces(content[0], kind, content[1])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@leads_only
def back_up(request: StudyRequest, sid: uuid.UUID) -> HttpResponseBase:
    """The whole study as one file, with its recordings where these are asked for."""
    study = request.seat.study
    if "sound" not in request.POST:
        return _made(request, "study.boat", lambda: backup.write_backup(study))

    def write() -> Content:
        sounds = sound.kept(study)
        rows = backup.write_backup(study, sounds)
        return partial(sound.with_sound, rows, sounds), sound.length_with(rows, sounds)

    return _made(request, "study-with-recordings.boat", write)


def _taken_in(request: StudyRequest, owner: uuid.UUID) -> str:
    """The token of the file that was sent, or nothing."""
    file = request.FILES.get("file")
    return arriving.take_in(owner, file) if file is not None else ""


@require_POST
@coders_only
def bring(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Takes a file in to look at."""
    token = _taken_in(request, sid)
    if not token:
        return SeeOther(reverse("study-exchange", kwargs={"sid": sid}))
    return SeeOther(reverse("study-exchange-look", kwargs={"sid": sid, "token": token}))


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def look(request: StudyRequest, sid: uuid.UUID, token: str) -> HttpResponse:
    """What was found in the file; a POST brings it into this study, all or nothing."""
    back = reverse("study-exchange", kwargs={"sid": sid})
    if request.method != "POST" or arriving.looking(sid, token):
        return _looked_at(request, sid, token, back)
    if "drop" in request.POST:
        arriving.drop(sid, token)
        return SeeOther(back)

    def doing() -> HttpResponse:
        answer = _brought(request, request.seat, sid, token)
        arriving.drop(sid, token)
        return answer

    return beside(Work(_("Storing the file"), request.path, request.researcher.id, sid, name=token), doing)


def _looked_at(request: StudyRequest, owner: uuid.UUID, token: str, back: str) -> HttpResponse:
    if pace := arriving.looking(owner, token):
        if request.method == "POST":
            arriving.drop(owner, token)
            return SeeOther(back)
        return render(request, "exchange/reading.html", {"back": back, "pace": pace})
    return render(request, "exchange/look.html", {"seen": arriving.seen(owner, token), "back": back})


def _brought(request: StudyRequest, seat: Seat, owner: uuid.UUID, token: str) -> HttpResponse:
    """Stores what waits under the token, and says what became of it."""
    seen = arriving.seen(owner, token)
    project, account = arriving.again(owner, token)
    if seen.kind == "extracts":
        found = documents_out(seat).values_list("title", "text")
        settle_extracts(project, account, {title.casefold(): (title, text) for title, text in found})
    absorb(seat, project, account, seen.name, now=clock.now())
    kept = [(what, count) for what, count in account.kept.items() if count]
    said = {"account": account, "kept": kept, "name": seen.name, "into": seat.study}
    return render(request, "exchange/brought.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def new(request: StudyRequest) -> HttpResponse:
    """A file that becomes a study of its own: of another program, or a backup of ours."""
    token = _taken_in(request, request.researcher.id) if request.method == "POST" else ""
    if token:
        return SeeOther(reverse("study-new-look", kwargs={"token": token}))
    return render(request, "exchange/new.html", {"nothing": request.method == "POST", **_box()})


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def new_look(request: StudyRequest, token: str) -> HttpResponse:
    """What was found in the file; a POST makes a study of it."""
    owner, back = request.researcher.id, reverse("study-from-file")
    pace = arriving.looking(owner, token)
    if pace or "drop" in request.POST:
        if request.method == "POST":
            arriving.drop(owner, token)
            return SeeOther(back)
        return render(request, "exchange/reading.html", {"back": back, "pace": pace})
    seen = arriving.seen(owner, token)
    whole = seen.kind == arriving.WHOLE_STUDY
    if request.method != "POST":
        return render(request, "exchange/look.html", {"seen": seen, "back": back, "whole": whole})
    doing = partial(_restored, request, owner, token) if whole else partial(_new_study, request, owner, token)
    return beside(Work(_("Storing the file"), request.path, owner, None, name=token), doing)


def _restored(request: StudyRequest, owner: uuid.UUID, token: str) -> HttpResponse:
    began = clock.now()
    study = backup.restore(request.researcher, *arriving.file_of(owner, token), now=began)
    arriving.drop(owner, token)
    if Withdrawal.objects.filter(study=study, at=began).exists():
        return SeeOther(reverse("study-withdrawals", kwargs={"sid": study.id}), "taken-out-again")
    return SeeOther(reverse("study-home", kwargs={"sid": study.id}))


def _new_study(request: StudyRequest, owner: uuid.UUID, token: str) -> HttpResponse:
    project, _ = arriving.again(owner, token)
    name = request.POST.get("name", "").strip() or project.name
    with transaction.atomic():
        study = start_study(request.researcher, name[:200], question=project.description, now=clock.now())
        answer = _brought(request, seat(request.researcher, study.id), owner, token)
    arriving.drop(owner, token)
    return answer
