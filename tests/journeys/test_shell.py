"""The page that is the same for everyone: its bytes, its headers, and who it does not know."""

import httpx
import pytest
from playwright.sync_api import Error

from sameboat.web.headers import ALWAYS

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
    for name, value in ALWAYS.items():
        assert headers[name] == value
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("script", DIRTY)
def test_nothing_can_write_markup_into_the_page_p38(server, open_device, script, devices):
    page = open_device()
    page.goto(f"{server.origin}/in/")
    with pytest.raises(Error, match="Trusted"):
        page.evaluate(script)
    devices.wrong.clear()
