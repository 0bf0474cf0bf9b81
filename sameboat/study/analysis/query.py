"""The words of a search: AND, OR, NOT, NEAR, phrases, beginnings of words, and who or what it is about. Pure.

kettle tea                both words in one turn
kettle OR tea             either
kettle NOT (milk OR tea)  the first without the others
"put the kettle on"       these words in this order
NEAR(kettle Tuesday, 5)   both, with at most five words between them
belong*                   words that begin so
speaker:Karen group:A participant:A1 code:"food and tea" document:"First talk"
attribute:"Years=7"          what is known of a participant, their group or the text; also attribute:Years,
                          "Years>3", "Years<3"; without regard to case
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sameboat.lib.refusals import Refusal

FIELDS = ("speaker", "group", "participant", "code", "document", "attribute")
NEAR_WORDS = 10
MOST_PARTS = 60
_PIECE = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<near>NEAR\()|(?P<comma>,)"
    r"|(?:(?P<field>[a-z]+):)?(?:\"(?P<phrase>[^\"]*)\"|(?P<word>[^\s()\",]+)))"
)


class NotAQuery(Refusal):
    status = 422
    code = "not_a_query"
    sentence = "This search has a bracket or a quotation mark too many, or a word too few."


@dataclass(frozen=True)
class Words:
    """One word or several in their order; `beginning`: the last of them may go on."""

    words: tuple[str, ...]
    beginning: bool = False


@dataclass(frozen=True)
class Near:
    """Two or more with at most `most` words between them, in any order."""

    parts: tuple[Words, ...]
    most: int = NEAR_WORDS


@dataclass(frozen=True)
class About:
    """Whoever or whatever `field` (one of FIELDS) names."""

    field: str
    value: str


@dataclass(frozen=True)
class Every:
    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Either:
    parts: tuple[Query, ...]


@dataclass(frozen=True)
class Not:
    part: Query


Query = Words | Near | About | Every | Either | Not


@dataclass(frozen=True)
class _Piece:
    kind: str
    text: str = ""
    field: str = ""


def parse(text: str) -> Query:
    """What a search asks. Raises NotAQuery, with a sentence that says what is wrong."""
    pieces = _pieces(text)
    if not pieces:
        raise NotAQuery("Please type a word to look for.")
    reader = _Reader(pieces)
    found = reader.either()
    if reader.at < len(pieces):
        raise NotAQuery("This search has a closing bracket too many.")
    return found


def _pieces(text: str) -> list[_Piece]:
    if text.count('"') % 2:
        raise NotAQuery("This search has a quotation mark that does not end.")
    found: list[_Piece] = []
    for match in _PIECE.finditer(text.strip()):
        kind = match.lastgroup or ""
        kind = "phrase" if match["phrase"] is not None else kind
        found.append(_Piece(kind, match["phrase"] or match["word"] or "", match["field"] or ""))
    if len(found) > MOST_PARTS:
        raise NotAQuery("This search is too long. Please ask it in two.")
    return found


class _Reader:
    """Goes through the pieces once: OR binds least, then AND (which may be left out), then NOT."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self.pieces = pieces
        self.at = 0

    def _next(self) -> _Piece | None:
        return self.pieces[self.at] if self.at < len(self.pieces) else None

    def _is(self, word: str) -> bool:
        piece = self._next()
        return piece is not None and piece.kind == "word" and piece.text == word and not piece.field

    def either(self) -> Query:
        parts = [self.every()]
        while self._is("OR"):
            self.at += 1
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def every(self) -> Query:
        parts = [self.one()]
        while (piece := self._next()) is not None and piece.kind not in ("close", "comma") and not self._is("OR"):
            if self._is("AND"):
                self.at += 1
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def one(self) -> Query:
        if self._is("NOT"):
            self.at += 1
            return Not(self.one())
        piece = self._next()
        if piece is None or piece.kind in ("close", "comma") or self._is("OR") or self._is("AND"):
            raise NotAQuery("A word is missing in this search.")
        self.at += 1
        if piece.kind == "open":
            inner = self.either()
            self._close()
            return inner
        return self._near() if piece.kind == "near" else _leaf(piece)

    def _close(self) -> None:
        piece = self._next()
        if piece is None or piece.kind != "close":
            raise NotAQuery("This search has a bracket that does not end.")
        self.at += 1

    def _near(self) -> Query:
        parts: list[Words] = []
        most = NEAR_WORDS
        while (piece := self._next()) is not None and piece.kind in ("word", "phrase", "comma"):
            self.at += 1
            if piece.kind == "comma":
                most = self._number()
                break
            leaf = _leaf(piece)
            if not isinstance(leaf, Words):
                raise NotAQuery("NEAR takes words only.")
            parts.append(leaf)
        self._close()
        if len(parts) < 2:
            raise NotAQuery("NEAR needs two words, as in NEAR(kettle Tuesday, 5).")
        return Near(tuple(parts), most)

    def _number(self) -> int:
        piece = self._next()
        self.at += 1
        if piece is None or not piece.text.isdecimal() or not 0 <= int(piece.text) <= 200:
            raise NotAQuery("After the comma, NEAR needs a number of words, as in NEAR(kettle Tuesday, 5).")
        return int(piece.text)


def _leaf(piece: _Piece) -> Query:
    if piece.field:
        if piece.field not in FIELDS:
            raise NotAQuery(f"A search can be about: {', '.join(FIELDS)}.")
        return About(piece.field, piece.text)
    beginning = piece.kind == "word" and piece.text.endswith("*")
    words = tuple(re.findall(r"\w+", piece.text))
    if not words:
        raise NotAQuery("A word is missing in this search.")
    return Words(words, beginning)


def wanted_words(query: Query) -> list[Words]:
    """The words a hit is shown by: every one that is asked for, none that is ruled out."""
    match query:
        case Words():
            return [query]
        case Near(parts):
            return list(parts)
        case Every(parts) | Either(parts):
            return [word for part in parts for word in wanted_words(part)]
        case _:
            return []
