"""A transcript from speech recognition stays with its recording: the text follows, and a time leads to its sound."""

from __future__ import annotations

import io
import json
import re
import time
import wave

from playwright.sync_api import expect

from sameboat.study.tests.served import PAUSE, settled

TURNS = 40


def spoken() -> bytes:
    """As Whisper writes it: a turn each second, by two people in turn."""
    segments = [
        {
            "start": at,
            "end": at + 0.9,
            "speaker": "AB"[at % 2],
            "text": f"Turn number {at}. " + "We put the kettle on. " * 8,
        }
        for at in range(TURNS)
    ]
    return json.dumps({"segments": segments}).encode()


def sound() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * (TURNS + 2))
    return made.getvalue()


def bring_in(study) -> str:
    place = f"/studies/{study.study}/transcripts"
    with study.served.browser() as browser:
        look = browser.post(f"{place}/bring-in", files={"files": ("talk.json", spoken())}).headers["location"]
        while 'http-equiv="refresh"' in browser.get(look).text:
            time.sleep(PAUSE)
        settled(browser, browser.post(look, data={"wanted-0": "on", "title-0": "talk"}))
        found = re.search(r'#([0-9a-f-]{36})">talk<', browser.get(place).text)
        assert found
        kept = browser.post(f"{place}/{found[1]}/recording", files={"file": ("talk.wav", sound())})
        assert kept.status_code == 303
    return found[1]


def test_the_text_follows_its_recording_and_keys_and_times_lead_through_it(laptop):
    study = laptop()
    study.documents["talk"] = bring_in(study)
    coder = study.sit_down(document="talk")
    player, row = coder.page.locator(".listen audio"), coder.reader.locator(".par.spoken")
    expect(player).to_have_js_property("duration", TURNS + 2)
    player.evaluate("player => { player.muted = true; player.currentTime = 30.5; }")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Turn number 30.")
    expect(row).to_be_in_viewport()
    coder.reader.focus()
    coder.press("j")
    expect(row).to_contain_text("Turn number 25.")
    expect(row.get_by_role("button")).to_have_text("0:25")
    coder.press("k")
    expect(player).to_have_js_property("paused", False)
    coder.press("k")
    expect(player).to_have_js_property("paused", True)
    # However long it played meanwhile, it goes on from the same place.
    player.evaluate("player => { player.currentTime = 25.5; }")
    expect(row).to_contain_text("Turn number 25.")
    expect(row).to_be_in_viewport()
    coder.page.get_by_label("Text follows the recording").uncheck()
    player.evaluate("player => { player.currentTime = 3.5; }")
    expect(player).to_have_js_property("seeking", False)
    expect(coder.reader.locator(".par", has_text="Turn number 25.")).to_be_in_viewport()
    coder.reader.locator(".par", has_text="Turn number 26.").get_by_role("button").click()
    expect(row).to_contain_text(re.compile(r"Turn number (2[6-9]|[34]\d)\."))
    expect(player).to_have_js_property("paused", False)
