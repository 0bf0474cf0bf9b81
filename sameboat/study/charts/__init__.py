"""Charts and maps as SVG, drawn here and the same every time. Pure: plain figures in, a drawing out.

Each has a title and words for whoever does not see it; a page puts the same figures into a table beside it. Nothing is
told by colour alone: every bar and square has its number, and series differ by pattern too.
"""

from sameboat.study.charts.bars import Bar, bars
from sameboat.study.charts.squares import squares
from sameboat.study.charts.theme_map import MapTheme, theme_map
from sameboat.study.charts.timeline import Stretch, timeline

__all__ = ("Bar", "MapTheme", "Stretch", "bars", "squares", "theme_map", "timeline")
