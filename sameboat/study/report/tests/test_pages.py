"""The report through its page: every format, what may be quoted, the COREQ list; and who may."""

import io
import zipfile
from collections.abc import Callable
from html import escape

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sameboat.study.checking.models import CheckAnswer, CheckLink
from sameboat.study.coding.models import Code, Span
from sameboat.study.fieldwork.models import Consent, ConsentAnswer, ConsentForm, ConsentItem
from sameboat.study.ledger.models import Entry
from sameboat.study.report.models import ReportNote
from sameboat.study.report.writers import WRITERS
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import NOW, People
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.themes.models import Misfit, Theme, ThemeCode
from sameboat.study.transcripts.models import Document

SignedIn = Callable[[str], Client]
KETTLE, DOG = "We put the kettle on", "The dog, mostly."


@pytest.fixture
def found(study: Study, people: People) -> dict[str, Span]:
    """A theme with one passage of A2 and one of B1."""
    code = Code.objects.create(
        study=study, name="small things", colour="#1d5c58", created_by=people.rosa, created_at=NOW
    )
    theme = Theme.objects.create(study=study, name="Held", colour="#3d7fb8", central_idea="A thin line.")
    ThemeCode.objects.create(study=study, theme=theme, code=code)
    spans = {}
    for who, words in (("A2", KETTLE), ("B1", DOG)):
        document = make_document(study, title=who, participant=make_participant(study, who))
        start = document.text.index(words)
        spans[who] = Span.objects.create(
            study=study, document=document, code=code, start=start, end=start + len(words), author=people.rosa,
            created_at=NOW,
        )  # fmt: skip
    return spans


def at(address: str, study: Study, **more: object) -> str:
    return reverse(address, kwargs={"sid": study.id, **more})


def page_of(client: Client, study: Study, *parts: str) -> str:
    answer = client.post(at("study-report-file", study, kind="html"), {"part": parts or ["findings"], "most": "0"})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", list(WRITERS))
def test_a_report_is_made_in_every_format_and_remembered(
    kind: str, study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    parts = ["method", "findings", "charts", "codebook", "coreq"]
    answer = signed_in("wim").post(at("study-report-file", study, kind=kind), {"part": parts, "most": "2"})
    assert answer.status_code == 200 and f'report.{kind}"' in answer["Content-Disposition"]
    content = answer.content
    if kind in ("docx", "odt"):
        name = "word/document.xml" if kind == "docx" else "content.xml"
        content = zipfile.ZipFile(io.BytesIO(content)).read(name)
    assert content.startswith(b"%PDF") if kind == "pdf" else KETTLE.encode() in content
    entry = Entry.objects.get(verb="export")
    assert entry.label == f"report.{kind}" and not entry.undoable


def test_nobody_is_quoted_who_did_not_agree(study: Study, found: dict[str, Span], signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    assert KETTLE in page_of(rosa, study) and DOG in page_of(rosa, study)
    form = ConsentForm.objects.create(study=study, version="1", title="Sheet", dated=NOW.date())
    item = ConsentItem.objects.create(study=study, form=form, kind="quotation", text="I may be quoted.")
    person = found["A2"].document.participant
    signed = Consent.objects.create(study=study, participant=person, form=form, signed_on=NOW.date(), how="paper")
    ConsentAnswer.objects.create(study=study, consent=signed, item=item, given=False)
    shown = page_of(rosa, study)
    assert KETTLE not in shown and DOG in shown


def test_what_a_participant_took_out_or_changed_is_not_quoted_as_it_was(
    study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    for who, answer, words in (("A2", "withdraw", ""), ("B1", "amend", "The weather, mostly.")):
        link = CheckLink.objects.create(
            study=study, participant=found[who].document.participant, token_hash=who.encode(), expires_at=NOW
        )
        place = {name: getattr(found[who], name) for name in ("document_id", "start", "end")}
        CheckAnswer.objects.create(study=study, link=link, answer=answer, words=words, at=NOW, **place)
    shown = page_of(signed_in("rosa"), study)
    assert KETTLE not in shown and DOG not in shown and "The weather, mostly." in shown


def longer(span: Span, before: int, after: int) -> str:
    """Somebody codes other words of the text that a passage is in; returns these."""
    text = span.document.text
    around = Span(
        study=span.study, document=span.document, code=span.code, start=span.start + before, end=span.end + after,
        author=span.author, created_at=NOW,
    )  # fmt: skip
    around.save(force_insert=True)
    return text[around.start : around.end]


def test_an_answer_holds_for_the_words_in_every_passage_that_has_some_of_them(
    study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    rosa = signed_in("rosa")
    whole, part = longer(found["B1"], -12, 0), longer(found["B1"], 4, 0)
    cut = longer(found["A2"], 5, 10)
    shown = page_of(rosa, study)
    assert escape(whole) in shown and escape(part) in shown and escape(cut) in shown
    for who, answer, words in (("A2", "withdraw", ""), ("B1", "amend", "The weather, mostly.")):
        link = CheckLink.objects.create(
            study=study, participant=found[who].document.participant, token_hash=who.encode(), expires_at=NOW
        )
        place = {name: getattr(found[who], name) for name in ("document_id", "start", "end")}
        CheckAnswer.objects.create(study=study, link=link, answer=answer, words=words, at=NOW, **place)
    shown = page_of(rosa, study)
    # The longer passage goes on with the changed words in it; what has a part of them only is left out.
    assert escape(whole.replace(DOG, "The weather, mostly.")) in shown
    for gone in (DOG, part, cut, KETTLE, KETTLE[5:]):
        assert escape(gone) not in shown


def test_what_does_not_fit_stands_by_itself_and_the_withdrawn_are_not_there(
    study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    rosa = signed_in("rosa")
    Misfit.objects.create(study=study, theme=Theme.objects.get(), span=found["B1"], note="Not a thin line.")
    shown = page_of(rosa, study)
    assert shown.index("What does not fit") < shown.index(DOG) < shown.index("Not a thin line.")
    assert shown.count(DOG) == 1
    Document.objects.filter(title="B1").update(participant=make_participant(study, "B9"))
    Document.objects.get(title="B1").participant.__class__.objects.filter(code="B9").update(withdrawn_at=NOW)
    assert DOG not in page_of(rosa, study, "findings", "charts", "method", "coreq")


def test_the_coreq_list_is_filled_where_it_can_be_and_takes_answers(
    study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    rosa, place = signed_in("rosa"), at("study-coreq", study)
    shown = rosa.get(place).content.decode()
    assert shown.count('id="note-') == 32 and "2 participants: 1 of Group A, 1 of Group B." in shown
    assert rosa.post(place, {"number": "1", "note": "Both of us."}).status_code == 303
    assert "Both of us." in rosa.get(place).content.decode() and "Both of us." in page_of(rosa, study, "coreq")
    assert "Both of us." not in page_of(rosa, study, "findings")
    assert rosa.post(place, {"number": "33", "note": "x"}).status_code == 404
    assert signed_in("wim").post(place, {"number": "2", "note": "x"}).status_code == 403
    rosa.post(at("study-undo", study))
    assert not ReportNote.objects.exists()


def test_figures_and_map_by_themselves(study: Study, found: dict[str, Span], signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    book = load_workbook(io.BytesIO(rosa.post(at("study-report-tables", study)).content))
    assert book["Codes by participant, passages"]["A2"].value == "small things"
    assert rosa.post(at("study-report-map", study)).content.startswith(b"%PDF")
    assert rosa.post(at("study-report-file", study, kind="exe")).status_code == 404


def test_the_whole_comparison_leaves_as_it_stands_on_its_page_and_is_remembered(
    study: Study, found: dict[str, Span], signed_in: SignedIn, people: People
) -> None:
    wim = signed_in("wim")
    Code.objects.bulk_create(
        Code(study=study, name=f"n{n:03}", colour="#1d5c58", created_by=people.rosa, created_at=NOW) for n in range(80)
    )
    asked = {"rows": "codes", "by": "participants", "show": "words", "sort": "most"}
    answer = wim.post(at("study-compare-file", study, kind="xlsx"), asked)
    book = load_workbook(io.BytesIO(answer.content))
    assert [sheet.title.split(", ")[1] for sheet in book] == ["words", "passages", "share"]
    rows = list(book.worksheets[0].values)
    assert rows[:2] == [(None, "A2", "B1"), ("small things", 5, 3)] and len(rows) == 82
    table = wim.post(at("study-compare-file", study, kind="csv"), {**asked, "where": "each"}).content.decode(
        "utf-8-sig"
    )
    assert table.splitlines() == [",A2,B1", "small things,5,3"]
    exports = Entry.objects.filter(verb="export").order_by("id")
    assert [one.label for one in exports] == [
        "comparison.xlsx",
        "comparison.csv",
    ]
    assert wim.post(at("study-compare-file", study, kind="exe"), asked).status_code == 404
    assert signed_in("yara").post(at("study-compare-file", study, kind="csv"), asked).status_code == 404


def test_what_bears_no_code_leaves_as_a_table(study: Study, found: dict[str, Span], signed_in: SignedIn) -> None:
    rosa, whose = signed_in("rosa"), found["B1"].document.participant_id
    table = rosa.post(at("study-open-file", study, kind="csv"), {"participant": whose}).content.decode("utf-8-sig")
    assert table.startswith("Document,Participant,Group,Start,End,Words,Text") and ",A2," not in table
    assert KETTLE in table and DOG not in table


def test_framework_and_memos_go_into_the_report_and_the_framework_into_the_tables(
    study: Study, found: dict[str, Span], signed_in: SignedIn
) -> None:
    rosa, theme = signed_in("rosa"), Theme.objects.get()
    whose = found["A2"].document.participant_id
    rosa.post(at("study-cell", study, tid=theme.id, pid=whose), {"summary": "Tea comes first."})
    rosa.post(at("study-memo-add", study), {"about": f"theme:{theme.id}", "title": "Why", "text": "Because of soup."})
    shown = page_of(rosa, study, "framework", "memos")
    assert "Tea comes first." in shown and "Because of soup." in shown and "Held · Why" in shown
    assert "Because of soup." not in page_of(signed_in("noor"), study, "memos")
    assert "Because of soup." not in page_of(rosa, study, "findings", "charts", "codebook", "framework")
    book = load_workbook(io.BytesIO(rosa.post(at("study-report-tables", study)).content))
    assert list(book["Framework"].values) == [("Participant", "Held (text)"), ("A2", "Tea comes first.")]
    table = rosa.post(at("study-framework-file", study, kind="csv")).content.decode("utf-8-sig")
    assert table.splitlines() == ["Participant,Held (text)", "A2,Tea comes first."]
    left = rosa.get(at("study-exchange", study)).content.decode()
    assert "The framework: what each participant says" in left
