"""A typing error is mended and every passage keeps its words; undo never puts a code where it no longer belongs."""

import random

import pytest
from django.urls import reverse
from hypothesis import settings

from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.mending import CodeOnIt, Locked, NotThere, mend
from sameboat.study.coding.actions.spans import add_span, remove_span
from sameboat.study.coding.models import Span
from sameboat.study.coding.refusals import TextMended
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.undo import NothingToRedo, NothingToUndo, redo, undo
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document
from sameboat.study.transcripts.models import Document, Turn

TALK = (("INT", "And then?"), ("A2", "We put teh kettle 🍲 on, all of us."), ("A2", "teh end, e\u0301 and so on."))


@pytest.fixture
def rosa(study, people):
    return seat(people.rosa, study.id)


@pytest.fixture
def document(study):
    return make_document(study, TALK)


def url(name, study, document):
    return reverse(name, kwargs={"sid": study.id, "did": document.id})


def test_the_page_finds_each_place_and_mends_one(study, signed_in, rosa, document):
    code, _ = add_code(rosa, "tea", now=NOW)
    at = document.text.index("kettle")
    span, _ = add_span(rosa, document.id, code.id, at, at + 8, now=NOW)
    client, place = signed_in("tariq"), url("study-mend", study, document)
    assert client.get(place, {"find": "teh"}).content.decode().count('type="radio"') == 2
    given = {"find": "teh", "instead": "the old", "at": str(document.text.index("teh")), "version": "1"}
    assert client.post(place, given).status_code == 303
    document.refresh_from_db()
    span.refresh_from_db()
    assert "We put the old kettle" in document.text and document.text.count("teh") == 1
    assert document.text[span.start : span.end] == "kettle 🍲" and document.version == 2
    assert client.get(reverse("study-search", kwargs={"sid": study.id}), {"q": '"the old kettle"'}).content.count(
        b"<mark>"
    )
    assert client.post(place, given).status_code == 409
    assert Entry.objects.get(verb="mend a text").label == document.title
    assert signed_in("wim").get(place).status_code == 403


def test_every_turn_and_every_passage_keeps_its_words_whatever_is_mended(rosa, document):
    code, _ = add_code(rosa, "tea", now=NOW)
    chance = random.Random(5)
    for _ in range(2 * settings.default.max_examples // 5):
        document.refresh_from_db()
        start = chance.randrange(document.length - 2)
        add_span(rosa, document.id, code.id, start, chance.randrange(start + 1, document.length), now=NOW)
        at = chance.randrange(document.length - 3)
        find, old = document.text[at : at + 2], document.text
        spans = {one.id: (one.start, one.end) for one in Span.objects.all()}
        turns = [old[one.start : one.end] for one in Turn.objects.order_by("index")]
        if "\n" in find or any(at <= one.start and one.end <= at + 2 for one in Span.objects.all()):
            continue
        mend(rosa, document.id, find, at, chance.choice(("x", "ab", "🎂🎂🎂")), document.version, now=NOW)
        document.refresh_from_db()
        for one in Span.objects.filter(id__in=spans):
            start, end = spans[one.id]
            if end <= at or start >= at + 2:
                assert document.text[one.start : one.end] == old[start:end]
        after = [document.text[one.start : one.end] for one in Turn.objects.order_by("index")]
        assert "\n".join(after) == document.text and sum(a != b for a, b in zip(after, turns, strict=True)) <= 1


def test_what_was_done_before_is_not_put_back_at_the_wrong_place(study, people, rosa, document):
    code, _ = add_code(rosa, "tea", now=NOW)
    span, _ = add_span(rosa, document.id, code.id, 20, 30, now=NOW)
    remove_span(rosa, span.id, now=NOW)
    undo(study, people.rosa, now=NOW)
    remove_span(rosa, span.id, now=NOW)
    mend(rosa, document.id, "And", 0, "And so", 1, now=NOW)
    undo(study, people.rosa, now=NOW)  # the code itself, which stands nowhere
    with pytest.raises(NothingToUndo):
        undo(study, people.rosa, now=NOW)
    redo(study, people.rosa, now=NOW)
    with pytest.raises(NothingToRedo):
        redo(study, people.rosa, now=NOW)
    assert not Span.objects.exists()


def test_what_is_locked_coded_or_elsewhere_is_refused_and_nothing_changes(study, signed_in, rosa, document):
    code, _ = add_code(rosa, "tea", now=NOW)
    at = document.text.index("teh")
    add_span(rosa, document.id, code.id, at, at + 3, now=NOW)
    for wrong, given in (
        (CodeOnIt, ("teh", at, "", 1)), (NotThere, ("the", at, "x", 1)), (NotThere, ("", at, "x", 1)),
        (NotThere, ("teh", 10_000, "x", 1)), (TextMended, ("teh", at, "the", 2)),
    ):  # fmt: skip
        with pytest.raises(wrong):
            mend(rosa, document.id, *given, now=NOW)
    assert signed_in("rosa").post(url("study-lock", study, document)).status_code == 303
    with pytest.raises(Locked):
        mend(rosa, document.id, "teh", at, "the", 1, now=NOW)
    assert Document.objects.get().text == document.text and Document.objects.get().version == 1


def test_positions_counted_in_the_text_as_it_was_are_refused(study, signed_in, rosa, document):
    code, _ = add_code(rosa, "tea", now=NOW)
    mend(rosa, document.id, "And", 0, "And so", 1, now=NOW)
    sent = {"document": str(document.id), "code": str(code.id), "start": 3, "end": 9}
    base = f"/api/studies/{study.id}/"
    client = signed_in("rosa")
    for path, body in (("spans", sent), ("codes/in-vivo", sent)):
        old = client.post(base + path, {**body, "version": 1}, content_type="application/json")
        assert (old.status_code, old.json()["code"]) == (409, "text_mended")
        assert client.post(base + path, {**body, "version": 2}, content_type="application/json").status_code == 200
    span = Span.objects.order_by("start").first()
    for version, status in ((1, 409), (2, 200)):
        moved = {"start": 2, "end": 9, "version": version}
        answer = client.patch(f"{base}spans/{span.id}", moved, content_type="application/json")
        assert answer.status_code == status
