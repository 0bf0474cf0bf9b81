"""Pages: versions of the consent sheet, and who agreed to what."""

from __future__ import annotations

import uuid
from itertools import zip_longest

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.fieldwork import consenting
from sameboat.study.fieldwork.access import one, taking_part
from sameboat.study.fieldwork.consenting import Sheet, Signing
from sameboat.study.fieldwork.models import ConsentForm, ItemKind, Participant, SignedHow
from sameboat.study.fieldwork.typed import needed_day, words
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only

ITEMS = 8


@require_safe
@readers_only
def consent(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return _consent_page(request)


def _consent_page(request: StudyRequest, refusal: Refusal | None = None) -> HttpResponse:
    """Everyone by every purpose, and the versions of the sheet."""
    seat = request.seat
    said = consenting.newest(seat)
    people = Participant.objects.filter(study=seat.study).select_related("group").order_by("code")
    used = {kind for by_kind in said.values() for kind in by_kind}
    kinds = [(kind, word) for kind, word in ItemKind.choices if kind in used]
    sheets = ConsentForm.objects.filter(study=seat.study).annotate(signed=Count("consents"))
    context = {
        "kinds": kinds,
        "rows": [(row, [said.get(row.id, {}).get(kind) for kind, _ in kinds]) for row in people],
        "sheets": sheets.order_by("-dated", "-version"),
        "items": _typed_items(request) if refusal else _usual_items(),
        "choices": ItemKind.choices,
        "today": clock.now().date(),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "fieldwork/consent.html", context, status=refusal.status if refusal else 200)


def _usual_items() -> list[tuple[str, str]]:
    """A line for each purpose that is usually asked for, with no words yet."""
    return [(kind, "") for kind in ItemKind.values if kind != ItemKind.OTHER] + [(ItemKind.OTHER.value, "")] * 2


def _typed_items(request: StudyRequest) -> list[tuple[str, str]]:
    pairs = zip_longest(request.POST.getlist("kind"), request.POST.getlist("item"), fillvalue="")
    return [(kind, text.strip()) for kind, text in pairs]


@require_POST
@coders_only
def add_sheet(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    given = request.POST
    try:
        sheet = Sheet(
            words(given, "version", 20), words(given, "title", 200), needed_day(given, "dated"),
            words(given, "text"), _typed_items(request),
        )  # fmt: skip
        consenting.add_sheet(request.seat, sheet, now=clock.now())
    except Refusal as refusal:
        return _consent_page(request, refusal)
    return SeeOther(reverse("study-consent", kwargs={"sid": sid}), "saved")


@require_safe
@readers_only
def sheet(request: StudyRequest, sid: uuid.UUID, fid: uuid.UUID) -> HttpResponse:
    """One version of the sheet, to read or to print and sign."""
    form = one(request.seat, ConsentForm, fid)
    return render(request, "fieldwork/sheet.html", {"form": form, "items": form.items.order_by("order")})


@require_http_methods(["GET", "HEAD", "POST"])
@coders_only
def sign(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID, fid: uuid.UUID) -> HttpResponse:
    """What somebody said to each item of a sheet, when, and how."""
    form, participant = one(request.seat, ConsentForm, fid), taking_part(request.seat, pid)
    given, refusal = request.POST, None
    items = list(form.items.order_by("order"))
    yes = {item.id for item in items if f"item-{item.id}" in given}
    if request.method == "POST":
        try:
            signing = Signing(needed_day(given, "signed_on"), given.get("how", ""), words(given, "note"), yes)
            consenting.sign(request.seat, pid, fid, signing, now=clock.now())
        except NotHere:
            raise
        except Refusal as problem:
            refusal = problem
        else:
            return SeeOther(reverse("study-participant", kwargs={"sid": sid, "pid": pid}), "saved")
    context = {
        "form": form, "participant": participant, "items": [(item, item.id in yes) for item in items],
        "hows": SignedHow.choices, "refusal": refusal, "typed": given, "today": clock.now().date(),
    }  # fmt: skip
    return render(request, "fieldwork/sign.html", context, status=refusal.status if refusal else 200)


@require_POST
@coders_only
def take_back(request: StudyRequest, sid: uuid.UUID, aid: uuid.UUID) -> HttpResponse:
    """From a day on somebody no longer agrees to this; or they do after all."""
    day = None if "again" in request.POST else needed_day(request.POST, "day")
    participant = consenting.take_back(request.seat, aid, day, now=clock.now())
    return SeeOther(reverse("study-participant", kwargs={"sid": sid, "pid": participant.id}), "saved")
