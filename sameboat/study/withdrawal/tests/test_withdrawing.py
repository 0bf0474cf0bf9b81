"""Whose words are whose, and what goes with one interview, with a whole participant, and with nobody."""

import pytest
from django.urls import reverse

from sameboat.study.analysis.models import FrameworkCell
from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.memos import add_memo
from sameboat.study.coding.actions.spans import add_span
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.fieldwork.models import Interview, Participant, Withdrawal
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.text.quoted import INSTEAD, Theirs
from sameboat.study.themes.models import Theme
from sameboat.study.transcripts.models import Document, Turn

THEIRS = "We put the kettle on, and somebody always brings a lemon. It sounds daft."


def test_four_words_in_a_row_that_nobody_else_said_are_a_quote():
    words = Theirs([THEIRS], [], ["Somebody always brings a cake."])
    assert words.clean("She says: “PUT the kettle, on and” off.") == f"She says: “{INSTEAD}” off."
    assert words.clean("somebody always brings a") == "somebody always brings a"
    assert words.clean("the kettle on") == "the kettle on"


def test_a_coded_passage_is_a_quote_however_short_unless_others_say_it_too():
    assert Theirs([THEIRS], ["sounds daft"], []).clean("“Sounds daft” as a code") == f"“{INSTEAD}” as a code"
    assert Theirs([THEIRS], ["daft"], ["That is daft."]).clean("daft") == "daft"


def test_words_that_were_typed_are_looked_for_everywhere_in_a_value():
    words = Theirs([], [], [], ["Kettle Queen"])
    value = {"kettle queen": ["a", {"b": "the kettle\nqueen came"}], "n": 3, "none": None}
    assert words.cleaned(value) == {INSTEAD: ["a", {"b": f"the {INSTEAD} came"}], "n": 3, "none": None}


@pytest.fixture
def two(study, people):
    """A2 with two talks, the first of them an interview; both coded, with notes beside."""
    participant, rosa = make_participant(study, "A2"), seat(people.rosa, study.id)
    held = Interview.objects.create(study=study, participant=participant, held_on=NOW.date(), note="In the kitchen")
    talks = ((("INT", "Who asked?"), ("A2", f"{THEIRS} {n}")) for n in ("one lemon more than last week", "no more"))
    texts = [make_document(study, talk, title=f"Talk {n}", participant=participant) for n, talk in enumerate(talks)]
    Document.objects.filter(id=texts[0].id).update(interview=held)
    code, _ = add_code(rosa, "lemons", example="one lemon more than last", now=NOW)
    for text in texts:
        span, _ = add_span(rosa, text.id, code.id, 12, 40, now=NOW)
        add_memo(rosa, "span", span.id, "", "On this.", now=NOW)
    theme = Theme.objects.create(study=study, name="Fed", colour="#000000")
    FrameworkCell.objects.create(study=study, theme=theme, participant=participant, summary="Brings lemons.")
    return participant, held, texts


def send(client, study, participant, **given):
    address = reverse("study-withdraw", kwargs={"sid": study.id, "pid": participant.id})
    return client.post(address, {"sure": participant.code, "interview": "", "words": "", **given})


def test_with_one_interview_go_its_text_and_codes_and_the_rest_stays(study, signed_in, two):
    participant, held, texts = two
    rosa = signed_in("rosa")
    assert send(rosa, study, participant, interview=str(held.id)).status_code == 303
    assert set(Document.objects.values_list("id", flat=True)) == {texts[1].id}
    assert Span.objects.count() == Memo.objects.count() == FrameworkCell.objects.count() == 1
    assert not Turn.objects.filter(document=texts[0].id).exists()
    participant.refresh_from_db()
    assert participant.withdrawn_at is None and not Interview.objects.exists()
    assert Code.objects.get().example == INSTEAD
    record = Withdrawal.objects.get()
    assert (record.scope, record.removed["document"], record.removed["span"]) == ("interview", 1, 1)
    assert "lemon more" not in " ".join(Entry.objects.values_list("changes", flat=True))


def test_with_the_study_goes_all_but_the_code_and_the_day(study, signed_in, two):
    participant, _, _ = two
    rosa = signed_in("rosa")
    make_document(study, title="B1", participant=make_participant(study, "B1"))
    assert send(rosa, study, participant).status_code == 303
    assert [one.title for one in Document.objects.all()] == ["B1"]
    assert not any(model.objects.exists() for model in (Span, Memo, FrameworkCell, Interview))
    participant.refresh_from_db()
    assert participant.withdrawn_at is not None and participant.code == "A2"
    page = rosa.get(reverse("study-participant", kwargs={"sid": study.id, "pid": participant.id})).content.decode()
    assert "lemon" not in page
    assert send(rosa, study, participant).status_code == 409
    assert rosa.post(reverse("study-undo", kwargs={"sid": study.id}), {}).status_code == 303
    assert Document.objects.count() == 1


def test_notes_that_only_name_the_code_go_when_they_are_ticked(study, signed_in, people, two):
    participant, _, _ = two
    rosa = seat(people.rosa, study.id)
    kept, _ = add_memo(rosa, "study", study.id, "", "A2 came first.", now=NOW)
    gone, _ = add_memo(rosa, "study", study.id, "", "A2 is the only one with a dog.", now=NOW)
    page = signed_in("rosa").get(reverse("study-withdraw", kwargs={"sid": study.id, "pid": participant.id}))
    assert f"memo-{kept.id}" in page.content.decode() and f"memo-{gone.id}" in page.content.decode()
    send(signed_in("rosa"), study, participant, **{f"memo-{gone.id}": "on"})
    assert list(Memo.objects.values_list("id", flat=True)) == [kept.id]


def test_only_a_lead_withdraws_somebody_and_only_with_the_right_code(study, signed_in, two):
    participant, held, texts = two
    for who in ("tariq", "wim", "yara"):
        assert send(signed_in(who), study, participant).status_code in (403, 404)
    assert send(signed_in("rosa"), study, participant, sure="A1").status_code == 422
    other = make_participant(study, "B1")
    assert send(signed_in("rosa"), study, other, interview=str(held.id)).status_code == 404
    assert Document.objects.count() == len(texts) and not Participant.objects.exclude(withdrawn_at=None).exists()
