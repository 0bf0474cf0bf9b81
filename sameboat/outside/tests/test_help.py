"""Get help now: the right lines for a country, each with its source, each one press away."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from sameboat.signposts.access import help_in
from sameboat.signposts.actions import SHAPES
from sameboat.signposts.countries import BY_CODE, COUNTRIES
from sameboat.signposts.models import Channel, Section, Signpost

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)


def test_the_page_opens_with_the_operators_country(client, settings):
    settings.COUNTRY = "ie"
    assert client.get("/help").content == client.get("/help/ie").content != client.get("/help/gb").content


def test_a_country_we_have_no_rows_for_looks_like_no_page_at_all(client):
    answer = client.get("/help/fr")
    assert (answer.status_code, answer.content) == (404, client.get("/no-such-page").content)


@pytest.mark.parametrize("code", BY_CODE)
def test_every_country_has_all_four_choices_and_a_number_for_danger(client, code):
    said = client.get(f"/help/{code}").content.decode()
    assert f'href="tel:{BY_CODE[code].emergency}"' in said
    for section in Section:
        assert f'id="{section.value}"' in said and f'href="#{section.value}"' in said


@pytest.mark.parametrize("code", BY_CODE)
def test_the_app_inside_is_told_the_same_numbers_as_the_page_shows(client, settings, code):
    settings.COUNTRY = code
    told = client.get("/api/home").json()["country"]
    page = client.get("/help").content.decode()
    assert told["code"] == code
    assert f'href="tel:{told["emergency"]}"' in page
    assert told["night"]["name"] in page and told["night"]["number"] in page
    Signpost.objects.filter(number=told["night"]["number"]).update(shown=False)
    assert client.get("/api/home").json()["country"]["night"] != told["night"]


def test_116_123_is_printed_only_where_a_row_says_so(client):
    with_row = {row.country for row in Signpost.objects.filter(number__contains="116 123")}
    for country in COUNTRIES:
        assert (b"116 123" in client.get(f"/help/{country.code}").content) == (country.code in with_row)
    assert with_row == {"gb", "ie"}


def test_every_first_row_can_be_reached_names_its_source_and_is_to_be_checked():
    for row in Signpost.objects.all():
        assert row.source and row.is_due(TODAY), row.key
        assert SHAPES[Channel(row.channel)].fullmatch(row.number), row.key
    assert Signpost.objects.due(TODAY).count() == Signpost.objects.count() > 30


@pytest.mark.parametrize(
    ("channel", "number", "href"),
    [
        ("ring", "0808 808 8000", "tel:08088088000"),
        ("ring", "9-8-8", "tel:988"),
        ("text", "0477 13 11 14", "sms:0477131114"),
        ("email", "jo@samaritans.org", "mailto:jo@samaritans.org"),
        ("page", "uksobs.com", "/help/go/some-row"),
    ],
)
def test_one_press_opens_what_the_row_says(channel, number, href):
    assert Signpost(key="some-row", channel=channel, number=number).href == href


def test_an_e_mail_line_says_that_it_is_not_for_tonight():
    assert [row.channel for row in Signpost.objects.all() if row.not_for_tonight] == ["email"]


def test_a_web_address_goes_by_way_of_ours_and_only_if_it_is_a_shown_row(client):
    answer = client.get("/help/go/gb-999-bsl")
    assert (answer.status_code, answer["Location"]) == (302, "https://999bsl.co.uk")
    assert client.get("/help/go/gb-samaritans").status_code == 404
    Signpost.objects.filter(key="gb-999-bsl").update(shown=False)
    assert client.get("/help/go/gb-999-bsl").status_code == 404


def test_a_row_that_is_not_shown_is_on_no_page(client):
    Signpost.objects.filter(key="gb-shout").update(shown=False)
    assert b"85258" not in client.get("/help/gb").content
    assert all(row.key != "gb-shout" for part in help_in("gb") for row in part.signposts)


def test_people_under_18_meet_places_of_their_own(client):
    assert b"tel:08001111" in client.get("/under-18").content
    assert b"116 123" not in client.get("/under-18").content


def test_the_database_refuses_a_row_without_a_source_or_half_a_check():
    row = Signpost.objects.get(key="gb-shout")
    row.source = ""
    with pytest.raises((IntegrityError, ValidationError)):
        row.save(update_fields=["source"])
