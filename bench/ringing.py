"""From the press on *Ring Ben* until Ben is heard: two browsers' pages, a real site, and a relay, all on loopback."""

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


def ring_to_heard_s(times: int = 5) -> list[float]:
    """Seconds of each ring, from the press until the other is heard; they answer at once."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        relay = start_relay(Path(folder))
        sing(sung := Path(folder, "a.wav"))
        try:
            with a_push_service() as service, a_server(PUSH_TEST_TO=service.origin, **relay.settings) as served:
                make_group(served.origin, ("Ana", "Ben"))
                browser = playwright.chromium.launch(
                    executable_path=chromium(), args=[*FLAGS, *FAKE, f"--use-file-for-fake-audio-capture={sung}"]
                )
                took = _rung(Devices(browser), served.origin, service, times)
                browser.close()
        finally:
            relay.process.terminate()
            relay.process.wait()
    must_be([one for one in took if one is None], [], "rings that were not heard")
    return took


def _rung(devices: Devices, origin: str, service: PushService, times: int) -> list[float]:
    expect.set_options(timeout=PATIENCE_MS)
    ana, ben = (Person(CAST[name], devices.open(), origin).come_in() for name in ("Ana", "Ben"))
    device = service.subscribe()
    ringing.says_when(ben)
    ringing.is_told_of_rings_alone(ben, device)
    ringing.a_test_ring_comes(ben, service, device)
    ben.page.evaluate(ANSWERS, said("reach.call.answer"))
    took = []
    for _ in range(times):
        expect(ana.button(said("reach.ring", "Ben"))).to_be_visible()
        took.append(ana.page.evaluate(RINGS, [said("reach.ring", "Ben"), HERTZ, PATIENCE_MS]))
        ana.press(said("reach.call.hangUp"))
        for person in (ana, ben):
            person.press(said("reach.call.close"))
    return took
