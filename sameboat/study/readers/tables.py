"""Transcripts set in tables: who speaks in one column, the words in the next."""

from __future__ import annotations

from collections.abc import Sequence

from sameboat.study.readers.shapes import Line

_LONGEST_LABEL = 60


def lines_of_row(cells: Sequence[list[Line]]) -> list[Line]:
    """The lines of one row. Short cells before the last one stand before its first line, as a label would."""
    filled = [cell for cell in cells if any(line.text.strip() for line in cell)]
    if len(filled) < 2 or any(len(cell) > 1 for cell in filled[:-1]):
        return [line for cell in filled for line in cell]
    before = " ".join(cell[0].text.strip() for cell in filled[:-1])
    if len(before) > _LONGEST_LABEL:
        return [line for cell in filled for line in cell]
    first, *others = filled[-1]
    return [Line(f"{before}\t{first.text}", filled[0][0].strong), *others]
