"""What goes wrong on a person's own side: each has one clear sentence, and nothing that was written is lost."""

import datetime

import pytest
from playwright.sync_api import expect

from tests.cast import DEE
from tests.journeys.devices import DESK
from tests.journeys.people import SHARED, Person
from tests.journeys.sentences import said

QUOTA = 3_000_000
WRITTEN = "Written while this phone was full of other things."
SPOILED = "Said while something cut it short."
ARRIVES = "Said to somebody whose phone is full."
AHEAD = "Said to somebody who is a day ahead."
FILL = """async () => {
  const asked = indexedDB.open('photographs');
  asked.onupgradeneeded = () => asked.result.createObjectStore('all', { autoIncrement: true });
  const db = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const fits = (size) => new Promise((done) => {
    const adding = db.transaction('all', 'readwrite');
    adding.objectStore('all').put(crypto.getRandomValues(new Uint8Array(size)));
    adding.oncomplete = () => done(true);
    adding.onabort = () => done(false);
  });
  for (let size = 65536; size >= 64; size /= 4) while (await fits(size));
  db.close();
}"""
FREE = """() => new Promise((done) => {
  indexedDB.deleteDatabase('photographs').onsuccess = done;
})"""
OLD = {
    "no sealing": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    "no such keys": "crypto.subtle.importKey = () => Promise.reject(new DOMException('', 'NotSupportedError'))",
}
NO_STORE = "indexedDB.open = () => { throw new DOMException('', 'InvalidStateError') }"


@pytest.fixture(scope="module")
def dee(kitchen, devices):
    """Dee on an old phone that holds little."""
    dee = Person(DEE, devices.open(), kitchen.origin)
    dee.page.goto(f"{kitchen.origin}/help")
    devtools = dee.page.context.new_cdp_session(dee.page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": kitchen.origin, "quotaSize": QUOTA})
    yield dee.come_in()
    dee.page.context.close()


def test_a_full_device_says_so_and_loses_nothing(kitchen, dee):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    dee.enter()
    dee.page.evaluate(FILL)
    dee.write("Say something", WRITTEN)
    dee.sees(said("notices.storage_full.text"))
    dee.clean()
    dee.press("Send")
    ben.reads(WRITTEN)
    expect(dee.field("Say something")).to_have_value("")
    expect(dee.message(WRITTEN)).not_to_contain_text(said("room.waiting"))
    ben.say(ARRIVES)
    dee.reads(ARRIVES)
    dee.page.evaluate(FREE)
    dee.write("Say something", "H")
    expect(dee.page.get_by_text(said("notices.storage_full.text"))).to_have_count(0)
    dee.write("Say something", "")
    dee.page.evaluate(FILL)
    dee.page.reload()
    dee.enter().reads(WRITTEN)
    expect(ben.message(WRITTEN)).to_have_count(1)
    dee.page.evaluate(FREE)


def test_what_is_too_long_says_so_and_stays(kitchen, devices):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    first = len(devices.asked)
    ben.write("Say something", "long " * 800)
    ben.sees(said("trouble.too_long"))
    ben.press("Send")
    expect(ben.field("Say something")).to_have_value("long " * 800)
    assert not [one for one in devices.asked[first:] if (one.method, one.path[-9:]) == ("POST", "/messages")]
    ben.write("Say something", "")


def test_what_was_spoiled_on_its_way_comes_back_to_the_box_and_says_so(kitchen):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    ben.page.route("**/messages", lambda route: route.continue_(post_data=route.request.post_data[:-40] + '"}'))
    ben.write("Say something", SPOILED)
    ben.press("Send")
    ben.sees(said("cameBack"))
    expect(ben.field("Say something")).to_have_value(SPOILED)
    ben.clean()
    ben.page.unroute("**/messages")
    ben.press("Send")
    expect(ben.field("Say something")).to_have_value("")
    expect(ben.message(SPOILED)).to_have_count(1)
    expect(ben.page.get_by_text(said("cameBack"))).to_have_count(0)


@pytest.mark.parametrize("lack", OLD)
def test_a_browser_that_is_too_old_is_told_what_works(kitchen, open_device, lack):
    page = open_device()
    page.add_init_script(OLD[lack])
    page.goto(f"{kitchen.origin}/in/")
    expect(page.get_by_role("heading", name=said("coming.old.title"))).to_be_visible()
    expect(page.get_by_role("link", name=said("coming.find"))).to_be_visible()
    page.get_by_role("link", name=said("help")).click()
    page.wait_for_url("**/help")


def test_a_browser_that_cannot_even_read_the_program_finds_help_and_the_way_out(kitchen, open_device):
    page = open_device()
    page.route("**/*.js", lambda route: route.fulfill(body="this is ( no script", content_type="text/javascript"))
    page.goto(f"{kitchen.origin}/in/")
    expect(page.locator('a[href="/old-browser"]')).to_be_visible()
    expect(page.get_by_role("link", name=said("help"))).to_be_visible()
    page.get_by_role("button", name=said("exit")).click()
    page.wait_for_url("**/elsewhere")


def test_a_window_that_may_not_keep_anything_says_so(kitchen, open_device):
    page = open_device()
    page.add_init_script(NO_STORE)
    page.goto(f"{kitchen.origin}/in/")
    expect(page.get_by_role("heading", name=said("coming.old.private"))).to_be_visible()


def a_day_out(days: float) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)


def test_a_date_that_is_a_day_ahead_is_named_and_hides_no_words(kitchen, dee):
    ben = kitchen.come_in("Ben", size=DESK).enter()
    dee.page.clock.install(time=a_day_out(1.2))
    dee.page.reload()
    dee.sees(said("notices.clock_wrong.text"))
    ben.say(AHEAD)
    dee.enter().reads(AHEAD)
    dee.sees(said("notices.clock_wrong.text"))


def test_a_date_that_is_a_day_behind_is_named_where_one_comes_in(kitchen, open_device):
    """What others signed seems to come from tomorrow, and is not believed."""
    dee = Person(DEE, open_device(), kitchen.origin)
    dee.page.clock.install(time=a_day_out(-1.2))
    dee.open()
    dee.sees(said("notices.clock_wrong.text"))
    dee.try_to_come_in(device=SHARED)
    dee.sees(said("trouble.clock_wrong"))
    expect(dee.field("Sign-in name")).to_have_value(DEE.sign_in)
