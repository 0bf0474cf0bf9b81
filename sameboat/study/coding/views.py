"""The page of the coding screen; what it shows it asks of the API."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sameboat.study.team.policy import StudyRequest, readers_only


@require_safe
@readers_only
def coding(request: StudyRequest, sid: uuid.UUID) -> HttpResponse:
    return render(request, "study_coding/coding.html")
