"""What the browser part may not do, however it is written (docs/decisions/0004, SPEC.md)."""

import re

from tests.contracts.code import text_of, tree
from tools.machine import ROOT

SCRIPTS = {".ts", ".tsx", ".js"}
MARKUP_FROM_TEXT = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(|srcdoc")
ELSEWHERE = re.compile(r"""["'`](?:https?:)?//[\w.-]+""")
OUTSIDE_STORES = re.compile(r"\b(?:localStorage|sessionStorage|document\.cookie)\b")


def scripts() -> list:
    """The browser code we write: the app's sources and the scripts of the outside pages."""
    return [
        file for file in tree()
        if file.suffix in SCRIPTS and {"src", "static"} & set(file.parts)
        and not {"tests", "inside-old"} & set(file.parts) and ".test." not in file.name
    ]  # fmt: skip


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{file.relative_to(ROOT)}: {hit[0]}" for file in scripts() if (hit := pattern.search(text_of(file) or ""))]


def test_one_file_uses_the_browsers_cryptography():
    uses = re.compile(r"\.subtle\.\w+\(|=\s*[\w.]*crypto\.subtle\b")
    users = {place.split(":")[0] for place in found(uses)}
    assert users <= {"frontend/src/protocol/subtle.ts"}


def test_text_never_becomes_markup():
    assert found(MARKUP_FROM_TEXT) == []


def test_no_script_names_another_site():
    assert found(ELSEWHERE) == []


def test_one_file_keeps_what_lies_open():
    """A few words about this device, such as its lock time; everything else is kept sealed."""
    users = {place.split(":")[0] for place in found(OUTSIDE_STORES)}
    assert users <= {"frontend/src/store/device.ts"}
