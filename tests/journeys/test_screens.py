"""Every screen that `frontend/src/inside/screens.ts` names, opened in every look, at two sizes, and found clean.

`make pictures` keeps a picture of each.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.cast import EVE, SAM
from tests.journeys.clean import troubles_of
from tests.journeys.devices import DESK, PHONE, Devices, resize
from tests.journeys.doors import misnamed
from tests.journeys.kitchen import Kitchen
from tests.journeys.people import Person
from tests.journeys.pictures import keep_picture
from tests.journeys.sentences import said, screens

LOOKS = {"light": ("light", ""), "dark": ("dark", ""), "low": ("light", "low")}
# Low stimulus has the same colours on a desk.
EVERY = [("low", PHONE), ("light", PHONE), ("dark", PHONE), ("dark", DESK), ("light", DESK)]
# Screens that stand at any address, for those whom they are for.
WHEREVER = ("join", "closing", "removed", "waiting")
# Another screen has another heading: until it is there, the one before may still be seen.
BEFORE = "() => document.querySelectorAll('h1').forEach((one) => { one.dataset.before = ''; })"
LOOK = """(look) => {
  if (look) document.documentElement.dataset.look = look;
  else delete document.documentElement.dataset.look;
}"""


@dataclass
class Walk:
    """Who can open which screen, and at what address after `/in/`."""

    who: dict[str, tuple[Person, str]] = field(default_factory=dict)

    def add(self, person: Person, **places: str) -> None:
        self.who.update({name: (person, place) for name, place in places.items()})


@pytest.fixture(scope="module")
def walk(looked_at: Kitchen, devices: Devices) -> Walk:
    """A group in which something is going on, so that no screen stands empty."""
    kitchen, walk = looked_at, Walk()
    ana, ben, mo, dee = (kitchen.come_in(name) for name in ("Ana", "Ben", "Mo", "Dee"))
    something_is_said(ana, ben)
    link = ana.invite("Somebody")
    walk.add(Person(EVE, devices.open(), kitchen.origin).knock(ana.invite_another(EVE.name)), waiting="#/waiting")
    walk.add(Person(SAM, devices.open(), kitchen.origin), join=link.partition("/in/")[2])
    sam = Person(SAM, devices.open(), kitchen.origin)
    walk.add(sam, comeIn="#/come-in", code="#/with-a-code", passkey="#/with-a-passkey", start="#/start")
    message = concern_raised(dee)
    walk.add(ana, report=f"#/raise/{message}", fold=f"#/fold/{message}")
    asked_to_remove(ana, ben, "Dee")
    walk.add(ben, removal=f"#/{ben.page.url.partition('#/')[2]}")
    asked_to_remove(ana, ben, "Mo")
    ben.press(said("parting.removal.no"))
    ben.sees_heading(said("parting.removal.declined"))
    ana.follow(said("doors.today"))
    walk.add(ana, notAgreed=f"#/not-agreed/{ana.id_behind('not-agreed')}")
    asked_to_remove(ana, ben, "Mo")
    ben.press(said("parting.removal.yes", "Mo"))
    mo.sees_heading(said("parting.removed.title"))
    walk.add(mo, removed="#/no-longer")
    inside(walk, ana, ben)
    close(dee)
    walk.add(dee, closing="#/closed")
    return walk


def something_is_said(ana: Person, ben: Person) -> None:
    ana.enter().say("The kettle is on. The week was long, and I am glad of this table.")
    ben.enter().say("I was in again on Tuesday, and they were kind.", note="a hospital stay")
    ben.say("It is quiet here tonight.")
    ana.on_message("It is quiet here tonight.", "Hear")
    for person, text in ((ben, "Soup at mine on Sunday."), (ana, "I bring the bread.")):
        person.enter("Everyday room").say(text)


def something_is_planned(ana: Person) -> str:
    """Tea every week; the meeting's id."""
    ana.open("#/plan-a-meeting")
    ana.write(said("meetings.name"), "Tea and talk")
    day = datetime.datetime.now().astimezone().date() + datetime.timedelta(days=9)
    ana.write(said("meetings.day"), day.isoformat())
    ana.choose(said("meetings.weekly", f"{day:%A}"))
    ana.write(said("meetings.where"), "The back room")
    ana.press(said("meetings.save"))
    ana.sees_heading("Tea and talk")
    return ana.page.url.rpartition("/")[2]


def concern_raised(dee: Person) -> str:
    """Dee raises a concern about something Ben said, for Ana to look at; the message's id."""
    dee.enter().reads("It is quiet here tonight.")
    dee.on_message("It is quiet here tonight.", said("room.more"))
    dee.follow(said("room.panel.concern"))
    dee.press(said("deciding.report.send"))
    dee.sees(said("deciding.report.sent"))
    return dee.page.url.rpartition("/")[2]


def asked_to_remove(ana: Person, ben: Person, name: str) -> None:
    """Ana asks; Ben has the question before him."""
    ana.about_member(name)
    ana.follow(said("group.members.remove", name))
    ana.write(said("parting.removal.why"), "We have talked, and it went on.")
    ana.choose("Ben")
    ana.press(said("parting.removal.ask"))
    ana.sees(said("parting.removal.asked", "Ben"))
    ben.follow(said("doors.today"))
    ben.page.get_by_role("heading", name=said("today.asked", "Ana", name)).locator("..").get_by_role("link").click()
    ben.sees_heading(said("parting.removal.confirmTitle", "Ana", name))


def talk_begun(ana: Person) -> str:
    """Ana has written to Ben alone; where that is."""
    ana.press(said("talks.with", "Ben"))
    ana.say("Are you up? The kettle is on here.")
    return f"#/talk/{ana.page.url.rpartition('/')[2]}"


def two_are_asked(ana: Person, ben: Person, door: str) -> None:
    """Whether it is Dee who is at the door; and whether Dee may be host."""
    ana.open(f"#/door/{door}")
    ana.press(said("returning.door.fold"))
    for legend, name in (("who", "Dee"), ("second", "Ben")):
        group = ana.page.get_by_role("group", name=said(f"returning.door.{legend}"))
        group.get_by_role("radio", name=name).check()
    ana.press(said("returning.door.ask"))
    ana.sees(said("returning.door.asked", "Ben"))
    ben.about_member("Dee")
    ben.press(said("returning.host.ask", "Dee"))
    ben.sees(said("returning.host.asked"))
    for who, what in ((ben, "check"), (ana, "host")):
        who.follow(said("doors.today"))
        who.sees_heading(said(f"returning.today.{what}"))


def inside(walk: Walk, ana: Person, ben: Person) -> None:
    """The screens of somebody who is in, with the ids that some of them are about."""
    ana.follow(said("doors.today"))
    door, concern = ana.id_behind("door"), ana.id_behind("concern")
    ana.about_member("Ben")
    member = ana.id_behind("worried")
    walk.add(ana, talk=talk_begun(ana))
    two_are_asked(ana, ben, door)
    walk.add(ben, returning=f"#/is-it-them/{ben.id_behind('is-it-them')}")
    walk.add(ana, host=f"#/new-host/{ana.id_behind('new-host')}")
    walk.add(
        ana,
        concerns="#/concerns", concern=f"#/concern/{concern}", deciders="#/who-looks-at-concerns",
        decisions="#/decisions", told="#/asked-to-go", week="#/week/over",
        recovery="#/recovery-code", waysIn="#/ways-in", known="#/someone-may-know",
        today="#/today", room="#/room", everyday="#/everyday", whoSees="#/who-sees",
        members="#/members", agreement="#/agreement", safeguarding="#/safeguarding", invite="#/invite",
        door=f"#/door/{door}", remove=f"#/remove/{member}", worried=f"#/worried/{member}", settings="#/settings",
        howTold="#/how-you-are-told", leftWords="#/if-somebody-is-worried",
        earlier="#/said-before", forked="#/two-stories", sameRoom="#/same-room", outsideKey="#/outside-key",
        serverSees="#/what-the-server-sees", reach="#/up-for-contact",
        meetings="#/meetings", voice="#/by-voice", planMeeting="#/plan-a-meeting", calendar="#/my-calendar",
        **{"break": "#/break"}, leave="#/leave", delete="#/delete",
    )  # fmt: skip
    walk.add(ana, meeting=f"#/meeting/{something_is_planned(ana)}")


def close(person: Person) -> None:
    """Deletes an account, as far as the week in which that can be undone."""
    person.open("#/delete")
    person.write("Passphrase", person.who.passphrase)
    person.press(said("parting.account.close"))
    person.sees_heading(said("coming.closing.title"))


def open_screen(person: Person, name: str, place: str) -> None:
    """By its address. A link that lets somebody join opens once: it leaves the address before anything else happens."""
    page = person.page
    page.evaluate(BEFORE)
    before = page.url
    person.open(place)
    if name in WHEREVER[1:] or page.url == before:
        page.reload()
    expect(page.locator("h1:not([data-before])")).to_be_visible()


def test_the_walk_knows_every_screen(walk: Walk) -> None:
    assert set(walk.who) == set(screens())


@pytest.mark.parametrize("name", screens())
def test_a_screen_is_clean_in_every_look(walk: Walk, name: str) -> None:
    person, place = walk.who[name]
    open_screen(person, name, place)
    expect(person.page.get_by_text(said("opening"))).to_have_count(0)
    expect(person.page.get_by_role("heading", level=1)).to_be_visible()
    assert screens()[name]["path"] in person.page.url or name in WHEREVER
    found = misnamed(person.page)
    for look, size in EVERY:
        scheme, low = LOOKS[look]
        resize(person.page, size)
        # Without motion, so that no colour is caught on its way.
        person.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        if low:
            person.page.evaluate(LOOK, low)
        found += [f"{size[0]} {look} {trouble}" for trouble in troubles_of(person.page)]
        keep_picture(person.page, name, size, look)
        if low:
            person.page.evaluate(LOOK, "")
    assert found == []
