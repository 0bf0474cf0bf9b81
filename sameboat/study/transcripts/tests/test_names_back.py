"""A name that was taken out is found wherever somebody wrote it again, and the ledger does not keep it either."""

from django.urls import reverse

from sameboat.study.coding.actions.codes import add_code
from sameboat.study.coding.actions.memos import add_memo
from sameboat.study.coding.actions.spans import add_span
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.tests.fixtures import NOW
from sameboat.study.transcripts.actions import rename
from sameboat.study.transcripts.models import Document
from sameboat.study.transcripts.tests.test_bringing_in import PASSPHRASE, bring

TALK = b"Interviewer: How?\nKaren: Marigold told me. Come on Tuesday, said Marigold.\n"


def names_out(client, study, people):
    place = bring(client, study, ("Karen A1.txt", TALK))
    client.post(place, {"wanted-0": "on", "title-0": "Karen, first talk", "participant-0": "A1", "group-0": "A"})
    document = Document.objects.get(study=study)
    rename(seat(people.rosa, study.id), document.id, "Karen and Marigold", now=NOW)
    given = {"rows": "1", "step": "go", "passphrase": PASSPHRASE}
    for number, (find, instead) in enumerate([("Marigold", "[friend]"), ("Karen", "A1")]):
        given |= {f"find-{number}": find, f"instead-{number}": instead, f"wanted-{number}": "on"}
    client.post(reverse("study-names", kwargs={"sid": study.id, "did": document.id}), given)


def look(client, study, passphrase=PASSPHRASE):
    return client.post(reverse("study-names-back", kwargs={"sid": study.id}), {"passphrase": passphrase})


def test_the_audit_trail_forgets_a_name_in_titles_and_file_names(study, signed_in, people):
    names_out(signed_in("rosa"), study, people)
    kept = " ".join(f"{one.label} {one.changes}" for one in Entry.objects.all())
    assert "Karen" not in kept and "Marigold" not in kept
    assert Entry.objects.get(verb="rename document").label == "A1 and [friend]"
    page = look(signed_in("rosa"), study)
    assert page.status_code == 200 and "<table" not in page.content.decode()


def test_a_name_that_came_back_is_shown_with_its_place(study, signed_in, people):
    names_out(signed_in("rosa"), study, people)
    rosa = seat(people.rosa, study.id)
    add_code(rosa, "what marigold does", now=NOW)
    add_memo(rosa, "study", study.id, "Idea", "Karen speaks of doors. Marigolds grow.", now=NOW)
    page = look(signed_in("rosa"), study).content.decode()
    rows = page.split("<tbody>")[1].split("<tr>")[1:]
    assert sum("Marigold</th>" in row and "the audit trail" not in row for row in rows) == 1
    assert sum("Karen</th>" in row and "the audit trail" not in row for row in rows) == 1
    assert any("the audit trail" in row for row in rows)


def test_the_list_opens_for_its_passphrase_and_for_who_codes(study, signed_in, people):
    names_out(signed_in("rosa"), study, people)
    assert look(signed_in("rosa"), study, "another one altogether").status_code == 403
    assert look(signed_in("wim"), study).status_code == 403
    assert look(signed_in("yara"), study).status_code == 404


def test_names_of_a_text_that_bears_codes_go_one_by_one_and_its_passages_keep_their_words(study, signed_in, people):
    names_out(signed_in("rosa"), study, people)
    document, rosa = Document.objects.get(study=study), seat(people.rosa, study.id)
    code, _ = add_code(rosa, "coming", now=NOW)
    at = document.text.index("Tuesday")
    span, _ = add_span(rosa, document.id, code.id, at, at + len("Tuesday"), now=NOW)
    late, _ = add_span(rosa, document.id, code.id, at + 9, at + 13, now=NOW)
    given = {
        "rows": "1",
        "step": "go",
        "passphrase": PASSPHRASE,
        "find-0": "Tuesday",
        "instead-0": "",
        "wanted-0": "on",
    }
    place = reverse("study-names", kwargs={"sid": study.id, "did": document.id})
    assert signed_in("wim").post(place, given).status_code == 403
    assert signed_in("rosa").post(place, given).status_code == 303
    document.refresh_from_db()
    span.refresh_from_db()
    late.refresh_from_db()
    assert [document.text[one.start : one.end] for one in (span, late)] == ["[…]", "said"]
    assert "Tuesday" not in document.text


MANY = b"""Karen Hill: Marigold, how was it?
Marigold Brook: Good, Karen. Hill walking, as they say.
Karen Hill: And the soup, Marigold?
Marigold Brook: We asked Tamsin for it.
"""


def offered(client, study, talk, *parts):
    """The lines of the page where names are taken out: what is found, and what is put in its place."""
    place = bring(client, study, ("talk.txt", talk))
    client.post(place, {"wanted-0": "on", "title-0": "A talk", "participant-0": "A1", "group-0": "A", **dict(parts)})
    document = Document.objects.get(study=study)
    page = client.get(reverse("study-names", kwargs={"sid": study.id, "did": document.id}))
    return [(row.find, row.instead) for row in page.context["rows"] if row.find]


def test_who_speaks_comes_first_and_a_part_of_a_name_gets_what_the_whole_name_gets(study, signed_in):
    assert offered(signed_in("rosa"), study, MANY, ("role-0-0", "interviewer")) == [
        ("Karen Hill", "Interviewer"), ("Karen", "Interviewer"),
        ("Marigold Brook", "A1"), ("Marigold", "A1"), ("Tamsin", "[person 3]"),
    ]  # fmt: skip


def test_where_several_take_part_none_of_them_gets_the_participants_code(study, signed_in):
    assert offered(signed_in("rosa"), study, MANY)[::2] == [
        ("Karen Hill", "[person 1]"), ("Marigold Brook", "[person 2]"), ("Tamsin", "[person 3]"),
    ]  # fmt: skip


def test_what_somebody_does_in_the_talk_is_no_name(study, signed_in):
    assert offered(signed_in("rosa"), study, b"Interviewer: How was it?\nA1: Good.\nJB: Yes.\n") == []
