"""Every vector is played, every failure is named in one, and writing them anew gives the same bytes."""

import json

import pytest

from sameboat.protocol.failures import NAMES
from sameboat.protocol.tests.make_vectors import FILES, text_of
from sameboat.protocol.tests.playing import OPS, VECTORS, play, read_vectors


@pytest.mark.parametrize("name", FILES)
def test_every_vector_comes_out_as_written_p42_p53(name: str) -> None:
    cases = read_vectors(name)
    assert cases
    for case in cases:
        outcome, out = play(case["op"], case["in"])
        assert (outcome, out or None) == (case["expect"], case.get("out")), case["name"]


@pytest.mark.parametrize("name", FILES)
def test_vectors_written_anew_are_the_same_bytes(name: str) -> None:
    assert (VECTORS / f"{name}.json").read_text(encoding="utf-8") == text_of(name)


def test_every_failure_and_every_operation_stands_in_a_vector() -> None:
    cases = [case for name in FILES for case in read_vectors(name)]
    assert {case["expect"] for case in cases} - {"success"} == NAMES
    assert {case["op"] for case in cases} == set(OPS)


def test_no_vector_file_is_left_over() -> None:
    assert {path.stem for path in VECTORS.glob("*.json")} == {*FILES, "room-words"}


def test_room_words_are_1024_different_plain_words_p60() -> None:
    words = json.loads((VECTORS / "room-words.json").read_text())["words"]
    assert len(set(words)) == len(words) == 1024
    assert all(3 <= len(word) <= 8 and word.isascii() and word.isalpha() and word.islower() for word in words)
    for one in words:
        assert not any(one != other and other.startswith(one) for other in words), one


def test_no_two_room_words_differ_in_one_letter_only() -> None:
    words = json.loads((VECTORS / "room-words.json").read_text())["words"]
    patterns = [word[:at] + "?" + word[at + 1 :] for word in words for at in range(len(word))]
    assert len(set(patterns)) == len(patterns)
