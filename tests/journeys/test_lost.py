"""Lost things: a passkey as a way in, a passphrase that someone may know, a phone that is gone for good."""

import base64
import dataclasses

from playwright.sync_api import expect

from tests.cast import BEN, DEE
from tests.hostile.searching import found_in
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import said

NEW_PASSPHRASE = "mitten saucer lighthouse eleven"
CALLED = "the blue one on the hook"
BEFORE, MEANWHILE, AFTER = "Before anything was lost.", "Nobody waits for this.", "And after it."
# Keeps what a passkey gives, so that a test can look for it in everything that was asked.
LISTENING = """
    window.given = [];
    for (const verb of ['create', 'get']) {
      const usual = navigator.credentials[verb].bind(navigator.credentials);
      navigator.credentials[verb] = async (asked) => {
        const answer = await usual(asked);
        const first = answer.getClientExtensionResults().prf?.results?.first;
        if (first) window.given.push(btoa(String.fromCharCode(...new Uint8Array(first))));
        return answer;
      };
    }
"""
PASSKEYS = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_passkeys(page, *, prf=True):
    """This device can keep passkeys. Returns what takes them all away."""
    chrome = page.context.new_cdp_session(page)
    chrome.send("WebAuthn.enable")
    made = chrome.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS | {"hasPrf": prf}})
    page.add_init_script(LISTENING)
    return lambda: chrome.send("WebAuthn.removeVirtualAuthenticator", made)


def ways_in(person):
    person.follow("Members")
    person.follow(said("settings.title"))
    person.follow(said("ways.title"))
    person.sees_heading(said("ways.passkeys.title"))


def add_a_passkey(person, passphrase):
    ways_in(person)
    person.press(said("ways.passkeys.add"))
    person.write(said("ways.passkeys.name"), CALLED)
    person.write(said("ways.proof"), passphrase)
    person.press(said("ways.passkeys.make"))


def come_in_with_passkey(person):
    person.open()
    person.follow(said("ways.passkeys.comeIn"))
    person.choose(said(SHARED))
    person.press("Come in")


def test_a_passkey_comes_in_and_its_secret_stays_in_the_browser_p1(own_kitchen, open_device, devices):
    kitchen = own_kitchen("Ana", "Dee")
    dee = Person(DEE, open_device(), kitchen.origin)
    take_away = with_passkeys(dee.page, prf=False)
    dee.come_in(device=SHARED)
    asked = len(devices.asked)
    add_a_passkey(dee, DEE.passphrase)
    dee.sees(said("trouble.passkey_cannot"))
    take_away()
    with_passkeys(dee.page)
    dee.press(said("ways.passkeys.make"))
    dee.sees(said("ways.passkeys.made"))
    dee.sees(CALLED)
    dee.clean()
    secrets = dee.page.evaluate("window.given")
    come_in_with_passkey(dee)
    dee.is_in()
    secrets += dee.page.evaluate("window.given")
    assert len(secrets) >= 2
    assert len(set(secrets)) == 1
    everything = b"\n".join(one.everything() for one in devices.asked[asked:])
    assert not found_in(everything, base64.b64decode(secrets[0]))
    assert not found_in(everything, CALLED.encode())

    someone_may_know_it(dee, DEE.passphrase)
    come_in_with_passkey(dee)
    dee.sees(said("trouble.passkey_unknown"))
    ana = kitchen.come_in("Ana")
    ana.enter().say(MEANWHILE)
    again = Person(DEE, open_device(), kitchen.origin).come_in(NEW_PASSPHRASE, device=SHARED)
    again.enter().reads(MEANWHILE)


def someone_may_know_it(person, passphrase):
    """The whole of it, in one press; the new code is shown."""
    person.enter().say(BEFORE)
    ways_in(person)
    person.follow(said("ways.known.way"))
    person.clean()
    person.write(said("ways.proof"), passphrase)
    person.write(said("ways.known.next"), NEW_PASSPHRASE)
    person.press(said("ways.known.do"))
    person.sees_heading(said("ways.known.doneTitle"))
    person.sees(said("ways.known.groups"))
    expect(person.page.locator(".code")).to_be_visible()
    person.clean()
    person.press(said("coming.made.done"))
    person.reads(BEFORE)
    person.say(AFTER)


def test_dee_lost_everything_and_two_let_her_in_anew_p10_p64(own_kitchen, open_device):
    kitchen = own_kitchen("Ana", "Ben", "Dee")
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben")
    again = Person(dataclasses.replace(DEE, sign_in="a-new-lantern"), open_device(), kitchen.origin)
    again.knock(ana.invite("Dee, who lost her phone"))
    ben.enter().say(MEANWHILE)
    ana_asks_ben(ana)
    ben_has_seen_her(ben)
    ana.follow(said("doors.today"))
    ana.page.get_by_role("heading", name=said("returning.today.ready")).locator("..").get_by_role("link").click()
    ana.clean()
    ana.press(said("returning.door.open", DEE.name))
    ana.sees_heading(said("group.door.opened", DEE.name))
    again.go_through()
    again.enter().say(AFTER)
    ben.enter().reads(AFTER)
    ben.sees(f"{DEE.name} has a new phone. Ana and Ben have checked it is them.")
    expect(again.message(MEANWHILE)).to_have_count(0)
    two_appoint_a_host(ben, again)


def ana_asks_ben(ana):
    """At the door: it is Dee, and Ben checks it with her."""
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.knock", DEE.name))
    ana.follow(said("today.openKnock"))
    ana.press(said("returning.door.fold"))
    ana.page.get_by_role("group", name=said("returning.door.who")).get_by_role("radio", name=DEE.name).check()
    ana.page.get_by_role("group", name=said("returning.door.second")).get_by_role("radio", name=BEN.name).check()
    ana.clean()
    ana.press(said("returning.door.ask"))
    ana.sees(said("returning.door.asked", BEN.name))


def ben_has_seen_her(ben):
    ben.follow(said("doors.today"))
    ben.page.get_by_role("heading", name=said("returning.today.check")).locator("..").get_by_role("link").click()
    ben.sees_heading(said("returning.check.title", "Ana", DEE.name))
    ben.clean()
    ben.press(said("returning.check.yes"))
    ben.sees_heading(said("returning.check.done"))


def two_appoint_a_host(one, other):
    """Without whoever is host now: one asks, the other says yes."""
    one.about_member(DEE.name)
    one.press(said("returning.host.ask", DEE.name))
    one.sees(said("returning.host.asked"))
    other.follow(said("doors.today"))
    other.page.get_by_role("heading", name=said("returning.today.host")).locator("..").get_by_role("link").click()
    other.clean()
    other.press(said("returning.host.yes"))
    other.sees_heading(said("returning.host.done", said("returning.host.me")))
    other.follow("Members")
    expect(other.member(DEE.name).locator(".chip")).to_be_visible()
