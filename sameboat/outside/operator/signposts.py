"""The help table, as the operator keeps it true."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.policy import staff_only
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.signposts.actions import ChangedMeanwhile, confirm, propose, put_aside, still_true
from sameboat.signposts.models import Signpost, SignpostChange
from sameboat.staff.access import another_operator_than
from sameboat.staff.models import Person
from sameboat.staff.views import SeeOther

TABLE = "/operator/signposts"


def _person(request: HttpRequest) -> Person:
    """Who is signed in; the mark on the page has made sure that it is one of us."""
    if not isinstance(request.user, Person):
        raise NotHere
    return request.user


@require_safe
@staff_only("operator")
def signposts(request: HttpRequest) -> HttpResponse:
    today = clock.now().date()
    # What this site's own visitors see comes first.
    due = sorted(Signpost.objects.due(today), key=lambda row: row.country != settings.COUNTRY)
    keys = {signpost.key for signpost in due}
    rest = [row for row in Signpost.objects.order_by("country", "position") if row.key not in keys]
    return render(
        request,
        "operator/signposts.html",
        {"due": due, "rest": rest, "changes": SignpostChange.objects.select_related("signpost")},
    )


@require_safe
@staff_only("operator")
def signpost(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, get_object_or_404(Signpost, key=key))


@require_POST
@staff_only("operator")
def check_signpost(request: HttpRequest, key: str) -> HttpResponse:
    row = get_object_or_404(Signpost, key=key)
    try:
        still_true(row, by=_person(request).name, source=request.POST.get("source", ""), today=clock.now().date())
    except Refusal as refusal:
        return _page(request, row, refusal)
    return SeeOther(TABLE)


@require_POST
@staff_only("operator")
def change_signpost(request: HttpRequest, key: str) -> HttpResponse:
    row = get_object_or_404(Signpost, key=key)
    wanted: dict[str, str | bool] = {name: request.POST.get(name, "") for name in ("number", "hours", "note", "source")}
    wanted["shown"] = request.POST.get("shown") == "yes"
    try:
        propose(row, wanted, by=_person(request).name, now=clock.now())
    except Refusal as refusal:
        return _page(request, row, refusal, wanted)
    return SeeOther(f"{TABLE}/{key}")


@require_POST
@staff_only("operator")
def confirm_signpost(request: HttpRequest, key: str) -> HttpResponse:
    row = get_object_or_404(Signpost, key=key)
    person = _person(request)
    change = SignpostChange.objects.filter(signpost=row).first()
    try:
        if change is None or str(change.pk) != request.POST.get("change"):
            raise ChangedMeanwhile
        confirm(change, by=person.name, others_exist=another_operator_than(person), today=clock.now().date())
    except Refusal as refusal:
        return _page(request, row, refusal)
    return SeeOther(TABLE)


@require_POST
@staff_only("operator")
def drop_change(request: HttpRequest, key: str) -> HttpResponse:
    put_aside(get_object_or_404(SignpostChange, signpost__key=key))
    return SeeOther(f"{TABLE}/{key}")


def _page(
    request: HttpRequest,
    row: Signpost,
    refusal: Refusal | None = None,
    wanted: dict[str, str | bool] | None = None,
) -> HttpResponse:
    person = _person(request)
    change = SignpostChange.objects.filter(signpost=row).first()
    told = {
        "signpost": row,
        "change": change,
        "wanted": wanted or row,
        "mine": change is not None and change.proposed_by == person.name,
        "alone": not another_operator_than(person),
        "refusal": refusal,
    }
    return render(request, "operator/signpost.html", told, status=refusal.status if refusal else 200)
