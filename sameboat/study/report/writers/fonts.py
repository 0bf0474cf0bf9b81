"""Fonts that are the same on every machine: Noto, for most scripts, from a package."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import manimgx_fonts

from sameboat.study.text.later import Later

# Only what is written as PDF needs these.
subset: Any = Later("fontTools.subset")
opened: Any = Later("fontTools.ttLib")
instancer: Any = Later("fontTools.varLib.instancer")
FOLDER = Path(manimgx_fonts.__file__).parent
FAMILY = "Noto Sans"
PLAIN = FOLDER / "NotoSans[wght].ttf"
SLANTED = FOLDER / "NotoSans-Italic[wght].ttf"


@functools.cache
def _others() -> tuple[Path, ...]:
    """Fonts of other scripts; symbols before emoji, both after letters."""
    files = (file for file in FOLDER.glob("*.ttf") if file not in (PLAIN, SLANTED))
    return tuple(sorted(files, key=lambda file: ("Emoji" in file.name, "Symbols" in file.name, file.name)))


@functools.cache
def _characters(file: Path) -> frozenset[int]:
    with opened.TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def needed_for(text: Iterable[str]) -> tuple[list[Path], set[str]]:
    """The fonts beside Noto Sans that this text needs, and the characters that none of them has."""
    missing = {ord(character) for piece in text for character in piece if not character.isspace()} - _characters(PLAIN)
    files = []
    for file in _others():
        if found := missing & _characters(file):
            files.append(file)
            missing -= found
    return files, {chr(code) for code in missing if chr(code).isprintable()}


def strong(text: Iterable[str], *, shaping: bool) -> bytes:
    """Noto Sans in bold with the characters of this text: a font for one report.

    Without `shaping` nobody asks how letters change beside each other, and to keep that takes most of the time.
    """
    codes = {ord(character) for piece in text for character in piece} | set(range(32, 127))
    font = opened.TTFont(PLAIN, lazy=True)
    features: dict[str, Any] = {} if shaping else {"layout_features": []}
    options = subset.Options(hinting=False, notdef_outline=True, glyph_names=False, **features)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    made = io.BytesIO()
    instancer.instantiateVariableFont(font, {"wght": 700}, inplace=True).save(made)
    return made.getvalue()
