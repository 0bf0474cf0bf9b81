"""A backup with recordings goes out and comes back piece by piece; a crafted one leaves nothing behind."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.exchange.tests.furnished import furnish
from sameboat.study.exchange.tests.test_pages import put_back, withdraw
from sameboat.study.team.access import seat
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import NOW
from sameboat.study.transcripts import recordings
from sameboat.study.transcripts.models import Recording

SOUND = b"RIFF0000WAVE" + bytes(range(256)) * 1000


@pytest.fixture
def heard(study, people):
    """Two texts with a recording each."""
    full, rosa = furnish(study, people.rosa, people.tariq), seat(people.rosa, study.id)
    for number, text in enumerate(full["texts"][:2]):
        recordings.keep(rosa, text.id, [SOUND, bytes([number])], now=NOW)
    return full


def saved(client, study, **asked) -> bytes:
    answer = client.post(reverse("study-back-up", kwargs={"sid": study.id}), asked)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    whole: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert not answer.streaming or int(answer["Content-Length"]) == len(whole)
    return whole


def sounds(study) -> list[bytes]:
    found = Recording.objects.filter(study=study).order_by("document__title")
    return [recordings.place(one).read_bytes() for one in found]


def test_a_backup_with_recordings_puts_them_back_beside_their_texts(signed_in, study, heard):
    rosa = signed_in("rosa")
    page = rosa.get(reverse("study-exchange", kwargs={"sid": study.id})).content.decode()
    assert "This study has 2 recordings (500.0\xa0KB together)" in page and "with recordings" in page
    whole, small = saved(rosa, study, sound="1"), saved(rosa, study)
    assert len(whole) > len(SOUND) * 2 > len(small)
    made = put_back(rosa, whole)
    assert made.id != study.id and sounds(made) == sounds(study) == [SOUND + b"\0", SOUND + b"\1"]
    one = Recording.objects.get(study=made, document__title="Interview A1")
    place = reverse("study-recording", kwargs={"sid": made.id, "recording_id": one.id})
    part = rosa.get(place, headers={"range": "bytes=0-3"})
    assert b"".join(part.streaming_content) == b"RIFF"
    assert sounds(put_back(rosa, small)) == []


def test_who_withdrew_since_is_not_heard_again(signed_in, study, heard):
    rosa = signed_in("rosa")
    whole = saved(rosa, study, sound="1")
    withdraw(rosa, study, "A1")
    made = put_back(rosa, whole)
    assert [one.document.title for one in Recording.objects.filter(study=made)] == ["Interview B1"]
    assert sounds(made) == [SOUND + b"\1"]


def test_a_recording_that_goes_while_the_backup_is_saved_breaks_it_off(signed_in, study, heard):
    rosa = signed_in("rosa")
    answer = rosa.post(reverse("study-back-up", kwargs={"sid": study.id}), {"sound": "1"})
    for one in Recording.objects.filter(study=study):
        recordings.place(one).unlink()
    with pytest.raises(FileNotFoundError):
        list(answer.streaming_content)


def crafted(whole: bytes, change) -> bytes:
    """The backup with its list of recordings changed, and stored as a backup stores it."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    rows = [json.loads(line) for line in parts["recordings.jsonl"].decode().split("\n")]
    packed = change(rows, parts)
    parts["recordings.jsonl"] = "\n".join(map(json.dumps, rows)).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED if name == packed else zipfile.ZIP_STORED)
    return made.getvalue()


def on_the_disk(folder) -> list[str]:
    return sorted(str(one) for one in folder.parent.rglob("*") if one.is_file())


def _out_of_the_archive(rows, parts):
    rows[0][0] = "../../../etc/passwd"


def _named_twice(rows, parts):
    rows[1][0] = rows[0][0]


def _no_sound(rows, parts):
    parts[rows[0][0]] = b"<html>"


def _of_no_text(rows, parts):
    rows[0][1]["document_id"] = "00000000-0000-4000-8000-000000000000"


def _no_id(rows, parts):
    rows[0][1]["id"] = "../../../../elsewhere/sound"


def _packed(rows, parts):
    parts[rows[0][0]] = b"RIFF0000WAVE" + bytes(2**22)
    return rows[0][0]


@pytest.mark.parametrize(
    "change", [_out_of_the_archive, _named_twice, _no_sound, _of_no_text, _no_id, _packed], ids=lambda one: one.__name__
)
def test_a_crafted_backup_leaves_neither_a_study_nor_a_file(signed_in, study, heard, change):
    rosa = signed_in("rosa")
    broken, count = crafted(saved(rosa, study, sound="1"), change), Study.objects.count()
    folder = recordings.folder(study.id)
    there = on_the_disk(folder)
    look = rosa.post(reverse("study-from-file"), {"file": SimpleUploadedFile("broken.boat", broken)}, follow=True)
    answer = rosa.post(look.request["PATH_INFO"], {})
    assert answer.status_code == 422 and "broken.boat" in answer.content.decode()
    assert Study.objects.count() == count and on_the_disk(folder) == there


def test_parts_that_lie_over_one_another_are_not_opened(signed_in, study, heard):
    """Twenty names for the same bytes would be twenty times as much."""
    rosa = signed_in("rosa")

    def over(rows, parts):
        rows += [[f"sound/{number}", dict(rows[0][1])] for number in range(20)]

    whole = bytearray(crafted(saved(rosa, study, sound="1"), over))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert "sound/3" not in archive.namelist()
    made = io.BytesIO(bytes(whole))
    with zipfile.ZipFile(made, "a") as archive:
        first = next(one for one in archive.infolist() if one.filename.startswith("sound/"))
        for number in range(20):
            twin = zipfile.ZipInfo(f"sound/{number}")
            for name in ("file_size", "compress_size", "CRC", "header_offset", "compress_type"):
                setattr(twin, name, getattr(first, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
        archive._didModify = True
    look = rosa.post(
        reverse("study-from-file"), {"file": SimpleUploadedFile("over.boat", made.getvalue())}, follow=True
    )
    answer = rosa.post(look.request["PATH_INFO"], {})
    assert answer.status_code == 422 and "not stored as a backup stores them" in answer.content.decode()


def test_only_a_lead_hears_it_all_and_a_former_member_nothing(signed_in, nobody, study, heard, people):
    place = reverse("study-back-up", kwargs={"sid": study.id})
    for name, status in (("tariq", 403), ("wim", 403), ("yara", 404)):
        assert signed_in(name).post(place, {"sound": "1"}).status_code == status
    study.memberships.filter(researcher=people.rosa).delete()
    assert signed_in("rosa").post(place, {"sound": "1"}).status_code == 404
    assert nobody.post(place, {"sound": "1"}).status_code in (302, 303, 401, 403)
