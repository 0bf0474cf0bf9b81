"""Meet: planned by a host, coming or not, a day cancelled and one moved, and a calendar that says nothing."""

import datetime
import re
from zoneinfo import ZoneInfo

import httpx
import icalendar
from playwright.sync_api import Locator, expect

from tests.hostile.searching import found_in
from tests.journeys.devices import DESK, PHONE
from tests.journeys.people import GROUP, Person
from tests.journeys.sentences import said
from tests.journeys.test_sealed import on_disk

TITLE, PLACE, BRING = "Soup at the long table", "The back room, Mill Road", "A mug and a jumper"
ACCESS, ELSEWHERE = "Three steps; ring the lower bell", "talk.example"
LINK = f"https://{ELSEWHERE}/long-table"
WALK, AT = "Up the hill and down", "The gate by the church"
ZONE = ZoneInfo("Europe/London")
DAY = datetime.datetime.now(ZONE).date() + datetime.timedelta(days=6)
SOON, NEXT, MOVED = (DAY + datetime.timedelta(days=days) for days in (3, 7, 8))
CHOIR = "Choir"


def test_a_meeting_is_planned_people_say_they_come_and_a_cancelled_day_shows_the_next(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    ben.follow(said("doors.today"))
    ben.sees(said("meetings.none"))
    plan(ana)
    ben_reads_all_about_it(ben)
    they_say_whether_they_come(ana, ben)
    a_get_together_is_planned_beside_it(ana, ben)
    a_day_is_cancelled_and_one_is_moved(ana, ben)
    a_calendar_is_made_and_ended(ben)
    both_are_put_back(ana, ben)
    ben_is_reminded(ben)
    it_is_called_off(ana, ben)
    disk = b"".join(on_disk(kitchen.site.data).values())
    words = (TITLE, PLACE, BRING, ACCESS, LINK, WALK, AT)
    assert not [text for text in words if found_in(disk, text.encode())]


def at(person: Person, size: tuple[int, int]) -> None:
    person.page.set_viewport_size({"width": size[0], "height": size[1]})


def plan(ana: Person) -> None:
    """On a phone, with everything that whoever comes needs to know."""
    ana.follow("Members")
    ana.follow(said("meetings.title"))
    ana.follow(said("meetings.plan"))
    ana.press(said("meetings.save"))
    ana.sees(said("meetings.nameMissing"))
    ana.write(said("meetings.name"), TITLE)
    ana.write(said("meetings.day"), DAY.isoformat())
    an_end_before_its_start_is_asked_about(ana)
    ana.choose(said("meetings.weekly", f"{DAY:%A}"))
    for field, words in (("where", PLACE), ("access", ACCESS), ("bring", BRING), ("linkField", LINK)):
        ana.write(said(f"meetings.{field}"), words)
    ana.write(said("meetings.zone"), "Europe/Atlantis")
    ana.press(said("meetings.save"))
    ana.sees(said("trouble.unknown_zone"))
    ana.clean()
    ana.write(said("meetings.zone"), ZONE.key)
    ana.press(said("meetings.save"))
    ana.sees_heading(TITLE)
    ana.sees(BRING)


def an_end_before_its_start_is_asked_about(ana: Person) -> None:
    usual = ana.field(said("meetings.to")).input_value()
    ana.write(said("meetings.to"), "07:30")
    ana.press(said("meetings.save"))
    ana.sees(said("meetings.endsBefore"))
    expect(ana.page.get_by_role("checkbox", name=said("meetings.nextDay"))).not_to_be_checked()
    ana.write(said("meetings.to"), usual)
    expect(ana.page.get_by_text(said("meetings.endsBefore"))).to_have_count(0)


def ben_reads_all_about_it(ben: Person) -> None:
    """On Today at once; on its own page at both sizes, with who else sees what behind the link; and on paper."""
    for words in (TITLE, PLACE, BRING):
        ben.sees(words)
    ben.follow(TITLE)
    for words in (ACCESS, ELSEWHERE, said("meetings.linkMore"), said("meetings.weekly", f"{DAY:%A}")):
        ben.sees(words)
    expect(ben.link(said("meetings.linkOpen"))).to_have_attribute("href", LINK)
    for size in (PHONE, DESK):
        at(ben, size)
        ben.clean()
    it_is_printed(ben)


def it_is_printed(ben: Person) -> None:
    """A card that can lie about: what and when, and nobody's name."""
    ben.page.evaluate("() => { window.print = () => { window.isPrinted = true; }; }")
    ben.press(said("meetings.print"))
    assert ben.page.evaluate("() => window.isPrinted")
    ben.page.emulate_media(media="print")
    paper = ben.page.locator("body").inner_text()
    ben.page.emulate_media(media="screen")
    assert all(words in paper for words in (TITLE, PLACE, ACCESS, BRING, LINK, said("meetings.weekly", f"{DAY:%A}")))
    inside = (said("meetings.linkMore"), said("meetings.nobodyYet"), said("doors.today"), said("help"), said("exit"))
    assert not [words for words in (GROUP, "Ana", "Ben", *inside) if words in paper]


def first(person: Person) -> Locator:
    """The next meeting, on Today."""
    return person.page.locator(".card.sea").filter(has=person.link("Next meeting"))


def they_say_whether_they_come(ana: Person, ben: Person) -> None:
    ben.follow(said("doors.today"))
    coming, not_this = (first(ben).get_by_role("button", name=said(f"meetings.{way}")) for way in ("coming", "not"))
    coming.click()
    ana.sees(said("meetings.comingWho", "Ben"))
    not_this.click()
    ana.sees(said("meetings.notWho", "Ben"))
    not_this.click()
    expect(ana.page.get_by_text(said("meetings.notWho", "Ben"))).to_have_count(0)
    expect(ana.page.get_by_text(said("meetings.comingWho", "Ben"))).to_have_count(0)


def a_get_together_is_planned_beside_it(ana: Person, ben: Person) -> None:
    """At a desk, past midnight, by the clocks of another city."""
    at(ana, DESK)
    ana.open("#/plan-a-meeting")
    ana.choose(said("meetings.kinds.together"))
    for field, words in (("name", WALK), ("day", SOON.isoformat()), ("from", "23:00"), ("to", "01:30"), ("where", AT)):
        ana.write(said(f"meetings.{field}"), words)
    ana.write(said("meetings.zone"), "Europe/Paris")
    ana.press(said("meetings.save"))
    ana.sees(said("meetings.endsBefore"))
    ana.tick(said("meetings.nextDay"))
    ana.press(said("meetings.save"))
    ana.sees_heading(WALK)
    ana.sees(said("meetings.elsewhere", "23:00", "Europe/Paris"))
    ben.sees(said("meetings.also"))
    ben.sees(on(SOON, "10pm", "12:30am"))
    ana.open("#/meetings")
    ana.sees(said("meetings.getTogether"))
    ana.follow(said("meetings.open", TITLE))
    at(ana, PHONE)


def on(day: datetime.date, start: str, end: str) -> re.Pattern[str]:
    """Such a day as it is said, wherever it stands."""
    return re.compile(re.escape(said("meetings.on", "DAY", start, end)).replace("DAY", f".*{day.day} {day:%B}.*"))


def a_day_is_cancelled_and_one_is_moved(ana: Person, ben: Person) -> None:
    """The first day goes, and what stands first is the next, the get-together; on the day after it is moved."""
    ana.page.get_by_role("button", name=said("meetings.cancelDay"), exact=True).first.click()
    ben.sees(said("meetings.notThis", TITLE, f"{DAY:%A}"))
    expect(first(ben).get_by_text(AT)).to_be_visible()
    ben.follow("Next meeting")
    ben.sees(on(NEXT, "7pm", "8:30pm"))
    ana.page.get_by_role("button", name=said("meetings.moveDay"), exact=True).first.click()
    ana.write(said("meetings.day"), MOVED.isoformat())
    ana.write(said("meetings.from"), "18:00")
    ana.press(said("meetings.moveSave"))
    ben.sees(on(MOVED, "6pm", "8:30pm"))
    for word in ("moved", "cancelled"):
        expect(chip(ben, word)).to_be_visible()
    ben.clean()


def chip(person: Person, word: str) -> Locator:
    return person.page.locator(".chip").filter(has_text=said(f"meetings.{word}"))


def a_calendar_is_made_and_ended(ben: Person) -> None:
    ben.follow(said("meetings.calendarLink"))
    ben.write(said("meetings.calendar.words"), CHOIR)
    ben.press(said("meetings.calendar.make"))
    address = ben.page.locator(".address")
    expect(address).to_be_visible()
    before = address.inner_text()
    it_says_only_when(httpx.get(before).text)
    ben.press(said("meetings.calendar.anew"))
    expect(address).not_to_have_text(before)
    assert httpx.get(before).status_code == 404
    ben.clean()
    ben.press(said("meetings.calendar.end"))
    ben.sees(said("meetings.calendar.ended"))
    expect(address).to_have_count(0)


def it_says_only_when(feed: str) -> None:
    """Each day by the words that Ben chose; the cancelled one says so, the moved one stands where it went."""
    entries = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    days = {entry["DTSTART"].dt.astimezone(ZONE): entry for entry in entries}
    off = {moment.date() for moment, entry in days.items() if entry["STATUS"] == "CANCELLED"}
    assert off == {DAY}
    assert days[datetime.datetime.combine(MOVED, datetime.time(18), ZONE)]["STATUS"] == "CONFIRMED"
    assert NEXT not in {moment.date() for moment in days}
    assert {str(entry["SUMMARY"]) for entry in entries if entry["STATUS"] == "CONFIRMED"} == {CHOIR}
    assert all(str(entry["SUMMARY"]).endswith(CHOIR) for entry in entries)
    assert not [word for word in (TITLE, PLACE, WALK, AT, LINK, GROUP, "Ana", "Ben") if word in feed]


def both_are_put_back(ana: Person, ben: Person) -> None:
    ben.open("#/meetings")
    for press, word in (("backToUsual", "moved"), ("putBack", "cancelled")):
        expect(chip(ben, word)).to_be_visible()
        ana.press(said(f"meetings.{press}"))
        expect(chip(ben, word)).to_have_count(0)


def ben_is_reminded(ben: Person) -> None:
    ben.tick(said("meetings.dayBefore"))
    ben.sees(said("meetings.noWay"))
    ben.sees(said("meetings.calendar.saved"))
    ben.follow(said("doors.today"))
    ben.follow("Next meeting")
    expect(ben.page.get_by_role("checkbox", name=said("meetings.dayBefore"))).to_be_checked()
    expect(ben.page.get_by_role("checkbox", name=said("meetings.twoHoursBefore"))).not_to_be_checked()


def it_is_called_off(ana: Person, ben: Person) -> None:
    """All of it, and after all it takes place; then for good, and the get-together too."""
    off = ben.page.get_by_text(said("meetings.allCancelled"))
    ana.press(said("meetings.cancelAll"))
    expect(off).to_be_visible()
    ana.press(said("meetings.putBack"))
    expect(off).to_have_count(0)
    ana.press(said("meetings.cancelAll"))
    expect(off).to_be_visible()
    ben.follow(said("doors.today"))
    ben.sees(AT)
    ana.open("#/meetings")
    ana.follow(said("meetings.open", WALK))
    ana.press(said("meetings.cancelAll"))
    ben.sees(said("meetings.none"))
