"""What leaves as a file: written beside its page, and remembered, so that a withdrawal can call it stale."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from sameboat.lib import clock
from sameboat.lib.refusals import NotHere
from sameboat.study.ledger.acts import act
from sameboat.study.report.shapes import Sheet
from sameboat.study.report.unsaid import Leaving
from sameboat.study.report.writers import MEDIA_TYPES, write_csv, write_xlsx
from sameboat.study.team.policy import StudyRequest
from sameboat.study.work.going import Work, beside


def attached(name: str, content: bytes | str) -> HttpResponse:
    """An answer that is kept as a file of this name, of the kind that the name ends with."""
    answer = HttpResponse(content, content_type=MEDIA_TYPES[name.rsplit(".", 1)[1]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def written(request: StudyRequest, name: str, write: Callable[[], bytes]) -> HttpResponse:
    """Writes a file beside this page. While it is made nobody else changes the study."""
    study, researcher = request.seat.study, request.researcher

    def doing() -> HttpResponse:
        with act(study, researcher, "export", label=name, now=clock.now(), undoable=False, always=True):
            return attached(name, write())

    back = reverse("study-report", kwargs={"sid": study.id})
    return beside(Work(_("Writing %(name)s") % {"name": name}, back, researcher.id, study.id), doing)


def table_file(request: StudyRequest, name: str, kind: str, sheets: Callable[[Leaving], list[Sheet]]) -> HttpResponse:
    """Sheets as xlsx, or the first of them as csv, without what must not leave. Raises NotHere for any other kind."""

    def leaving_sheets() -> list[Sheet]:
        leaving = Leaving(request.seat)
        return list(map(leaving.sheet, sheets(leaving)))

    if kind == "csv":
        return written(request, f"{name}.csv", lambda: write_csv(leaving_sheets()[0]))
    if kind == "xlsx":
        return written(request, f"{name}.xlsx", lambda: write_xlsx(leaving_sheets()))
    raise NotHere
