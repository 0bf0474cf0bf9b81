"""After a withdrawal: nothing of it is left in the pages of the database, its index of words, or files beside it."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable

from sameboat.study.coding.coverage import word_starts
from sameboat.study.transcripts import arrivals, recordings
from sameboat.study.transcripts.models import Recording
from sameboat.study.transcripts.sweeping import write_anew
from sameboat.study.work.going import forget


def sweep(study_id: uuid.UUID, sounds: Iterable[Recording]) -> None:
    """Stops what is made of the old words, deletes files beside the database, writes it anew without what went."""
    forget(study_id)
    for one in sounds:
        recordings.place(one).unlink(missing_ok=True)
    shutil.rmtree(arrivals.folder() / study_id.hex, ignore_errors=True)
    word_starts.cache_clear()
    write_anew()
