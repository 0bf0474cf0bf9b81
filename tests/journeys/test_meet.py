"""Meet: planned by a host, coming or not, one day cancelled and put back, and a calendar that says nothing."""

import datetime

import httpx
import icalendar
from playwright.sync_api import expect

from tests.hostile.searching import found_in
from tests.journeys.people import GROUP, Person
from tests.journeys.sentences import said

TITLE, PLACE, BRING = "Soup at the long table", "The back room, Mill Road", "A mug and a jumper"
DAY = datetime.datetime.now().astimezone().date() + datetime.timedelta(days=9)


def test_a_meeting_is_planned_people_say_they_come_and_a_cancelled_day_shows_the_next(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben")
    ben.follow(said("doors.today"))
    ben.sees(said("meetings.none"))
    plan(ana)
    ben.sees(TITLE)
    ben.sees(PLACE)
    ben.press(said("meetings.coming"))
    ana.sees(said("meetings.comingWho", "Ben"))
    ben.clean()
    a_day_is_cancelled_and_put_back(ana, ben)
    ben_is_reminded(ben)
    a_calendar_is_made_and_ended(ben)
    it_is_called_off(ana, ben)
    disk = b"".join(file.read_bytes() for file in kitchen.site.data.rglob("*") if file.is_file())
    assert not [text for text in (TITLE, PLACE, BRING) if found_in(disk, text.encode())]


def plan(ana: Person) -> None:
    ana.follow("Members")
    ana.follow(said("meetings.title"))
    ana.follow(said("meetings.plan"))
    ana.press(said("meetings.save"))
    ana.sees(said("meetings.nameMissing"))
    ana.write(said("meetings.name"), TITLE)
    ana.write(said("meetings.day"), DAY.isoformat())
    an_end_before_its_start_is_asked_about(ana)
    ana.choose(said("meetings.weekly", f"{DAY:%A}"))
    ana.write(said("meetings.where"), PLACE)
    ana.write(said("meetings.bring"), BRING)
    ana.clean()
    ana.press(said("meetings.save"))
    ana.sees_heading(TITLE)
    ana.sees(BRING)
    ana.clean()


def an_end_before_its_start_is_asked_about(ana: Person) -> None:
    usual = ana.field(said("meetings.to")).input_value()
    ana.write(said("meetings.to"), "07:30")
    ana.press(said("meetings.save"))
    ana.sees(said("meetings.endsBefore"))
    expect(ana.page.get_by_role("checkbox", name=said("meetings.nextDay"))).not_to_be_checked()
    ana.write(said("meetings.to"), usual)
    expect(ana.page.get_by_text(said("meetings.endsBefore"))).to_have_count(0)


def a_day_is_cancelled_and_put_back(ana: Person, ben: Person) -> None:
    """The first day goes, and what stands first is the next; the same press brings it back."""
    off = ben.page.locator(".card.sea .soft").filter(has_text=f"{TITLE}, ")
    ana.page.get_by_role("button", name=said("meetings.cancelDay"), exact=True).first.click()
    expect(off).to_be_visible()
    ben.sees(f"{(DAY + datetime.timedelta(days=7)).day} ")
    ana.press(said("meetings.putBack"))
    expect(off).to_have_count(0)


def ben_is_reminded(ben: Person) -> None:
    ben.follow("Next meeting")
    ben.tick(said("meetings.dayBefore"))
    ben.sees(said("meetings.noWay"))
    ben.sees(said("meetings.calendar.saved"))
    ben.page.reload()
    expect(ben.page.get_by_role("checkbox", name=said("meetings.dayBefore"))).to_be_checked()
    expect(ben.page.get_by_role("checkbox", name=said("meetings.twoHoursBefore"))).not_to_be_checked()
    ben.clean()


def a_calendar_is_made_and_ended(ben: Person) -> None:
    ben.follow(said("meetings.calendarLink"))
    ben.write(said("meetings.calendar.words"), "Choir")
    ben.press(said("meetings.calendar.make"))
    address = ben.page.locator(".address")
    expect(address).to_be_visible()
    first = address.inner_text()
    text = httpx.get(first).text
    entries = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert entries and {str(one["SUMMARY"]) for one in entries} == {"Choir"}
    assert not [word for word in (TITLE, PLACE, GROUP, "Ana", "Ben") if word in text]
    ben.press(said("meetings.calendar.anew"))
    expect(address).not_to_have_text(first)
    assert httpx.get(first).status_code == 404
    ben.clean()
    ben.press(said("meetings.calendar.end"))
    ben.sees(said("meetings.calendar.ended"))
    expect(address).to_have_count(0)


def it_is_called_off(ana: Person, ben: Person) -> None:
    ana.press(said("meetings.cancelAll"))
    ana.sees(said("meetings.allCancelled"))
    ben.follow(said("doors.today"))
    ben.sees(said("meetings.none"))
