"""What the coding screen asks of analysis."""

from __future__ import annotations

import uuid
from typing import Any

from ninja import Router

from sameboat.study.analysis.query import parse
from sameboat.study.analysis.search import hits
from sameboat.study.team.policy import StudyRequest, readers_only

router = Router()
MOST = 200


@router.get("studies/{uuid:sid}/search")
@readers_only
def search(request: StudyRequest, sid: uuid.UUID, q: str = "") -> dict[str, Any]:
    """Turns that answer a search, `more` where there are more of them than are shown."""
    found, total = hits(request.seat, parse(q), most=MOST)
    rows = [
        {
            "document": hit.document,
            "turn": hit.turn,
            "start": hit.start,
            "end": hit.end,
            "before": hit.snippet.before,
            "match": hit.snippet.passage,
            "after": hit.snippet.after,
        }
        for hit in found
    ]
    return {"hits": rows, "more": total > len(rows)}
