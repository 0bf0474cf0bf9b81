"""No row leads into another study, whatever the code above it does."""

import pytest
from django.db import IntegrityError, transaction

from sameboat.study.coding.models import Code, Span
from sameboat.study.team.actions import start_study
from sameboat.study.tests.making import NOW, make_document


@pytest.fixture
def code(people, study):
    return Code.objects.create(study=study, name="tea", colour="#2a9d8f", created_by=people.rosa, created_at=NOW)


def put(study, document, code, start, end, author):
    with transaction.atomic():
        return Span.objects.create(
            study=study, document=document, code=code, start=start, end=end, author=author, created_at=NOW
        )


def test_a_span_names_a_document_and_a_code_of_its_own_study(people, study, code):
    other = start_study(people.yara, "Another study", now=NOW)
    here, there = make_document(study), make_document(other)
    assert put(study, here, code, 0, 4, people.rosa)
    for wrong in ((study, there), (other, here), (other, there)):
        with pytest.raises(IntegrityError):
            put(*wrong, code, 0, 4, people.rosa)


def test_a_row_cannot_be_moved_into_another_study(people, study, code):
    other = start_study(people.yara, "Another study", now=NOW)
    put(study, make_document(study), code, 0, 4, people.rosa)
    with pytest.raises(IntegrityError), transaction.atomic():
        Span.objects.update(study=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.update(study=other)


@pytest.mark.parametrize(("start", "end"), [(4, 4), (5, 4), (-1, 4)])
def test_a_span_is_never_empty_or_backwards(people, study, code, start, end):
    with pytest.raises(IntegrityError):
        put(study, make_document(study), code, start, end, people.rosa)


def test_a_study_goes_with_everything_in_it(people, study, code):
    child = Code.objects.create(
        study=study, parent=code, name="cake", colour="#2a9d8f", created_by=people.rosa, created_at=NOW
    )
    put(study, make_document(study), child, 0, 4, people.rosa)
    study.delete()
    assert not Span.objects.exists()
    assert not Code.objects.exists()
