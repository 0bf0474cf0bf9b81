"""How quickly a ring is heard, and others who are rung stop: three browsers' pages, a real site, and a relay, all on
loopback."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from bench.figures import must_be
from bench.reader import FLAGS, PATIENCE_MS
from bench.served import a_server
from tests.fixtures.browsers import HERTZ, sing
from tests.fixtures.relays import start_relay
from tests.fixtures.telling import PushService, a_push_service
from tests.journeys import ringing
from tests.journeys.devices import Devices
from tests.journeys.kitchen import CAST, make_group
from tests.journeys.people import Person
from tests.journeys.sentences import said
from tools.machine import chromium

NAMES = ("Ana", "Ben", "Dee")
FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# Presses as soon as it rings.
ANSWERS = """(name) => new MutationObserver(() => {
  [...document.querySelectorAll('.calling button')].find((one) => one.textContent === name)?.click();
}).observe(document.body, { subtree: true, childList: true })"""
# Presses, and listens until what comes from the other side is the tone that is sung there.
RINGS = """async ([name, hertz, patience]) => {
  const sound = new AudioContext();
  const ear = sound.createAnalyser();
  const loud = new Float32Array(ear.frequencyBinCount);
  let joined = false;
  const began = performance.now();
  [...document.querySelectorAll('button')].find((one) => one.textContent === name).click();
  while (performance.now() < began + patience) {
    await new Promise((done) => setTimeout(done, 5));
    const stream = document.querySelector('audio')?.srcObject;
    if (!stream) continue;
    if (!joined) sound.createMediaStreamSource(stream).connect(ear);
    joined = true;
    ear.getFloatFrequencyData(loud);
    const most = loud.reduce((best, one, n) => (one > loud[best] ? n : best), 0);
    const found = (most * sound.sampleRate) / ear.fftSize;
    if (loud[most] > -70 && Math.abs(found - hertz) < 30) return (performance.now() - began) / 1000;
  }
  return null;
}"""


# The moment at which nothing rings on this page any more.
STOPS = """() => {
  window.stopped = new Promise((done) => {
    const look = () => document.querySelector('.calling') ?? done(Date.now());
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true });
  });
}"""
PRESSES = """(name) => {
  const at = Date.now();
  [...document.querySelectorAll('.calling button')].find((one) => one.textContent === name).click();
  return at;
}"""


# So many passes to the relay are given at once, and one of them is for the ring of two.
TIMES = 5


def rings_s() -> tuple[list[float], float]:
    """Seconds of each ring, from the press until the other is heard, who answers at once; and where two are rung
    together, from the press of the one on Answer until the other's page is silent."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        relay = start_relay(Path(folder))
        sing(sung := Path(folder, "a.wav"))
        try:
            with a_push_service() as service, a_server(PUSH_TEST_TO=service.origin, **relay.settings) as served:
                make_group(served.origin, NAMES)
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=[*FLAGS, *FAKE, f"--use-file-for-fake-audio-capture={sung}"]
                )
                ana, ben, dee = _in(Devices(browser), served.origin, service)
                stopped = _stopped(ana, ben, dee)
                heard = _heard(ana, ben)
                browser.close()
        finally:
            relay.process.terminate()
            relay.process.wait()
    must_be([one for one in heard if one is None], [], "rings that were not heard")
    return heard, stopped


def _in(devices: Devices, origin: str, service: PushService) -> list[Person]:
    """All three, and two of them up for a call."""
    expect.set_options(timeout=PATIENCE_MS)
    people = [Person(CAST[name], devices.open(), origin).come_in() for name in NAMES]
    for one in people[1:]:
        device = service.subscribe()
        ringing.says_when(one)
        ringing.is_told_of_rings_alone(one, device)
        ringing.a_test_ring_comes(one, service, device)
    return people


def _stopped(ana: Person, ben: Person, dee: Person) -> float:
    ana.press(said("reach.now.ringAll"))
    for one in (ben, dee):
        one.sees(said("reach.call.rungMany", "Ana"))
    dee.page.evaluate(STOPS)
    pressed = ben.page.evaluate(PRESSES, said("reach.call.answer"))
    took = (dee.page.evaluate("() => window.stopped") - pressed) / 1000
    ana.sees(said("reach.call.talking", "Ben"))
    _hang_up(ana, ben)
    return float(took)


def _heard(ana: Person, ben: Person) -> list[float]:
    ben.page.evaluate(ANSWERS, said("reach.call.answer"))
    took = []
    for _ in range(TIMES):
        expect(ana.button(said("reach.ring", "Ben"))).to_be_visible()
        took.append(ana.page.evaluate(RINGS, [said("reach.ring", "Ben"), HERTZ, PATIENCE_MS]))
        _hang_up(ana, ben)
    return took


def _hang_up(ana: Person, ben: Person) -> None:
    ana.press(said("reach.call.hangUp"))
    for person in (ana, ben):
        person.press(said("reach.call.close"))
