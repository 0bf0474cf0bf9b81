"""Undo is each person's own, goes back as far as the ledger, and never takes away what somebody else did."""

import pytest

from sameboat.study.coding.actions import codes, spans
from sameboat.study.coding.models import Code, Span
from sameboat.study.ledger.history import as_of
from sameboat.study.ledger.models import Entry
from sameboat.study.ledger.undo import ChangedSince, NothingToRedo, NothingToUndo, redo, undo
from sameboat.study.team.access import seat
from sameboat.study.tests.making import NOW, make_document, stored


@pytest.fixture
def rosa(people, study):
    return seat(people.rosa, study.id)


@pytest.fixture
def tariq(people, study):
    return seat(people.tariq, study.id)


def back(seat, **more):
    return undo(seat.study, seat.researcher, now=NOW, **more)


def again(seat):
    return redo(seat.study, seat.researcher, now=NOW)


def names(study):
    return sorted(Code.objects.filter(study=study).values_list("name", flat=True))


def test_undo_puts_back_the_row_with_its_id_and_redo_takes_it_away_again(rosa):
    document = make_document(rosa.study)
    code, _ = codes.add_code(rosa, "food and tea", now=NOW)
    span, _ = spans.add_span(rosa, document.id, code.id, 0, 12, now=NOW)
    whole = stored()
    spans.remove_span(rosa, span.id, now=NOW)
    back(rosa)
    assert stored() == whole
    assert Span.objects.get().id == span.id
    again(rosa)
    assert not Span.objects.exists()


def test_after_something_new_nothing_is_done_again(rosa):
    for name in ("a", "b", "c"):
        codes.add_code(rosa, name, now=NOW)
    back(rosa)
    back(rosa)
    again(rosa)
    assert names(rosa.study) == ["a", "b"]
    codes.add_code(rosa, "d", now=NOW)
    with pytest.raises(NothingToRedo):
        again(rosa)
    back(rosa)
    again(rosa)
    assert names(rosa.study) == ["a", "b", "d"]


def test_each_person_undoes_only_what_they_did(rosa, tariq):
    codes.add_code(rosa, "hers", now=NOW)
    codes.add_code(tariq, "his", now=NOW)
    back(rosa)
    assert names(rosa.study) == ["his"]
    with pytest.raises(NothingToUndo):
        back(rosa)


def test_what_somebody_else_changed_since_stays_and_their_name_is_said(rosa, tariq):
    codes.add_code(rosa, "first", now=NOW)
    code, _ = codes.add_code(rosa, "tea", now=NOW)
    codes.edit_code(rosa, code.id, name="food and tea", now=NOW)
    codes.edit_code(tariq, code.id, name="meals", now=NOW)
    whole = stored()
    with pytest.raises(ChangedSince, match="Tariq") as refused:
        back(rosa)
    assert stored() == whole
    with pytest.raises(ChangedSince) as refused_again:
        back(rosa, before=refused.value.as_json()["entry"])
    back(rosa, before=refused_again.value.entry.pk)
    assert names(rosa.study) == ["meals"]


def test_a_code_that_somebody_else_put_on_a_passage_is_not_undone_away(rosa, tariq):
    document = make_document(rosa.study)
    code, _ = codes.add_code(rosa, "tea", now=NOW)
    spans.add_span(tariq, document.id, code.id, 0, 5, now=NOW)
    with pytest.raises(ChangedSince):
        back(rosa)
    assert Span.objects.count() == 1


def test_the_ledger_says_who_did_what_with_before_and_after(rosa):
    code, _ = codes.add_code(rosa, "tea", now=NOW)
    codes.edit_code(rosa, code.id, name="food and tea", now=NOW)
    back(rosa)
    entries = list(Entry.objects.order_by("id"))
    assert [entry.verb for entry in entries] == ["add code", "edit code", "undo"]
    assert entries[2].undoes_id == entries[1].pk
    assert {entry.researcher for entry in entries} == {rosa.researcher}
    assert '"before":{"name":"tea"},"after":{"name":"food and tea"}' in entries[1].changes


def test_rows_as_they_were_at_any_moment(rosa):
    moments = [NOW.replace(minute=minute) for minute in range(5)]
    code, _ = codes.add_code(rosa, "tea", now=moments[1])
    codes.edit_code(rosa, code.id, name="food and tea", now=moments[2])
    undo(rosa.study, rosa.researcher, now=moments[3])
    undo(rosa.study, rosa.researcher, now=moments[4])
    seen = [[one["name"] for one in as_of(rosa.study, "code", moment).values()] for moment in moments]
    assert seen == [[], ["tea"], ["food and tea"], ["tea"], []]
