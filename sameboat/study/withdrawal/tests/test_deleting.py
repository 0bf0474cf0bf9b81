"""A study is deleted by typing its name, and what lies in the bin goes for good: not a word of either stays."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.memos import add_memo, bin_memo
from sameboat.study.coding.actions.merging import bin_code
from sameboat.study.coding.actions.spans import add_span, remove_span
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.desk.actions import add_colleague
from sameboat.study.exchange.tests.furnished import furnish
from sameboat.study.fieldwork.models import Participant
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.team.actions import start_study
from sameboat.study.team.models import Researcher, Role, Study
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document, stored
from sameboat.study.transcripts import recordings
from sameboat.study.transcripts.actions import put_away
from sameboat.study.transcripts.models import Document, Recording, Turn


def page(name, study, **more):
    return reverse(name, kwargs={"sid": study.id, **more})


@pytest.fixture
def rosa(study, people):
    return seat(people.rosa, study.id)


def test_a_study_goes_with_everything_once_its_name_is_typed_and_no_other_does(study, people, signed_in):
    furnish(study, people.rosa, people.tariq)
    other = start_study(people.rosa, "Another", now=NOW)
    kept = make_document(other, title="stays")
    add_colleague(seat(people.rosa, study.id), "Bo", Role.CODER, blind=False, now=NOW)
    recordings.folder(study.id).mkdir(parents=True)
    client, place = signed_in("rosa"), page("study-delete", study)
    assert "Two groups" in client.get(place).content.decode()
    assert client.post(place, {"sure": "two group"}).status_code == 422 and Study.objects.count() == 2
    assert client.post(place, {"sure": " two  groups "}, follow=True).status_code == 200
    assert list(Study.objects.all()) == [other] and list(Document.objects.all()) == [kept]
    of_study = [one for one in apps.get_models() if any(f.related_model is Study for f in one._meta.concrete_fields)]
    assert not [one for one in of_study if one._base_manager.filter(study=study.id).exists()]
    assert not Researcher.objects.filter(name="Bo").exists() and Researcher.objects.filter(name="Tariq").exists()
    assert client.get(page("study-home", study)).status_code == 404


def test_an_older_backup_of_a_deleted_study_brings_nobody_back_who_had_withdrawn(study, people, signed_in):
    furnish(study, people.rosa, people.tariq)
    client, person = signed_in("rosa"), Participant.objects.get(study=study, code="A1")
    backup = client.post(page("study-back-up", study)).content
    client.post(page("study-withdraw", study, pid=person.id), {"sure": "A1", "interview": "", "words": ""})
    client.post(page("study-delete", study), {"sure": study.name})
    sent = {"file": SimpleUploadedFile("study.boat", backup)}
    look = client.post(reverse("study-from-file"), sent, follow=True).request["PATH_INFO"]
    assert "taken out of it again" in client.post(look, {}, follow=True).content.decode()
    assert Participant.objects.get(code="A1").withdrawn_at is not None and "kettle" not in str(stored())


@pytest.mark.parametrize(("who", "status"), [("tariq", 403), ("wim", 403), ("yara", 404)])
def test_only_who_leads_deletes(who, status, study, rosa, signed_in):
    document = make_document(study)
    put_away(rosa, document.id, now=NOW)
    client = signed_in(who)
    assert client.post(page("study-delete", study), {"sure": study.name}).status_code == status
    for_good = page("study-for-good", study, kind="document", row_id=document.id)
    assert client.post(for_good).status_code == status
    assert Study.objects.exists() and Document.objects.exists()


def test_a_text_in_the_bin_goes_for_good_with_passages_notes_and_the_past(study, rosa, signed_in):
    text, other = make_document(study, title="Brought in by mistake"), make_document(study, title="Stays")
    code, _ = add_code(rosa, "tea", now=NOW)
    span, _ = add_span(rosa, text.id, code.id, 0, 9, now=NOW)
    add_memo(rosa, "span", span.id, "", "Quoted by mistake", now=NOW)
    remove_span(rosa, span.id, now=NOW)
    add_span(rosa, text.id, code.id, 3, 12, now=NOW)
    add_memo(rosa, "document", text.id, "", "On the mistake", now=NOW)
    left, _ = add_span(rosa, other.id, code.id, 3, 12, now=NOW)
    Recording.objects.create(study=study, document=text, media_type="audio/wav", size=1, path="x/mistake")
    client, for_good = signed_in("rosa"), page("study-for-good", study, kind="document", row_id=text.id)
    assert client.post(for_good).status_code == 404 and Document.objects.count() == 2
    put_away(rosa, text.id, now=NOW)
    assert "Delete it for good" in client.get(page("study-bin", study)).content.decode()
    assert client.post(for_good).status_code == 303
    past = str(list(Entry.objects.values_list("label", "changes")))
    assert "istake" not in f"{stored()} {past}" and not Turn.objects.filter(document=text).exists()
    assert list(Span.objects.all()) == [left] and not Recording.objects.exists()
    assert Entry.objects.filter(verb="delete for good", label="document").exists()
    assert client.get(page("study-audit", study)).status_code == 200


def test_a_code_goes_for_good_with_those_below_it_and_a_memo_alone(study, rosa, signed_in):
    text = make_document(study)
    above, _ = add_code(rosa, "Mistaken", definition="by mistake", now=NOW)
    below, _ = add_code(rosa, "also a mistake", parent=above.id, now=NOW)
    stays, _ = add_code(rosa, "stays", now=NOW)
    for code in (above, below, stays):
        add_span(rosa, text.id, code.id, 0, 9, now=NOW)
    memo, _ = add_memo(rosa, "code", stays.id, "", "A mistake too", now=NOW)
    bin_code(rosa, above.id, now=NOW)
    bin_memo(rosa, memo.id, now=NOW)
    client = signed_in("rosa")
    for kind, row in (("code", above), ("memo", memo)):
        assert client.post(page("study-for-good", study, kind=kind, row_id=row.id)).status_code == 303
    past = str(list(Entry.objects.values_list("label", "changes")))
    assert "istake" not in f"{stored()} {past}"
    assert [span.code for span in Span.objects.all()] == [stays] == list(
        Code.objects.all()
    ) and not Memo.objects.exists()
