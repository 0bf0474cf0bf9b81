"""Searching: what a search may say, what answers, and who may ask."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from sameboat.study.analysis.query import About, Either, Every, Near, Not, NotAQuery, Words, parse
from sameboat.study.coding.models import Code, Span
from sameboat.study.readers import read
from sameboat.study.team.access import Seat
from sameboat.study.team.models import Role, Study
from sameboat.study.tests.fixtures import NOW, People
from sameboat.study.transcripts.actions import Wish, keep
from sameboat.study.transcripts.models import Document

TALK = (
    "Interviewer: What happens first?\n"
    "Karen: We put the kettle on 🎂 and somebody brings a cake. Café talk.\n"
    "Tom: On Tuesday the kettle is old, but supportive people mend it.\n"
    "Karen: Support is another word. Tea on Tuesday.\n"
)


@pytest.fixture
def talk(study: Study, people: People) -> Document:
    """A transcript of two people who take part, bearing one code."""
    seat = Seat(study, people.rosa, Role.LEAD)
    wish = Wish(read("A1.txt", TALK.encode()), "A1.txt", "First talk", "A1", "A")
    document = keep(seat, [wish], now=NOW)[0]
    code = Code.objects.create(
        study=study, name="food and tea", colour="#1d5c58", created_by=people.rosa, created_at=NOW
    )
    start = document.text.index("somebody")
    Span.objects.create(
        study=study, document=document, code=code, start=start, end=start + 20, author=people.rosa, created_at=NOW
    )
    return document


def found(client: Client, study: Study, query: str) -> list[str]:
    answer = client.get(f"/api/studies/{study.id}/search", {"q": query})
    return [hit["match"] for hit in answer.json()["hits"]]


@pytest.mark.parametrize(
    ("query", "matches"),
    [
        ("kettle", ["kettle", "kettle"]),
        ("kettle Tuesday", ["Tuesday"]),
        ("kettle AND tuesday", ["Tuesday"]),
        ("cake OR tea", ["cake", "Tea"]),
        ("kettle NOT cake", ["kettle"]),
        ("kettle NOT (cake OR Tuesday)", []),
        ('"put the kettle on"', ["put the kettle on"]),
        ('"kettle the put"', []),
        ("support", ["Support"]),
        ("support*", ["supportive", "Support"]),
        ("NEAR(Tuesday kettle, 1)", ["Tuesday"]),
        ("NEAR(Tuesday kettle, 0)", []),
        ("NEAR(kettle cake, 5)", ["kettle"]),
        ("cafe", ["Café"]),
        ("speaker:karen kettle", ["kettle"]),
        ("participant:a1 group:A cake", ["cake"]),
        ("group:B cake", []),
        ('code:"food and tea" kettle', ["kettle"]),
        ('document:"first" tea', ["Tea"]),
    ],
)
def test_what_answers(
    query: str, matches: list[str], talk: Document, study: Study, signed_in: Callable[[str], Client]
) -> None:
    if query == "cafe" and connection.vendor == "postgresql":
        query = "café"
    assert found(signed_in("wim"), study, query) == matches


def test_a_place_is_counted_in_code_points(talk: Document, study: Study, signed_in: Callable[[str], Client]) -> None:
    hit = signed_in("rosa").get(f"/api/studies/{study.id}/search", {"q": "cake"}).json()["hits"][0]
    assert talk.text[hit["start"] : hit["end"]] == "cake"


def test_the_index_follows_the_texts(talk: Document, study: Study, signed_in: Callable[[str], Client]) -> None:
    rosa = signed_in("rosa")
    turn = talk.turns.get(index=1)  # type: ignore[attr-defined]
    Document.objects.filter(id=talk.id).update(text=talk.text.replace("kettle on", "teapot on"))
    turn.save(update_fields=["end"])
    assert found(rosa, study, "teapot") == ["teapot"]
    assert found(rosa, study, "kettle") == ["kettle"]
    talk.turns.all().delete()  # type: ignore[attr-defined]
    assert found(rosa, study, "kettle OR teapot") == []


def test_strangers_and_those_who_are_blind(talk: Document, study: Study, signed_in: Callable[[str], Client]) -> None:
    assert signed_in("yara").get(f"/api/studies/{study.id}/search", {"q": "kettle"}).status_code == 404
    assert found(signed_in("noor"), study, 'code:"food and tea"') == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "(kettle",
        "kettle)",
        '"kettle',
        "kettle OR",
        "NOT",
        "AND",
        "NEAR(kettle)",
        "NEAR(a b, x)",
        "shoe:size",
        "***",
    ],
)
def test_a_search_that_cannot_be_asked_says_what_is_wrong(
    query: str, study: Study, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("rosa").get(f"/api/studies/{study.id}/search", {"q": query})
    assert answer.status_code == 422 and answer.json()["code"] == "not_a_query"
    with pytest.raises(NotAQuery):
        parse(query)


def test_or_binds_least_and_not_most() -> None:
    assert parse("a b OR NOT c d") == Either(
        (Every((Words(("a",)), Words(("b",)))), Every((Not(Words(("c",))), Words(("d",)))))
    )
    assert parse('NEAR("a b" c*, 3) speaker:X') == Every(
        (Near((Words(("a", "b")), Words(("c",), True)), 3), About("speaker", "X"))
    )


def test_a_search_is_kept_by_name_and_forgotten(
    talk: Document, study: Study, signed_in: Callable[[str], Client]
) -> None:
    rosa = signed_in("rosa")
    place = reverse("study-search", kwargs={"sid": study.id})
    rosa.post(reverse("study-search-keep", kwargs={"sid": study.id}), {"q": "kettle NOT cake", "name": "Old kettles"})
    page = rosa.get(place, {"q": "kettle"}).content.decode()
    assert "Old kettles" in page and page.count("<mark>kettle</mark>") == 2
    kept = study.savedquery_set.get()  # type: ignore[attr-defined]
    rosa.post(reverse("study-search-forget", kwargs={"sid": study.id, "qid": kept.id}))
    assert "Old kettles" not in rosa.get(place).content.decode()


BY_ATTRIBUTE = {
    'attribute:"Years=7"': "A1 B1",
    "attribute:years=7": "A1 B1",
    'attribute:"Years>3"': "A1 B1",
    'attribute:"Years<3"': "A2",
    "attribute:Years": "A1 A2 B1",
    'attribute:"Where=By the sea" kettle': "A1 A2",
    'attribute:"Recorded=yes"': "B1",
    'NOT attribute:"Years=7"': "A2 B2",
    "attribute:Height": "",
    'attribute:"Where>3"': "",
    'attribute:"=7"': "",
}


def test_a_search_is_within_what_is_known_of_people_groups_and_texts(
    study: Study, people: People, signed_in: Callable[[str], Client]
) -> None:
    seat, titles = Seat(study, people.rosa, Role.LEAD), {}
    for code, years in (("A1", "7"), ("A2", "2 years"), ("B1", "7"), ("B2", "")):
        wish = Wish(read(f"{code}.txt", TALK.encode()), f"{code}.txt", code, code, code[0])
        document = keep(seat, [wish], now=NOW)[0]
        titles[str(document.id)] = code
        person = document.participant
        assert person and person.group
        person.properties = {"Years": years} if years else {}
        person.save(update_fields=["properties"])
        if code[0] == "A":
            person.group.properties = {"where": "By the Sea"}
            person.group.save(update_fields=["properties"])
        if code == "B1":
            document.properties = {"Recorded": True}
            document.save(update_fields=["properties"])
    rosa = signed_in("rosa")
    for asked, texts in BY_ATTRIBUTE.items():
        hits = rosa.get(f"/api/studies/{study.id}/search", {"q": asked}).json()["hits"]
        assert sorted({titles[hit["document"]] for hit in hits}) == texts.split(), asked


def test_a_search_by_code_has_the_codes_below_it(
    study: Study, talk: Document, people: People, signed_in: Callable[[str], Client]
) -> None:
    above = Code.objects.create(study=study, name="home", colour="#1d5c58", created_by=people.rosa, created_at=NOW)
    Code.objects.filter(name="food and tea").update(parent=above)
    assert found(signed_in("rosa"), study, "code:Home cake") == ["cake"]
