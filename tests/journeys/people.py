"""People who use the inside by what its controls say. Each verb is what a person would do, and waits to see it done.

Names fixed by PRODUCT are written out; every other one is named by its place in the words (`sentences.py`).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.cast import Character
from tests.journeys.clean import assert_clean
from tests.journeys.sentences import like, said

MINE, SHARED = "coming.device.mine", "coming.device.shared"
GROUP = "Kitchen table"
HELLO = "Ana told me about you over tea."
LOOKS_IN = "Tuesday evenings"


@dataclass
class Person:
    """Somebody with a device. `page` is the tab they look at."""

    who: Character
    page: Page
    origin: str

    # What a hand does ---------------------------------------------------------------------------

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name, exact=True)

    def field(self, label: str) -> Locator:
        return self.page.get_by_label(label, exact=True)

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def press(self, name: str) -> None:
        self.button(name).click()

    def follow(self, name: str) -> None:
        self.link(name).first.click()

    def write(self, label: str, text: str) -> None:
        self.field(label).fill(text)

    def choose(self, name: str) -> None:
        self.page.get_by_role("radio", name=name, exact=True).check()

    def tick(self, name: str) -> None:
        self.page.get_by_role("checkbox", name=name, exact=True).check()

    def on(self) -> None:
        self.press(said("on"))

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_heading(self, name: str | re.Pattern[str]) -> None:
        expect(self.heading(name).first).to_be_visible()

    def clean(self) -> None:
        """Axe finds nothing on the screen as it is."""
        assert_clean(self.page)

    # The front door -----------------------------------------------------------------------------

    def open(self, spot: str = "") -> None:
        self.page.goto(f"{self.origin}/in/{spot}")

    def write_account(self, device: str = MINE) -> None:
        """The account's part of a form: name, passphrase, the two ticks, and whose device it is."""
        self.write("Sign-in name", self.who.sign_in)
        self.write("Passphrase", self.who.passphrase)
        self.tick(said("starting.account.adult"))
        self.tick(said("starting.account.consent"))
        if self.page.get_by_role("radio", name=said(device), exact=True).count():
            self.choose(said(device))

    def try_to_come_in(self, passphrase: str | None = None, device: str = MINE) -> None:
        """Fills in the front door and presses; says nothing about what happens then."""
        self.write("Sign-in name", self.who.sign_in)
        self.write("Passphrase", self.who.passphrase if passphrase is None else passphrase)
        if self.page.get_by_role("radio", name=said(device), exact=True).count():
            self.choose(said(device))
        self.press("Come in")

    def come_in(self, passphrase: str | None = None, device: str = MINE) -> Person:
        self.open()
        self.try_to_come_in(passphrase, device)
        self.is_in()
        return self

    def come_home(self) -> None:
        """To Today, from wherever the page was left; opened anew only where it has no doors."""
        if self.page.url.startswith(f"{self.origin}/in/") and self.link(said("doors.today")).count():
            self.follow(said("doors.today"))
        else:
            self.open()
        self.is_in()

    def is_in(self) -> None:
        """The doors of a group stand open."""
        expect(self.link("The room").first).to_be_visible()

    def another_tab(self) -> Person:
        """The same person in one more tab of the same device."""
        other = Person(self.who, self.page.context.new_page(), self.origin)
        other.open()
        other.is_in()
        return other

    def days_later(self, days: float) -> None:
        """Comes back after some days, on one's own device."""
        self.page.clock.install(time=datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days))
        self.open()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        if self.button("Come in").count():
            self.press("Come in")

    def is_out(self) -> None:
        expect(self.button("Come in")).to_be_visible()

    # Starting and joining -----------------------------------------------------------------------

    def start_group(self, code: str = "", group: str = GROUP, device: str = MINE) -> Person:
        """The whole of it, page by page, with the safeguarding page filled in."""
        self.open()
        self.press("Start a group")
        if code:
            self.write(said("starting.code.label"), code)
            self.on()
        self.write_account(device)
        self.on()
        self.write("Group's name", group)
        self.write("Name in the group", self.who.name)
        self.on()
        self.press("I agree")
        self.on()
        self.write_safeguarding()
        self.press("Start a group")
        self.is_in()
        return self

    def write_safeguarding(self) -> None:
        self.write(said("group.safeguarding.person"), self.who.name)
        self.write(said("group.safeguarding.looksIn"), LOOKS_IN)
        if not self.field(said("group.safeguarding.contact")).input_value():
            self.write(said("group.safeguarding.contact"), "In the hall, before the meeting.")

    def invite(self, for_whom: str) -> str:
        """Makes an invitation and returns its link."""
        self.follow("Members")
        self.press("Invite someone")
        self.write(said("group.invite.forWhom"), for_whom)
        self.press(said("group.invite.make"))
        expect(self.page.get_by_role("img", name=said("group.invite.square"))).to_be_visible()
        return self.field(said("group.invite.link")).input_value()

    def invite_another(self, for_whom: str) -> str:
        """One more, from anywhere."""
        self.follow(said("doors.today"))
        return self.invite(for_whom)

    def knock(self, link: str, hello: str = HELLO, device: str = MINE) -> Person:
        """Opens a link, reads the agreement, writes a name and knocks."""
        self.page.goto(link)
        self.press("I agree")
        self.write("Name in the group", self.who.name)
        self.write(said("joining.about.hello"), hello)
        self.write_account(device)
        self.press("Join")
        self.sees_heading(said("joining.wait.title"))
        return self

    def open_door_to(self, name: str) -> None:
        """Reads the hello of somebody at the door and lets them in."""
        self.follow(said("doors.today"))
        self.sees_heading(said("today.knock", name))
        self.follow(said("today.openKnock"))
        self.press(said("group.door.open"))
        self.sees_heading(said("group.door.opened", name))

    def go_through(self) -> None:
        """Steps over the threshold once the door is open."""
        self.sees_heading(like("joining.wait.opened"))
        self.press("Come in")
        self.is_in()

    # The others ---------------------------------------------------------------------------------

    def member(self, name: str) -> Locator:
        """Somebody's row in the list of members."""
        return self.page.locator(".member").filter(has=self.page.get_by_text(name, exact=True))

    def about_member(self, name: str) -> None:
        """Opens what can be done about another member."""
        self.follow("Members")
        self.member(name).get_by_role("button", name=said("group.members.more"), exact=True).click()

    def id_behind(self, part: str) -> str:
        """The id in the first link on this page whose address has this part."""
        href = self.page.locator(f'a[href*="/{part}/"]').first.get_attribute("href")
        assert href
        return href.rpartition("/")[2]

    # The rooms ----------------------------------------------------------------------------------

    def enter(self, door: str = "The room") -> Person:
        self.follow(door)
        expect(self.field("Say something")).to_be_visible()
        return self

    def say(self, text: str, note: str | None = None) -> None:
        self.write("Say something", text)
        if note is not None:
            self.press(said("room.box.addNote"))
            self.write("Content note (optional)", note)
        self.press("Send")
        expect(self.field("Say something")).to_have_value("")

    def message(self, text: str) -> Locator:
        """The message that says these words; not one that answers it."""
        said_here = self.page.locator(".bubble").filter(has_text=text)
        return self.page.get_by_role("article").filter(has=said_here)

    def reads(self, text: str) -> None:
        expect(self.message(text)).to_be_visible()

    def on_message(self, text: str, name: str) -> None:
        """Presses a control of one message."""
        self.message(text).get_by_role("button", name=name, exact=True).click()
