"""What draws is loaded with the first drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sameboat.study.text.later import Later

if TYPE_CHECKING:
    import drawsvg
else:
    drawsvg = Later("drawsvg")

__all__ = ["drawsvg"]
