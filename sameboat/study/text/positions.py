"""Other ways to count the same text, turned into code points and back, exactly.

A browser counts UTF-16 units, Taguette's files count UTF-8 bytes, files from Windows count a line end as two. Each
`Ruler` says for one text where every code point of ours stands in the other count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import accumulate

Width = Callable[[str], int]


def utf16_width(character: str) -> int:
    """Units of UTF-16 that one code point takes: two above U+FFFF."""
    return 2 if character > "\uffff" else 1


def utf8_width(character: str) -> int:
    """Bytes of UTF-8 that one code point takes; a lone surrogate counts as it would be written, three."""
    return len(character.encode("utf-8", "surrogatepass"))


def line_end_as_two(width: Width) -> Width:
    """The same count, but of a text in which each line end was CR LF before it became one LF here."""
    return lambda character: 2 * width(character) if character == "\n" else width(character)


class Ruler:
    """Code points of one text beside another count of it.

    `shift` is what stood before the first character and was taken away here, such as a byte order mark.
    """

    def __init__(self, text: str, width: Width, shift: int = 0) -> None:
        self._starts = list(accumulate(map(width, text), initial=shift))

    @property
    def length(self) -> int:
        """The whole text in the other count."""
        return self._starts[-1]

    def there(self, position: int) -> int:
        """The other count of a position of ours. Raises IndexError past the end."""
        if position < 0:
            raise IndexError(position)
        return self._starts[position]

    def here(self, position: int) -> int | None:
        """Our position of the other count, or None where it lies outside the text or within a character."""
        at = bisect_right(self._starts, position) - 1
        return at if at >= 0 and self._starts[at] == position else None

    def holding(self, position: int) -> int:
        """Our position of the character that the other count stands in, clipped to the text."""
        return max(0, min(bisect_right(self._starts, position) - 1, len(self._starts) - 1))


def utf16_positions(text: str, positions: Iterable[int]) -> list[int]:
    """The UTF-16 count of each code point position."""
    ruler = Ruler(text, utf16_width)
    return [ruler.there(position) for position in positions]
