"""A name that was missed goes everywhere in one press, also from what is coded, locked or past."""

from contextlib import suppress

from django.urls import reverse

from sameboat.study.coding.actions.codes import add_code, edit_code
from sameboat.study.coding.actions.memos import add_memo
from sameboat.study.coding.actions.mending import lock
from sameboat.study.coding.actions.spans import add_span
from sameboat.study.coding.models import Span
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.undo import ChangedSince, NothingToUndo, undo
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.tests.making import make_document, make_participant, stored
from sameboat.study.transcripts import key_box
from sameboat.study.transcripts.actions import rename
from sameboat.study.transcripts.models import Document, Turn

PASSPHRASE = "kettle window plum boat"
TALK = (("INT", "And then, Marigold?"), ("Marigold", "🍲 I said, marigold is my name. We sat."), ("INT", "Yes."))


def missed(client, study, find="Marigold", instead="[friend]", passphrase=PASSPHRASE):
    given = {"passphrase": passphrase, "find-0": find, "instead-0": instead, "category-0": "person"}
    return client.post(reverse("study-names-gone", kwargs={"sid": study.id}), given)


def furnish(rosa, study):
    document = make_document(study, TALK, title="Marigold, first talk", participant=make_participant(study))
    whole = document.text
    code, _ = add_code(rosa, "Marigold's kettle", now=NOW)
    edit_code(rosa, code.id, name="kettle", definition="as Marigold says", now=NOW)
    for words in ("Marigold", "marigold is", "We sat", "🍲 I"):
        at = whole.index(words)
        add_span(rosa, document.id, code.id, at, at + len(words), now=NOW)
    add_memo(rosa, "study", study.id, "On Marigold", "MARIGOLD laughs. Marigolds grow.", now=NOW)
    rename(rosa, document.id, "Marigold", now=NOW)
    lock(rosa, document.id, now=NOW)
    return document


def test_a_missed_name_stands_nowhere_afterwards_and_passages_keep_their_words(study, signed_in, people):
    document = furnish(seat(people.rosa, study.id), study)
    answer = missed(signed_in("rosa"), study)
    page = answer.content.decode()
    assert answer.status_code == 200 and "2 places in texts" in page and "What still stands" not in page
    document.refresh_from_db()
    spans = [document.text[one.start : one.end] for one in Span.objects.order_by("start")]
    assert spans == ["[friend]", "🍲 I", "[friend] is", "We sat"]
    turns = [document.text[one.start : one.end] for one in Turn.objects.order_by("index")]
    assert "\n".join(turns) == document.text and document.length == len(document.text)
    kept = f"{stored()} {[(one.label, one.changes) for one in Entry.objects.all()]} {list(Turn.objects.values())}"
    assert "marigold" not in kept.lower().replace("marigolds grow", "")
    assert [one.find for one in key_box.opened(study, PASSPHRASE)] == ["Marigold"]
    found = signed_in("rosa").get(reverse("study-search", kwargs={"sid": study.id}), {"q": "marigold"})
    assert b"<mark>" not in found.content


def test_what_was_done_before_it_is_undone_without_the_name(study, people, signed_in):
    rosa = seat(people.rosa, study.id)
    furnish(rosa, study)
    missed(signed_in("rosa"), study)
    with suppress(NothingToUndo):
        for _ in range(20):
            with suppress(ChangedSince):
                undo(study, people.rosa, now=NOW)
    assert "marigold" not in str(stored()).lower().replace("marigolds grow", "")
    assert Document.objects.get().text.count("[friend]") == 2


def test_it_takes_the_passphrase_and_whoever_leads(study, signed_in, people):
    furnish(seat(people.rosa, study.id), study)
    assert missed(signed_in("rosa"), study, passphrase="").status_code == 422
    assert missed(signed_in("rosa"), study, passphrase="short").status_code == 422
    for who, status in (("tariq", 403), ("wim", 403), ("yara", 404)):
        assert missed(signed_in(who), study).status_code == status
    assert "Marigold" in Document.objects.get().text
    missed(signed_in("rosa"), study)
    again = missed(signed_in("rosa"), study, "We sat", "they sat", "another one altogether")
    assert again.status_code == 403 and "find-0" in again.content.decode() and "We sat" in Document.objects.get().text
    page = signed_in("tariq").post(reverse("study-names-back", kwargs={"sid": study.id}), {"passphrase": PASSPHRASE})
    assert page.status_code == 200 and "names-gone" not in page.content.decode()
