"""Pictures of screens, to be looked at. `make pictures` keeps them: taking one costs as much as the look it shows."""

from __future__ import annotations

import os
import re

from playwright.sync_api import Page

from tools.machine import ROOT

FOLDER = ROOT / "tests" / "pictures"
ARE_WANTED = bool(os.environ.get("PICTURES"))


def keep_picture(page: Page, name: str, size: tuple[int, int], look: str, *, whole: bool = True) -> None:
    """Keeps the page, or only what of it is in sight, in `tests/pictures/` as NAME-WIDTH-LOOK.jpg; only when asked."""
    if ARE_WANTED:
        FOLDER.mkdir(exist_ok=True)
        plain = re.sub(r"[^\w-]+", "-", name)
        page.screenshot(path=FOLDER / f"{plain}-{size[0]}-{look}.jpg", type="jpeg", quality=80, full_page=whole)
