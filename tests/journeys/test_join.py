"""Join: a link on another machine; the agreement first, a name, a knock, and a door opened by a person."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.cast import EVE
from tests.journeys.devices import DESK
from tests.journeys.people import HELLO, LOOKS_IN, Person
from tests.journeys.sentences import like, said
from tests.journeys.test_sealed import asked_since, assert_nowhere, on_disk

OTHER_APP = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/500.0]"
EARLIER, LATER = "This was said before Eve came.", "Hello Eve, the kettle is on."
OF_HER_OWN = "Soup for me, says Eve."
ACCOUNTS, KNOCKS = "/api/accounts", "/api/knocks"


def test_eve_joins_by_a_link_and_nothing_of_it_can_be_read_p1(kitchen, open_device, devices):
    first = len(devices.asked)
    ana = kitchen.come_in("Ana").enter()
    ana.say(EARLIER)
    link = ana.invite(EVE.name)
    assert what_a_camera_reads(ana) == link
    another_app_says_how_to_open_the_usual_browser(open_device, devices, link)
    eve = Person(EVE, devices.open(DESK), kitchen.origin)
    eve_reads_the_agreement_before_anything_is_asked(eve, link)
    eve.knock(link)
    assert "#join" not in eve.page.url
    eve.sees(like("joining.wait.looksIn"))
    eve.sees(LOOKS_IN)
    ana.follow(said("doors.today"))
    ana.follow(said("today.openKnock"))
    ana.sees(HELLO)
    ana.press(said("group.door.open"))
    ana.sees_heading(said("group.door.opened", EVE.name))
    eve.clean()
    eve.go_through()
    ana_hears_that_eve_is_joining_and_is_not_held_up(ana)
    eve_makes_a_recovery_code(eve)
    eve.enter()
    eve.reads(LATER)
    expect(eve.message(EARLIER)).to_have_count(0)
    eve.say(OF_HER_OWN)
    ana.enter().reads(OF_HER_OWN)
    the_link_works_once(open_device, kitchen, link)
    secrets = [HELLO, OF_HER_OWN, EVE.passphrase, link.partition("#join.")[2]]
    assert_nowhere(secrets, asked_since(devices, first))
    assert_nowhere(secrets, on_disk(kitchen.site.data))
    kitchen.stays(eve)
    kitchen.rests("Eve")


def what_a_camera_reads(person):
    """The square on the page, in the dark as well: what a phone pointed at this screen opens."""
    person.page.get_by_role("img", name=said("group.invite.square")).scroll_into_view_if_needed()
    read = set()
    for scheme in ("dark", "light"):
        person.page.emulate_media(color_scheme=scheme)
        picture = Image.open(io.BytesIO(person.page.screenshot()))
        read |= {one.text for one in zxingcpp.read_barcodes(picture)}
    (link,) = read
    return link


def another_app_says_how_to_open_the_usual_browser(open_device, devices, link):
    page = open_device(user_agent=OTHER_APP)
    first = len(devices.asked)
    page.goto(link)
    expect(page.get_by_role("heading", name=said("coming.builtIn.title"))).to_be_visible()
    # Others' pages go on meanwhile; what counts is that nobody was made or let in.
    assert not [one for one in devices.asked[first:] if one.path in {ACCOUNTS, KNOCKS}]


def eve_reads_the_agreement_before_anything_is_asked(eve, link):
    eve.page.goto(link)
    eve.sees_heading(said("joining.first"))
    eve.sees(like("joining.from"))
    expect(eve.page.get_by_role("textbox")).to_have_count(0)
    eve.press(said("joining.notForMe"))
    eve.sees(said("joining.notForMeDone"))
    eve.press(said("back"))
    eve.sees_heading(said("joining.first"))


def ana_hears_that_eve_is_joining_and_is_not_held_up(ana):
    ana.enter()
    ana.sees(said("group.joiningNow.one", EVE.name))
    ana.say(LATER)
    ana.press("I agree")
    expect(ana.page.get_by_text(said("group.joiningNow.one", EVE.name))).to_have_count(0)
    ana.follow("Members")
    ana.follow("Agreement")
    ana.sees(said("group.agreement.agreed"))


def eve_makes_a_recovery_code(eve):
    """After admission, shown once, never typed back, and it can be put off."""
    eve.follow(said("doors.today"))
    eve.follow(said("today.makeCode"))
    eve.press(said("coming.made.make"))
    expect(eve.button(said("print"))).to_be_visible()
    eve.clean()
    only_the_code_is_printed(eve)
    eve.press(said("coming.made.done"))
    eve.follow(said("doors.today"))
    expect(eve.link(said("today.makeCode"))).to_have_count(0)


def only_the_code_is_printed(person):
    person.page.emulate_media(media="print")
    for unprinted in (person.link("The room"), person.link(said("help")), person.button(said("print"))):
        expect(unprinted).to_be_hidden()
    expect(person.page.locator(".code")).to_be_visible()
    person.page.emulate_media(media="screen")


def the_link_works_once(open_device, kitchen, link):
    page = open_device()
    page.goto(link)
    expect(page.get_by_role("alert")).to_have_text(said("trouble.invitation_used"))


def test_links_that_do_not_work_say_why(kitchen, open_device):
    ana = kitchen.come_in("Ana")
    link = ana.invite("Somebody")
    ana.page.get_by_role("button", name=said("group.invite.void"), description=re.compile("Somebody")).click()
    head, _, secret = link.partition("#join.")
    wrong = {
        f"{link}.": "trouble.invitation_void",  # as it stands at the end of a sentence
        head + "#join.": "trouble.invitation_incomplete",
        f"{head}#join.{secret[:-1]}": "trouble.invitation_incomplete",
        f"{head}#join.{'A' if secret[0] != 'A' else 'B'}{secret[1:]}": "trouble.invitation_mistyped",
    }
    page = open_device()
    for address, why in wrong.items():
        page.goto("about:blank")
        page.goto(address)
        expect(page.get_by_role("alert")).to_have_text(said(why))
    # Without any end it is the front door, which says what to do with a link.
    page.goto(head)
    expect(page.get_by_text(said("coming.invited"))).to_be_visible()
