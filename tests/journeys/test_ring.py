"""Reach, by voice: Ben says when he may be rung, Ana rings him, and they hear each other over the relay alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.fixtures.browsers import HERTZ
from tests.fixtures.relays import Relay
from tests.journeys.devices import DESK, PATIENCE_MS
from tests.journeys.kitchen import Kitchen
from tests.journeys.people import Person
from tests.journeys.sentences import said

NUMBER = "01632 960 001"
# Every connection that the page makes, and each way through that was found.
WATCHED = """
  window.lines = [];
  window.ways = [];
  const Plain = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Plain {
    constructor(settings) {
      super(settings);
      window.lines.push(this);
      this.addEventListener('icecandidate', ({ candidate }) => candidate && window.ways.push(candidate.candidate));
    }
  };
"""
# The strongest tone of what comes from the other side, as soon as it is the one that is sung there.
HEARD = """async ([hertz, patience]) => {
  const stream = document.querySelector('audio').srcObject;
  const sound = new AudioContext();
  await sound.resume();
  const ear = sound.createAnalyser();
  ear.fftSize = 8192;
  sound.createMediaStreamSource(stream).connect(ear);
  const loud = new Float32Array(ear.frequencyBinCount);
  const end = performance.now() + patience;
  let found = 0;
  while (performance.now() < end && Math.abs(found - hertz) > 15) {
    await new Promise(requestAnimationFrame);
    ear.getFloatFrequencyData(loud);
    const most = loud.reduce((best, one, n) => (one > loud[best] ? n : best), 0);
    found = loud[most] > -70 ? (most * sound.sampleRate) / ear.fftSize : 0;
  }
  await sound.close();
  return found;
}"""
PAIRS = """async () => {
  const kinds = [];
  for (const line of window.lines) {
    for (const one of (await line.getStats()).values()) {
      if (one.type === 'local-candidate' || one.type === 'remote-candidate') kinds.push(one.candidateType);
    }
  }
  return kinds;
}"""
# Long enough for a connection to say so, and short of the fifteen seconds after which it is given up.
SILENT = 9.0
# What each connection says of itself from now on.
QUIETS = """() => {
  window.states = [];
  for (const line of window.lines) {
    line.addEventListener('connectionstatechange', () => window.states.push(line.connectionState));
  }
}"""
UP = re.compile(re.escape(said("reach.now.until", "Ben", "X")).replace("X", ".+"))


@pytest.fixture
def kitchen(kitchens: Callable[..., Kitchen], relay: Relay) -> Iterator[Kitchen]:
    """Ana and Ben, on a site that has a relay."""
    made = kitchens("Ana", "Ben", **relay.settings)
    yield made
    made.empty()


def test_a_member_who_is_up_for_a_call_is_rung_and_heard_over_the_relay_alone(kitchen, relay):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK)
    for person in (ana, ben):
        person.page.context.add_init_script(WATCHED)
        person.page.reload()
        person.is_in()
    says_when(ben)
    asks_and_is_given_a_number(ana, ben)
    a_test_ring_comes(ben)
    ana.follow(said("doors.today"))
    ana.sees(UP)
    ana.press(said("reach.ring", "Ben"))
    ana.sees(said("reach.call.ringing", "Ben"))
    ben.sees(said("reach.call.rung", "Ana"))
    ben.press(said("reach.call.answer"))
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)
        only_by_relay(person)
    ana.clean()
    the_line_goes_quiet(relay, ana, ben)
    ben.press(said("reach.call.hangUp"))
    for person in (ana, ben):
        person.sees(said("reach.call.over"))
        person.press(said("reach.call.close"))
        expect(person.page.locator("audio")).to_have_count(0)
    not_today(ana, ben)


def says_when(ben: Person) -> None:
    ben.follow("Members")
    ben.follow(said("reach.link"))
    ben.sees_heading(said("reach.title"))
    ben.press(said("reach.hours.add"))
    for end in ("from", "to"):
        ben.write(said(f"reach.hours.{end}"), "00:00")
    ben.press(said("save"))
    ben.sees(said("reach.hours.allDay", said("reach.hours.every")))
    ben.clean()


def asks_and_is_given_a_number(ana: Person, ben: Person) -> None:
    """As long as no ring has reached Ben, Ana can ask him; he gives her his number, and takes it back."""
    ana.follow("Members")
    ana.press(said("reach.askThem", "Ben"))
    ana.sees(said("reach.asked"))
    ben.write(said("reach.number.label"), NUMBER)
    ben.field(said("reach.number.whom")).select_option(label="Ana")
    ben.press(said("reach.number.give"))
    ben.sees(said("reach.number.given", NUMBER, "Ana"))
    ana.sees(said("reach.theirs", NUMBER))
    ben.press(said("reach.number.back"))
    expect(ana.page.get_by_text(said("reach.theirs", NUMBER))).to_have_count(0)
    ben.follow(said("doors.today"))
    ben.sees(said("reach.now.asked", "Ana"))
    expect(ben.button(said("reach.ring", "Ana"))).to_be_visible()
    ben.follow(said("reach.link"))


def a_test_ring_comes(ben: Person) -> None:
    ben.press(said("reach.test.ring"))
    ben.sees(said("reach.call.test"))
    ben.press(said("reach.call.came"))
    ben.sees(said("reach.test.done"))


def hears(person: Person) -> None:
    found = person.page.evaluate(HEARD, [HERTZ, PATIENCE_MS])
    assert abs(found - HERTZ) < 15, found


def only_by_relay(person: Person) -> None:
    ways = person.page.evaluate("() => window.ways")
    assert ways
    assert all(" typ relay " in way and " raddr 0.0.0.0 rport 0" in way for way in ways), ways
    assert set(person.page.evaluate(PAIRS)) == {"relay"}


def the_line_goes_quiet(relay: Relay, ana: Person, ben: Person) -> None:
    """Nothing passes for longer than five seconds; then they hear each other again, and pressed nothing.

    The relay comes back by the clock, and not when a page has drawn that it is quiet: a machine that is slow at that
    would keep it away until the line is lost. Whether it was quiet is told by the connection's own event.
    """
    ana.page.evaluate(QUIETS)
    relay.falls_silent_for(SILENT)
    ana.page.wait_for_function("() => window.states.includes('disconnected')", timeout=PATIENCE_MS)
    for person, other in ((ana, "Ben"), (ben, "Ana")):
        person.sees(said("reach.call.talking", other))
        hears(person)


def not_today(ana: Person, ben: Person) -> None:
    """One press, and nobody sees more than that he is not up for it."""
    ben.press(said("reach.today.not"))
    ben.sees(said("reach.today.is"))
    expect(ana.button(said("reach.ring", "Ben"))).to_have_count(0)
    ana.sees(said("reach.now.nobody"))
