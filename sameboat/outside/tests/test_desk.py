"""The operator's page: what needs doing, the help table kept true by two people, codes to start with."""

import datetime
import re

import pytest
from django.test import Client

from sameboat.lib import clock
from sameboat.signposts.models import Signpost, SignpostChange
from sameboat.staff.models import Person

pytestmark = pytest.mark.django_db
ROW = "/operator/signposts/gb-shout"
CHANGE = {"number": "85 258", "hours": "Day and night", "note": "", "source": "their page", "shown": "yes"}


@pytest.fixture
def device(client):
    """Signs a person in on a device of their own: `device("Olive")`."""

    def sign_in(name: str, role: str = "operator") -> Client:
        theirs = Client()
        theirs.defaults.update(client.defaults)
        theirs.force_login(Person.objects.get_or_create(name=name, defaults={"role": role})[0])
        return theirs

    return sign_in


def change_number(of: str) -> int:
    return SignpostChange.objects.get(signpost__key=of).pk


def test_the_page_says_what_is_due(device):
    said = device("Olive").get("/operator/").content.decode()
    assert f"{Signpost.objects.count()} rows" in said
    for link in ("/operator/concerns", "/operator/signposts"):
        assert f'href="{link}"' in said


def test_a_checked_row_is_due_again_after_a_year(device):
    olive = device("Olive")
    assert olive.post(f"{ROW}/check", {"source": "their page, today"}).status_code == 303
    row = Signpost.objects.get(key="gb-shout")
    assert (row.checked_by, row.source) == ("Olive", "their page, today")
    today = clock.now().date()
    assert not row.is_due(today + datetime.timedelta(days=365))
    assert row.is_due(today + datetime.timedelta(days=366))


def test_a_check_without_a_source_is_no_check(device):
    assert device("Olive").post(f"{ROW}/check", {"source": " "}).status_code == 400
    assert Signpost.objects.get(key="gb-shout").checked_on is None


def test_one_person_proposes_a_change_and_a_second_puts_it_on_the_page(client, device):
    olive, oscar = device("Olive"), device("Oscar")
    assert olive.post(f"{ROW}/change", CHANGE).status_code == 303
    assert b"85 258" not in client.get("/help/gb").content
    seen = {"change": change_number("gb-shout")}
    assert olive.post(f"{ROW}/confirm", seen).status_code == 409
    assert oscar.post(f"{ROW}/confirm", seen).status_code == 303
    assert b"85 258" in client.get("/help/gb").content
    row = Signpost.objects.get(key="gb-shout")
    assert (row.checked_by, row.confirmed_by) == ("Olive", "Oscar")


def test_where_there_is_only_one_person_it_says_so_and_remembers(device):
    olive = device("Olive")
    olive.post(f"{ROW}/change", CHANGE)
    assert olive.post(f"{ROW}/confirm", {"change": change_number("gb-shout")}).status_code == 303
    row = Signpost.objects.get(key="gb-shout")
    assert row.checked_by == row.confirmed_by == "Olive"


def test_nobody_confirms_what_they_have_not_seen(device):
    olive, oscar = device("Olive"), device("Oscar")
    olive.post(f"{ROW}/change", CHANGE)
    seen = {"change": change_number("gb-shout")}
    olive.post(f"{ROW}/change", CHANGE | {"number": "85 259"})
    assert oscar.post(f"{ROW}/confirm", seen).status_code == 409
    assert Signpost.objects.get(key="gb-shout").number == "85258"


@pytest.mark.parametrize("number", ["", "ring us", "85258;ext=1", "javascript:alert(1)", "8" * 200 + "x"])
def test_a_number_that_cannot_be_dialled_is_refused_and_kept_in_its_field(device, number):
    answer = device("Olive").post(f"{ROW}/change", CHANGE | {"number": number, "hours": "afternoons"})
    assert answer.status_code == 400 and b"afternoons" in answer.content
    assert not SignpostChange.objects.exists()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example", "elsewhere", "a.example/?x=1", "//a.example", "a.example@b.example"]
)
def test_a_web_address_is_a_plain_name_of_a_site(device, address):
    change = CHANGE | {"number": address}
    assert device("Olive").post("/operator/signposts/gb-999-bsl/change", change).status_code == 400


def test_a_change_can_be_put_aside(device):
    olive = device("Olive")
    olive.post(f"{ROW}/change", CHANGE)
    assert olive.post(f"{ROW}/put-aside").status_code == 303
    assert not SignpostChange.objects.exists()


def test_a_keeper_a_supporter_and_a_stranger_find_nothing_there(client, device):
    nothing = client.get("/no-such-page").content
    for person in (client, device("Kay", "keeper"), device("Sue", "supporter")):
        for page in ("/operator/", "/operator/signposts", ROW):
            answer = person.get(page)
            assert (answer.status_code, answer.content) == (404, nothing)
        assert person.post(f"{ROW}/check", {"source": "x"}).status_code == 404


def test_a_start_code_is_shown_once_and_only_its_hash_is_stored(device):
    olive = device("Olive")
    said = olive.post("/operator/start-code").content.decode()
    code = re.search(r'class="code">([^<]+)<', said)
    assert code
    assert code[1] not in olive.get("/operator/").content.decode()
    assert olive.get("/operator/start-code").status_code == 405
