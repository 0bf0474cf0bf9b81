"""What every drawing begins with: its size, its title and words, letters, and looks that differ without colour."""

from __future__ import annotations

from sameboat.study.charts.later import drawsvg

SIZE = 14
# Half the height of a letter: how wide one is on average, and how far below the middle a line stands.
LETTER = 0.56
DROP = 5
INK, SOFT, LINE, PAPER = "#1c2b2d", "#55656a", "#b9c4c2", "#ffffff"
FAMILY = "Atkinson Hyperlegible Next, Noto Sans, sans-serif"
# Told apart by people who do not see red and green, on white and on dark paper; each with a pattern of its own.
COLOURS = ("#2a7f78", "#c9822b", "#7a5fb0", "#3d7fb8", "#a8476b", "#6b7a2f")


def paper(name: str, width: float, height: float, title: str, words: str) -> drawsvg.Drawing:
    """An empty drawing. `name` is one word, in which the drawing differs from others on its page."""
    drawing = drawsvg.Drawing(
        round(width), round(height), id_prefix=f"{name}-", role="img", class_="chart", font_family=FAMILY,
        aria_labelledby=f"{name}-title {name}-words",
    )  # fmt: skip
    drawing.append(drawsvg.Raw(f'<title id="{name}-title">{_escaped(title)}</title>'))
    drawing.append(drawsvg.Raw(f'<desc id="{name}-words">{_escaped(words)}</desc>'))
    return drawing


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def svg_of(drawing: drawsvg.Drawing) -> str:
    """The drawing as an element that may stand in a page, in a file or in a report."""
    return str(drawing.as_svg(header=""))


def letters(
    text: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: float = SIZE,
    soft: bool = False,
    strong: bool = False,
) -> drawsvg.Text:
    """One line of words, the middle of its height at `y`."""
    looks = {"font_weight": "700"} if strong else {}
    kind, fill = ("soft", SOFT) if soft else ("ink", INK)
    return drawsvg.Text(text, size, x, y + DROP * size / SIZE, text_anchor=anchor, fill=fill, class_=kind, **looks)


def line(x1: float, y1: float, x2: float, y2: float, *, width: float = 1) -> drawsvg.Line:
    """A quiet line."""
    return drawsvg.Line(x1, y1, x2, y2, stroke=LINE, stroke_width=width, class_="line")


def cut(text: str, most: int) -> str:
    """Words that are at most so long."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def wide(texts: list[str], size: float = SIZE) -> float:
    """About how wide the longest of some words is."""
    return max((len(text) for text in texts), default=0) * LETTER * size


_STROKES = (None, "M-2,2 L2,-2 M0,8 L8,0 M6,10 L10,6", None, "M0,4 L8,4", "M0,0 L8,8 M8,0 L0,8")


def look(number: int, colour: str = "") -> str | drawsvg.Pattern:
    """How the nth series is filled: plain, stripes, dots, bars, crosses, in a colour of its own or a given one."""
    colour, kind = colour or COLOURS[number % len(COLOURS)], number % len(_STROKES)
    if kind == 0:
        return colour
    pattern = drawsvg.Pattern(8, 8, patternUnits="userSpaceOnUse")
    pattern.append(drawsvg.Rectangle(0, 0, 8, 8, fill=colour))
    if stroke := _STROKES[kind]:
        pattern.append(drawsvg.Path(stroke, stroke=PAPER, stroke_width=1.6, fill="none"))
    else:
        pattern.append(drawsvg.Circle(4, 4, 1.8, fill=PAPER))
    return pattern
