"""Run as a program in the study's own environment: puts codes on passages, straight into its database.

`python -m bench.study.fill STUDY spans TITLE NUMBER`: one code of that number of passages on one text.
`python -m bench.study.fill STUDY matrix CODES`: so many codes, each once on every text.
Prints the ids of the first code and of the text.
"""

from __future__ import annotations

import sys
import uuid

import django

django.setup()

from django.utils import timezone  # noqa: E402

from sameboat.study.coding.models import Code, Span  # noqa: E402
from sameboat.study.coding.palette import free_look  # noqa: E402
from sameboat.study.team.actions import person_here  # noqa: E402
from sameboat.study.team.models import Study  # noqa: E402
from sameboat.study.transcripts.models import Document  # noqa: E402

WIDE = 60


def code(study: Study, name: str, number: int) -> Code:
    colour, pattern = free_look(set())
    return Code.objects.create(
        study=study, name=name, colour=colour, pattern=pattern, position=number, created_by=person_here(),
        created_at=timezone.now(),
    )  # fmt: skip


def span(study: Study, document: Document, of: Code, start: int) -> Span:
    return Span(
        study=study, document=document, code=of, start=start, end=start + WIDE, author=person_here(),
        created_at=timezone.now(),
    )  # fmt: skip


def spans(study: Study, title: str, number: int) -> None:
    document = Document.objects.get(study=study, title=title)
    of, step = code(study, f"code of {number}", number), (document.length - WIDE) / max(number, 1)
    Span.objects.bulk_create([span(study, document, of, int(step * at)) for at in range(number)], batch_size=500)
    print(of.id, document.id)


def matrix(study: Study, codes: int) -> None:
    made = [code(study, f"code {number}", number) for number in range(codes)]
    rows = []
    for document in Document.objects.filter(study=study):
        step = (document.length - WIDE) / codes
        rows += [span(study, document, of, int(step * at)) for at, of in enumerate(made)]
    Span.objects.bulk_create(rows, batch_size=500)
    print(made[0].id, rows[0].document_id)


def main() -> None:
    study = Study.objects.get(id=uuid.UUID(sys.argv[1]))
    if sys.argv[2] == "spans":
        spans(study, sys.argv[3], int(sys.argv[4]))
    else:
        matrix(study, int(sys.argv[3]))


if __name__ == "__main__":
    main()
