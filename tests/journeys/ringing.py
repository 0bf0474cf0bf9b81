"""Steps of Reach: who may be rung and when, a number that is given, a test ring, and what is said while it rings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, expect

from tests.fixtures.telling import PushService, Subscription
from tests.journeys.devices import PATIENCE_MS
from tests.journeys.notes import can_be_told, deliver, keeper
from tests.journeys.people import Person
from tests.journeys.sentences import like, said

NUMBER = "01632 960 001"
WEDNESDAY = 3
# A page whose clock can be held, for all that goes on in it after so many milliseconds; or which sleeps for so long.
HELD = """
  window.heldFrom = Infinity;
  const [later, ended] = [window.setTimeout.bind(window), window.clearTimeout.bind(window)];
  const [often, stopped] = [window.setInterval.bind(window), window.clearInterval.bind(window)];
  const [kept, ahead] = [new Map(), new Map()];
  const unlessHeld = (id, ms, go) => void (ms >= window.heldFrom ? kept.set(id, go) : go());
  const all = (what) => [...what].map(([id, go]) => { what.delete(id); ended(id); return go; }).forEach((go) => go());
  window.setTimeout = (then, ms = 0, ...rest) => {
    const go = () => { ahead.delete(id); then(...rest); };
    const id = later(() => unlessHeld(id, ms, go), ms);
    if (ms > 1000) ahead.set(id, go);
    return id;
  };
  window.setInterval = (then, ms = 0, ...rest) => {
    const id = often(() => unlessHeld(id, ms, () => then(...rest)), ms);
    return id;
  };
  window.clearTimeout = (id) => { kept.delete(id); ahead.delete(id); ended(id); };
  window.clearInterval = (id) => { kept.delete(id); stopped(id); };
  window.goesOn = () => { window.heldFrom = Infinity; all(kept); };
  window.sleeps = () => all(ahead);
"""
# What gives up by itself does so after thirty seconds at the soonest; what looks every so often, four times a second.
GIVING_UP_MS, LOOKING_MS = 30_000, 250


def hold(person: Person, ms: int) -> None:
    """Their page's clock stands still for all that takes so long, until it goes on."""
    person.page.evaluate("(ms) => { window.heldFrom = ms; }", ms)


def go_on(person: Person) -> None:
    person.page.evaluate("() => window.goesOn()")


@contextmanager
def patient(*people: Person) -> Iterator[None]:
    """As long as it takes here, nothing on their pages gives up: how long it rings is not what is looked at."""
    for person in people:
        hold(person, GIVING_UP_MS)
    yield
    for person in people:
        go_on(person)


def sleep(person: Person) -> None:
    """Their device sleeps for a minute: whatever was to go on after a while does so when it wakes.

    What was answered before has come to the page by then: another answer came after it.
    """
    person.page.evaluate("() => fetch('/in/icon.png').then((one) => one.blob()).then(() => window.sleeps())")


def up(name: str) -> re.Pattern[str]:
    """That somebody is up for a call, until whenever."""
    return re.compile(re.escape(said("reach.now.until", name, "X")).replace("X", ".+"))


def card(person: Person) -> Locator:
    """What is said of the call there is."""
    return person.page.get_by_role("region", name=said("reach.call.name"), exact=True)


def no_call(*people: Person) -> None:
    for person in people:
        expect(card(person)).to_have_count(0)


def nobody_is_up(ana: Person) -> None:
    """It says so; then the lines that can be rung; and help stands where it always does."""
    ana.follow(said("doors.today"))
    ana.sees(said("reach.now.nobody"))
    expect(ana.link(said("reach.now.line"))).to_have_attribute("href", "/help")
    expect(ana.link("Get help now")).to_be_in_viewport()
    expect(ana.button(said("reach.now.ringAll"))).to_have_count(0)


def says_when(person: Person) -> None:
    """On Wednesday evenings; no, at any hour of every day."""
    person.follow("Members")
    person.follow(said("reach.link"))
    person.sees_heading(said("reach.title"))
    person.press(said("reach.hours.add"))
    person.field(said("reach.hours.day")).select_option(index=WEDNESDAY)
    person.press(said("save"))
    evening = re.compile(re.escape(said("reach.hours.row", "X", "8pm", "10pm")).replace("X", ".+"))
    person.sees(evening)
    person.press(said("reach.hours.remove"))
    person.sees(said("reach.hours.none"))
    person.field(said("reach.hours.day")).select_option(index=0)
    for end in ("from", "to"):
        person.write(said(f"reach.hours.{end}"), "00:00")
    person.press(said("save"))
    person.sees(said("reach.hours.allDay", said("reach.hours.every")))


def a_number_is_given_and_taken_back(ben: Person, *others: Person, to: str) -> None:
    """To one or to all; each of these sees it."""
    ben.write(said("reach.number.label"), NUMBER)
    ben.field(said("reach.number.whom")).select_option(label=to)
    ben.press(said("reach.number.give"))
    ben.sees(like("reach.number.given"))
    for one in others:
        one.sees(said("reach.theirs", NUMBER))
    ben.press(said("reach.number.back"))
    for one in others:
        expect(one.page.get_by_text(said("reach.theirs", NUMBER))).to_have_count(0)


def is_told_of_rings_alone(person: Person, device: Subscription) -> None:
    """Somebody who wants to hear of rings, and of nothing else, on this device."""
    can_be_told(person, device)
    person.follow(said("reach.test.toldLink"))
    person.press(said("telling.here.on"))
    person.sees(said("telling.here.isOn"))
    for place in ("talks", "group", "meetings"):
        tick = person.page.get_by_role("checkbox", name=said(f"telling.of.{place}"), exact=True)
        tick.click()
        expect(tick).not_to_be_checked()
        person.sees(said("saved"))
    person.open("#/up-for-contact")


def a_test_ring_comes(person: Person, service: PushService, device: Subscription) -> None:
    """To the page, and to the device itself as a push: only with both is anybody up for a call."""
    before = len(service.told(device))
    service.came.clear()
    person.press(said("reach.test.ring"))
    person.sees(said("reach.call.test"))
    person.press(said("reach.call.came"))
    person.sees(said("reach.test.waits"))
    if len(service.told(device)) == before:
        assert service.came.wait(PATIENCE_MS / 1000)
    deliver(person.page, keeper(person.page), person.origin, service.told(device)[-1].decode())
    person.sees(said("reach.test.done"))


def would_rather_be_asked(ben: Person, ana: Person) -> None:
    """As long as Ben wants it so, Ana can only ask him."""
    ask = ben.page.get_by_role("checkbox", name=said("reach.ask"), exact=True)
    ana.sees(up("Ben"))
    ask.click()
    expect(ana.page.get_by_text(up("Ben"))).to_have_count(0)
    expect(ana.button(said("reach.askThem", "Ben"))).to_be_visible()
    ask.click()
    ana.sees(up("Ben"))
