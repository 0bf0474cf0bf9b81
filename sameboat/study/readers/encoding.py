"""Which encoding a file of text is in."""

from __future__ import annotations

from typing import NamedTuple

from sameboat.study.readers.later import charset_normalizer
from sameboat.study.readers.shapes import Unreadable

# Longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ENOUGH = 200_000
# Where the statistics hardly differ, what most Western programs wrote is the likelier.
_USUAL = "cp1252"
_HARDLY = 0.05
_GUESSED = "The letters were read as {}, which is a guess. Look whether words with accents are right."


class Decoded(NamedTuple):
    """Text, the name of its encoding, and a sentence where that was a guess."""

    text: str
    encoding: str
    note: str | None = None


def decode(name: str, content: bytes, said: str | None = None) -> Decoded:
    """Text from bytes: by its mark, as UTF-8, by what the file says of itself (`said`), else by a library's guess.

    Raises Unreadable where it is no text in any encoding.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            found = _strictly(content, encoding)
            if found is None:
                raise Unreadable(
                    f"{name}: its first bytes say {encoding}, but the rest is not. Save it again as UTF-8."
                )
            return Decoded(found, encoding.removesuffix("-sig"))
    wide = _looks_like_utf16(content[:4096]) if len(content) % 2 == 0 else None
    for likely in filter(None, (wide, "utf-8", said)):
        found = _strictly(content, likely)
        if found is not None:
            return Decoded(found, likely.lower(), _GUESSED.format(likely) if likely == wide else None)
    return _guessed(name, content)


def _looks_like_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in most scripts every other byte of its spaces and digits is zero."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 10 < len(sample) or min(even, odd):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(name: str, content: bytes) -> Decoded:
    guess = _likeliest(content[:_ENOUGH])
    text = _strictly(content, guess) if guess else None
    if guess is None or text is None or _is_noise(text):
        at = _first_bad_line(content)
        raise Unreadable(f"{name}, line {at}: this is not text in an encoding we know. Save it again as UTF-8.")
    return Decoded(text, guess, _GUESSED.format(guess))


def _likeliest(sample: bytes) -> str | None:
    matches = charset_normalizer.from_bytes(sample)
    best = matches.best()
    if best is None:
        return None
    found: str = best.encoding
    for match in matches:
        if _USUAL in match.could_be_from_charset and match.coherence >= best.coherence - _HARDLY:
            return _USUAL
    return found


def _is_noise(text: str) -> bool:
    """Whether a sample holds control characters, which no transcript has."""
    sample = text[:20_000]
    odd = sum(character < " " and character not in "\t\n\r\x0b\x0c" for character in sample)
    return odd * 200 > len(sample)


def _first_bad_line(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return content.count(b"\n", 0, wrong.start) + 1
    return content.count(b"\n", 0, content.find(b"\x00")) + 1
