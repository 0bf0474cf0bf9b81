"""The front page, a study's first page, its properties, and who takes part."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sameboat.lib import clock
from sameboat.study.team.access import my_studies
from sameboat.study.team.actions import start_study
from sameboat.study.team.answers import SeeOther
from sameboat.study.team.policy import StudyRequest, leads_only, readers_only, researchers_only


@require_safe
@researchers_only
def studies(request: StudyRequest) -> HttpResponse:
    return render(request, "team/studies.html", {"studies": my_studies(request.researcher)})


@require_http_methods(["GET", "HEAD", "POST"])
@researchers_only
def new_study(request: StudyRequest) -> HttpResponse:
    name = request.POST.get("name", "").strip()[:200]
    if request.method != "POST" or not name:
        return render(request, "team/new_study.html", {"missing": request.method == "POST"})
    question = request.POST.get("question", "").strip()
    study = start_study(request.researcher, name, question=question, now=clock.now())
    return SeeOther(reverse("study-home", kwargs={"sid": study.id}))


@require_safe
@readers_only
def home(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "team/home.html")


@require_http_methods(["GET", "HEAD", "POST"])
@leads_only
def properties(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "team/properties.html")


@require_safe
@readers_only
def team(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "team/team.html")
