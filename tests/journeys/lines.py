"""Lines between pages, over the relay: what is heard on them, which way they go, and how they go quiet for a while."""

from __future__ import annotations

from tests.fixtures.browsers import HERTZ
from tests.fixtures.relays import Relay
from tests.journeys.devices import PATIENCE_MS
from tests.journeys.people import Person

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
# The strongest tone of what comes from any other side, as soon as it is the one that is sung there.
HEARD = """async ([hertz, patience]) => {
  const sound = new AudioContext();
  await sound.resume();
  const ear = sound.createAnalyser();
  ear.fftSize = 8192;
  for (const { srcObject } of document.querySelectorAll('audio')) {
    if (srcObject) sound.createMediaStreamSource(srcObject).connect(ear);
  }
  const loud = new Float32Array(ear.frequencyBinCount);
  const end = performance.now() + patience;
  let found = 0;
  while (performance.now() < end && Math.abs(found - hertz) > 15) {
    await new Promise((go) => setTimeout(go, 50));
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


def hears(person: Person) -> None:
    """What every microphone of the others hears."""
    found = person.page.evaluate(HEARD, [HERTZ, PATIENCE_MS])
    assert abs(found - HERTZ) < 15, found


def only_by_relay(person: Person) -> None:
    ways = person.page.evaluate("() => window.ways")
    assert ways
    assert all(" typ relay " in way and " raddr 0.0.0.0 rport 0" in way for way in ways), ways
    assert set(person.page.evaluate(PAIRS)) == {"relay"}


def falls_silent(relay: Relay, person: Person) -> None:
    """Nothing passes for longer than five seconds; whoever has a line then presses nothing.

    The relay comes back by the clock, and not when a page has drawn that it is quiet: a machine that is slow at that
    would keep it away until the line is lost. Whether it was quiet is told by the connection's own event.
    """
    person.page.evaluate(QUIETS)
    relay.falls_silent_for(SILENT)
    person.page.wait_for_function("() => window.states.includes('disconnected')", timeout=PATIENCE_MS)
