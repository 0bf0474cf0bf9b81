"""Drawings: the same every time, readable without seeing them, harmless whatever they are told, and PNG for reports."""

import datetime
import re

import pytest
from lxml import etree

from sameboat.study.charts import Bar, MapTheme, Stretch, bars, squares, theme_map, timeline
from sameboat.study.report.writers.pictures import drawn

ODD = 'tea & <script>alert("1")</script> 🍲'
DAY = datetime.date(2026, 3, 2)


def every() -> dict[str, str]:
    themes = [MapTheme(ODD, "named", "#3d7fb8", (ODD, "bread")), MapTheme("Held", "candidate", "#d1a03d", ())]
    return {
        "squares": squares("s", ODD, ODD, [ODD, "bread"], ["A1", ODD], [[3, 0], [12, 1]]),
        "bars": bars("b", ODD, ODD, ["A", ODD], [(ODD, [Bar(3, "3"), Bar(0, "0")]), ("b", [Bar(1, "1"), Bar(2, "2")])]),
        "timeline": timeline("t", ODD, ODD, [Stretch(ODD, DAY, None), Stretch("b", DAY, DAY)], DAY),
        "map": theme_map("m", ODD, ODD, themes),
    }


@pytest.mark.parametrize("kind", list(every()))
def test_a_drawing_is_well_formed_named_and_harmless(kind: str) -> None:
    svg = every()[kind]
    assert svg == every()[kind]
    root = etree.fromstring(svg.encode())
    assert root.get("role") == "img"
    named = {part.get("id"): part.text for part in root if etree.QName(part).localname in ("title", "desc")}
    assert set(root.get("aria-labelledby", "").split()) == set(named) and set(named.values()) == {ODD}
    tags = {etree.QName(part).localname for part in root.iter() if isinstance(part.tag, str)}
    assert not tags & {"script", "style", "foreignObject", "image"}
    assert not re.search(r"\sstyle=|\son\w+=|https?://(?!www\.w3\.org)", svg)
    assert drawn(svg).png.startswith(b"\x89PNG")


def test_numbers_stand_beside_what_is_drawn_and_series_differ_without_colour() -> None:
    said = every()
    assert ">12<" in said["squares"] and said["squares"].count("<rect") == 3
    assert "<pattern" in said["bars"] and 'stroke-dasharray="5 4"' in said["timeline"]


def test_nothing_to_draw_is_still_a_drawing() -> None:
    for svg in (squares("s", "t", "w", [], [], []), bars("b", "t", "w", [], []), timeline("t", "t", "w", [], DAY)):
        assert etree.fromstring(svg.encode()) is not None
