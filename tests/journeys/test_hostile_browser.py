"""The browser with a liar before the server: what Mallory leaves out, makes up or alters is noticed on the screen."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from sameboat.client import Member, governance
from sameboat.client.http import b64, unb64
from sameboat.client.joining import look_at
from sameboat.protocol import messages
from sameboat.protocol.encoding import enc
from sameboat.protocol.envelope import read_envelope
from sameboat.protocol.seal import commit, make_request, new_member, new_opening
from tests.cast import BEN, EVE
from tests.hostile.conftest import a_site
from tests.hostile.forging import EVENTS, MESSAGES, another_log, messages_as, retold, row, signed
from tests.hostile.people import Site
from tests.hostile.test_messages import header_like
from tests.journeys.devices import DESK, PATIENCE_MS
from tests.journeys.people import Person
from tests.journeys.sentences import like, said

TALL = {"width": 1280, "height": 2400}
NEWER = "Kettle first\nThis was agreed after Eve knocked."
QUIETLY_MS = 21_000


@dataclass
class House:
    """A group behind Mallory: Ana and Dee by the Python client, Ben in a browser; `elsewhere` is his other device."""

    site: Site
    ana: Member
    dee: Member
    elsewhere: Member
    ben: Person
    has_come_in: bool = False

    def comes_in(self) -> Person:
        """Ben on a device that knows nothing; what he has seen is written down for his others."""
        with self.ben.page.expect_request(lambda asked: asked.method == "PUT" and asked.url.endswith("/records/pins")):
            self.ben.come_in()
        self.has_come_in = True
        return self.ben

    def is_in(self) -> Person:
        """Ben as he is; where no test before this one had him, he comes in."""
        return self.ben if self.has_come_in else self.comes_in()

    def room(self) -> Person:
        """Ben in the room, on a page that knows nothing but what is kept on his device."""
        self.is_in().open()
        self.ben.page.reload()
        self.ben.is_in()
        return self.ben.enter()

    def wipe(self) -> Person:
        """The browser forgets all of this site, as browsers do."""
        page = self.ben.page.context.new_page()
        for other in self.ben.page.context.pages[:-1]:
            other.close()
        cleared = {"origin": self.site.origin, "storageTypes": "all"}
        page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", cleared)
        self.ben = Person(BEN, page, self.site.origin)
        return self.ben


@pytest.fixture(scope="module")
def house(serve, devices) -> Iterator[House]:
    with a_site(serve) as site:
        ana, elsewhere, dee = site.group("Ana", "Ben", "Dee")
        house = House(site, ana, dee, elsewhere, Person(BEN, devices.open(DESK), site.origin))
        yield house
        house.ben.page.context.close()


def hash_of(told) -> str:
    return b64(read_envelope(unb64(told["envelope"])).header.hash)


def by(told, member: Member) -> bool:
    return "envelope" in told and read_envelope(unb64(told["envelope"])).header.author == member.id


def missing(person: Person):
    return person.page.get_by_text(said("room.missing"))


def is_browser(asked) -> bool:
    return "Mozilla" in dict(asked.headers).get("user-agent", "")


def browsers(asked) -> list:
    """What was asked by a browser, and not for the page itself."""
    return [one for one in asked if is_browser(one) and "/api/" in one.path]


def for_browsers(tamper):
    return lambda asked, answer: tamper(asked, answer) if is_browser(asked) else answer


def listed_as(change):
    """The listing of messages, changed for browsers."""
    return for_browsers(messages_as(change))


def streams(asked) -> int:
    return len([one for one in browsers(asked) if one.path == "/api/stream"])


# Tabs, and a device that forgets -----------------------------------------------------------------------


def test_a_device_that_knows_nothing_brings_everything_back_p9(house):
    house.elsewhere.say("Said on another device.")
    governance.rename(house.ana.talk, "Ana B.")
    before = house.ana.talk.circle.state.head
    ben = house.comes_in().enter()
    may_take_back(ben, "Said on another device.")
    house.ana.read()
    assert house.ana.talk.circle.state.head == before


def may_take_back(ben: Person, text: str) -> None:
    """His own, wherever he said it; nothing is missing around it."""
    ben.reads(text)
    expect(missing(ben)).to_have_count(0)
    ben.on_message(text, said("room.more"))
    expect(ben.button("Take back")).to_be_visible()


def test_seven_tabs_share_one_stream_and_make_no_false_gap_p62(house):
    ben, mallory = house.room(), house.site.mallory
    with mallory.recording() as seen:
        tabs = [ben, *(ben.another_tab().enter() for _ in range(6))]
        house.ana.say("To seven tabs.")
        for tab in tabs:
            tab.page.set_viewport_size(TALL)
            tab.reads("To seven tabs.")
    # The first page may only now have opened its own.
    assert streams(seen) <= 1
    for number, tab in enumerate(tabs):
        tab.say(f"From tab {number}.")
    devtools = ben.page.context.new_cdp_session(ben.page)
    devtools.send("Storage.clearDataForOrigin", {"origin": ben.origin, "storageTypes": "indexeddb"})
    with mallory.recording() as seen:
        ben.page.close()
        house.ana.say("The tab that listened is closed.")
        for tab in tabs[1:]:
            tab.reads("The tab that listened is closed.")
    assert streams(seen) == 1
    for number, tab in enumerate(tabs[1:], len(tabs)):
        tab.say(f"From tab {number}.")
    everything = [f"From tab {number}." for number in range(2 * len(tabs) - 1)]
    for tab in tabs[1:]:
        for text in everything:
            expect(tab.message(text)).to_have_count(1)
        expect(missing(tab)).to_have_count(0)
    another_device_reads(house.dee, everything)
    house.ben = tabs[1]


def another_device_reads(member: Member, texts: list[str]) -> None:
    """Each of them once, as soon as they are there, and nothing is missing between them."""
    end = time.monotonic() + PATIENCE_MS / 1000
    while set(texts) - {one.text for one in member.read()}:
        assert time.monotonic() < end
    read = [one.text for one in member.read()]
    assert [text for text in texts if read.count(text) != 1] == []
    assert not member.missing()


def test_a_wiped_device_notices_a_log_put_back_in_part_and_brings_everything_back_p9(house):
    circle = house.ana.talk.circle
    before = house.is_in().enter()
    with before.page.expect_response(lambda told: told.request.method == "POST" and told.url.endswith("/messages")):
        before.say("Said before all was forgotten.")
    ben = house.wipe()
    last = len(circle.wires) - 1
    shorter = retold(lambda rows: [one for one in rows if one["seq"] < last])

    def in_part(asked, answer):
        return shorter(asked, answer) if b64(circle.id) in asked.path else answer

    with house.site.mallory.tampering(EVENTS, in_part):
        ben.come_in()
        ben.sees(said("notices.restored.text"))
    house.room()
    may_take_back(ben, "Said before all was forgotten.")


def test_another_house_is_refused_before_any_key_is_used_a13(house):
    ben, mallory = house.room(), house.site.mallory
    ben.press("Leave this page now")
    ben.page.wait_for_url("**/elsewhere")

    def elsewhere(asked, answer):
        return answer.telling(answer.json | {"home": "another house"})

    with mallory.tampering("GET /api/home", elsewhere), mallory.recording() as seen:
        ben.open()
        ben.press("Come in")
        ben.sees(said("trouble.unverified"))
    assert [one.line for one in browsers(seen) if one.method != "GET"] == []
    ben.press("Come in")
    ben.is_in()


# What is newer than this page --------------------------------------------------------------------------


def test_an_old_page_meets_what_a_newer_one_wrote_and_offers_to_be_opened_anew_p69(house):
    """An event and a message of later kinds: neither an alarm nor another story nor a gap, and one can write on."""
    dee, newer = house.dee, said("notices.reload_needed.text")
    dee.talk.look()
    circle = dee.talk.circle
    later = row(len(circle.wires), signed(circle.keys, circle.state, "shelf", [1]))
    with house.site.mallory.tampering(EVENTS, for_browsers(retold(lambda rows: [*rows, later]))):
        ben = house.room()
        ben.sees(newer)
        with ben.page.expect_response(lambda told: told.request.method == "POST" and told.url.endswith("/messages")):
            ben.say("Written beside something newer.")
        ben.reads("Written beside something newer.")
        assert dee.read()[-1].text == "Written beside something newer."
        no_alarm(ben)
    governance.rename(dee.talk, "Dee D.")
    with ben.page.expect_event("load"):
        ben.press(said("notices.reload_needed.act"))
    ben.is_in()
    expect(ben.page.get_by_text(newer)).to_have_count(0)
    song = sing(dee)
    dee.say("After the song.")
    ben.enter().reads("After the song.")
    ben.sees(newer)
    no_alarm(ben)
    dee.talk.send("take-back", [song], keep=False)
    dee.wire.delete(f"{circle.path}/messages/{b64(song)}")


def no_alarm(person: Person) -> None:
    for text in ("notices.unverified.text", "notices.forked.text", "notices.restored.text", "room.missing"):
        expect(person.page.get_by_text(said(text))).to_have_count(0)


def sing(member: Member) -> bytes:
    """A message of a kind that nobody knows yet, well sealed and signed; its hash."""
    talk = member.talk
    said_before = member.say("Now comes a song.")
    place = {"stream": os.urandom(16), "counter": 0, "prev": said_before.hash}
    header = header_like(said_before.header, id=os.urandom(16), **place)
    content = enc([int(time.time()), [], "song", "la la"])
    wire, full = messages.seal_raw(talk.circle.keys, talk.ring.key(header.epoch), header, content)
    member.wire.post(f"{talk.circle.path}/messages", {"envelope": b64(wire)})
    return full.hash


# What is missing ---------------------------------------------------------------------------------------


def test_somebody_held_back_altogether_is_missing_p26(house):
    ben, mallory = house.room(), house.site.mallory

    def no_dee(kind, told):
        return [] if kind == "message" and by(told, house.dee) else [(kind, told)]

    others = listed_as(lambda rows: [one for one in rows if not by(one, house.dee)])
    with mallory.telling(no_dee), mallory.tampering(MESSAGES, others):
        house.dee.say("Nobody is to read Dee.")
        house.ana.read()
        house.ana.say("After what Dee said.")
        ben.reads("After what Dee said.")
        expect(missing(ben)).to_have_count(1)
        expect(ben.message("Nobody is to read Dee.")).to_have_count(0)
    house.room().reads("Nobody is to read Dee.")
    expect(missing(house.ben)).to_have_count(0)


def test_a_take_back_that_the_server_made_is_missing_p61(house):
    ben, mallory = house.room(), house.site.mallory
    taken: list[str] = []
    known = house.ana.say("Ben has read this.").position
    ben.reads("Ben has read this.")

    def is_taken(told) -> bool:
        """Ana's first message after what Ben has read, by whichever way it is told: the stream or the listing."""
        if by(told, house.ana) and not taken and told["position"] > known:
            taken.append(hash_of(told))
        return "envelope" in told and hash_of(told) in taken

    def take(kind, told):
        if kind != "message" or not is_taken(told):
            return [(kind, told)]
        return [("gone", {"circle": told["circle"], "position": told["position"], "hash": taken[0]})]

    def hole(one):
        place = {"position": one["position"], "at": one["at"]}
        return {**place, "hash": taken[0], "gone": "taken"} if is_taken(one) else one

    with mallory.telling(take), mallory.tampering(MESSAGES, listed_as(lambda rows: [*map(hole, rows)])):
        house.ana.say("The server takes this away.")
        house.ana.say("And this stays.")
        ben.reads("And this stays.")
        expect(missing(ben)).to_have_count(1)
        expect(ben.message("The server takes this away.")).to_have_count(0)


def test_good_and_bad_messages_look_alike_from_outside_p33(house):
    house.ben.page.clock.install()
    opened_twice = two("/partings")
    # What a page asks when it is opened: once for itself, and once more when the stream is there. This comes last.
    with house.ben.page.expect_event("response", opened_twice):
        house.room()
    _, good, *bad = (trace(house, at) for at in (None, None, -1, -300))
    assert any(path == "/api/records/mine" for _, path, *_ in good)
    assert bad == [good, good]


def two(end: str):
    """Whether it is the second answer from an address that ends so."""
    found: list[str] = []

    def is_second(response) -> bool:
        found.extend([response.url] if response.url.endswith(end) else [])
        return len(found) == 2

    return is_second


def trace(house: House, at: int | None) -> list[tuple[str, str, str, int]]:
    """What Ben's browser asks while a message comes, spoiled at one byte, and he reads and writes on."""
    ben, mallory, text = house.ben, house.site.mallory, f"In question, {os.urandom(4).hex()}."
    before = {b64(name) for name in house.ana.talk.messages}
    chosen: list[str] = []

    def spoil(told):
        if by(told, house.ana) and hash_of(told) not in before and not chosen:
            chosen.append(hash_of(told))
        if at is None or not by(told, house.ana) or hash_of(told) not in chosen:
            return told
        wire = bytearray(unb64(told["envelope"]))
        wire[at] ^= 1
        return told | {"envelope": b64(bytes(wire))}

    def live(kind, told):
        return [(kind, spoil(told) if kind == "message" else told)]

    listed = listed_as(lambda rows: [spoil(one) for one in rows])
    with mallory.telling(live), mallory.tampering(MESSAGES, listed), mallory.recording() as seen:
        house.ana.say(text)
        house.ana.say("And on, says Ana.")
        expect(ben.message("And on, says Ana.").last).to_be_visible()
        expect(ben.message(text)).to_have_count(0 if at else 1)
        with ben.page.expect_response("**/records/mine"):
            ben.page.clock.fast_forward(QUIETLY_MS)
        with ben.page.expect_response("**/messages"):
            ben.say("And on, says Ben.")
    asked = [(one.method, one.path, one.query, size(one)) for one in browsers(seen) if one.path != "/api/stream"]
    house.ana.read()
    return asked


def size(asked) -> int:
    """How long it is; without the number of a record's version, which only counts."""
    return len(asked.json["sealed"]) if "/records/" in asked.path else len(asked.body)


# The door ----------------------------------------------------------------------------------------------


def test_a_joiner_who_reloads_is_let_into_no_other_room_and_sees_what_changed_p13_p50(house, open_device):
    ana, ben = house.site.group("Ana", "Ben")
    eve = Person(EVE, open_device(), house.site.origin).knock(link := ana.invite(EVE.name))
    eve.page.reload()
    eve.sees_heading(said("joining.wait.title"))
    with keys_swapped(house.site, ana, link):
        eve.page.reload()
        eve.sees(said("notices.unverified.text"))
        eve.sees_heading(said("joining.wait.title"))
        expect(eve.link("The room")).to_have_count(0)
    proposal = governance.propose_words(ana.talk, {"agreement": NEWER}, None, "")
    ben.read()
    governance.agree_to_words(ben.talk, ben.talk.messages[proposal.hash])
    ana.admit(ana.door()[0])
    for _ in range(2):
        eve.page.reload()
        eve.sees_heading(like("joining.wait.opened"))
        eve.sees(said("joining.wait.newer"))
        eve.sees(NEWER.splitlines()[1])
        expect(eve.link("The room")).to_have_count(0)
    eve.press(said("joining.wait.goThroughAgree"))
    eve.is_in()


@contextlib.contextmanager
def keys_swapped(site: Site, host: Member, link: str) -> Iterator[None]:
    """A host who means ill lets keys of their own in under a newcomer's name, and Mallory shows it to the newcomer."""
    door, circle, shown = host.door()[0], host.talk.circle, look_at(host.wire, link)
    mine = dataclasses.replace(new_member(), member=door.member)
    name = commit("name", new_opening(EVE.name))
    request = make_request(mine, shown.link, circle.id, shown.invite, name, circle.state.words[1])
    batch = circle.batch()
    batch.add("admit", [*request, os.urandom(32), None])
    host.talk.ring.rotate(batch)
    other = another_log([row(seq, wire, circle.attachments) for seq, wire in enumerate([*circle.wires, *batch.wires])])

    def log(asked, answer):
        return other(asked, answer) if b64(circle.id) in asked.path else answer

    def in_it(asked, answer):
        return answer.telling({"circles": [*answer.json["circles"], {"circle": b64(circle.id), "kind": 2}]})

    with site.mallory.tampering(EVENTS, log), site.mallory.tampering("GET /api/circles", in_it):
        yield
