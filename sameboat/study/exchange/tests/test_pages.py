"""Through the doors a researcher uses: out, in, and a backup. Then readers, strangers, and files that are none."""

import io
import re
import resource
import uuid
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import etree

from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.exchange import arriving
from sameboat.study.exchange.refi.write import write_project
from sameboat.study.exchange.tests.furnished import TEXT, furnish
from sameboat.study.exchange.tests.projects import small_project
from sameboat.study.exchange.tests.test_in_and_out import GUID
from sameboat.study.exchange.tests.test_refi_write import check, qde
from sameboat.study.exchange.views import OUT
from sameboat.study.fieldwork.models import Interview, Participant, Withdrawal
from sameboat.study.ledger.models import Entry
from sameboat.study.readers import read
from sameboat.study.readers.tests.files import zip_of
from sameboat.study.team.models import Membership, Study
from sameboat.study.transcripts import arrivals
from sameboat.study.transcripts.models import Document, Turn


@pytest.fixture
def full(study, people):
    return furnish(study, people.rosa, people.tariq)


def take_out(client, study, kind: str, **chosen) -> bytes:
    answer = client.post(reverse("study-take-out", kwargs={"sid": study.id, "kind": kind}), chosen)
    assert answer.status_code == 200
    assert f'filename="{kind}"' in answer["Content-Disposition"]
    return answer.content


def bring(client, study, name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("study-bring", kwargs={"sid": study.id}), {"file": file}, follow=True)


def confirm(client, answer):
    return client.post(answer.request["PATH_INFO"], {})


def test_everything_may_be_taken_out_and_it_is_written_down(signed_in, study, full):
    rosa = signed_in("rosa")
    page = rosa.get(reverse("study-exchange", kwargs={"sid": study.id}))
    assert page.status_code == 200
    for kind in OUT:
        assert kind in page.content.decode()
        whole = take_out(rosa, study, kind)
        assert whole and b"entinel" not in whole
    assert list(
        Entry.objects.filter(study=study, verb="export").order_by("id").values_list("label", flat=True)
    ) == list(OUT)


def test_the_project_and_the_codebook_validate(signed_in, study, full):
    check("Project.xsd", qde(take_out(signed_in("rosa"), study, "project.qdpx")))
    check("Codebook.xsd", etree.fromstring(take_out(signed_in("rosa"), study, "codebook.qdc")))


def test_extracts_of_support_are_not_those_of_supportive(signed_in, study, full):
    rosa, (_, support, supportive) = signed_in("rosa"), full["codes"]
    page = openpyxl.load_workbook(io.BytesIO(take_out(rosa, study, "extracts.xlsx", code=support.id))).worksheets[0]
    rows = list(page.iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[2], row[3], row[6]) for row in rows] == [("A1", "A", "belonging > support", "kettle")] * 2
    found = read("extracts.docx", take_out(rosa, study, "extracts.docx", code=supportive.id)).text
    assert "שלום" in found and found.count("kettle") == 1
    below = take_out(rosa, study, "extracts.csv", code=full["codes"][0].id, below="on").decode("utf-8-sig")
    assert below.count("kettle") == 2
    assert take_out(rosa, study, "extracts.csv", code=full["codes"][0].id).decode("utf-8-sig").count("kettle") == 0


def test_positions_in_a_table_are_code_points(signed_in, study, full):
    text = take_out(signed_in("rosa"), study, "extracts.csv").decode("utf-8-sig")
    start = TEXT.index("kettle")
    assert f",{start},{start + 6},kettle," in text


def test_who_is_blind_takes_out_only_their_own_coding(signed_in, study, full):
    assert "kettle" not in take_out(signed_in("noor"), study, "extracts.csv").decode("utf-8-sig")
    assert b"Coding" not in etree.tostring(qde(take_out(signed_in("noor"), study, "project.qdpx")))


def test_a_project_is_looked_at_before_it_is_brought_in(signed_in, study, full, people):
    rosa = signed_in("rosa")
    whole = take_out(rosa, study, "project.qdpx")
    other = SimpleUploadedFile("theirs.qdpx", whole)
    look = rosa.post(reverse("study-from-file"), {"file": other}, follow=True)
    assert "theirs.qdpx" in look.content.decode() and Study.objects.count() == 1
    done = rosa.post(look.request["PATH_INFO"], {"name": "From a file"})
    assert done.status_code == 200
    made = Study.objects.get(name="From a file")
    assert Span.objects.filter(study=made).count() == 4
    assert Membership.objects.get(study=made, researcher=people.rosa).role == "lead"
    assert not list((arrivals.folder() / people.rosa.id.hex).glob("*"))


def test_a_codebook_and_extracts_come_in_as_tables(signed_in, study, full):
    rosa = signed_in("rosa")
    look = bring(rosa, study, "codes.xlsx", take_out(rosa, study, "codebook.xlsx"))
    confirm(rosa, look)
    assert Code.objects.filter(study=study).count() == 4
    table = "Document,Code,Text,Coder\nInterview A1,belonging > warmth,put the kettle on,Somebody\n"
    table += "Nowhere,x,y,z\nInterview A1,w,absent,\n"
    done = confirm(rosa, bring(rosa, study, "extracts.csv", table.encode()))
    span = Span.objects.get(study=study, code__name="warmth")
    assert TEXT[span.start : span.end] == "put the kettle on" and span.author.name == "Somebody"
    said = done.content.decode()
    assert "no text called “Nowhere”" in said and "was not found in it" in said


def test_a_file_that_is_none_says_why_and_nothing_is_stored(signed_in, study, full):
    rosa, before = signed_in("rosa"), Document.objects.count()
    for name, content in (
        ("bad.qdpx", b"PK\x03\x04oops"),
        ("bad.csv", b"hello"),
        ("big.qda", b"\x00"),
        ("x.zip", zip_of({"a": b""})),
    ):
        answer = bring(rosa, study, name, content)
        assert name in answer.content.decode() and 'role="alert"' in answer.content.decode()
        assert "Bring it into" not in answer.content.decode()
    assert Document.objects.count() == before


def test_where_the_disk_is_full_it_is_said_and_nothing_stays(signed_in, study):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    file = SimpleUploadedFile("codes.csv", b"Name,Definition\n" + b"meals,eating\n" * 9000)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        answer = signed_in("rosa").post(reverse("study-bring", kwargs={"sid": study.id}), {"file": file})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.status_code == 507
    assert not list((arrivals.folder() / study.id.hex).glob("*"))


def test_what_waits_can_be_dropped_and_is_gone(signed_in, study, full):
    rosa = signed_in("rosa")
    look = bring(rosa, study, "codes.csv", b"Name,Definition\nmeals,eating\n")
    rosa.post(look.request["PATH_INFO"], {"drop": "1"})
    assert not list((arrivals.folder() / study.id.hex).glob("*"))
    assert rosa.get(look.request["PATH_INFO"]).status_code == 404
    assert not Code.objects.filter(study=study, name="meals").exists()


def test_a_reading_that_goes_on_can_be_cancelled(signed_in, study, monkeypatch):
    rosa = signed_in("rosa")
    token = arriving.take_in(study.id, SimpleUploadedFile("codes.csv", b"Name,Definition\nmeals,eating\n"))
    place = arrivals.folder() / study.id.hex / token
    going = arriving._going[place] = arriving.Going()
    address = reverse("study-exchange-look", kwargs={"sid": study.id, "token": token})
    assert "being read" in rosa.get(address).content.decode()
    rosa.post(address, {"drop": "1"})
    assert going.pace.stop
    arriving._look(place, "codes.csv", going)
    assert not place.exists()


def test_readers_take_out_but_bring_nothing_in_and_make_no_backup(signed_in, study, full):
    wim = signed_in("wim")
    assert b"kettle" in take_out(wim, study, "extracts.csv")
    assert bring(wim, study, "codes.csv", b"Name,Definition\nmeals,x\n").status_code == 403
    assert wim.post(reverse("study-back-up", kwargs={"sid": study.id})).status_code == 403
    assert signed_in("tariq").post(reverse("study-back-up", kwargs={"sid": study.id})).status_code == 403


def test_a_kind_or_code_that_is_none_looks_like_nothing(signed_in, study, full):
    rosa = signed_in("rosa")
    for kind, code in (("project.exe", ""), ("extracts.csv", "x"), ("extracts.csv", str(study.id))):
        assert (
            rosa.post(reverse("study-take-out", kwargs={"sid": study.id, "kind": kind}), {"code": code}).status_code
            == 404
        )
    Code.objects.filter(study=study).update(trashed_at="2026-01-01T00:00:00Z")
    assert rosa.post(reverse("study-take-out", kwargs={"sid": study.id, "kind": "codebook.qdc"})).status_code == 409


def put_back(client, content: bytes) -> Study:
    look = client.post(reverse("study-from-file"), {"file": SimpleUploadedFile("study.boat", content)}, follow=True)
    assert "Put it back" in look.content.decode()
    done = client.post(look.request["PATH_INFO"], {})
    assert done.status_code == 303
    return Study.objects.get(id=re.search(r"[0-9a-f-]{36}", done["Location"])[0])


def counts(study: Study) -> list[int]:
    return [model.objects.filter(study=study).count() for model in (Document, Turn, Code, Span, Memo, Entry)]


def test_a_backup_is_put_back_beside_the_study_with_everything_in_it(signed_in, study, full):
    rosa = signed_in("rosa")
    content = rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content
    before = counts(study)
    made = put_back(rosa, content)
    assert made.id != study.id and made.name == study.name
    assert [one - now for one, now in zip(before, counts(made), strict=True)][:5] == [0] * 5
    assert counts(study) == before
    span = Span.objects.filter(study=made, document__title="Interview A1", code__name="support").first()
    assert span.document.text[span.start : span.end] == "kettle" and span.code.parent.name == "belonging"
    assert not made.__class__.objects.filter(id=made.id, replacement_key__isnull=False).exists()


def test_a_backup_is_put_back_where_nothing_is_with_the_same_ids(signed_in, study, full, people):
    """Another machine is one on which none of the ids is known: here, a backup in which all of them are others."""
    rosa = signed_in("rosa")
    opened = zipfile.ZipFile(io.BytesIO(rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content))
    new = {str(people.rosa.id): str(people.rosa.id)}
    parts = {
        name: GUID.sub(lambda found: new.setdefault(found[0], str(uuid.uuid4())), opened.read(name).decode()).encode()
        for name in opened.namelist()
    }
    made = put_back(rosa, zip_of(parts))
    assert str(made.id) == new[str(study.id)]
    theirs = {new[str(one)] for one in Span.objects.filter(study=study).values_list("id", flat=True)}
    assert {str(one) for one in Span.objects.filter(study=made).values_list("id", flat=True)} == theirs
    authors = {span.author for span in Span.objects.filter(study=made).select_related("author")}
    assert people.rosa in authors and people.tariq not in authors
    assert [(one.name, one.is_active, one.email) for one in authors - {people.rosa}] == [("Tariq", False, None)]


def withdraw(client, study, code: str, interview: str = "") -> None:
    person = Participant.objects.get(study=study, code=code)
    page = reverse("study-withdraw", kwargs={"sid": study.id, "pid": person.id})
    assert client.post(page, {"sure": code, "interview": interview, "words": ""}).status_code == 303


def everything(study: Study) -> str:
    rows = [model.objects.filter(study=study).values_list() for model in (Document, Turn, Code, Memo)]
    return str([*map(list, rows), *Entry.objects.filter(study=study).values_list("changes", "label")])


def test_an_older_backup_brings_nobody_back_who_has_withdrawn_since(signed_in, study, full):
    rosa = signed_in("rosa")
    content = rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content
    assert "kettle" in everything(put_back(rosa, content))
    withdraw(rosa, study, "A1")
    look = rosa.post(reverse("study-from-file"), {"file": SimpleUploadedFile("study.boat", content)}, follow=True)
    done = rosa.post(look.request["PATH_INFO"], {}, follow=True)
    said = done.content.decode()
    assert "taken out of it again" in said and "A1" in said
    made = done.context["study"]
    assert made.id != study.id
    assert "kettle" not in everything(made) and not Document.objects.filter(study=made, title="Interview A1").exists()
    assert Participant.objects.get(study=made, code="A1").withdrawn_at is not None
    # The next backup has nothing of theirs, and so nothing to take out.
    again = put_back(rosa, rosa.post(reverse("study-back-up", kwargs={"sid": made.id})).content)
    assert Withdrawal.objects.filter(study=again).count() == 1


def test_an_older_backup_brings_no_interview_back_that_was_withdrawn_since(signed_in, study, full):
    rosa, person = signed_in("rosa"), Participant.objects.get(study=study, code="A1")
    held = Interview.objects.get(study=study)
    Document.objects.filter(study=study, participant=person).update(interview=held)
    content = rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content
    withdraw(rosa, study, "A1", str(held.id))
    assert "kettle" not in everything(study)
    made = put_back(rosa, content)
    assert "kettle" not in everything(made) and not Interview.objects.filter(study=made).exists()
    assert Participant.objects.get(study=made, code="A1").withdrawn_at is None


def test_the_key_to_the_names_is_in_no_backup(signed_in, study, full):
    content = signed_in("rosa").post(reverse("study-back-up", kwargs={"sid": study.id})).content
    opened = zipfile.ZipFile(io.BytesIO(content))
    whole = b"".join(opened.read(name) for name in opened.namelist())
    assert b"sealed sentinel" not in whole and b"@study.example" not in whole


def test_a_damaged_backup_is_refused_and_nothing_stays(signed_in, study, full):
    rosa = signed_in("rosa")
    content = rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content
    parts = {
        name: zipfile.ZipFile(io.BytesIO(content)).read(name)
        for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    }
    count = Study.objects.count()
    for name, old, new in (
        ("rows.jsonl", b'"start"', b'"stxrt"'),
        ("rows.jsonl", b'["span"', b'["span'),
        ("study.json", b'"name"', b'"nxme"'),
    ):
        broken = zip_of({**parts, name: parts[name].replace(old, new)})
        look = rosa.post(reverse("study-from-file"), {"file": SimpleUploadedFile("broken.boat", broken)}, follow=True)
        answer = rosa.post(look.request["PATH_INFO"], {})
        assert answer.status_code == 422 and "broken.boat" in answer.content.decode()
    assert Study.objects.count() == count


def test_on_a_laptop_a_study_comes_from_a_file_without_signing_in(laptop):
    file = SimpleUploadedFile("theirs.qdpx", write_project(small_project()))
    look = laptop.post(reverse("study-from-file"), {"file": file}, follow=True)
    assert laptop.post(look.request["PATH_INFO"], {"name": "Mine"}).status_code == 200
    assert Document.objects.get(study__name="Mine").title == "A1"
