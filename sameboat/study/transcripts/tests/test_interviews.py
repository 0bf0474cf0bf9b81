"""Interviews with their texts, and recordings that are played from any place."""

import wave
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.fieldwork.models import GuideVersion, Interview
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.transcripts.models import Recording
from sameboat.study.transcripts.recordings import folder, place


def url(name, study, **more):
    return reverse(name, kwargs={"sid": study.id, **more})


def sound(seconds: float = 0.2) -> bytes:
    """A real file of silence."""
    made = BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"\0\0" * int(8000 * seconds))
    return made.getvalue()


@pytest.fixture
def document(study):
    return make_document(study, participant=make_participant(study, "A2"))


def keep(client, study, document, content, name="Karen, Tuesday.wav"):
    file = SimpleUploadedFile(name, content)
    return client.post(url("study-recording-keep", study, did=document.id), {"file": file})


def test_an_interview_says_who_when_where_and_with_which_questions_and_finds_its_text(study, signed_in, document):
    rosa = signed_in("rosa")
    guide = GuideVersion.objects.create(study=study, version="2", dated=NOW.date(), text="Why?")
    given = {
        "participant": str(document.participant_id), "held_on": "2026-03-05", "minutes": "48", "guide": str(guide.id),
        "place_kind": "a kitchen", "note": "",
    }  # fmt: skip
    assert rosa.post(url("study-interview-add", study), given).status_code == 303
    held = Interview.objects.get()
    assert (held.minutes, held.guide, held.place_kind) == (48, guide, "a kitchen")
    change = url("study-interview-change", study, iid=held.id)
    rosa.post(change, {**given, f"text-{document.id}": "on"})
    document.refresh_from_db()
    assert document.interview == held
    assert "a kitchen" in rosa.get(url("study-interviews", study)).content.decode()
    assert "A2" in rosa.get(url("study-guide", study)).content.decode()
    assert rosa.post(url("study-interview-remove", study, iid=held.id)).status_code == 409
    rosa.post(change, {**given, "minutes": "49"})
    document.refresh_from_db()
    assert document.interview is None and Interview.objects.get().minutes == 49
    assert rosa.post(change, {**given, "minutes": "long"}).status_code == 422
    assert rosa.post(url("study-interview-add", study), {**given, "participant": ""}).status_code == 422
    assert rosa.post(url("study-interview-remove", study, iid=held.id)).status_code == 303
    assert not Interview.objects.exists()


def test_a_recording_is_kept_for_its_owner_only_and_its_name_is_forgotten(study, signed_in, document):
    rosa = signed_in("rosa")
    assert keep(rosa, study, document, sound()).status_code == 303
    kept = Recording.objects.get()
    file = place(kept)
    assert (kept.media_type, kept.size, file.read_bytes()) == ("audio/wav", len(sound()), sound())
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    assert "Karen" not in str(Recording.objects.values())
    keep(rosa, study, document, sound(0.4))
    assert not file.exists() and Recording.objects.count() == 1
    rosa.post(url("study-recording-remove", study, recording_id=Recording.objects.get().id))
    assert not Recording.objects.exists() and list(folder(study.id).iterdir()) == []


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("", 200, slice(None)),
        ("bytes=0-", 206, slice(0, None)),
        ("bytes=10-19", 206, slice(10, 20)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=100-999999", 206, slice(100, None)),
        ("bytes=999999-", 416, slice(0, 0)),
        ("bytes=5-2", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
    ],
)
def test_any_part_of_a_recording_can_be_asked_for(study, signed_in, document, asked, status, part):
    rosa, whole = signed_in("rosa"), sound()
    keep(rosa, study, document, whole)
    address = url("study-recording", study, recording_id=Recording.objects.get().id)
    answer = rosa.get(address, headers={"range": asked} if asked else {})
    said = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, said) == (status, whole[part])
    if status == 206:
        first = len(whole) - 5 if asked == "bytes=-5" else part.start
        assert answer["Content-Range"] == f"bytes {first}-{first + len(said) - 1}/{len(whole)}"


def test_what_is_no_sound_is_refused_and_leaves_nothing(study, signed_in, document):
    rosa = signed_in("rosa")
    for content in (b"", b"<html>", b"PK\x03\x04", b"%PDF-1.7"):
        assert keep(rosa, study, document, content).status_code == 422
    assert not Recording.objects.exists()
    assert not folder(study.id).exists() or list(folder(study.id).iterdir()) == []


def test_a_recording_is_only_for_those_who_take_part(study, signed_in, nobody, document):
    keep(signed_in("rosa"), study, document, sound())
    address = url("study-recording", study, recording_id=Recording.objects.get().id)
    assert signed_in("wim").get(address).status_code == 200
    assert signed_in("yara").get(address).status_code == 404
    assert nobody.get(address).status_code == 302
    document.trashed_at = NOW
    document.save()
    assert signed_in("wim").get(address).status_code == 404


def test_a_row_that_points_elsewhere_reads_nothing_elsewhere(study, signed_in, document):
    keep(signed_in("rosa"), study, document, sound())
    kept = Recording.objects.get()
    Recording.objects.update(path="../../study.sqlite3")
    assert place(Recording.objects.get()).parent == folder(study.id) and isinstance(place(kept), Path)
    assert signed_in("rosa").get(url("study-recording", study, recording_id=kept.id)).status_code == 404
