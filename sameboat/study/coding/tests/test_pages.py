"""The codebook for reading and printing, and the bin."""

import datetime
import re

import pytest

from sameboat.study.coding.actions import codes, memos, merging, spans
from sameboat.study.coding.models import Code, Memo
from sameboat.study.coding.palette import PATTERNS
from sameboat.study.coding.templatetags.looks import SIGNS
from sameboat.study.team.access import seat
from sameboat.study.tests.making import NOW, make_document, make_participant


@pytest.fixture
def rosa(people, study):
    return seat(people.rosa, study.id)


def names(page: bytes) -> list[str]:
    return [name.strip() for name in re.findall(r"</svg>(?:<a[^>]+>)?([^<]+)", page.decode())]


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


def test_a_code_has_a_page_with_where_it_is_and_what_it_means(signed_in, study, rosa):
    document = make_document(study, participant=make_participant(study))
    code, _ = codes.add_code(rosa, "kettle", now=NOW)
    spans.add_span(rosa, document.id, code.id, 0, 12, now=NOW)
    memos.add_memo(rosa, "code", code.id, "Steam", "Compare with the soup.", now=NOW)
    address, client = f"/studies/{study.id}/codebook/{code.id}", signed_in("tariq")
    said = {"name": "the kettle", "definition": "Hot water", "heading": "First seen", "said": "A2"}
    assert client.post(address, said).status_code == 303
    page = client.get(address).content.decode()
    for words in ("the kettle", "Hot water", "First seen", "Compare with the soup.", f"texts/{document.id}"):
        assert words in page
    assert 'role="alert"' in client.post(address, {"name": " "}).content.decode()
    assert signed_in("wim").post(address, said).status_code == 403
    assert "Hot water" not in signed_in("wim").post(address, said).content.decode()
    client.post(f"/studies/{study.id}/undo")
    assert Code.objects.get().name == "kettle" and Code.objects.get().properties == {}


def test_a_text_has_a_page_with_what_is_known_of_it(signed_in, study, rosa):
    document = make_document(study, participant=make_participant(study))
    code, _ = codes.add_code(rosa, "kettle", now=NOW)
    spans.add_span(rosa, document.id, code.id, 0, 12, now=NOW)
    address, client = f"/studies/{study.id}/texts/{document.id}", signed_in("rosa")
    client.post(address, {"heading": ["Held", ""], "said": ["by telephone", "x"]})
    page = client.get(address).content.decode()
    assert "by telephone" in page and "Group A" in page and f"codebook/{code.id}" in page
    assert signed_in("noor").get(address).content.decode().count("codebook/") == 0
    assert signed_in("wim").post(address, {}).status_code == 403
    client.post(f"/studies/{study.id}/undo")
    assert "by telephone" not in client.get(address).content.decode()


def test_a_code_shows_its_pattern_beside_its_colour_and_it_can_be_changed(signed_in, study, rosa):
    for name in ("kettle", "soup", "bread"):
        codes.add_code(rosa, name, now=NOW)
    client = signed_in("tariq")
    shown = re.findall(r'data-pattern="(\w+)"', client.get(f"/studies/{study.id}/codebook").content.decode())
    assert shown == [code.pattern for code in Code.objects.order_by("position")] and len(set(shown)) == 3
    code = Code.objects.get(name="soup")
    address = f"/studies/{study.id}/codebook/{code.id}"
    assert client.post(address, {"name": "soup", "pattern": "wave"}).status_code == 303
    page = client.get(address).content.decode()
    assert re.findall(r"data-pattern=.(\w+)", page)[0] == "wave"
    client.post(address, {"name": "soup"})
    assert Code.objects.get(name="soup").pattern == "wave"


def test_every_pattern_has_a_sign_on_plain_pages():
    assert set(SIGNS) == set(PATTERNS) and len(set(SIGNS.values())) == len(PATTERNS)
