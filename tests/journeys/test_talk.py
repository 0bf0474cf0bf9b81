"""Talk: two people write; each message is on the other's screen at once, and everything else that a talk needs."""

import re

from playwright.sync_api import Route, expect

from sameboat.client import Member
from tests.cast import ANA, BEN
from tests.journeys.devices import DESK, PATIENCE_MS
from tests.journeys.people import Person
from tests.journeys.sentences import said

PASTE = """async () => {
  const canvas = new OffscreenCanvas(4, 4);
  canvas.getContext('2d');
  const file = new File([await canvas.convertToBlob()], 'picture.png', { type: 'image/png' });
  const given = new DataTransfer();
  given.items.add(file);
  const paste = new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(paste);
}"""

# As when somebody turns to something else: where they have read to is on its way before they are gone.
OUT_OF_SIGHT = """() => {
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
# What is kept on one's own device is here at once, so it can no longer be late.
KEEP_NO_SHELL = """async (most) => {
  const late = new Promise((_, no) => setTimeout(no, most, new Error('The app is not kept here.')));
  await (await Promise.race([navigator.serviceWorker.ready, late])).unregister();
}"""


def test_ana_and_ben_talk(kitchen):
    ana, ben = kitchen.come_in("Ana").enter(), kitchen.come_in("Ben", size=DESK).enter()
    ana.say("The week was long.")
    # On a phone the keyboard stays for the next line.
    expect(ana.field("Say something")).to_be_focused()
    ben.reads("The week was long.")
    ben.say("Mine too. There is soup.")
    ana.reads("Mine too. There is soup.")
    ben.on_message("The week was long.", "Hear")
    expect(ana.message("The week was long.")).to_contain_text("Ben hears you")
    hear = ben.message("The week was long.").get_by_role("button", name="Hear", exact=True)
    expect(hear).to_have_attribute("aria-description", re.compile("^Ana, "))
    a_note_folds(ana, ben)
    a_reply_shows_what_would_help(ana, ben)
    taken_back_is_gone_from_both(ana, ben)


def a_note_folds(ana, ben):
    ana.say("They kept me for two nights, and I was glad of it.", note="a hospital stay")
    expect(ben.button(said("room.readName", "a hospital stay"))).to_be_visible()
    expect(ben.message("They kept me")).to_have_count(0)
    ben.press(said("room.readName", "a hospital stay"))
    ben.reads("They kept me")


def a_reply_shows_what_would_help(ana, ben):
    ana.write("Say something", "I cannot sleep tonight.")
    ana.press(said("options.listen"))
    ana.press("Send")
    expect(ben.message("I cannot sleep tonight.")).to_contain_text(said("options.listen"))
    ben.on_message("I cannot sleep tonight.", said("room.reply"))
    ben.sees(said("room.replyTo", "Ana"))
    ben.clean()
    ben.say("I am reading, and I am awake as well.")
    expect(ana.message("I am reading, and I am awake as well.")).to_contain_text("I cannot sleep tonight.")


def taken_back_is_gone_from_both(ana, ben):
    ana.say("I wish I had not written this.")
    ben.reads("I wish I had not written this.")
    ana.on_message("I wish I had not written this.", said("room.more"))
    ana.sees(said("room.panel.takeBackHint"))
    ana.clean()
    ana.press("Take back")
    ben.sees(said("room.takenBack", "Ana"))
    expect(ben.message("I wish I had not written this.")).to_have_count(0)
    ana.sees(said("room.takenBackMine"))


def test_new_since_you_were_here(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK).enter()
    ana.enter("Everyday room")
    ben.enter("Everyday room").say("Read before Ana went away.")
    ana.reads("Read before Ana went away.")
    ana.follow(said("doors.today"))
    ben.say("Written while Ana was away.")
    expect(ana.page.get_by_role("link", description=said("room.everyday"))).to_be_visible()
    ana.enter("Everyday room")
    ana.sees(said("room.newLine"))
    ana.reads("Written while Ana was away.")
    ana.clean()


def test_a_pasted_picture_is_dropped_kindly(kitchen, devices):
    ana = kitchen.come_in("Ana").enter()
    ana.field("Say something").focus()
    first = len(devices.asked)
    ana.page.evaluate(PASTE)
    ana.sees(said("room.box.noPictures"))
    expect(ana.field("Say something")).to_have_value("")
    assert not [one for one in devices.asked[first:] if (one.method, one.path[-9:]) == ("POST", "/messages")]


def test_the_nudge_asks_once_and_danger_is_sent_first(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK).enter()
    # The rules are here as soon as any page is that comes with them.
    ana.follow("Members")
    ana.sees_heading("Members")
    ana.enter()
    ana.write("Say something", "You should stop hurting yourself now.")
    ana.press("Send")
    ana.sees(said("room.nudge.says.pressure"))
    ana.clean()
    ana.press(said("room.nudge.asIs"))
    ben.reads("You should stop hurting yourself now.")
    ana.write("Say something", "I am going to end my life tonight.")
    ana.press("Send")
    ben.reads("I am going to end my life tonight.")
    ana.sees(said("room.nudge.danger", "999"))
    ana.clean()
    ana.press(said("room.nudge.dangerClose"))
    ben.say("I am so tired, and I hurt myself last week.")
    ana.reads("I am so tired, and I hurt myself last week.")


def test_words_wait_for_no_rules_and_help_comes_as_soon_as_they_are_here(kitchen):
    ana, ben = kitchen.come_in("Ana"), kitchen.come_in("Ben", size=DESK).enter()
    held: list[Route] = []
    ana.page.evaluate(KEEP_NO_SHELL, PATIENCE_MS)
    ana.page.route("**/seldom-*.js*", lambda route: held.append(route))
    with ana.page.expect_request("**/seldom-*.js*"):
        ana.page.reload(wait_until="commit")
        ana.enter()
    ana.say("I am going to end my life on Friday.")
    ben.reads("I am going to end my life on Friday.")
    expect(ana.page.get_by_text(said("room.nudge.danger", "999"))).to_have_count(0)
    for route in held:
        route.continue_()
    ana.page.unroute("**/seldom-*.js*")
    ana.sees(said("room.nudge.danger", "999"))
    ana.press(said("room.nudge.dangerClose"))


def test_the_room_opens_at_the_first_new_message_however_many_there_are(kitchen, open_device):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    ben.say("Back in a while.")
    ana = Member.come_in(kitchen.origin, ANA.sign_in, ANA.passphrase)
    ana.say("Read before Ben went away.")
    ben.reads("Read before Ben went away.")
    expect(ben.page.locator('.doors a[href="#/room"] .new')).to_have_count(0)
    with ben.page.expect_response("**/api/records/mine"):
        ben.page.evaluate(OUT_OF_SIGHT)
    ben.page.goto(f"{kitchen.origin}/help")
    for n in range(80):
        ana.say(f"New, number {n}.")
    first, newest = "New, number 0.", "New, number 79."
    page, held, drawn = open_device(size=DESK), list[Route](), list[bool]()
    page.route("**/messages?before=*", lambda route: route.continue_() if drawn else held.append(route))
    fresh = Person(BEN, page, kitchen.origin).come_in().enter()
    expect(page.get_by_text(said("room.newLine"))).to_be_in_viewport()
    drawn.append(True)
    for route in held:
        route.continue_()
    expect(fresh.message(first)).to_be_in_viewport()
    ben.open("#/room")
    expect(ben.page.get_by_text(said("room.newLine"))).to_be_in_viewport()
    expect(ben.message(first)).to_be_in_viewport()
    ben.press(said("room.toNewest"))
    expect(ben.message(newest)).to_be_in_viewport()
