"""Comparing through the pages: tables, passages, framework, charts, coverage, agreement; and who sees what."""

import io
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from sameboat.study.analysis.models import FrameworkCell
from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import NOW, People
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.themes.models import Theme, ThemeCode
from sameboat.study.transcripts.models import Document

SignedIn = Callable[[str], Client]


@dataclass
class Coded:
    """Texts of A2 and B1; Rosa and Tariq coded both, and not alike. One theme holds the first of two codes."""

    one: Document
    other: Document
    kettle: Code
    talk: Code
    theme: Theme


@pytest.fixture
def coded(study: Study, people: People) -> Coded:
    one = make_document(study, participant=make_participant(study))
    other = make_document(study, title="B1", participant=make_participant(study, "B1"))
    look = {"study": study, "colour": "#1d5c58", "created_by": people.rosa, "created_at": NOW}
    kettle, talk = (Code.objects.create(name=name, **look) for name in ("kettle & <cake>", "small talk"))
    theme = Theme.objects.create(study=study, name="Fed and met", colour="#3d7fb8", central_idea="A task and a plate.")
    ThemeCode.objects.create(study=study, theme=theme, code=kettle)
    for document, code, who, words in (
        (one, kettle, people.rosa, "We put the kettle on"),
        (one, kettle, people.tariq, "We put the kettle on"),
        (one, talk, people.rosa, "It sounds daft."),
        (one, talk, people.tariq, "Not big things."),
        (other, kettle, people.rosa, "The dog, mostly."),
        (other, kettle, people.tariq, "The dog, mostly."),
    ):
        start = document.text.index(words)
        Span.objects.create(
            study=study, document=document, code=code, author=who, start=start, end=start + len(words), created_at=NOW
        )
    return Coded(one, other, kettle, talk, theme)


def at(address: str, study: Study, **more: object) -> str:
    return reverse(address, kwargs={"sid": study.id, **more})


def page(client: Client, address: str, **asked: object) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def cells(text: str) -> list[list[str]]:
    """The words of a table's cells, row by row."""
    body = text.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in body.split("<tr>")[1:]]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in rows]


def test_a_table_counts_each_passage_once_and_says_words_and_shares(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    rosa, place = signed_in("rosa"), at("study-compare", study)
    assert cells(page(rosa, place, rows="codes")) == [
        ["kettle &amp; &lt;cake&gt;", "1", "1"],
        ["small talk", "2", ""],
    ]
    assert cells(page(rosa, place, rows="themes", by="groups", show="words")) == [["Fed and met", "5", "3"]]
    spoken = 15 + 14 + 8
    share = cells(page(rosa, place, rows="themes", show="share"))[0][1]
    assert share == f"{5 / spoken:.1%}"
    assert cells(page(rosa, place, rows="codes", coder=coded_by(study, "Tariq")))[1] == ["small talk", "1", ""]


def coded_by(study: Study, name: str) -> uuid.UUID:
    return study.memberships.get(researcher__name=name).researcher_id  # type: ignore[attr-defined,no-any-return]


def test_a_cell_opens_its_passages_which_lead_into_the_text(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    table = page(rosa, at("study-compare", study), rows="themes", by="groups")
    leads = re.findall(r'href="([^"]+passages\?theme[^"]+group[^"]+)"', table)
    shown = page(rosa, leads[0].replace("&amp;", "&"))
    assert "We put the kettle on" in shown and "The dog, mostly." not in shown and "A task and a plate." in shown
    start = coded.one.text.index("We put")
    assert f"{at('study-coding', study)}#{coded.one.id}:{start}-{start + 20}" in shown
    side_by_side = page(rosa, at("study-extracts", study), code=coded.kettle.id, beside="participants")
    assert re.findall(r"<h2>(\w+) <span", side_by_side) == ["A2", "B1"]
    assert rosa.get(at("study-extracts", study), {"code": uuid.uuid4()}).status_code == 404


def test_a_cell_of_the_framework_is_written_beside_its_passages(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    rosa = signed_in("rosa")
    where = {"tid": coded.theme.id, "pid": coded.one.participant_id}
    place = at("study-cell", study, **where)
    assert "We put the kettle on" in page(rosa, place)
    rosa.post(place, {"summary": "Tea comes first."})
    assert "Tea comes first." in page(rosa, at("study-framework", study))
    assert signed_in("wim").post(place, {"summary": "x"}).status_code == 403
    rosa.post(place, {"summary": " "})
    assert not FrameworkCell.objects.exists()
    rosa.post(at("study-undo", study))
    assert FrameworkCell.objects.get().summary == "Tea comes first."
    assert rosa.get(at("study-cell", study, tid=coded.theme.id, pid=uuid.uuid4())).status_code == 404


def test_every_chart_has_its_table_and_can_be_saved(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    shown = page(rosa, at("study-charts", study))
    assert shown.count('role="img"') == shown.count("<table") == 4 and "<cake>" not in shown
    for name in ("often", "together", "across", "covered"):
        answer = rosa.get(at("study-chart", study, name=name))
        assert answer.content == rosa.get(at("study-chart", study, name=name)).content
        assert answer["Content-Type"].startswith("image/svg")
    assert rosa.get(at("study-chart", study, name="other")).status_code == 404
    together = shown.split('id="title-together"', 1)[1]
    assert cells(together) == [["kettle &amp; &lt;cake&gt;", "0", "1"], ["small talk", "1", "0"]]


def test_coverage_says_what_is_left_and_leads_there(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    rosa = signed_in("rosa")
    first, second = page(rosa, at("study-coverage", study)).split("<h1>")[1].split("<h2>")[1:]
    assert cells(first)[0][:4] == ["A2", "A2", "37", "11"] and cells(second)[0][3] == "3"
    answer = rosa.get(at("study-uncoded", study), {"document": coded.other.id})
    assert answer.status_code == 303 and f"#{coded.other.id}:" in answer["Location"]


def test_agreement_shows_first_where_two_differ_and_then_figures(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    rosa, place = signed_in("rosa"), at("study-agreement", study)
    shown = page(rosa, place)
    assert shown.index("It sounds daft.") < shown.index("<caption>")
    assert "We put the kettle on" not in shown and f"#{coded.one.id}:" in shown
    rows = {row[0]: row[1:] for row in cells(shown)}
    assert rows["kettle &amp; &lt;cake&gt;"] == ["100.0%", "1.000", "1.000", "1.000"]
    assert rows["small talk"][1].startswith("−") or float(rows["small talk"][1]) < 0.1
    by_text = {row[0] for row in cells(page(rosa, place, by="texts"))}
    assert by_text == {"A2", "B1"}
    only = page(rosa, place, code=coded.kettle.id, document=coded.other.id)
    assert [row[0] for row in cells(only)] == ["kettle &amp; &lt;cake&gt;"]
    assert "It sounds daft." not in only


def test_who_is_blind_compares_with_nobody_and_a_stranger_finds_nothing(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    noor, yara = signed_in("noor"), signed_in("yara")
    assert "It sounds daft." not in page(noor, at("study-agreement", study))
    assert "We put the kettle on" not in page(noor, at("study-extracts", study))
    assert [row[1:] for row in cells(page(noor, at("study-compare", study), rows="codes"))] == [["", ""], ["", ""]]
    names = ("compare", "extracts", "framework", "charts", "coverage", "agreement")
    assert {yara.get(at(f"study-{name}", study)).status_code for name in names} == {404}


def test_looking_leaves_no_trace_and_nothing_of_who_withdrew_is_shown(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    coded.one.participant.withdrawn_at = NOW  # type: ignore[union-attr]
    coded.one.participant.save()  # type: ignore[union-attr]
    before, rosa = Entry.objects.count(), signed_in("rosa")
    for name in ("compare", "extracts", "framework", "charts", "coverage", "agreement"):
        shown = page(rosa, at(f"study-{name}", study))
        assert "kettle on" not in shown and ">A2<" not in shown
    assert Entry.objects.count() == before


def names(text: str) -> list[str]:
    return [row[0] for row in cells(text)]


def test_a_comparison_is_sorted_each_way_and_shows_what_is_in_one_group_alone(
    study: Study, coded: Coded, signed_in: SignedIn
) -> None:
    rosa, place = signed_in("rosa"), at("study-compare", study)
    kettle, talk = "kettle &amp; &lt;cake&gt;", "small talk"
    of_b = coded.other.participant.group_id  # type: ignore[union-attr]
    asked = {"rows": "codes", "by": "groups"}
    for sort, expected in (
        ("most", [kettle, talk]), ("least", [kettle, talk]), ("name", [kettle, talk]), ("apart", [talk, kettle]),
        (str(of_b), [kettle, talk]), (f"-{of_b}", [talk, kettle]), ("nonsense", [kettle, talk]),
    ):  # fmt: skip
        assert names(page(rosa, place, sort=sort, **asked)) == expected, sort
    assert names(page(rosa, place, where="each", **asked)) == [kettle]
    assert names(page(rosa, place, where="one", **asked)) == [talk]
    assert names(page(rosa, place, where=of_b, **asked)) == []
    shown = page(rosa, place, sort=of_b, **asked)
    assert shown.count('aria-sort="descending"') == 1 and f"sort=-{of_b}" in shown
    beside = shown.split('class="columns"')[1]
    assert beside.index("Only in") < beside.index(talk) < beside.index("In both") < beside.index(kettle)


def test_what_bears_no_code_is_listed_by_participant_and_group(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    rosa, place = signed_in("rosa"), at("study-open", study)
    shown = page(rosa, place)
    assert shown.count("We put the kettle on") == 1 and shown.count("Even the weeks") == 2
    only = page(rosa, place, participant=coded.other.participant_id)
    assert "We put the kettle on" in only and only.count("Even the weeks") == 1 and "<h2>B1" in only
    assert page(rosa, place, group=coded.one.group_id).count("Even the weeks") == 1
    start = coded.other.text.index("We put")
    assert f"#{coded.other.id}:{start}-" in only
    assert signed_in("yara").get(place).status_code == 404


def test_agreement_stands_by_code_and_participant_in_one_table(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    shown = page(signed_in("rosa"), at("study-agreement", study), by="both", measure="percentage")
    assert re.findall(r'<th scope="col" class="number">(\w+)</th>', shown) == ["A2", "B1"]
    rows = {row[0]: row[1:] for row in cells(shown)}
    assert rows["kettle &amp; &lt;cake&gt;"] == ["100.0%", "100.0%"]
    assert rows["small talk"][1] == "100.0%" != rows["small talk"][0]
    by_code = {row[0]: row[1:] for row in cells(page(signed_in("rosa"), at("study-agreement", study), by="both"))}
    assert by_code["kettle &amp; &lt;cake&gt;"] == ["1.000", "1.000"] and by_code["small talk"][1] == "–"


def test_a_chart_that_has_no_room_for_all_codes_says_so(
    study: Study, coded: Coded, signed_in: SignedIn, people: People
) -> None:
    many = [
        Code(study=study, name=f"n{n}", colour="#1d5c58", created_by=people.rosa, created_at=NOW) for n in range(70)
    ]
    Code.objects.bulk_create(many)
    Span.objects.bulk_create(
        Span(study=study, document=coded.one, code=code, author=people.rosa, start=0, end=9, created_at=NOW)
        for code in many
    )
    shown = page(signed_in("rosa"), at("study-charts", study))
    assert "60 most frequent of 72 codes" in shown and "24 most frequent of 72 codes" in shown


def test_what_is_known_of_people_stands_above_the_columns_too(study: Study, coded: Coded, signed_in: SignedIn) -> None:
    rosa, place = signed_in("rosa"), at("study-compare", study)
    one, other = coded.one.participant, coded.other.participant
    assert one is not None and other is not None and other.group is not None
    third = make_participant(study, "B2")
    make_document(study, title="B2", participant=third)
    for who, properties in ((one, {"Years & more": 12}), (other, {"years & MORE": "7 years"})):
        type(who).objects.filter(id=who.id).update(properties=properties)
    type(other.group).objects.filter(id=other.group.id).update(properties={"Size": "small"})
    asked = {"rows": "codes", "by": "is:Years & more"}
    table = page(rosa, place, **asked)
    assert heads_of(table) == ["7 years", "12", "nothing said"]
    assert cells(table) == [["kettle &amp; &lt;cake&gt;", "1", "1", ""], ["small talk", "", "2", ""]]
    assert "Only in 12" in table and '<option value="is:Size">Size</option>' in table
    leads = re.findall(r'href="([^"]+passages\?code[^"]+said[^"]+)"', table)
    shown = page(rosa, leads[1].replace("&amp;", "&"))
    assert "We put the kettle on" in shown and "The dog, mostly." not in shown and "Years &amp; more: 12." in shown
    by_size = cells(page(rosa, place, rows="themes", by="is:Size"))
    assert by_size == [["Fed and met", "1", "1"]]
    file = rosa.post(at("study-compare-file", study, kind="csv"), asked).content.decode("utf-8-sig")
    assert file.splitlines()[0] == ",7 years,12,nothing said" and "small talk,0,2,0" in file
    whole = rosa.post(at("study-report-tables", study)).content
    sheets = openpyxl.load_workbook(io.BytesIO(whole)).sheetnames
    assert "Themes by Size, passages" in sheets and not any(name.startswith("Codes by Size") for name in sheets)
    assert cells(page(rosa, place, rows="codes", by="is:Nothing of the kind"))[0][1:] == ["1", "1", ""]
    # What is known of a text comes before what is known of whose it is, and some texts are nobody's.
    for text, properties in ((coded.one, {"Years & more": "two"}), (make_document(study, title="Diary"), {"Heard": 1})):
        type(text).objects.filter(id=text.id).update(properties=properties)
    assert heads_of(page(rosa, place, **asked)) == ["7 years", "two", "nothing said"]
    assert heads_of(page(rosa, place, rows="codes", by="is:Heard")) == ["1", "nothing said"]
    type(one).objects.filter(id=one.id).update(withdrawn_at=NOW)
    assert "two" not in heads_of(page(rosa, place, **asked))
    assert signed_in("yara").get(place, asked).status_code == 404


def heads_of(text: str) -> list[str]:
    return [re.sub("<[^>]+>", "", head) for head in re.findall(r"<th scope=\"col\"[^>]*>(.*?)</th>", text)]
