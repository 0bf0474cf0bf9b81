"""Groups, participants, consent, questions and recruitment, through the pages."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sameboat.study.fieldwork.access import said_no
from sameboat.study.fieldwork.models import (
    Candidate,
    Consent,
    ConsentAnswer,
    ConsentForm,
    Criterion,
    Group,
    GuideVersion,
    Participant,
)
from sameboat.study.fieldwork.recruiting import miles_between
from sameboat.study.ledger.models import Entry
from sameboat.study.tests.making import make_document, make_participant


def url(name, study, **more):
    return reverse(name, kwargs={"sid": study.id, **more})


@pytest.fixture
def rosa(study, signed_in):
    """Rosa's browser; `rosa.send(name, …)` posts to an address by its name."""
    client = signed_in("rosa")
    client.send = lambda name, data, **more: client.post(url(name, study, **more), data)
    client.see = lambda name, **more: client.get(url(name, study, **more)).content.decode()
    return client


SHEET = {
    "version": "1", "title": "Taking part", "dated": "2026-02-20", "text": "You can stop at any moment.",
    "kind": ["interview", "quotation", "archive"], "item": ["I agree to talk.", "I may be quoted.", ""],
}  # fmt: skip


def signed(rosa, participant, *yes):
    """Somebody signed the sheet above, with yes to these kinds."""
    rosa.send("study-consent-add", SHEET)
    form = ConsentForm.objects.get()
    ticked = {f"item-{one.id}": "on" for one in form.items.filter(kind__in=yes)}
    given = {"signed_on": "2026-03-03", "how": "paper", "note": "", **ticked}
    return rosa.send("study-consent-sign", given, pid=participant.id, fid=form.id)


def test_groups_and_participants_come_by_letter_and_code(study, rosa):
    rosa.send("study-group-add", {"letter": "A", "name": "The Tuesday group"})
    group = Group.objects.get()
    assert rosa.send("study-participant-add", {"code": "A1", "group": str(group.id)}).status_code == 303
    participant = Participant.objects.get()
    assert participant.group == group
    facts = {"code": "A1", "group": str(group.id), "heading": ["Years in the group", ""], "said": ["eleven", "x"]}
    rosa.send("study-participant-change", {**facts, "note": "Keeps the keys."}, pid=participant.id)
    participant.refresh_from_db()
    assert participant.properties == {"Years in the group": "eleven"}
    page = rosa.see("study-groups")
    assert "The Tuesday group" in page and "eleven" in page
    assert "Keeps the keys." in rosa.see("study-participant", pid=participant.id)


def test_two_participants_cannot_have_one_code_whatever_its_case(study, rosa):
    make_participant(study, "A1")
    other = make_participant(study, "A2")
    answer = rosa.send("study-participant-add", {"code": "a1", "group": "", "note": "came late"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "a1" in page and 'value="came late"' in page
    assert rosa.send("study-participant-change", {"code": "A1", "group": ""}, pid=other.id).status_code == 409
    assert sorted(Participant.objects.values_list("code", flat=True)) == ["A1", "A2"]
    assert not Entry.objects.exists()


def test_a_group_goes_only_while_it_is_empty_and_undo_brings_it_back(study, rosa):
    participant = make_participant(study, "A1")
    assert rosa.send("study-group-remove", {}, gid=participant.group_id).status_code == 409
    rosa.send("study-participant-remove", {}, pid=participant.id)
    rosa.send("study-group-remove", {}, gid=participant.group_id)
    assert not Group.objects.exists()
    for _ in range(2):
        rosa.post(url("study-undo", study), {})
    assert Participant.objects.get().group == Group.objects.get()


def test_somebody_of_whom_there_is_a_text_is_not_taken_away_by_mistake(study, rosa):
    participant = make_participant(study, "A1")
    make_document(study, participant=participant)
    assert rosa.send("study-participant-remove", {}, pid=participant.id).status_code == 409
    assert Participant.objects.exists()


def test_what_was_agreed_to_stands_by_purpose_and_day_and_can_be_taken_back(study, rosa):
    participant = make_participant(study, "A1")
    assert signed(rosa, participant, "interview", "quotation").status_code == 303
    assert said_no(study, "quotation") == set()
    answer = ConsentAnswer.objects.get(item__kind="quotation")
    assert rosa.send("study-consent-take-back", {"day": "2026-03-01"}, aid=answer.id).status_code == 422
    rosa.send("study-consent-take-back", {"day": "2026-05-04"}, aid=answer.id)
    answer.refresh_from_db()
    assert answer.withdrawn_on == datetime.date(2026, 5, 4)
    assert said_no(study, "quotation") == {participant.id} and said_no(study, "interview") == set()
    assert "4 May 2026" in rosa.see("study-consent")
    rosa.send("study-consent-take-back", {"again": "1"}, aid=answer.id)
    assert said_no(study, "quotation") == set()


def test_who_says_no_on_paper_has_said_no(study, rosa):
    participant = make_participant(study, "A1")
    signed(rosa, participant, "interview")
    assert said_no(study, "quotation") == {participant.id}
    assert Consent.objects.get().signed_on == datetime.date(2026, 3, 3)


def test_a_version_of_the_sheet_is_written_once_and_not_without_words(study, rosa):
    assert rosa.send("study-consent-add", SHEET).status_code == 303
    again = rosa.send("study-consent-add", {**SHEET, "text": "Other words"})
    assert again.status_code == 409 and "Other words" in again.content.decode()
    assert rosa.send("study-consent-add", {**SHEET, "version": "2", "item": ["", "", ""]}).status_code == 422
    assert rosa.send("study-consent-add", {**SHEET, "version": "2", "dated": "soon"}).status_code == 422
    form = ConsentForm.objects.get()
    assert list(form.items.values_list("kind", flat=True)) == ["interview", "quotation"]
    assert "I may be quoted." in rosa.see("study-consent-sheet", fid=form.id)


def test_the_questions_come_in_versions_that_do_not_change(study, rosa):
    first = {"version": "1", "dated": "2026-02-24", "text": "How did you come to the group?", "note": ""}
    rosa.send("study-guide-add", first)
    assert rosa.send("study-guide-add", {**first, "text": "Other"}).status_code == 409
    assert rosa.send("study-guide-add", {**first, "version": "2", "text": " "}).status_code == 422
    assert GuideVersion.objects.get().text == "How did you come to the group?"
    assert rosa.see("study-guide").count("How did you come to the group?") == 2


def test_groups_to_ask_stand_by_distance_and_become_groups_of_the_study(study, rosa):
    rosa.send("study-criterion-add", {"text": "Run by its members"})
    criterion = Criterion.objects.get()
    rosa.send("study-candidate-add", {"name": "Far away", "place": "", "miles": "71,5", "source": "a list"})
    rosa.send("study-candidate-add", {"name": "Close by", "place": "Marsh End", "miles": "12", "source": ""})
    page = rosa.see("study-recruitment")
    assert page.index("Close by") < page.index("Far away")
    near = Candidate.objects.get(name="Close by")
    became = {
        "miles": "12", "invited_on": "2026-02-03", "answered_on": "2026-02-10", "answer": "yes", "reason": "",
        f"met-{criterion.id}": "on",
    }  # fmt: skip
    rosa.send("study-candidate-change", became, cid=near.id)
    rosa.send("study-candidate-take-on", {"letter": ""}, cid=near.id)
    near.refresh_from_db()
    assert near.criteria == {str(criterion.id): True}
    assert (near.became.letter, near.became.name) == ("A", "Close by")


def test_a_group_to_ask_is_renamed_and_taken_off_the_list_and_undo_brings_it_back(study, rosa, signed_in):
    rosa.send("study-candidate-add", {"name": "Tuseday", "place": "", "miles": "12", "source": ""})
    found = Candidate.objects.get()
    said = {"miles": "12", "answer": "", "reason": "", "place": "Marsh End"}
    assert rosa.send("study-candidate-change", {**said, "name": " "}, cid=found.id).status_code == 422
    rosa.send("study-candidate-change", {**said, "name": "Tuesday"}, cid=found.id)
    found.refresh_from_db()
    assert (found.name, found.place) == ("Tuesday", "Marsh End")
    gone = url("study-candidate-remove", study, cid=found.id)
    assert signed_in("wim").post(gone).status_code == 403 and signed_in("yara").post(gone).status_code == 404
    rosa.post(gone)
    assert not Candidate.objects.exists() and "Tuesday" not in rosa.see("study-recruitment")
    rosa.send("study-undo", {})
    assert Candidate.objects.get().name == "Tuesday"


def test_a_list_comes_in_as_a_table_with_miles_counted_from_here(study, rosa):
    table = "Name;Place;Lat;Lon\nLamplight;Upper Holt;53.0;-1.0\nQuay;;;\nLamplight;Upper Holt;53.0;-1.0\n"
    file = SimpleUploadedFile("groups.csv", table.encode())
    rosa.send("study-candidates-list", {"file": file, "here": "53.0, -1.2"})
    found = dict(Candidate.objects.values_list("name", "miles"))
    assert found == {"Lamplight": pytest.approx(miles_between((53.0, -1.2), (53.0, -1.0)), abs=0.06), "Quay": None}
    rosa.send("study-candidates-list", {"file": SimpleUploadedFile("groups.csv", table.encode()), "here": ""})
    assert Candidate.objects.count() == 2


def test_a_list_comes_in_as_a_directorys_feed(study, rosa):
    place = {"location": {"latitude": 52.95, "longitude": "-1.15", "addresses": [{"city": "Nottingham"}]}}
    feed = {"contents": [{"name": "Harbour lights", "service_at_locations": [place]}, {"name": "Second cup"}]}
    file = SimpleUploadedFile("feed.json", json.dumps(feed).encode())
    rosa.send("study-candidates-list", {"file": file, "here": "52.95 -1.15"})
    assert set(Candidate.objects.values_list("name", "place", "miles")) == {
        ("Harbour lights", "Nottingham", 0.0), ("Second cup", "", None),
    }  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"Place,Miles\nA,1\n", b"name,miles\nA,near\n", b'{"contents": "x"}']
)
def test_a_list_that_is_none_adds_nothing(study, rosa, content):
    answer = rosa.send("study-candidates-list", {"file": SimpleUploadedFile("x", content), "here": ""})
    assert answer.status_code == 422 and not Candidate.objects.exists()


def test_degrees_and_miles_as_on_any_map():
    assert miles_between((52.9548, -1.1581), (51.5072, -0.1276)) == pytest.approx(109, abs=1)
    assert miles_between((90, 0), (-90, 77)) == pytest.approx(3958.8 * 3.14159265, rel=1e-6)


@pytest.mark.parametrize(
    ("who", "sees"), [("wim", 200), ("yara", 404)]
)  # fmt: skip
def test_readers_look_and_strangers_find_nothing(study, signed_in, who, sees):
    participant = make_participant(study, "A1")
    client = signed_in(who)
    for name in ("study-groups", "study-recruitment", "study-consent", "study-guide", "study-interviews"):
        page = client.get(url(name, study))
        assert page.status_code == sees
        assert b'<button class="first"' not in page.content
    assert client.get(url("study-participant", study, pid=participant.id)).status_code == sees
    assert client.post(url("study-participant-add", study), {"code": "A9"}).status_code in (403, 404)
    assert Participant.objects.count() == 1
