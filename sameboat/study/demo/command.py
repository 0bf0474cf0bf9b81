"""`sameboat study demo`: makes the made-up study, once. A second run finds it and leaves it as it is."""

from __future__ import annotations

import datetime
import os
import sys
import uuid

from django.conf import settings
from django.db import transaction

from sameboat.lib.tables import bring_up_to_date
from sameboat.study.demo import coding, fieldwork, returned, themes, words
from sameboat.study.desk.actions import add_colleague, describe_study
from sameboat.study.team.access import seat as seat_of
from sameboat.study.team.actions import person_here, start_study
from sameboat.study.team.models import Researcher, Role, Study

STUDY = uuid.UUID("5a11b0a7-0000-4000-8000-000000000001")


def demo() -> int:
    """Makes the study unless it is there. 1 on a team's server, where real people work."""
    if settings.TEAM:
        print("The made-up study is for a laptop: sameboat study demo", file=sys.stderr)
        return 1
    os.umask(0o077)
    bring_up_to_date()
    if not Study.objects.filter(id=STUDY).exists():
        make_study(person_here())
    return 0


@transaction.atomic
def make_study(researcher: Researcher) -> Study:
    """The whole study, led by this researcher, or nothing of it."""
    begun = datetime.datetime(2026, 2, 2, 9, 30, tzinfo=datetime.UTC)
    study = start_study(researcher, words.NAME, question=words.QUESTION, now=begun, id=STUDY)
    seat = seat_of(researcher, study.id)
    describe_study(seat, name=words.NAME, question=words.QUESTION, properties=words.PROPERTIES, now=begun)
    robin = seat_of(add_colleague(seat, "Robin", Role.CODER, blind=False, now=begun), study.id)
    held = fieldwork.listen(seat, fieldwork.ask_groups(seat, now=begun.replace(day=3)), now=begun.replace(month=4))
    documents = coding.bring_in(seat, held, now=begun.replace(month=4, day=17))
    returned.keep_a_recording(seat, documents["A1"], now=begun.replace(month=4, day=18))
    returned.remember_who_withdrew(seat, now=begun.replace(month=4, day=20))
    codes = coding.make_codes(seat, now=begun.replace(month=4, day=25))
    coding.code_everything(seat, documents, codes, now=begun.replace(month=4, day=28))
    coding.code_again(robin, documents, codes, now=begun.replace(month=5, day=6))
    themes.make_themes(seat, documents, codes, now=begun.replace(month=5, day=18))
    coding.write_memos(seat, documents, codes, now=begun.replace(month=5, day=20))
    coding.throw_away(seat, now=begun.replace(month=5, day=21))
    returned.send_passages_back(seat, now=begun.replace(month=6, day=6))
    return study
