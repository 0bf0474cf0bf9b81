"""Participants read what would be quoted from them, by a private link, and say of each passage what they wish."""

import csv
import io
import re

import pytest
from django.urls import reverse

from sameboat.study.checking.models import CheckAnswer, CheckLink
from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.mending import mend
from sameboat.study.coding.actions.spans import add_span, remove_span
from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.transcripts.models import Document


def url(name, study, **more):
    return reverse(name, kwargs={"sid": study.id, **more})


@pytest.fixture
def coded(study, people):
    """A2's talk with two coded passages, one of them under two codes; and somebody else's."""
    participant, rosa = make_participant(study, "A2"), seat(people.rosa, study.id)
    document = make_document(study, participant=participant)
    codes = [add_code(rosa, name, now=NOW)[0] for name in ("food", "habit")]
    for code in codes:
        add_span(rosa, document.id, code.id, 40, 63, now=NOW)
    add_span(rosa, document.id, codes[0].id, 100, 120, now=NOW)
    other = make_document(study, title="B1", participant=make_participant(study, "B1"))
    add_span(rosa, other.id, codes[0].id, 0, 30, now=NOW)
    return participant, document.text[40:63], document.text[100:120]


def send(client, study, participant, **more):
    page = client.get(url("study-check-send", study, pid=participant.id)).content.decode()
    ticks = dict.fromkeys(re.findall(r'name="(span-[^"]+)"', page), "on")
    return client.post(url("study-check-send", study, pid=participant.id), {**ticks, "days": "28", **more})


def link_in(answer) -> str:
    return re.search(r"http://testserver(/check/[\w-]+)", answer.content.decode())[1]


def names_in(page) -> list[str]:
    return list(dict.fromkeys(re.findall(r'name="answer-([^"]+)"', page.content.decode())))


def test_each_passage_goes_back_once_and_what_is_answered_is_kept(study, signed_in, nobody, coded):
    participant, first, second = coded
    rosa = signed_in("rosa")
    address = link_in(send(rosa, study, participant))
    page = nobody.get(address)
    spans = names_in(page)
    assert len(spans) == 2 and first in page.content.decode() and second in page.content.decode()
    assert "A2" not in page.content.decode() and not CheckAnswer.objects.exists()
    assert CheckLink.objects.get().opened_at is None
    given = {
        f"answer-{spans[0]}": "amend", f"words-{spans[0]}": "Please leave out the kettle.",
        f"answer-{spans[1]}": "withdraw",
    }  # fmt: skip
    assert nobody.post(address, given).status_code == 303
    assert "Please leave out the kettle." in nobody.get(address).content.decode()
    nobody.post(address, {**given, f"answer-{spans[1]}": "agree"})
    # Two codes are on the first of the passages: what was said is said of the words.
    assert sorted(CheckAnswer.objects.values_list("answer", flat=True)) == ["agree", "amend"]
    told = rosa.get(url("study-checking", study)).content.decode()
    assert "Please leave out the kettle." in told and first in told
    assert Entry.objects.filter(verb="answer passages", researcher=None).count() == 2
    nobody.post(address, {**given, f"answer-{spans[1]}": "agree"})
    assert Entry.objects.filter(verb="answer passages").count() == 2


def test_what_somebody_said_stays_when_every_code_is_taken_off_and_others_are_put_on(
    study, people, signed_in, nobody, coded
):
    participant, first, _ = coded
    address = link_in(send(signed_in("rosa"), study, participant))
    names = names_in(nobody.get(address))
    nobody.post(address, {f"answer-{names[0]}": "withdraw"})
    rosa = seat(people.rosa, study.id)
    for span in Span.objects.filter(start=40):
        remove_span(rosa, span.id, now=NOW)
    assert "please take it out" in signed_in("rosa").get(url("study-checking", study)).content.decode()
    document = Document.objects.get(title="A2")
    add_span(rosa, document.id, add_code(rosa, "warm", now=NOW)[0].id, 38, 70, now=NOW)
    add_span(rosa, document.id, Code.objects.get(name="food").id, 0, 20, now=NOW)
    mend(rosa, document.id, "What", 0, "And what", document.version, now=NOW)
    row = CheckAnswer.objects.get()
    document.refresh_from_db()
    assert document.text[row.start : row.end] == first
    rows = csv.DictReader(io.StringIO(_extracts(signed_in("rosa"), study)))
    assert {row["Code"] for row in rows} == {"food"}


def _extracts(client, study) -> str:
    place = reverse("study-take-out", kwargs={"sid": study.id, "kind": "extracts.csv"})
    return client.post(place).content.decode("utf-8-sig")


def test_a_link_shows_and_takes_only_what_was_chosen_for_it(study, signed_in, nobody, coded):
    participant, first, second = coded
    rosa = signed_in("rosa")
    span = Span.objects.get(start=100)
    answer = rosa.post(url("study-check-send", study, pid=participant.id), {f"span-{span.id}": "on", "days": "3"})
    address = link_in(answer)
    page = nobody.get(address).content.decode()
    assert second in page and first not in page
    foreign = Span.objects.get(document__title="B1")
    nobody.post(address, {f"answer-{foreign.id}": "withdraw", f"answer-{span.id}": "nonsense"})
    assert not CheckAnswer.objects.exists()
    assert send(rosa, study, participant).status_code == 200
    assert rosa.post(url("study-check-send", study, pid=participant.id), {"days": "3"}).status_code == 422


def test_a_link_that_is_closed_over_or_made_up_shows_nothing(study, signed_in, nobody, coded):
    participant, first, _ = coded
    rosa = signed_in("rosa")
    address = link_in(send(rosa, study, participant))
    over = [nobody.get("/check/" + "a" * 32)]
    CheckLink.objects.update(expires_at=NOW)
    over += [nobody.get(address), nobody.post(address, {})]
    CheckLink.objects.update(expires_at=NOW.replace(year=2999))
    assert nobody.get(address).status_code == 200
    rosa.post(url("study-check-close", study, lid=CheckLink.objects.get().id))
    over.append(nobody.get(address))
    assert {page.status_code for page in over} == {404}
    assert all(first not in page.content.decode() for page in over)


def test_who_withdrew_is_asked_nothing_and_a_binned_text_is_not_shown(study, signed_in, nobody, coded):
    participant, first, _ = coded
    rosa = signed_in("rosa")
    address = link_in(send(rosa, study, participant))
    Document.objects.update(trashed_at=NOW)
    assert first not in nobody.get(address).content.decode()
    participant.withdrawn_at = NOW
    participant.save()
    assert nobody.get(address).status_code == 404
    assert send(rosa, study, participant).status_code == 409


def test_only_who_codes_sends_passages_back(study, signed_in, coded):
    participant = coded[0]
    assert send(signed_in("tariq"), study, participant).status_code == 200
    for who in ("wim", "yara"):
        assert signed_in(who).post(url("study-check-send", study, pid=participant.id), {}).status_code in (403, 404)
    assert CheckLink.objects.count() == 1
    assert signed_in("wim").get(url("study-checking", study)).status_code == 200
    assert signed_in("yara").get(url("study-checking", study)).status_code == 404
