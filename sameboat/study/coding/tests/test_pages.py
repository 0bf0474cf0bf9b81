"""The codebook for reading and printing, and the bin."""

import datetime
import re

import pytest

from sameboat.study.coding.actions import codes, memos, merging
from sameboat.study.coding.models import Code, Memo
from sameboat.study.team.access import seat
from sameboat.study.tests.making import NOW


@pytest.fixture
def rosa(people, study):
    return seat(people.rosa, study.id)


def names(page: bytes) -> list[str]:
    return [name.strip() for name in re.findall(r"</svg>([^<]+)", page.decode())]


def test_the_codebook_stands_as_a_tree(signed_in, study, rosa):
    tea, _ = codes.add_code(rosa, "tea", now=NOW)
    codes.add_code(rosa, "biscuits", parent=tea.id, now=NOW)
    codes.add_code(rosa, "meetings", definition="Tuesdays", now=NOW)
    page = signed_in("wim").get(f"/studies/{study.id}/codebook").content
    assert names(page) == ["tea", "biscuits", "meetings"]
    assert b"Tuesdays" in page


def test_it_is_shown_as_it_was_on_any_day(signed_in, study, rosa):
    tea, _ = codes.add_code(rosa, "tea", now=NOW)
    codes.edit_code(rosa, tea.id, name="food and tea", now=NOW + datetime.timedelta(days=2))
    ask = signed_in("wim").get
    address = f"/studies/{study.id}/codebook"
    for day, found in (("2026-03-01", []), ("2026-03-02", ["tea"]), ("2026-03-04", ["food and tea"])):
        assert names(ask(address, {"on": day}).content) == found
    assert names(ask(address, {"on": "some day"}).content) == ["food and tea"]


def test_what_lies_in_the_bin_comes_back_as_it_was(signed_in, study, rosa):
    tea, _ = codes.add_code(rosa, "tea", now=NOW)
    memo, _ = memos.add_memo(rosa, "code", tea.id, "first", "words", now=NOW)
    merging.bin_code(rosa, tea.id, now=NOW)
    memos.bin_memo(rosa, memo.id, now=NOW)
    client = signed_in("rosa")
    for kind, row in (("code", tea), ("memo", memo)):
        assert client.post(f"/studies/{study.id}/bin/{kind}/{row.id}/restore").status_code == 303
        assert client.post(f"/studies/{study.id}/bin/{kind}/{row.id}/restore").status_code == 404
    assert Code.objects.get().trashed_at is None
    assert Memo.objects.get().trashed_at is None


def test_a_reader_sees_the_bin_and_takes_nothing_out(signed_in, study, rosa):
    tea, _ = codes.add_code(rosa, "tea", now=NOW)
    merging.bin_code(rosa, tea.id, now=NOW)
    page = signed_in("wim").get(f"/studies/{study.id}/bin")
    assert b"tea" in page.content
    assert b"restore" not in page.content
