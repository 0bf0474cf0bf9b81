"""Drawings (SVG) as pictures that every program shows (PNG)."""

from __future__ import annotations

import struct
from typing import NamedTuple

import resvg_py

from sameboat.study.report.writers.fonts import FAMILY, FOLDER

# Three times the size on a screen: sharp on paper.
_ZOOM = 3.0


class Drawn(NamedTuple):
    """A PNG with its size in CSS pixels, before it was enlarged."""

    png: bytes
    width: float
    height: float


def drawn(svg: str) -> Drawn:
    """The drawing as PNG, with our own fonts and nothing from the network. Raises ValueError where it is no SVG."""
    png = bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=_ZOOM,
            background="#ffffff",
            skip_system_fonts=True,
            font_dirs=[str(FOLDER)],
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            serif_family=FAMILY,
            monospace_family=FAMILY,
        )
    )
    width, height = struct.unpack(">II", png[16:24])
    return Drawn(png, width / _ZOOM, height / _ZOOM)


def fitted(picture: Drawn, width: float, height: float) -> tuple[float, float]:
    """Width and height in the unit of the given box, as large as fits and no larger than it was drawn at 96 to an inch.

    The box is in millimetres.
    """
    natural = picture.width * 25.4 / 96, picture.height * 25.4 / 96
    scale = min(1.0, width / natural[0], height / natural[1])
    return natural[0] * scale, natural[1] * scale
