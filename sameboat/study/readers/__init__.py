"""From the bytes of a file to a transcript. Pure: knows no Django and no database.

`read` is the one door; everything else here is behind it.
"""

from sameboat.study.readers.preview import Preview, SpeakerSeen, preview, words_in
from sameboat.study.readers.reading import READERS, read
from sameboat.study.readers.shapes import LARGEST_FILE, LONGEST_TEXT, Transcript, Turn, Unreadable

__all__ = (
    "LARGEST_FILE",
    "LONGEST_TEXT",
    "READERS",
    "Preview",
    "SpeakerSeen",
    "Transcript",
    "Turn",
    "Unreadable",
    "preview",
    "read",
    "words_in",
)
