"""Addresses: a sound file in, away, and out to the player that asks for it piece by piece."""

from __future__ import annotations

import uuid

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere
from sameboat.study.team.answers import SeeOther, own_address
from sameboat.study.team.policy import StudyRequest, coders_only, readers_only
from sameboat.study.transcripts import recordings
from sameboat.study.transcripts.recordings import NotSound, PastTheEnd


@require_POST
@coders_only
def keep(request: StudyRequest, sid: uuid.UUID, did: uuid.UUID) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        raise NotSound
    recordings.keep(request.seat, did, file.chunks(), now=clock.now())
    return SeeOther(_back(request, sid), "saved")


def _back(request: StudyRequest, sid: uuid.UUID) -> str:
    return own_address(request.POST.get("next", ""), reverse("study-transcripts", kwargs={"sid": sid}))


@require_POST
@coders_only
def remove(request: StudyRequest, sid: uuid.UUID, recording_id: uuid.UUID) -> HttpResponse:
    recordings.remove(request.seat, recording_id, now=clock.now())
    return SeeOther(_back(request, sid), "removed")


@require_safe
@readers_only
def recording(request: StudyRequest, sid: uuid.UUID, recording_id: uuid.UUID) -> HttpResponseBase:
    """The sound, or the part that a Range header asks for: 206 with Content-Range, 416 past the end."""
    found = recordings.recording_of(request.seat, recording_id)
    path = recordings.place(found)
    if not path.is_file():
        raise NotHere
    size = path.stat().st_size
    try:
        part = recordings.asked_for(request.headers.get("Range", ""), size)
    except PastTheEnd:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = part or (0, size)
    answer = StreamingHttpResponse(
        recordings.pieces_of(path, start, end), status=206 if part else 200, content_type=found.media_type
    )
    answer["Accept-Ranges"], answer["Content-Length"] = "bytes", str(end - start)
    if part:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return answer
