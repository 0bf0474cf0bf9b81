"""Pages: who withdrew and which files hold their words still, and the step itself, which cannot be undone."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere, Refusal
from sameboat.study.coding.models import Memo
from sameboat.study.fieldwork.access import taking_part
from sameboat.study.fieldwork.models import Interview, Participant, Withdrawal
from sameboat.study.fieldwork.typed import words
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import Seat
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, leads_only, readers_only
from sameboat.study.text.counting import many
from sameboat.study.text.quoted import Theirs
from sameboat.study.withdrawal.actions import NotSure, Wish
from sameboat.study.withdrawal.actions import withdraw as withdraw_now

# A count as people say it; what is not here is not worth a line.
COUNTED = (
    ("document", "text", "texts"), ("turn", "turn of talk", "turns of talk"), ("recording", "recording", "recordings"),
    ("span", "coded passage", "coded passages"), ("memo", "note", "notes"), ("interview", "interview", "interviews"),
    ("consent", "signature", "signatures"),
    ("framework_cell", "summary in the framework", "summaries in the framework"),
    ("check_answer", "answer to a passage", "answers to passages"),
    ("kept_part", "part from another program", "parts from other programs"),
)  # fmt: skip
MOST_TYPED = 200


@require_safe
@readers_only
def withdrawals(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    """The record, and for each withdrawal the files that were taken out before it."""
    found = Withdrawal.objects.filter(study=request.seat.study).order_by("-at")
    rows = [(one, _counted(one.removed), exports(request.seat).filter(at__lt=one.at)) for one in found]
    people = Participant.objects.filter(study=request.seat.study, withdrawn_at=None).order_by("code")
    return render(request, "withdrawal/withdrawals.html", {"rows": rows, "people": people})


def _counted(removed: dict[str, int]) -> str:
    return ", ".join(many(removed[kind], one, more) for kind, one, more in COUNTED if removed.get(kind))


def exports(seat: Seat) -> QuerySet[Entry]:
    """Every file that was taken out of the study: what left cannot be called back."""
    return Entry.objects.filter(study=seat.study, verb="export").select_related("researcher").order_by("-id")


@require_http_methods(["GET", "HEAD", "POST"])
@leads_only
def withdraw(request: StudyRequest, sid: uuid.UUID, pid: uuid.UUID) -> HttpResponse:
    """What would go and what cannot be called back; a POST with the code typed does it."""
    participant, refusal = taking_part(request.seat, pid), None
    naming = _naming(request.seat, participant)
    if request.method == "POST":
        try:
            if words(request.POST, "sure").casefold() != participant.code.casefold():
                raise NotSure
            withdraw_now(request.seat, _wish(request, participant, naming), now=clock.now())
        except NotHere:
            raise
        except Refusal as problem:
            refusal = problem
        else:
            return SeeOther(reverse("study-withdrawals", kwargs={"sid": sid}), "removed")
    context = {
        "participant": participant, "naming": naming, "refusal": refusal, "typed": request.POST,
        "interviews": Interview.objects.filter(participant=participant).order_by("held_on"),
        "exports": exports(request.seat),
    }  # fmt: skip
    return render(request, "withdrawal/withdraw.html", context, status=refusal.status if refusal else 200)


def _naming(seat: Seat, participant: Participant) -> list[Memo]:
    """Notes on other things that name the code: somebody decides on each of them."""
    code = Theirs((), (), (), [participant.code])
    memos = Memo.objects.filter(study=seat.study).exclude(about_id=participant.id).order_by("created_at")
    return [memo for memo in memos if code.places(memo.title) or code.places(memo.text)]


def _wish(request: StudyRequest, participant: Participant, naming: list[Memo]) -> Wish:
    """What the form says. Raises NotHere for an interview that is none."""
    given = request.POST
    try:
        interview = uuid.UUID(given["interview"]) if given.get("interview") else None
    except ValueError:
        raise NotHere from None
    typed = [line.strip() for line in words(given, "words").splitlines() if line.strip()][:MOST_TYPED]
    memos = [memo.id for memo in naming if f"memo-{memo.id}" in given]
    return Wish(participant.id, interview, typed, memos, words(given, "cannot_recall"))
