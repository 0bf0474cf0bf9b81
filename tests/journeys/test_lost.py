"""Lost things: a passkey as a way in, a passphrase that someone may know, a phone that is gone for good."""

import base64
import dataclasses

from playwright.sync_api import expect

from tests.cast import BEN, CAL
from tests.hostile.searching import found_in
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import said
from tests.journeys.test_exit import by_shift, leaves_nothing

NEW_PASSPHRASE = "mitten saucer lighthouse eleven"
CAL_ANEW = dataclasses.replace(CAL, sign_in="a-new-ferry")
CALLED = "the blue one on the hook"
BEFORE, MEANWHILE, AFTER = "Before anything was lost.", "Nobody waits for this.", "And after it."
MISSED, HERE = "Said while his phone was gone.", "With a new phone."
# Keeps what a passkey gives, so that a test can look for it in everything that was asked.
LISTENING = """
    window.given = [];
    window.handles = [];
    for (const verb of ['create', 'get']) {
      const usual = navigator.credentials[verb].bind(navigator.credentials);
      navigator.credentials[verb] = async (asked) => {
        const answer = await usual(asked);
        const first = answer.getClientExtensionResults().prf?.results?.first;
        const written = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
        if (answer.response.userHandle) window.handles.push(written(answer.response.userHandle));
        if (first) window.given.push(written(first));
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


def handles(page):
    """What passkeys tell of themselves to this browser alone."""
    return [base64.b64decode(one) for one in page.evaluate("window.handles")]


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


def test_a_passkey_comes_in_and_its_secret_stays_in_the_browser_p1_p57(table, devices):
    dee = table.come_in("Dee", device=SHARED)
    old = dee.who.passphrase
    asked = len(devices.asked)
    take_away = with_passkeys(dee.page, prf=False)
    add_a_passkey(dee, old)
    dee.sees(said("ways.passkeys.madeSignIn"))
    dee.sees(said("ways.passkeys.signsIn"))
    dee.clean()
    leaves_nothing(dee, by_shift)
    told = it_only_says_who_she_is(dee)
    take_away()
    with_passkeys(dee.page)
    add_a_passkey(dee, old)
    dee.sees(said("ways.passkeys.made"))
    dee.sees(said("ways.passkeys.opens"))
    secrets = dee.page.evaluate("window.given")
    come_in_with_passkey(dee)
    dee.is_in()
    secrets += dee.page.evaluate("window.given")
    assert len(secrets) >= 2
    assert len(set(secrets)) == 1

    someone_may_know_it(dee)
    secrets = set(secrets + dee.page.evaluate("window.given"))
    everything = b"\n".join(one.everything() for one in devices.asked[asked:])
    for secret in (base64.b64decode(secrets.pop()), CALLED.encode(), *told, *handles(dee.page)):
        assert not found_in(everything, secret)
    come_in_with_passkey(dee)
    dee.sees(said("trouble.passkey_unknown"))
    table.come_in("Ana").enter().say(MEANWHILE)
    again = Person(dataclasses.replace(dee.who, passphrase=NEW_PASSPHRASE), dee.page, table.origin)
    again.come_in(device=SHARED).enter().reads(MEANWHILE)
    table.stays(again)


def it_only_says_who_she_is(dee):
    """No name is typed, and nothing opens before the passphrase."""
    come_in_with_passkey(dee)
    dee.sees_heading(said("ways.passkeys.signedTitle"))
    assert dee.page.evaluate("fetch('/api/session').then((answer) => answer.status)") == 200
    dee.clean()
    dee.write(said("ways.passkeys.then"), dee.who.passphrase)
    told = handles(dee.page)
    dee.press("Come in")
    dee.is_in()
    assert told
    return told


def someone_may_know_it(person):
    """The whole of it, in one press; the new code is shown."""
    person.enter().say(BEFORE)
    ways_in(person)
    person.follow(said("ways.known.way"))
    person.press(said("ways.touch"))
    person.sees(said("ways.touched"))
    person.write(said("ways.known.next"), NEW_PASSPHRASE)
    person.press(said("ways.known.do"))
    person.sees_heading(said("ways.known.doneTitle"))
    person.sees(said("ways.known.groups"))
    expect(person.page.locator(".code")).to_be_visible()
    person.clean()
    person.press(said("coming.made.done"))
    person.reads(BEFORE)
    person.say(AFTER)


def test_cal_lost_everything_and_two_let_him_in_anew_p10_p64(table, open_device):
    ana, ben = table.come_in("Ana"), table.come_in("Ben")
    again = Person(CAL_ANEW, open_device(), table.origin)
    again.knock(ana.invite("Cal, who lost his phone"))
    ben.enter().say(MISSED)
    ana_asks_ben(ana)
    ben_has_seen_him(ben)
    ana.follow(said("doors.today"))
    ana.page.get_by_role("heading", name=said("returning.today.ready")).locator("..").get_by_role("link").click()
    ana.clean()
    ana.press(said("returning.door.open", CAL.name))
    ana.sees_heading(said("group.door.opened", CAL.name))
    again.go_through()
    again.enter().say(HERE)
    ben.enter().reads(HERE)
    ben.sees(f"{CAL.name} has a new phone. Ana and Ben have checked it is them.")
    expect(again.message(MISSED)).to_have_count(0)
    two_appoint_a_host(ben, again)


def ana_asks_ben(ana):
    """At the door: it is Cal, and Ben checks it with him."""
    ana.follow(said("doors.today"))
    ana.sees_heading(said("today.knock", CAL.name))
    ana.follow(said("today.openKnock"))
    ana.press(said("returning.door.fold"))
    ana.page.get_by_role("group", name=said("returning.door.who")).get_by_role("radio", name=CAL.name).check()
    ana.page.get_by_role("group", name=said("returning.door.second")).get_by_role("radio", name=BEN.name).check()
    ana.clean()
    ana.press(said("returning.door.ask"))
    ana.sees(said("returning.door.asked", BEN.name))


def ben_has_seen_him(ben):
    ben.follow(said("doors.today"))
    ben.page.get_by_role("heading", name=said("returning.today.check")).locator("..").get_by_role("link").click()
    ben.sees_heading(said("returning.check.title", "Ana", CAL.name))
    ben.press(said("returning.check.yes"))
    ben.sees_heading(said("returning.check.done"))


def two_appoint_a_host(one, other):
    """Without whoever is host now: one asks, the other says yes."""
    one.about_member(CAL.name)
    one.press(said("returning.host.ask", CAL.name))
    one.sees(said("returning.host.asked"))
    other.follow(said("doors.today"))
    other.page.get_by_role("heading", name=said("returning.today.host")).locator("..").get_by_role("link").click()
    other.press(said("returning.host.yes"))
    other.sees_heading(said("returning.host.done", said("returning.host.me")))
    other.follow("Members")
    expect(other.member(CAL.name).locator(".chip")).to_be_visible()
