"""The operator's pages of W4: what two people can do without reading, and sealed reports on their way."""

from __future__ import annotations

import datetime
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.oversight import access, acts
from sameboat.oversight.actions import answer, read, say_away
from sameboat.oversight.handing import handed_over
from sameboat.oversight.models import FILE_HELD, Act, Report
from sameboat.staff.models import Person
from sameboat.staff.views import SeeOther

PAGE = "/operator/without-reading"
REPORTS = "/operator/reports"
# Longer than that, it is time for another two people and another key.
LONGEST_AWAY = datetime.timedelta(days=60)


def _now() -> int:
    return int(clock.seconds())


def _name(request: HttpRequest) -> str:
    """Who is signed in; the mark on the page has made sure that it is one of us."""
    if not isinstance(request.user, Person):
        raise NotHere
    return request.user.name


@require_safe
@staff_only("operator")
def without_reading(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@staff_only("operator")
def propose(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind", "")
    if kind not in acts.ASKED:
        raise NotHere
    codes = {name: request.POST.get(name, "")[:200] for name in acts.ASKED[kind]}
    wanted = acts.Wanted(kind, codes, request.POST.get("reason", "")[:2000])
    try:
        acts.propose(wanted, by=_name(request), now=_now())
    except Refusal as refusal:
        return _page(request, refusal, wanted)
    return SeeOther(f"{PAGE}#waiting")


@require_POST
@staff_only("operator")
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    try:
        acts.confirm(access.act_for_operator(number), by=_name(request), now=_now())
    except Refusal as refusal:
        return _page(request, refusal)
    return SeeOther(f"{PAGE}#done")


@require_POST
@staff_only("operator")
def put_aside(request: HttpRequest, number: int) -> HttpResponse:
    try:
        acts.put_aside(access.act_for_operator(number), by=_name(request), now=_now())
    except Refusal as refusal:
        return _page(request, refusal)
    return SeeOther(PAGE)


@require_safe
@staff_only("operator")
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """The file of an act that two people agreed on, for a week; made anew each time and kept nowhere."""
    act = access.act_for_operator(number)
    if not act.has_file or act.done_at is None or act.done_at <= _now() - FILE_HELD:
        raise NotHere
    told = json.dumps(handed_over(act), indent=1, ensure_ascii=False)
    return _file(told.encode(), "stored.json", "application/json")


@require_safe
@staff_only("operator")
def reports(request: HttpRequest) -> HttpResponse:
    today = clock.now().date()
    answered = Report.objects.exclude(answered_at=None).order_by("-answered_at")
    told = {"open": [_stamped(row) for row in Report.objects.open()], "answered": [_stamped(row) for row in answered]}
    return render(
        request,
        "oversight/reports.html",
        {**told, "has_key": access.contact_key() is not None, "away": access.away_until(today), "today": today},
    )


@require_safe
@staff_only("operator")
def report(request: HttpRequest, number: int) -> HttpResponse:
    return _report_page(request, access.report_for_operator(number))


@require_safe
@staff_only("operator")
def carry_report(request: HttpRequest, number: int) -> HttpResponse:
    """The sealed report with its circle's log, for a computer that never was on this site."""
    found = access.report_for_operator(number)
    return _file(access.carried(found), f"report-{found.pk}.sealed", "application/octet-stream")


@require_POST
@staff_only("operator")
def read_report(request: HttpRequest, number: int) -> HttpResponse:
    read(access.report_for_operator(number), by=_name(request), now=_now())
    return SeeOther(f"{REPORTS}/{number}")


@require_POST
@staff_only("operator")
def answer_report(request: HttpRequest, number: int) -> HttpResponse:
    found = access.report_for_operator(number)
    try:
        answer(found, request.POST.get("answer", ""), by=_name(request), now=_now())
    except Refusal as refusal:
        return _report_page(request, found, refusal)
    return SeeOther(f"{REPORTS}/{number}")


@require_POST
@staff_only("operator")
def away(request: HttpRequest) -> HttpResponse:
    """Says until when nobody can open a report; an empty day, or none that is one: somebody can again."""
    try:
        until = datetime.date.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        until = None
    say_away(until and min(until, clock.now().date() + LONGEST_AWAY), by=_name(request))
    return SeeOther(REPORTS)


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _stamped(row: Report) -> dict[str, object]:
    """A row with its times as days people know."""
    stamps = {name: _moment(getattr(row, name)) for name in ("sent_at", "read_at", "answered_at", "answer_by")}
    return {"row": row, **stamps}


def _moment(seconds: int | None) -> datetime.datetime | None:
    return None if seconds is None else datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)


def _report_page(request: HttpRequest, row: Report, refusal: Refusal | None = None) -> HttpResponse:
    told = {**_stamped(row), "refusal": refusal}
    return render(request, "oversight/report.html", told, status=refusal.status if refusal else 200)


def _page(request: HttpRequest, refusal: Refusal | None = None, wanted: acts.Wanted | None = None) -> HttpResponse:
    now, name = _now(), _name(request)
    told = {
        "waiting": [_act(one, name, now) for one in Act.objects.waiting(now)],
        "done": [_act(one, name, now) for one in Act.objects.done()],
        "kinds": Act.Kind.choices,
        "alone": not access.two_people(),
        "refusal": refusal,
        "wanted": wanted,
    }
    return render(request, "oversight/without_reading.html", told, status=refusal.status if refusal else 200)


def _act(one: Act, name: str, now: int) -> dict[str, object]:
    """An act as the page shows it: its codes as they are typed, its moments as days."""
    held = one.has_file and one.done_at is not None and one.done_at > now - FILE_HELD
    return {
        "act": one,
        "mine": one.proposed_by == name,
        "codes": acts.codes_of(one),
        "proposed_at": _moment(one.proposed_at),
        "done_at": _moment(one.done_at),
        "has_file": held,
    }
