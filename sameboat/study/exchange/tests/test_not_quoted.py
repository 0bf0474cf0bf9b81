"""What a participant asked to be taken out, or said no to, does not leave in extracts or a project, and is kept so."""

import io
import re
import zipfile

import pytest
from django.urls import reverse

from sameboat.study.checking.models import CheckAnswer, CheckLink
from sameboat.study.coding.models import Code, Memo
from sameboat.study.exchange.tests.furnished import TEXT, furnish
from sameboat.study.exchange.tests.test_in_and_out import bring, numbered, out
from sameboat.study.exchange.tests.test_pages import put_back, take_out
from sameboat.study.exchange.tests.test_refi_write import check, qde
from sameboat.study.fieldwork.models import Consent, ConsentAnswer, ConsentItem, ItemKind, Participant
from sameboat.study.readers import read
from sameboat.study.team.access import seat
from sameboat.study.team.actions import start_study
from sameboat.study.tests.fixtures import NOW
from sameboat.study.themes.models import Theme


@pytest.fixture
def full(study, people):
    return furnish(study, people.rosa, people.tariq)


@pytest.fixture
def answered(study, full):
    """A1 wants the kettle out, and another word for the greeting."""
    link = CheckLink(study=study, participant=full["people"][0], token_hash=b"s" * 32, expires_at=NOW)
    link.save(force_insert=True)
    for says, answer, words in (("kettle", "withdraw", ""), ("שלום", "amend", "peace")):
        start = TEXT.index(says)
        CheckAnswer.objects.create(
            study=study, link=link, document=full["texts"][0], start=start, end=start + len(says), answer=answer,
            words=words, at=NOW,
        )  # fmt: skip
    return full


def extracts(client, study) -> list[str]:
    return [
        take_out(client, study, "extracts.csv").decode(),
        read("x.docx", take_out(client, study, "extracts.docx")).text,
    ]


def test_extracts_leave_out_what_was_taken_out_and_give_the_words_that_were_wished(signed_in, study, answered):
    rosa = signed_in("rosa")
    for text in extracts(rosa, study):
        assert "kettle" not in text and "שלום" not in text and "peace" in text
    page = rosa.get(reverse("study-exchange", kwargs={"sid": study.id})).content.decode()
    assert "3 codes on passages are left out" in page and "asked to be taken out: 1" in page


def test_nothing_is_quoted_of_who_said_no_to_that_and_they_are_named(signed_in, study, full):
    person = Participant.objects.get(study=study, code="A1")
    signed = Consent.objects.get(study=study, participant=person)
    item = ConsentItem.objects.create(study=study, form=signed.form, kind=ItemKind.QUOTATION, text="May be quoted")
    ConsentAnswer.objects.create(study=study, consent=signed, item=item, given=False)
    rosa = signed_in("rosa")
    assert all("kettle" not in text and "שלום" not in text for text in extracts(rosa, study))
    page = rosa.get(reverse("study-exchange", kwargs={"sid": study.id})).content.decode()
    assert "Please see to it yourself: A1." in page


def test_a_project_has_a_row_of_signs_in_its_place_and_every_other_passage_where_it_was(signed_in, study, answered):
    content = take_out(signed_in("rosa"), study, "project.qdpx")
    check("Project.xsd", qde(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")]
        root = archive.read("project.qde").decode()
    assert TEXT.replace("kettle", "█" * 6) in texts and not any("the kettle" in text for text in texts)
    assert "kettle" not in root
    at = TEXT.index("שלום")
    assert re.search(rf'startPosition="{at}" endPosition="{at + 4}"', root)


def test_a_backup_keeps_what_was_answered_and_no_link_opens_what_was_put_back(signed_in, nobody, study, answered):
    rosa = signed_in("rosa")
    content = rosa.post(reverse("study-back-up", kwargs={"sid": study.id})).content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "token_hash" not in archive.read("rows.jsonl").decode()
    made = put_back(rosa, content)
    kept = CheckAnswer.objects.filter(study=made).order_by("start")
    assert [(one.answer, one.words) for one in kept] == [("withdraw", ""), ("amend", "peace")]
    link = CheckLink.objects.get(study=made)
    assert link.closed_at is not None and bytes(link.token_hash) != b"s" * 32
    assert all("kettle" not in text for text in extracts(rosa, made))


def test_no_memo_on_what_was_taken_out_leaves_and_no_memo_elsewhere_says_it(signed_in, study, answered):
    rosa = signed_in("rosa")
    Memo.objects.filter(study=study, about_kind="code").update(title="Kettle talk", text="So the KETTLE it was.")
    Code.objects.filter(study=study, name="support").update(name="Kettle", example="put the kettle on")
    Theme.objects.filter(study=study).update(name="By the kettle")
    with zipfile.ZipFile(io.BytesIO(take_out(rosa, study, "project.qdpx"))) as archive:
        every = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    assert "kettle" not in every.casefold() and "So the […] it was." in every
    assert "A thought on the span." not in every and "A thought on the theme." in every
    # The code is still known among others; once it is brought in elsewhere, that is its name.
    assert 'name="[…] 1"' in every and 'name="By the […]"' in every
    assert b"ettle" not in take_out(rosa, study, "codebook.qdc")
    table = read("x.docx", take_out(rosa, study, "codebook.docx")).text
    assert "ettle" not in table and "[…] 1" in table
    page = rosa.get(reverse("study-exchange", kwargs={"sid": study.id})).content.decode()
    assert "Memos on passages that were asked to be taken out: 1." in page
    sent = {"part": ["memos"], "most": "0"}
    said = rosa.post(reverse("study-report-file", kwargs={"sid": study.id, "kind": "html"}), sent).content.decode()
    assert "kettle" not in said.casefold() and "A thought on the span." not in said and "A thought on the theme" in said


def test_an_answer_taken_back_lets_the_memo_leave_again(signed_in, study, answered):
    CheckAnswer.objects.filter(study=study).delete()
    with zipfile.ZipFile(io.BytesIO(take_out(signed_in("rosa"), study, "project.qdpx"))) as archive:
        every = b"\n".join(archive.read(name) for name in archive.namelist()).decode()
    assert "A thought on the span." in every


def test_signs_in_place_of_names_come_in_and_go_out_again_the_same(study, people, answered):
    Code.objects.filter(study=study, name="support").update(name="Kettle", example="put the kettle on")
    Code.objects.filter(study=study, name="supportive").update(name="the kettle again")
    Theme.objects.filter(study=study).update(name="By the kettle")
    went = [out(seat(people.rosa, study.id))]
    for _time in range(2):
        there = seat(people.rosa, start_study(people.rosa, study.name, question=study.question, now=NOW).id)
        bring(there, went[-1])
        went.append(out(there))
    for content in went:
        check("Project.xsd", qde(content))
        assert b"ettle" not in qde(content)
    first, second, third = (re.sub(r'(<Project .*?) creationDateTime="[^"]*"', r"\1", numbered(one)) for one in went)
    assert first == second == third
