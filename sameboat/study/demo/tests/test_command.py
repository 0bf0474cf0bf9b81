"""The made-up study is made once, and only where nobody works."""

from sameboat.study.demo.command import demo
from sameboat.study.ledger.models import Entry
from sameboat.study.transcripts.models import Document


def test_a_second_run_keeps_what_is_there(laptop, monkeypatch):
    assert demo() == 0
    Document.objects.filter(title="A1").update(title="Ours")
    before = Entry.objects.count()
    assert demo() == 0
    assert (Entry.objects.count(), Document.objects.filter(title="Ours").count()) == (before, 1)


def test_it_is_not_made_where_real_people_work(db):
    assert demo() == 1
    assert not Document.objects.exists()
