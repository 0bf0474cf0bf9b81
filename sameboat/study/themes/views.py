"""Pages: the themes of a study, one theme with its passages, the six phases and the fifteen points."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, NotYours, Refusal
from sameboat.study.charts import Stretch, timeline
from sameboat.study.coding import access as coding_access
from sameboat.study.team.access import Seat
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.models import Role
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only
from sameboat.study.themes import access, actions
from sameboat.study.themes.held import extracts_of, held, map_of
from sameboat.study.themes.models import Phase, Theme, ThemeStatus
from sameboat.study.themes.points import PHASES
from sameboat.study.themes.points import points as points_of
from sameboat.study.themes.refusals import EndBeforeStart


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def themes(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """Every theme with what it holds, and the map; a POST makes one."""
    trouble = ""
    if request.method == "POST":
        _must_code(request.seat)
        try:
            made = actions.add_theme(request.seat, request.POST.get("name", ""), now=clock.now())
        except Refusal as refusal:
            trouble = refusal.sentence
        else:
            return SeeOther(_place(sid, made.id), "saved")
    _, rows = held(request.seat)
    # Drawn here, with every word in it made harmless (charts/paper.py).
    drawn = mark_safe(map_of(request.seat, rows)) if rows else ""  # noqa: S308
    return render(request, "themes/themes.html", {"rows": rows, "map": drawn, "trouble": trouble})


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def theme(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID) -> HttpResponse:
    """One theme: what it says, its codes, its passages, what does not fit."""
    one, trouble = access.theme(request.seat, tid), ""
    if request.method == "POST":
        _must_code(request.seat)
        words = {
            name: request.POST.get(name, "") for name in ("name", "status", "central_idea", "definition", "colour")
        }
        try:
            actions.edit_theme(request.seat, tid, _uuids(request.POST.getlist("codes")), now=clock.now(), **words)
        except Refusal as refusal:
            trouble = refusal.sentence
        else:
            return SeeOther(_place(sid, tid), "saved")
    return render(request, "themes/theme.html", {**_theme_as_said(request.seat, one), "trouble": trouble})


def _theme_as_said(seat: Seat, one: Theme) -> dict[str, Any]:
    whose, rows = held(seat)
    mine = next(row for row in rows if row.theme.id == one.id)
    codes = {code.id: code for code in coding_access.codebook(seat)}
    chosen = {code.id for code in mine.codes}
    strange = {row.span_id: row for row in access.misfits(seat).filter(theme=one)}
    passages = [
        (extract, [codes[code].name for code in extract.codes], _misfit_of(extract.spans, strange))
        for extract in extracts_of(seat, one, whose)
    ]
    groups = [
        (group, [row for row in passages if whose.texts[row[0].document].group == group.id])
        for group in whose.groups.values()
    ]
    other = [row for row in passages if whose.texts[row[0].document].group is None]
    return {
        "theme": one,
        "row": mine,
        "codes": [(code, code.id in chosen) for code in codes.values() if code.kind == "code"],
        "groups": [(str(group), rows) for group, rows in groups] + ([("Other texts", other)] if other else []),
        "passages": len(passages),
        "statuses": ThemeStatus.choices,
    }


def _misfit_of(spans: tuple[uuid.UUID, ...], strange: dict[uuid.UUID, Any]) -> Any:
    return next((strange[span] for span in spans if span in strange), None)


@require_POST
@coders_only
def move(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID) -> HttpResponse:
    actions.move_theme(request.seat, tid, -1 if request.POST.get("way") == "up" else 1, now=clock.now())
    return SeeOther(reverse("study-themes", kwargs={"sid": sid}), "saved")


@require_POST
@coders_only
def remove(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID) -> HttpResponse:
    actions.remove_theme(request.seat, tid, now=clock.now())
    return SeeOther(reverse("study-themes", kwargs={"sid": sid}), "binned")


@require_POST
@coders_only
def misfit(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID) -> HttpResponse:
    """Says that a passage does not fit."""
    for span in _uuids([request.POST.get("span", "")]):
        actions.note_misfit(request.seat, tid, span, request.POST.get("note", ""), now=clock.now())
    return SeeOther(_place(sid, tid), "saved")


@require_POST
@coders_only
def fits(request: StudyRequest, sid: uuid.UUID, tid: uuid.UUID, mid: uuid.UUID) -> HttpResponse:
    actions.forget_misfit(request.seat, tid, mid, now=clock.now())
    return SeeOther(_place(sid, tid), "saved")


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def phases(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The six phases with their days; a POST notes one."""
    trouble = ""
    if request.method == "POST":
        _must_code(request.seat)
        number, said = _whole(request.POST.get("number", "")), request.POST
        try:
            days = _day(said.get("started_on", "")), _day(said.get("ended_on", ""))
            actions.note_phase(request.seat, number, *days, said.get("note", ""), now=clock.now())
        except EndBeforeStart as refusal:
            trouble = refusal.sentence
        else:
            return SeeOther(reverse("study-phases", kwargs={"sid": sid}), "saved")
    rows = {row.number: row for row in Phase.objects.filter(study=request.seat.study)}
    lines = [(number, name, rows.get(number)) for number, name in enumerate(PHASES, 1)]
    shown = {"lines": lines, "chart": phases_chart(request.seat), "trouble": trouble}
    return render(request, "themes/phases.html", shown)


@require_safe
@readers_only
def phases_file(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The timeline of the phases by itself, as a file. Raises NotHere where none has begun."""
    drawn = phases_chart(request.seat)
    if not drawn:
        raise NotHere
    answer = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="phases.svg"'
    return answer


def phases_chart(seat: Seat) -> str:
    """The phases over the months, as SVG; nothing where none has begun."""
    rows = Phase.objects.filter(study=seat.study, started_on__isnull=False).order_by("number")
    stretches = [
        Stretch(f"{row.number} {PHASES[row.number - 1]}", row.started_on, row.ended_on)
        for row in rows
        if row.started_on
    ]
    if not stretches:
        return ""
    words = "; ".join(f"{one.name}: from {one.start} {f'to {one.end}' if one.end else 'on'}" for one in stretches)
    until = min(timezone.localdate(), max(one.end or one.start for one in stretches) + datetime.timedelta(days=30))
    return mark_safe(timeline("phases", "The six phases", words, stretches, until))  # noqa: S308


@require_http_methods(["GET", "HEAD", "POST"])
@readers_only
def points(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The fifteen points, each with what the workbench can show; a POST notes one."""
    if request.method == "POST":
        _must_code(request.seat)
        number = _whole(request.POST.get("number", ""))
        actions.note_point(request.seat, number, request.POST.get("note", ""), now=clock.now())
        return SeeOther(reverse("study-points", kwargs={"sid": sid}), "saved")
    return render(request, "themes/points.html", {"points": points_of(request.seat)})


def _must_code(seat: Seat) -> None:
    if not seat.may(Role.CODER):
        raise NotYours


def _place(sid: uuid.UUID, tid: uuid.UUID) -> str:
    return reverse("study-theme", kwargs={"sid": sid, "tid": tid})


def _uuids(texts: list[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
