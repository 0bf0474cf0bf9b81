"""The made-up study is whole, is made once, and says nothing about how anyone hurts themselves."""

import re

import pytest
from django.urls import reverse

from sameboat.study.checking.models import CheckAnswer
from sameboat.study.coding.coverage import coverage
from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.demo import words
from sameboat.study.demo.command import STUDY, make_study
from sameboat.study.demo.texts import interview
from sameboat.study.fieldwork.models import Consent, Participant, Withdrawal
from sameboat.study.ledger.models import Entry
from sameboat.study.team.access import seat
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import People, researchers
from sameboat.study.themes.models import Theme
from sameboat.study.transcripts.models import Document, Recording
from sameboat.study.transcripts.recordings import place


@pytest.fixture(scope="module")
def people(kept_rows: None) -> People:
    return researchers()


@pytest.fixture(scope="module")
def made(people: People) -> Study:
    return make_study(people.rosa)


def test_every_screen_has_something_to_see(db, people, made):
    assert made.id == STUDY
    assert Participant.objects.count() == Document.objects.count() == Consent.objects.count() == 8
    assert all(600 <= one.words <= 1200 for one in Document.objects.all())
    assert 8 <= Code.objects.filter(kind="code").count() <= 15
    assert Theme.objects.count() == len(words.THEMES)
    assert Memo.objects.exists()
    # Nobody's name stands at what participants answered.
    assert set(Entry.objects.values_list("researcher__name", flat=True)) == {"Rosa", "Robin", None}
    assert set(CheckAnswer.objects.values_list("answer", flat=True)) == {"agree", "amend", "withdraw"}
    assert Withdrawal.objects.exists() and place(Recording.objects.get()).is_file()
    shares = {one.share for one in coverage(seat(people.rosa, made.id)).values()}
    assert min(shares) > 0.5


def test_every_page_of_the_analysis_shows_some_of_it(db, people, made):
    study, rosa, theme = made, people.client("rosa"), Theme.objects.get(order=0)
    seen = {
        "study-themes": "A place that is always there", "study-phases": "Coding all of them",
        "study-points": "Seven weeks", "study-compare": "Held between meetings", "study-framework": "jam",
        "study-charts": "food and tea", "study-coverage": "The Tuesday group", "study-agreement": "Robin did not",
        "study-extracts": "the room itself", "study-report": "of 32", "study-coreq": "Within 60 miles",
    }  # fmt: skip
    for name, words_of_it in seen.items():
        shown = rosa.get(reverse(name, kwargs={"sid": study.id})).content.decode()
        assert words_of_it in shown, name
    shown = rosa.get(reverse("study-theme", kwargs={"sid": study.id, "tid": theme.id})).content.decode()
    assert "He goes down to the bicycles" in shown
    report = rosa.post(reverse("study-report-file", kwargs={"sid": study.id, "kind": "html"}), {"part": ["findings"]})
    quoted = re.findall(r"<footer>.*?(\w\d)", report.content.decode())
    assert {"A1", "B2"} <= set(quoted) and "B3" not in quoted


def test_the_bin_holds_something_and_a_name_came_back(db, people, made):
    rosa, sid = people.client("rosa"), {"sid": made.id}
    binned = rosa.get(reverse("study-bin", kwargs=sid)).content.decode()
    assert words.BINNED_CODE in binned and words.BINNED_MEMO[0] in binned
    assert words.LIST_OPENS_WITH in rosa.get(reverse("study-about", kwargs=sid)).content.decode()
    back = rosa.post(reverse("study-names-back", kwargs=sid), {"passphrase": words.LIST_OPENS_WITH}).content.decode()
    assert f"{words.NAMES[0][0]}</th>" in back


def test_two_people_coded_the_same_texts_and_not_quite_alike(db, made):
    layers = {
        name: set(Span.objects.filter(author__name=name, document__title="A1").values_list("code", "start", "end"))
        for name in ("Rosa", "Robin")
    }
    shared = layers["Rosa"] & layers["Robin"]
    assert 5 < len(shared) < min(map(len, layers.values()))


def test_every_passage_lies_where_its_words_are():
    for code in words.INTERVIEWS:
        transcript, coded = interview(code)
        assert not re.search(r"[<>]", transcript.text)
        for start, end, key in coded:
            assert key in words.CODES
            passage = transcript.text[start:end]
            assert passage == passage.strip()
            assert "\n" not in passage
