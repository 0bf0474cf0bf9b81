"""The page that is the same for everyone: its bytes, its headers, its two scripts, and who it does not know."""

import re

import httpx
import pytest
from playwright.sync_api import Error, Route, expect

from sameboat.web.headers import ALWAYS, CLOSED_FEATURES
from tests.journeys.sentences import said
from tools.machine import ROOT

BUILT = ROOT / "sameboat" / "web" / "static" / "inside"
SPOTS = ["/in/", "/in/room", "/in/anything?else=1"]
DIRTY = [
    "() => { document.body.innerHTML = '<b>dirty</b>' }",
    "() => { document.createElement('script').text = '1' }",
    "() => document.write('dirty')",
]


def test_two_sites_serve_the_same_shell_to_everyone_p40(server, serve):
    other = serve(SITE_NAME="Another name", START_MODE="open")
    shells = {
        httpx.get(site.origin + spot, headers=headers).content
        for site in (server, other)
        for spot in SPOTS
        for headers in ({}, {"Cookie": "sameboat=one"}, {"Accept-Language": "de", "User-Agent": "other"})
    }
    assert len(shells) == 1


@pytest.mark.parametrize("spot", [*SPOTS, "/help", "/api/home", "/api/nothing", "/nothing"])
def test_security_headers_stand_on_every_answer_p38(server, spot):
    headers = httpx.get(server.origin + spot).headers
    for name in ALWAYS.keys() - {"permissions-policy"}:
        assert headers[name] == ALWAYS[name]
    opened = {"autoplay", "microphone", "screen-wake-lock"} if spot.startswith("/in/") else set()
    asked = {f"{name}={'(self)' if name in opened else '()'}" for name in CLOSED_FEATURES}
    assert set(headers["permissions-policy"].split(", ")) == asked
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("script", DIRTY)
def test_nothing_can_write_markup_into_the_page_p38(server, open_device, script, devices):
    page = open_device()
    page.goto(f"{server.origin}/in/")
    with pytest.raises(Error, match="Trusted"):
        page.evaluate(script)
    devices.wrong.clear()


def test_a_script_comes_packed_as_the_build_packed_it(server):
    built = next(file for file in BUILT.iterdir() if re.fullmatch(r"index-[\w-]+\.js", file.name))
    address = f"{server.origin}/assets/inside/{built.name}"
    with httpx.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert b"".join(answer.iter_raw()) == (BUILT / f"{built.name}.gz").read_bytes()
    assert httpx.get(address).content == built.read_bytes()


LATER = re.compile(r"/assets/inside/seldom-[\w-]+\.js")


def test_every_script_that_the_shell_names_carries_its_integrity_p38(server):
    shell = httpx.get(f"{server.origin}/in/").text
    tags = [tag for tag in re.findall(r"<(?:script|link|meta)\b[^>]*>", shell) if re.search(r"\.(?:js|css)\"", tag)]
    assert len(tags) == 3  # the app, its part for later, and what they look like
    assert all(re.search(r'\bintegrity="sha384-[\w+/]{64}"', tag) for tag in tags)


def test_a_later_part_with_one_byte_changed_is_not_run_and_can_be_fetched_again_p38(server, open_device):
    page = open_device()

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(";", " ;", 1))

    page.route(LATER, change)
    page.goto(f"{server.origin}/in/#start")
    expect(page.get_by_role("heading", name=said("part.title"))).to_be_visible()
    page.get_by_role("button", name=said("room.sendAgain"), exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute(LATER)
    page.get_by_role("button", name=said("room.sendAgain"), exact=True).click()
    expect(page.get_by_role("heading", name=said("part.title"))).to_have_count(0)
    expect(page.get_by_role("heading", name=said("starting.title"))).to_be_visible()


def test_a_script_without_integrity_is_not_run_p38(server, open_device):
    page = open_device()
    page.goto(f"{server.origin}/in/")
    address = page.locator("meta[name=seldom]").get_attribute("content")
    with pytest.raises(Error, match="dynamically imported module"):
        page.evaluate("(address) => import(address)", address)
