"""People who run things come in by their own door, with a cookie that goes nowhere else."""

import pytest
from django.test import Client

from sameboat.staff.actions import NameTaken, add_operator, first_link, per_address, per_person
from sameboat.staff.models import Person

pytestmark = pytest.mark.django_db
PASSPHRASE = "kettle harbour window moss"
DOOR = "/operator/sign-in"


@pytest.fixture(autouse=True)
def nobody_is_slowed_down_by_another_test():
    per_address.forget("127.0.0.1")
    per_person.forget("127.0.0.1 Olive")


@pytest.fixture
def olive() -> Person:
    return Person.objects.add("Olive", PASSPHRASE, "operator")


def knock(client: Client, passphrase: str = PASSPHRASE, name: str = "Olive"):
    return client.post(DOOR, {"name": name, "passphrase": passphrase})


def test_an_operator_comes_in_and_goes_out(client, olive):
    answer = knock(client)
    assert (answer.status_code, answer["Location"]) == (303, "/operator/")
    assert client.get("/operator/").status_code == 200
    assert client.post("/operator/sign-out").status_code == 303
    assert client.get("/operator/").status_code == 404


def test_the_cookie_is_strict_and_stays_with_the_operators_pages(client, olive):
    [cookie] = knock(client).cookies.values()
    assert cookie["path"] == "/operator"
    assert cookie["samesite"] == "Strict" and cookie["httponly"]


def test_the_passphrase_is_stored_as_an_argon2_hash(olive):
    assert olive.password.startswith("argon2$argon2id$") and PASSPHRASE not in olive.password


def test_a_wrong_passphrase_a_wrong_name_and_a_former_operator_are_answered_alike(client, olive):
    wrong = knock(client, "kettle harbour window")
    nobody = knock(client, name="Nobody")
    Person.objects.filter(pk=olive.pk).update(is_active=False)
    former = knock(client)
    assert wrong.status_code == nobody.status_code == former.status_code == 403
    assert wrong.content == nobody.content.replace(b"Nobody", b"Olive") == former.content
    assert not (wrong.cookies or nobody.cookies or former.cookies)


def test_a_session_ends_when_somebody_no_longer_runs_things(client, olive):
    knock(client)
    Person.objects.filter(pk=olive.pk).update(is_active=False)
    assert client.get("/operator/").status_code == 404


def test_guessing_is_slowed_down_and_nobody_is_locked_out(client, olive):
    answers = [knock(client, "wrong wrong wrong").status_code for _each in range(6)]
    assert answers == [403] * 5 + [429]
    elsewhere = Client(headers={"origin": "http://testserver"}, REMOTE_ADDR="192.0.2.7")
    assert knock(elsewhere).status_code == 303


def test_a_first_link_sets_a_passphrase_once(client):
    person = add_operator("Olive")
    assert knock(client).status_code == 403
    link = first_link(person).removeprefix("http://testserver")
    assert client.get(link).status_code == 200
    assert client.post(link, {"passphrase": PASSPHRASE}).status_code == 303
    assert knock(client).status_code == 303
    assert client.post(link, {"passphrase": "another one of mine"}).status_code == 404


@pytest.mark.parametrize("short", ["", "fourteen chars", "123456789123456789"])
def test_a_passphrase_that_would_be_guessed_is_refused(client, short):
    person = add_operator("Olive")
    link = first_link(person).removeprefix("http://testserver")
    assert client.post(link, {"passphrase": short}).status_code == 400
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_a_made_up_link_looks_like_nothing(client, olive):
    nothing = client.get("/no-such-page").content
    for link in (f"/operator/first/{olive.pk}/abc-def", "/operator/first/999/abc-def"):
        assert client.get(link).content == nothing


def test_two_people_never_share_a_name(olive):
    with pytest.raises(NameTaken):
        add_operator("Olive")


def test_leaving_the_operators_pages_ends_the_session(client, olive, settings):
    knock(client)
    answer = client.get("/operator/leave")
    assert (answer.status_code, answer["Location"]) == (303, settings.EXIT_TO)
    assert client.get("/operator/").status_code == 404
