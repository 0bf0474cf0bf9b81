"""A study goes out, comes in, and goes out again the same."""

import io
import re
import uuid
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings

from sameboat.study.coding.actions.memos import add_memo
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.exchange.absorb import WITHOUT_CODE, absorb
from sameboat.study.exchange.gather import project_of
from sameboat.study.exchange.models import KeptPart
from sameboat.study.exchange.refi.read import read_refi
from sameboat.study.exchange.refi.write import write_project
from sameboat.study.exchange.shapes import Account, Project
from sameboat.study.exchange.tests.furnished import GONE, TEXT, furnish
from sameboat.study.exchange.tests.projects import in_depth, projects, small_project
from sameboat.study.exchange.tests.test_refi_write import check, qde
from sameboat.study.fieldwork.models import Participant
from sameboat.study.readers.tests.files import zip_of
from sameboat.study.readers.tests.real import real
from sameboat.study.team.access import seat
from sameboat.study.team.actions import start_study
from sameboat.study.team.models import Researcher
from sameboat.study.tests.fixtures import NOW
from sameboat.study.themes.models import Theme
from sameboat.study.transcripts.models import Document, Turn

GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


def out(here) -> bytes:
    return write_project(project_of(here)[0])


def bring(here, content: bytes, name: str = "other.qdpx") -> Account:
    project, account = read_refi(name, content)
    return absorb(here, project, account, name, now=NOW)


def numbered(archive: bytes) -> str:
    """A project with its ids as numbers in the order in which they come, to compare studies with different ids."""
    seen: dict[str, str] = {}
    opened = zipfile.ZipFile(io.BytesIO(archive))
    whole = "\n".join(
        opened.read(name).decode()
        for name in ["project.qde", *sorted(opened.namelist()[1:], key=lambda n: opened.read(n))]
    )
    return GUID.sub(lambda found: seen.setdefault(found[0], f"#{len(seen)}"), whole)


@pytest.fixture
def full(study, people):
    return furnish(study, people.rosa, people.tariq)


@pytest.fixture
def here(study, people):
    return seat(people.rosa, study.id)


@pytest.fixture
def elsewhere(people):
    return seat(people.rosa, start_study(people.rosa, "Another", question="What keeps people coming?", now=NOW).id)


def test_what_goes_out_keeps_to_the_schema_and_says_what_stays(here, full):
    project, left_out = project_of(here)
    check("Project.xsd", qde(write_project(project)))
    assert any("Consents" in sentence for sentence in left_out)
    passages = {one.name: [coding.code for coding in one.codings] for one in project.sources[0].selections}
    support, supportive = (str(code.id) for code in full["codes"][1:])
    assert passages == {"kettle": [support, support, supportive], "שלום": [supportive]}


def test_nobody_who_withdrew_nothing_in_the_bin_and_no_key_goes_out(here, full):
    content = out(here)
    opened = zipfile.ZipFile(io.BytesIO(content))
    whole = b"\n".join(opened.read(name) for name in opened.namelist()).decode()
    assert "Sentinel" not in whole and "sentinel" not in whole and GONE not in whole and "B2" not in whole
    assert "kettle" in whole


def test_out_in_and_out_again_is_the_same(here, full, elsewhere):
    first = out(here)
    account = bring(elsewhere, first)
    assert [sentence for sentence in account.left_out if "kitchen.jpg" not in sentence] == []
    second = out(elsewhere)
    assert numbered(second).replace("Another", "Two groups") == numbered(first)
    check("Project.xsd", qde(second))


def test_everything_is_what_it_was_in_its_new_place(here, full, elsewhere, people):
    bring(elsewhere, out(here))
    study = elsewhere.study
    text = Document.objects.get(study=study, title="Interview A1")
    assert text.text == TEXT and text.participant.code == "A1" and text.group.letter == "A"
    assert (text.stage, text.kind, text.properties) == ("anonymised", "transcript", {"Place": "hall"})
    assert [(turn.speaker, turn.role, turn.seconds) for turn in text.turns.order_by("index")] == [
        ("Rosa", "interviewer", 0.0), ("A1", "participant", 4.5),
    ]  # fmt: skip
    code = Code.objects.get(study=study, name="support")
    assert (code.parent.name, code.parent.kind) == ("belonging", "category")
    assert (code.include, code.exclude, code.example, code.colour) == ("tea", "shopping", "“we cooked”", "#2a9d8f")
    theme = Theme.objects.get(study=study)
    assert (theme.status, theme.central_idea, theme.definition) == (
        "named",
        "sitting down",
        "Where there is a table there is a group.",
    )
    assert {memo.about_kind for memo in Memo.objects.filter(study=study)} == {
        "study", "document", "code", "span", "theme", "participant", "group",
    }  # fmt: skip
    assert KeptPart.objects.get(study=study).participant.code == "A1"
    spans = Span.objects.filter(study=study, code=code)
    assert {span.author.name for span in spans} == {"Rosa", "Tariq"}
    assert {TEXT[span.start : span.end] for span in spans} == {"kettle"}


EVERY = (Code, Document, Span, Participant, Theme, Memo, KeptPart, Turn)


def with_new_ids(archive: bytes) -> bytes:
    """The same project as a program writes it that gives everything a new id in each file."""
    new: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        return new.setdefault(found[0], str(uuid.uuid4()))

    opened = zipfile.ZipFile(io.BytesIO(archive))
    inside = {name: opened.read(name) for name in opened.namelist()}
    project = GUID.sub(other, inside.pop("project.qde").decode()).encode()
    return zip_of({"project.qde": project} | {GUID.sub(other, name): held for name, held in inside.items()})


@pytest.mark.parametrize("change", [bytes, with_new_ids], ids=["the same ids", "new ids"])
def test_brought_into_the_same_study_nothing_is_there_twice(here, full, change):
    before = [model.objects.filter(study=here.study).count() for model in EVERY]
    account = bring(here, change(out(here)))
    assert [model.objects.filter(study=here.study).count() for model in EVERY] == before
    assert account.kept["codes on passages"] == 0 and account.kept["themes"] == 0


def test_a_note_on_a_passage_that_is_there_already_lands_on_it(here, full, elsewhere):
    bring(elsewhere, out(here))
    span = Span.objects.get(study=here.study, code__name="support", author__name="Tariq")
    add_memo(here, "span", span.id, "", "A second thought", now=NOW)
    bring(elsewhere, with_new_ids(out(here)))
    memo = Memo.objects.get(study=elsewhere.study, text="A second thought")
    assert Span.objects.get(id=memo.about_id).start == span.start


def test_two_coders_who_worked_apart_are_brought_together_and_no_coding_is_lost(here, full, people):
    content = out(here)
    tariq = start_study(people.tariq, "At home", now=NOW)
    bring(seat(people.tariq, tariq.id), content)
    text, code = Document.objects.get(study=tariq, title="Interview A1"), Code.objects.get(study=tariq, name="support")
    Span(study=tariq, document=text, code=code, start=0, end=3, author=people.tariq, created_at=NOW).save(
        force_insert=True
    )
    theirs = out(seat(people.tariq, tariq.id))
    count = Span.objects.filter(study=here.study).count()
    bring(here, theirs)
    assert Span.objects.filter(study=here.study).count() == count + 1
    assert Span.objects.get(study=here.study, start=0, end=3, author=people.tariq).code_id == full["codes"][1].id


def test_a_passage_without_a_code_is_not_lost(elsewhere):
    account = bring(elsewhere, write_project(small_project()))
    assert Span.objects.filter(study=elsewhere.study, code__name=WITHOUT_CODE).count() == 1
    assert any(WITHOUT_CODE in sentence for sentence in account.mended)


def test_people_of_another_program_stay_apart_and_cannot_sign_in(elsewhere, people):
    bring(elsewhere, write_project(small_project()))
    made = Researcher.objects.exclude(
        id__in=[people.rosa.id, people.tariq.id, people.noor.id, people.wim.id, people.yara.id]
    )
    assert list(made) == []  # Rosa of the file is Rosa, who is in this study
    project = small_project()
    project.users[0].name = "Somebody else"
    absorb(elsewhere, project, Account(), "x.qdpx", now=NOW)
    other = Researcher.objects.get(name="Somebody else")
    assert not other.is_active and other.email is None and not other.has_usable_password()


def test_two_participants_of_the_same_code_are_told_apart(elsewhere):
    project = small_project()
    case = project.cases[0]
    project.cases.append(type(case)("00000000-0000-4000-8000-000000000082", "a1", sources=case.sources))
    account = absorb(elsewhere, project, Account(), "x.qdpx", now=NOW)
    assert set(Participant.objects.filter(study=elsewhere.study).values_list("code", flat=True)) == {"A1", "a1 (2)"}
    assert any("called a1" in sentence for sentence in account.mended)
    assert any("more than one participant" in sentence for sentence in account.left_out)


def test_nothing_of_somebody_who_withdrew_comes_back(here, full, elsewhere):
    Participant.objects.filter(study=here.study, code="B2").update(withdrawn_at=None)
    content = out(here)
    Participant.objects.filter(study=here.study, code="B2").update(withdrawn_at=NOW)
    Document.objects.filter(study=here.study, title="Interview B2").delete()
    account = bring(here, content)
    assert any("B2 has withdrawn" in sentence for sentence in account.left_out)
    assert not Document.objects.filter(study=here.study, text=GONE).exists()


def test_the_real_atlas_project_comes_in_and_goes_out_again(elsewhere):
    file = real("refi-qda", "TestProject.qdpx")
    account = bring(elsewhere, file.read_bytes(), file.name)
    study = elsewhere.study
    assert Code.objects.filter(study=study).count() == 14
    assert set(Theme.objects.filter(study=study).values_list("name", flat=True)) == {
        "Feelings", "negative feelings", "Breakfast food", "positive feelings",
    }  # fmt: skip
    assert Memo.objects.filter(study=study).count() == 2
    assert KeptPart.objects.filter(study=study).count() == 14 + 12
    assert account.left_out
    first = out(elsewhere)
    check("Project.xsd", qde(first))
    assert len(qde(first).findall(".//{*}PlainTextSelection")) > 3
    again = seat(
        elsewhere.researcher,
        start_study(elsewhere.researcher, "Again", question="What keeps people coming?", now=NOW).id,
    )
    bring(again, first)
    assert numbered(out(again)).replace("Again", "Another") == numbered(first)


def test_nothing_stays_where_anything_goes_wrong(elsewhere, monkeypatch):
    project = small_project()
    project.sources[0].selections[1].end = -5
    with pytest.raises(Exception, match=r"study_span_not_empty|CHECK|check"):
        absorb(elsewhere, project, Account(), "x.qdpx", now=NOW)
    assert not Code.objects.filter(study=elsewhere.study).exists()
    assert not Document.objects.filter(study=elsewhere.study).exists()


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=list(HealthCheck))
@given(projects())
def test_any_project_comes_in_whole_and_goes_out_valid(people, project):
    place = seat(people.rosa, start_study(people.rosa, "Any", now=NOW).id)
    absorb(place, in_depth(project), Account(), "any.qdpx", now=NOW)
    first = out(place)
    check("Project.xsd", qde(first))
    texts = {source.text for source in project.sources}
    assert texts <= set(Document.objects.filter(study=place.study).values_list("text", flat=True))
    assert all(
        turn.end <= turn.document.length for turn in Turn.objects.filter(study=place.study).select_related("document")
    )
    again = seat(people.rosa, start_study(people.rosa, "Any", now=NOW).id)
    read, account = read_refi("any.qdpx", first)
    absorb(again, read, account, "any.qdpx", now=NOW)
    assert isinstance(read, Project)
    assert Span.objects.filter(study=again.study).count() == Span.objects.filter(study=place.study).count()
