"""The sentences of the inside, by their place in `frontend/src/words/en.ts`: journeys name places, not wording."""

from __future__ import annotations

import json
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from tools import machine

SCRIPT = Path(__file__).parent / "words.mjs"


@cache
def _words() -> dict[str, Any]:
    found = machine.node()
    assert found, "No Node 22.12 or newer found. Type: make environment"
    done = subprocess.run(
        [found, "--input-type=module", "--eval", SCRIPT.read_text(encoding="utf-8")],
        cwd=machine.ROOT / "frontend", capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    words: dict[str, Any] = json.loads(done.stdout)
    return words


def screens() -> dict[str, dict[str, Any]]:
    """Every screen of the inside by its name, as `screens.ts` lists them."""
    found: dict[str, dict[str, Any]] = _words()["screens"]
    return found


def said(place: str, *gaps: str) -> str:
    """The sentence at `room.hear` or `door.title`, its gaps filled. KeyError for a place that is not there."""
    found: Any = _words()
    for part in place.split("."):
        found = found[part]
    assert isinstance(found, str), f"{place} is no sentence"
    for number, gap in enumerate(gaps):
        found = found.replace(f"{{{number}}}", gap)
    return found


def like(place: str) -> re.Pattern[str]:
    """The sentence with anything in its gaps, as a pattern."""
    escaped = re.escape(said(place))
    return re.compile(re.sub(r"\\\{\d\\\}", ".*", escaped))
