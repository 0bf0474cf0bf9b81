"""The twelve real transcripts: every label a turn, every word somebody's."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise

from sameboat.study.readers import preview, read, words_in
from sameboat.study.readers.tests.real import real
from sameboat.study.text import words

LABEL = re.compile(r"^\*\*(.+?):\*\*", re.M)


@cache
def transcripts():
    """Each file with what was read in it."""
    return [(file, read(file.name, file.read_bytes())) for file in sorted(real("transcripts").glob("*.md"))]


def test_twelve_real_transcripts_have_the_speakers_and_turns_that_their_labels_say():
    files = transcripts()
    assert len(files) == 12
    for file, found in files:
        said = Counter(LABEL.findall(file.read_text()))
        said.pop("Break", 0)
        breaks = len(re.findall(r"^\W*Break\b.*?:", file.read_text(), re.M))
        assert Counter(turn.speaker for turn in found.turns if turn.speaker) == said
        assert sum(found.text[turn.start :].startswith("Break:") for turn in found.turns) == breaks
        assert found.speakers == tuple(dict.fromkeys(name for name in LABEL.findall(file.read_text()) if name in said))


def test_no_label_and_no_mark_stays_in_the_words_of_a_real_transcript():
    for _, found in transcripts():
        for turn in found.turns:
            words = found.text[turn.start : turn.end]
            assert words == words.strip() and words
            assert "**" not in words and not words.startswith(f"{turn.speaker}:")
        assert all(left.end + 1 == right.start for left, right in pairwise(found.turns))


def test_a_paragraph_without_a_name_belongs_to_who_spoke_last():
    file = real("transcripts", "go-time-1.md")
    found = read(file.name, file.read_bytes())
    first = found.turns[0]
    assert first.speaker == "Erik St. Martin"
    assert "\nWe've got a great show lined up today." in found.text[first.start : first.end]


def test_every_word_of_a_real_transcript_is_counted_once():
    for _, found in transcripts():
        seen = preview(found, words_in(found))
        assert 4_000 < seen.words == words.count(found.text) < 16_000
        assert sum(one.words for one in seen.speakers) + seen.nobodys_words == seen.words
        assert seen.nobodys_words < 10
