"""A concern, from the person who raises it to the people who answer, and until it is gone."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client

from sameboat.lib import clock
from sameboat.outside.actions import forget_old, read
from sameboat.outside.concern_views import looking, raising
from sameboat.outside.models import Concern
from sameboat.staff.models import Person
from tests.cast import SENTINEL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_is_slowed_down_by_another_test():
    for limit in (raising, looking):
        limit.forget("127.0.0.1")


@pytest.fixture
def operator(client) -> Client:
    """Olive, signed in, on a device of her own."""
    hers = Client(headers=client.headers if hasattr(client, "headers") else None)
    hers.defaults.update(client.defaults)
    hers.force_login(Person.objects.create(name="Olive", role="operator"))
    return hers


def raise_one(client, said="Someone in a group frightened me.", about="", **more) -> str:
    answer = client.post(f"/concern{about}", {"said": said, **more})
    found = re.search(r'class="code">([a-z ]+)<', answer.content.decode())
    assert found, answer.status_code
    return found[1]


def look_up(client, words: str) -> str:
    return client.post("/concern/look-up", {"words": words}).content.decode()


def test_a_person_raises_a_concern_and_follows_it_to_its_end(client, operator):
    words = raise_one(client)
    address = f"/operator/concerns/{Concern.objects.get().pk}"
    states = [Concern.objects.get().state]
    assert operator.post(f"{address}/read").status_code == 303
    states.append(Concern.objects.get().state)
    assert operator.post(f"{address}/answer", {"answer": "We have spoken with the host."}).status_code == 303
    assert "We have spoken with the host." in look_up(client, words)
    states.append(Concern.objects.get().state)
    assert operator.post(f"{address}/close").status_code == 303
    assert "We have spoken with the host." in look_up(client, words)
    assert [*states, Concern.objects.get().state] == ["received", "read", "answered", "closed"]


def test_the_words_are_taken_as_people_write_them_and_shown_only_once(client):
    words = raise_one(client)
    assert Concern.objects.get().received_at
    for written in (words.upper(), words.replace(" ", "  "), words.replace(" ", ", ")):
        assert "<dl" in look_up(client, written)
    assert words not in client.get("/concern/look-up").content.decode()


def test_the_words_themselves_are_not_stored_and_nothing_about_the_sender_is(client, capsys):
    words = raise_one(client, SENTINEL)
    call_command("dumpdata", "outside")
    kept = capsys.readouterr().out
    assert SENTINEL in kept
    assert words not in kept and "127.0.0.1" not in kept


def test_wrong_words_and_words_of_a_deleted_concern_are_answered_alike(client):
    words = raise_one(client)
    Concern.objects.all().delete()
    made_up = "acorn acorn acorn acorn acorn acorn"
    assert look_up(client, words).replace(words, made_up) == look_up(client, made_up)


def test_nothing_said_is_refused_beside_the_field_and_stores_nothing(client):
    answer = client.post("/concern", {"said": "   ", "guessing": "yes"})
    assert answer.status_code == 400 and b'aria-invalid="true"' in answer.content
    assert b"checked" in answer.content and not Concern.objects.exists()


def test_a_flood_is_slowed_down_and_what_was_typed_is_kept(client):
    for _each in range(5):
        raise_one(client)
    answer = client.post("/concern", {"said": SENTINEL})
    assert answer.status_code == 429 and SENTINEL in answer.content.decode()
    assert Concern.objects.count() == 5


def test_a_data_protection_complaint_has_its_own_clock(client, operator):
    raise_one(client, about="?about=data")
    complaint = Concern.objects.get()
    assert complaint.acknowledge_by == complaint.received_at + datetime.timedelta(days=30)
    read(complaint, now=clock.now())
    assert Concern.objects.get().acknowledge_by is None


def test_an_ordinary_concern_has_no_such_clock_and_keeps_the_wish_to_go_carefully(client):
    raise_one(client, guessing="yes")
    assert Concern.objects.get().acknowledge_by is None
    assert Concern.objects.get().guessing_could_hurt


def test_nobody_answers_or_closes_what_nobody_has_read(client, operator):
    raise_one(client)
    address = f"/operator/concerns/{Concern.objects.get().pk}"
    assert operator.post(f"{address}/answer", {"answer": "Yes."}).status_code == 409
    assert operator.post(f"{address}/close").status_code == 409
    assert Concern.objects.get().state == "received"


def test_the_first_reading_stays_the_first(client):
    raise_one(client)
    first = clock.now()
    read(Concern.objects.get(), now=first)
    read(Concern.objects.get(), now=first + datetime.timedelta(days=2))
    assert Concern.objects.get().read_at == first


def test_an_answer_to_a_closed_concern_is_kept_on_the_page_and_not_stored(client, operator):
    raise_one(client)
    now = clock.now()
    Concern.objects.update(read_at=now, closed_at=now)
    answer = operator.post(f"/operator/concerns/{Concern.objects.get().pk}/answer", {"answer": SENTINEL})
    assert answer.status_code == 409 and Concern.objects.get().answer == ""


def test_ninety_days_after_closing_it_is_gone(client):
    raise_one(client)
    raise_one(client)
    now = clock.now()
    Concern.objects.filter(pk=Concern.objects.first().pk).update(read_at=now, closed_at=now)
    assert forget_old(now=now + datetime.timedelta(days=89)) == 0
    assert forget_old(now=now + datetime.timedelta(days=91)) == 1
    assert Concern.objects.count() == 1


def test_states_and_times_can_be_kept_in_a_table_without_a_word_of_any(client, operator):
    raise_one(client, SENTINEL)
    operator.post(f"/operator/concerns/{Concern.objects.get().pk}/read")
    table = operator.get("/operator/concerns.csv")
    assert table.status_code == 200 and SENTINEL not in table.content.decode()
    assert table.content.decode().splitlines()[1].startswith(f"concern,{Concern.objects.get().pk},20")
    assert client.get("/operator/concerns.csv").status_code == 404


def test_a_stranger_and_a_former_operator_see_no_concern_at_all(client, operator):
    raise_one(client)
    address = f"/operator/concerns/{Concern.objects.get().pk}"
    nothing = client.get("/no-such-page").content
    assert operator.get(address).status_code == 200
    Person.objects.filter(name="Olive").update(is_active=False)
    for person in (client, operator):
        for page in (address, "/operator/concerns", "/operator/"):
            answer = person.get(page)
            assert (answer.status_code, answer.content) == (404, nothing)
        assert person.post(f"{address}/read").status_code == 404
    assert Concern.objects.get().state == "received"
