"""Invented text that is hard to count: emoji, marks that combine, line ends, right to left."""

from hypothesis import settings
from hypothesis import strategies as st

CALM = settings(max_examples=2 * settings.default.max_examples)

PIECES = (
    "soup", "and", "bread", " ", "  ", "\n", "\r\n", "\t", "🫖", "👩‍👩‍👧", "🇬🇧", "e\u0301", "ñ", "n\u0303",
    "שלום", "مرحبا", "\u200f", "\u2068", "हिन्दी", "茶", "𝔞", "—", "’", ".", "?", "\u00a0", "\u2028", "ﬁ", "İ", "\x00",
)  # fmt: skip

HARD = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=60),
)


@st.composite
def spans_of(draw, length: int, most: int = 8):
    edges = st.integers(0, length)
    return [tuple(sorted((draw(edges), draw(edges)))) for _ in range(draw(st.integers(0, most)))]
