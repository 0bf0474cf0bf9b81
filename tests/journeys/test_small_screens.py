"""Little room: a keyboard over half the screen, words twice as large, a phone on its side. Nothing is out of reach."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.clean import WIDER
from tests.journeys.devices import PHONE
from tests.journeys.sentences import said

ORDINARY = (
    "The kettle is on. The week was long, and I am glad of this table.",
    "It rained the whole way home, and I sat by the window for an hour.",
    "Thank you for asking. I slept a little, and the cat woke me at five.",
)
ANSWER = "I was thinking of you all on the bus home today."
WITH_KEYBOARD, TWICE_AS_LARGE, ON_ITS_SIDE = (360, 380), (640, 400), (640, 360)
TINY = (180, 320)  # the phone, at 200 %
WHOLE = """(most) => {
  const view = document.querySelector('.scroller').getBoundingClientRect();
  const whole = [...document.querySelectorAll('article')].filter((one) => {
    const top = one.querySelector('.who').getBoundingClientRect().top;
    return top >= view.top - 1 && one.querySelector('.bubble')?.getBoundingClientRect().bottom <= view.bottom + 1;
  });
  return whole.length >= most;
}"""
OVER_EACH_OTHER = """() => {
  const boxes = [...document.querySelectorAll('.top .button, .doors a')].map((one) => one.getBoundingClientRect());
  const shown = boxes.filter(({ width, height }) => width && height);
  const clash = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return shown.flatMap((a, n) => shown.slice(n + 1).filter((b) => clash(a, b))).length;
}"""


@pytest.fixture
def ana(looked_at):
    ana = looked_at.come_in("Ana")
    resize(ana, PHONE)
    ana.enter()
    yield ana
    resize(ana, PHONE)
    ana.open("#/room")
    ana.write("Say something", "")


def resize(person, size):
    person.page.set_viewport_size({"width": size[0], "height": size[1]})


def test_three_ordinary_messages_stay_in_sight_while_writing(ana):
    for text in ORDINARY:
        ana.say(text)
    ana.write("Say something", ANSWER)
    for size in (PHONE, WITH_KEYBOARD, TWICE_AS_LARGE):
        resize(ana, size)
        ana.page.wait_for_function(WHOLE, arg=3)
        expect(ana.button("Send")).to_be_in_viewport(ratio=1)
        expect(ana.button(said("room.box.addNote"))).to_be_visible()


@pytest.mark.parametrize("size", [TWICE_AS_LARGE, ON_ITS_SIDE, (320, 480), TINY])
def test_every_place_can_be_reached_on_a_low_screen(ana, size):
    resize(ana, size)
    for door in (said("doors.today"), "Members", "Everyday room", "The room"):
        ana.follow(door)
        expect(ana.link(door).first).to_have_attribute("aria-current", "page")
        for always in (ana.link(said("help")), ana.button(said("exit"))):
            expect(always).to_be_in_viewport(ratio=1)
        assert ana.page.evaluate(OVER_EACH_OTHER) == 0
        assert ana.page.evaluate(WIDER) == 0


LOWEST = """() => {
  const view = document.querySelector('.scroller');
  view.scrollTop -= 150;
  const edge = view.getBoundingClientRect().bottom - 20;
  const all = [...document.querySelectorAll('article')].filter((one) => one.getBoundingClientRect().bottom < edge);
  return all.at(-1).id || (all.at(-1).id = 'lowest');
}"""


def test_what_can_be_done_about_the_lowest_message_opens_in_sight(ana):
    for text in ORDINARY:
        ana.say(text)
    ana.page.get_by_role("heading", level=1).focus()
    lowest = ana.page.evaluate(LOWEST)
    ana.page.locator(f"#{lowest}").get_by_role("button", name=said("room.more"), exact=True).click()
    expect(ana.page.get_by_text(said("room.panel.takeBackHint"))).to_be_in_viewport(ratio=1)


def test_the_largest_words_leave_room_for_a_message(ana):
    ana.open("#/settings")
    ana.choose(said("settings.look.largest"))
    ana.enter("Everyday room").say("Soup, then.")
    ana.write("Say something", ANSWER)
    expect(ana.message("Soup, then.").locator(".bubble")).to_be_in_viewport(ratio=1)
    ana.write("Say something", "")
    ana.open("#/settings")
    ana.choose(said("settings.look.usual"))
