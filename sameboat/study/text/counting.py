"""How many of something, as people say it."""

from __future__ import annotations


def many(number: int, one: str, more: str) -> str:
    """1 text, 2 texts, 1,000 texts."""
    return f"{number:,} {one if number == 1 else more}"
