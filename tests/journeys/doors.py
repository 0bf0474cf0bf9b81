"""The words on the doors (PRODUCT.md): controls that carry a fixed name have the role it was fixed with."""

from __future__ import annotations

import re

from playwright.sync_api import Page

BUTTONS = {
    "Come in", "Start a group", "Join", "I agree", "Invite someone", "Send", "Hear", "Take back", "Leave this group",
    "Leave this page now",
}  # fmt: skip
LINKS = {
    "Come in", "Find a group", "Get help now", "Next meeting", "The room", "Everyday room", "Members", "Agreement",
}  # fmt: skip
FIELDS = {
    "Sign-in name", "Passphrase", "Recovery code", "Name in the group", "Group's name", "Say something",
    "Content note (optional)",
}  # fmt: skip
FIXED = {"button": BUTTONS, "link": LINKS, "field": FIELDS}
KINDS = {"button": "button", "link": "link", "textbox": "field", "checkbox": "field", "radio": "field"}
CONTROL = re.compile(r'^\s*- (button|link|textbox|checkbox|radio) "((?:[^"\\]|\\.)*)"', re.MULTILINE)


def misnamed(page: Page) -> list[str]:
    """Fixed names on the wrong role, and names that hold the fixed name of a control beside them."""
    said = CONTROL.findall(page.locator("body").aria_snapshot())
    controls = [(KINDS[role], name) for role, name in said]
    others = {name: kind for kind in ("button", "link") for name in FIXED[kind]}
    wrong = [
        f"“{name}” is a {kind}"
        for kind, name in controls
        if kind in ("button", "link") and name in others and name not in FIXED[kind]
    ]
    here = {(kind, name) for kind, name in controls if name in FIXED[kind]}
    return wrong + [
        f"“{name}” holds “{fixed}”"
        for kind, name in controls
        for its, fixed in here
        if kind == its and name != fixed and fixed.lower() in name.lower()
    ]
