"""Memos through the pages: on anything, listed, looked for, changed without a loss; and who may."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.ledger.models import Entry
from sameboat.study.team.models import Study
from sameboat.study.tests.fixtures import NOW, People
from sameboat.study.tests.making import make_document, make_participant
from sameboat.study.themes.models import Theme

SignedIn = Callable[[str], Client]


def at(address: str, study: Study, **more: object) -> str:
    return reverse(address, kwargs={"sid": study.id, **more})


@pytest.fixture
def pages(study: Study, people: People) -> dict[str, str]:
    """The page of one thing of each kind that has a page, by what forms call the thing."""
    person = make_participant(study)
    document = make_document(study, participant=person)
    code = Code.objects.create(study=study, name="tea", colour="#1d5c58", created_by=people.rosa, created_at=NOW)
    theme = Theme.objects.create(study=study, name="Held", colour="#3d7fb8")
    return {
        f"group:{person.group_id}": at("study-groups", study),
        f"participant:{person.id}": at("study-participant", study, pid=person.id),
        f"document:{document.id}": at("study-text", study, did=document.id),
        f"code:{code.id}": at("study-code", study, cid=code.id),
        f"theme:{theme.id}": at("study-theme", study, tid=theme.id),
    }


def write(client: Client, study: Study, about: str, title: str, text: str = "words", place: str = "") -> None:
    sent = {"about": about, "title": title, "text": text, "next": place}
    assert client.post(at("study-memo-add", study), sent).status_code == 303


def listed(client: Client, study: Study, **asked: object) -> list[str]:
    shown = client.get(at("study-memos", study), asked).content.decode()
    return re.findall(r'<h2 id="memo-[^>]*>(.*?)</h2>', shown)


def test_a_memo_is_written_and_seen_on_the_page_of_what_it_is_about(
    study: Study, pages: dict[str, str], signed_in: SignedIn
) -> None:
    tariq, wim = signed_in("tariq"), signed_in("wim")
    for about, place in pages.items():
        form = tariq.get(place).content.decode()
        assert f'value="{about}"' in form and f'name="next" value="{place}"' in form, about
        write(tariq, study, about, f"on {about}", place=place)
        shown = wim.get(place).content.decode()
        assert f"on {about}" in shown and "Write a memo" not in shown
    everything = wim.get(at("study-memos", study)).content.decode()
    assert all(place in everything for place in pages.values()) and "A new memo" not in everything
    tariq.post(at("study-undo", study))
    assert len(listed(wim, study)) == len(pages) - 1


def test_memos_are_found_by_kind_by_person_and_by_words(
    study: Study, pages: dict[str, str], people: People, signed_in: SignedIn
) -> None:
    rosa, tariq = signed_in("rosa"), signed_in("tariq")
    theme, code = (next(one for one in pages if one.startswith(kind)) for kind in ("theme", "code"))
    write(rosa, study, theme, "Held", "Why Tuesdays")
    write(tariq, study, code, "Steam", "Kettles and Tuesdays")
    write(tariq, study, f"study:{study.id}", "Us", "We like tea")
    assert listed(rosa, study, kind="theme") == ["Held"]
    assert sorted(listed(rosa, study, author=people.tariq.id)) == ["Steam", "Us"]
    assert sorted(listed(rosa, study, q="tuesdays")) == ["Held", "Steam"]
    assert listed(rosa, study, q="TUESDAYS kettles") == ["Steam"] and listed(rosa, study, q="soup") == []
    searched = rosa.get(at("study-search", study), {"q": "tuesdays"}).content.decode()
    assert f'{at("study-memos", study)}?q=tuesdays"' in searched
    assert listed(signed_in("noor"), study) == []
    assert signed_in("yara").get(at("study-memos", study)).status_code == 404


def test_a_memo_on_a_passage_leads_to_its_place(study: Study, pages: dict[str, str], people: People) -> None:
    code, document = Code.objects.get(), make_document(study, title="B")
    span = Span.objects.create(
        study=study, document=document, code=code, author=people.rosa, start=3, end=9, created_at=NOW
    )
    rosa = people.client("rosa")
    write(rosa, study, f"span:{span.id}", "Here")
    assert f"#{document.id}:3-9" in rosa.get(at("study-memos", study)).content.decode()


def test_two_who_change_one_memo_lose_no_word_and_the_bin_gives_it_back(
    study: Study, pages: dict[str, str], signed_in: SignedIn
) -> None:
    rosa, tariq = signed_in("rosa"), signed_in("tariq")
    write(rosa, study, next(iter(pages)), "Held", "Why Tuesdays")
    memo = Memo.objects.get()
    place = at("study-memo", study, mid=memo.id)
    read = re.search(r'name="version" value="(\d+)"', rosa.get(place).content.decode())
    assert read
    assert tariq.post(place, {"version": read[1], "title": "Held", "text": "Tariq's words"}).status_code == 303
    both = rosa.post(place, {"version": read[1], "title": "Held", "text": "Rosa's words"})
    assert both.status_code == 409
    shown = both.content.decode()
    assert "Tariq&#x27;s words" in shown and "Rosa&#x27;s words" in shown
    now = re.search(r'name="version" value="(\d+)"', shown)
    assert now and rosa.post(place, {"version": now[1], "title": "", "text": "Both"}).status_code == 303
    assert rosa.post(at("study-memo-bin", study, mid=memo.id)).status_code == 303
    assert listed(rosa, study) == [] and "Both" in rosa.get(at("study-bin", study)).content.decode()
    rosa.post(at("study-bin-restore", study, kind="memo", row_id=memo.id))
    assert listed(rosa, study) == ["–"]


def test_nothing_is_kept_on_what_is_not_there(study: Study, pages: dict[str, str], signed_in: SignedIn) -> None:
    rosa, before = signed_in("rosa"), Entry.objects.count()
    for about in ("theme:5a11b0a7-0000-4000-8000-000000000009", "theme:nonsense", "kettle:1", ""):
        assert rosa.post(at("study-memo-add", study), {"about": about, "text": "x"}).status_code == 404
    assert rosa.post(at("study-memo-add", study), {"about": next(iter(pages)), "text": " "}).status_code == 303
    assert signed_in("wim").post(at("study-memo-add", study), {"about": "", "text": "x"}).status_code == 403
    assert Entry.objects.count() == before
