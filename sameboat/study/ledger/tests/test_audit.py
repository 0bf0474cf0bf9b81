"""The audit trail as people read it, filter it, and take it away as a table."""

import csv
import io
import re

import pytest

from sameboat.study.coding.actions import codes, spans
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.tests.making import NOW, make_document


@pytest.fixture
def work(study, people):
    """Rosa makes two codes and renames one; Tariq puts one on a passage."""
    rosa, tariq = (seat(one, study.id) for one in (people.rosa, people.tariq))
    tea, _ = codes.add_code(rosa, "tea", now=NOW.replace(day=1))
    codes.add_code(rosa, "=1+1", now=NOW.replace(day=2))
    codes.edit_code(rosa, tea.id, name="food and tea", now=NOW.replace(day=3))
    spans.add_span(tariq, make_document(study).id, tea.id, 0, 5, now=NOW.replace(day=4))
    return tea


def lines(client, study, **wanted) -> list[str]:
    page = client.get(f"/studies/{study.id}/audit", wanted).content.decode()
    rows = re.findall(r"<tr>\s*<td>.*?</td>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", page, re.S)
    return [f"{who} {what}" for who, what in rows]


def test_the_newest_stands_first_with_before_and_after(signed_in, study, work):
    rosa = signed_in("rosa")
    assert [line.split(" ")[0] for line in lines(rosa, study)] == ["Tariq", "Rosa", "Rosa", "Rosa"]
    page = rosa.get(f"/studies/{study.id}/audit").content.decode()
    assert '<del class="was">tea</del> <ins>food and tea</ins>' in page


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"verb": "edit code"}, 1),
        ({"kind": "span"}, 1),
        ({"kind": "code"}, 3),
        ({"first": "2026-03-03"}, 2),
        ({"last": "2026-03-02"}, 2),
        ({"first": "2026-03-02", "last": "2026-03-03"}, 2),
        ({"first": "not a day"}, 4),
        ({"who": "nobody"}, 0),
        ({"row": "x"}, 0),
        ({"page": "900"}, 4),
    ],
)
def test_it_is_filtered(signed_in, study, work, wanted, found):
    assert len(lines(signed_in("wim"), study, **wanted)) == found


def test_it_is_filtered_by_person_and_by_row(signed_in, study, work, people):
    wim = signed_in("wim")
    assert len(lines(wim, study, who=str(people.tariq.id))) == 1
    assert len(lines(wim, study, row=str(work.id))) == 2


def test_it_is_taken_away_as_a_table_that_runs_nothing(signed_in, study, work):
    answer = signed_in("rosa").get(f"/studies/{study.id}/audit.csv", {"kind": "code"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [row["what"] for row in rows] == ["add code", "add code", "edit code"]
    assert rows[1]["about"] == "'=1+1"
    assert rows[2]["before"] == '{"name": "tea"}'


def test_who_is_blind_reads_nobody_elses_coding(signed_in, study, work):
    assert len(lines(signed_in("noor"), study)) == 3
    assert len(lines(signed_in("noor"), study, kind="span")) == 0


def test_undo_and_redo_from_a_page_show_that_page_again_and_say_which_act_it_was(signed_in, study, work):
    tariq = signed_in("tariq")
    page = f"/studies/{study.id}/audit"
    first = tariq.post(f"/studies/{study.id}/undo", {"next": page})["Location"]
    assert first.startswith(f"{page}?said=undone&act=")
    assert said(tariq, first).endswith("put a code on a passage · food and tea · A2")
    assert tariq.post(f"/studies/{study.id}/undo", {"next": page})["Location"] == f"{page}?said=nothing-to-undo"
    again = tariq.post(f"/studies/{study.id}/redo", {"next": page})["Location"]
    assert said(tariq, again).endswith("put a code on a passage · food and tea · A2")
    assert tariq.post(f"/studies/{study.id}/redo", {"next": page})["Location"] == f"{page}?said=nothing-to-redo"
    assert Entry.objects.filter(verb="undo").count() == Entry.objects.filter(verb="redo").count() == 1
    # Of others nothing is told, whatever the address says.
    assert "passage" not in said(signed_in("noor"), first)


def said(client, address: str) -> str:
    return re.findall(r'role="status">(.*?)</p>', client.get(address).content.decode(), re.S)[0].strip()
