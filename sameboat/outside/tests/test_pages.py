"""The public pages, as anyone meets them: no cookie, nothing from elsewhere, two places that never move."""

import re
from itertools import chain

import pytest
from django.conf import settings

from sameboat.signposts.countries import COUNTRIES
from sameboat.staff.models import Person

PAGES = (
    "/", "/find", "/how-groups-work", "/what-stays-here", "/help", "/privacy", "/accessibility", "/old-browser",
    "/under-18", "/concern", "/concern?about=data", "/concern/look-up", "/operator/sign-in",
    *(f"/help/{country.code}" for country in COUNTRIES),
)  # fmt: skip
TOPIC = re.compile(r"harm|hurt|self|injur|suicid|crisis|mental|cut", re.IGNORECASE)
OWN = re.compile(r"/(?!/)|#|tel:[0-9+]+$|sms:[0-9+]+$|mailto:[^/]+$")

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_answers_and_sets_no_cookie(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.parametrize("page", PAGES)
def test_no_address_on_a_page_leads_to_another_origin_or_runs_a_script(client, page):
    said = body(client.get(page))
    links = chain.from_iterable(re.findall(r'(?:href|src|action)="([^"]*)"|url\(([^)]*)\)', said))
    assert all(OWN.match(link) for link in links if link)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|https?://", said)


@pytest.mark.parametrize("page", [*PAGES, "/there/is/no/such/page"])
def test_help_and_the_way_out_stand_in_the_same_place(client, page):
    head = re.search(r"<header.*?</header>", body(client.get(page)), re.DOTALL)
    way_out = "/operator/leave" if page.startswith("/operator") else "/api/leave"
    assert head and re.findall(r'href="([^"]*)"', head[0]) == ["/help", way_out]


@pytest.mark.parametrize("page", PAGES)
def test_neither_title_nor_address_holds_the_topic(client, page):
    title = re.search(r"<title>(.*?)</title>", body(client.get(page)))
    assert title and settings.SITE_NAME in title[1]
    assert not TOPIC.search(title[1]) and not TOPIC.search(page)


def test_a_signed_in_operator_leaves_no_trace_on_public_pages(client):
    client.force_login(Person.objects.create(name="Olive", role="operator"))
    assert not client.get("/").cookies


def test_a_form_sent_from_another_site_changes_nothing(stranger_client):
    elsewhere = {"origin": "https://elsewhere.example"}
    assert stranger_client.post("/concern", {"said": "hello"}, headers=elsewhere).status_code == 403
    assert stranger_client.post("/concern", {"said": "hello"}).status_code == 403


def test_the_front_page_leads_in_on_and_to_help(client):
    said = body(client.get("/"))
    for link in ("/find", "/in/", "/help"):
        assert said.count(f'href="{link}"') == 1
    assert said.count('<form action="/in/#start">') == 1


def test_who_runs_the_site_is_named_where_people_look(client, settings):
    settings.OPERATOR_NAME, settings.OPERATOR_CONTACT = "Harbour Action", "people@boat.example"
    assert "Harbour Action" in body(client.get("/privacy"))
    assert "people@boat.example" in body(client.get("/find"))


def test_regulators_of_one_country_are_not_named_in_another(client, settings):
    settings.COUNTRY = "nz"
    assert "0303 123 1113" not in body(client.get("/privacy"))
    assert "0808 800 0082" not in body(client.get("/accessibility"))
