"""Which words of a text are quoted from somebody. Pure.

Quoted is a run of four words that only they said, a whole passage of theirs that was coded and that nobody else
said, or a word that somebody typed to be looked for. What others said too is not taken for theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sameboat.study.text.spans import merged

RUN = 4
INSTEAD = "[…]"
_WORD = re.compile(r"\w+")
Words = tuple[str, ...]


def words_of(text: str) -> list[tuple[str, int, int]]:
    """Each word without case, with its place."""
    return [(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]


def _runs(words: Sequence[str], length: int) -> Iterator[Words]:
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _bare(text: str) -> Words:
    return tuple(word for word, _, _ in words_of(text))


class Theirs:
    """Knows the words of one person: `texts` and coded `passages` are theirs, `others` are not."""

    def __init__(
        self, texts: Iterable[str], passages: Iterable[str], others: Iterable[str], typed: Iterable[str] = ()
    ) -> None:
        wanted: set[Words] = {run for text in texts for run in _runs(_bare(text), RUN)}
        wanted |= {found for passage in passages if 0 < len(found := _bare(passage)) < RUN}
        for text in others:
            bare = _bare(text)
            for length in range(1, RUN + 1):
                wanted.difference_update(_runs(bare, length))
        self._by_length: dict[int, set[Words]] = {}
        for run in wanted | {found for one in typed if (found := _bare(one))}:
            self._by_length.setdefault(len(run), set()).add(run)

    def places(self, text: str) -> Sequence[tuple[int, int]]:
        """Where their words stand in a text, in order."""
        words = words_of(text)
        bare = [word for word, _, _ in words]
        return merged(
            (words[at][1], words[at + length - 1][2])
            for length, known in self._by_length.items()
            for at, run in enumerate(_runs(bare, length))
            if run in known
        )

    def clean(self, text: str) -> str:
        """The text with a mark in place of their words."""
        for start, end in reversed(self.places(text)):
            text = text[:start] + INSTEAD + text[end:]
        return text

    def cleaned(self, value: Any) -> Any:
        """The same in every text of a JSON value, names of members too."""
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, list):
            return [self.cleaned(one) for one in value]
        if isinstance(value, dict):
            return {self.clean(name): self.cleaned(one) for name, one in value.items()}
        return value
