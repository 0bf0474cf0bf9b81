"""A small study with something in every corner, and words that must never leave it."""

from __future__ import annotations

import datetime
import hashlib

from sameboat.study.coding.models import Code, Memo, Span
from sameboat.study.exchange.models import KeptPart
from sameboat.study.fieldwork.models import Consent, ConsentForm, Group, Interview, Participant
from sameboat.study.ledger.acts import Act, act
from sameboat.study.team.models import Researcher, Study
from sameboat.study.tests.fixtures import NOW
from sameboat.study.text import words
from sameboat.study.themes.models import Theme, ThemeCode
from sameboat.study.transcripts.models import Document, ReplacementKey, Turn

TEXT = "How did you come? 🫖\nSomebody put the kettle on, שלום, and I stayed.\nWe cooked together."
GONE = "Sentinel words of somebody who withdrew."
KITCHEN = '<PictureSource guid="{guid}" name="kitchen.jpg"/>'


def document(study: Study, participant: Participant | None, title: str, text: str, **more) -> Document:
    return Document(
        study=study, participant=participant, group=participant.group if participant else None, title=title, text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(), length=len(text), words=words.count(text), imported_at=NOW,
        stage="anonymised", **more,
    )  # fmt: skip


def furnish(study: Study, rosa: Researcher, tariq: Researcher) -> dict:
    """Two groups, three participants of whom one withdrew, codes in one another, themes, memos on everything."""
    with act(study, rosa, "furnish", now=NOW) as doing:
        people, texts = _listened(doing, study)
        codes, spans = _coded(doing, study, texts, rosa, tariq)
        theme = _thought(doing, study, codes[1:])
        about = [("study", study.id), ("document", texts[0].id), ("code", codes[1].id), ("span", spans[0].id),
                 ("theme", theme.id), ("participant", people[0].id), ("group", people[0].group_id)]  # fmt: skip
        doing.add_all([
            Memo(study=study, about_kind=kind, about_id=key, title=f"On the {kind}", text=f"A thought on the {kind}.",
                 author=tariq, created_at=NOW, changed_at=NOW)
            for kind, key in about
        ])  # fmt: skip
        doing.add(Memo(study=study, about_kind="participant", about_id=people[2].id, text=GONE, author=rosa,
                       created_at=NOW, changed_at=NOW))  # fmt: skip
        for person, name in ((people[0], "kitchen.jpg"), (people[2], "Sentinel.jpg")):
            part = KeptPart(study=study, participant=person, element="PictureSource", name=name)
            part.xml = f'<PictureSource guid="{part.id}" name="{name}"/>'
            doing.add(part)
        ReplacementKey.objects.create(study=study, sealed=b"sealed sentinel", salt=bytes(16), updated_at=NOW)
    return {"texts": texts, "codes": codes, "people": people, "spans": spans, "theme": theme}


def _listened(doing: Act, study: Study) -> tuple[list[Participant], list[Document]]:
    """Groups, participants, one consent, one interview, a text of each."""
    groups = [Group(study=study, letter=letter, name=f"Group {letter}") for letter in "AB"]
    doing.add_all(groups)
    people = [
        Participant(
            study=study, group=groups[0], code="A1", note="came in spring", properties={"Years": 3, "Role": "cook"}
        ),
        Participant(study=study, group=groups[1], code="B1"),
        Participant(study=study, group=groups[1], code="B2", withdrawn_at=NOW),
    ]
    doing.add_all(people)
    form = ConsentForm(study=study, version="1", title="Sheet", dated=datetime.date(2026, 1, 1))
    doing.add(form)
    doing.add(Consent(study=study, participant=people[0], form=form, signed_on=datetime.date(2026, 1, 2), how="paper"))
    doing.add(Interview(study=study, participant=people[0], held_on=datetime.date(2026, 1, 3)))
    texts = [
        document(study, people[0], "Interview A1", TEXT, properties={"Place": "hall"}),
        document(study, people[1], "Interview B1", "Ana: Hello.\nBen: Soup?"),
        document(study, people[2], "Interview B2", GONE),
    ]
    doing.add_all(texts)
    turns = [(0, 19, "Rosa", "interviewer", 0.0), (20, len(TEXT), "A1", "participant", 4.5)]
    Turn.objects.bulk_create(
        Turn(study=study, document=texts[0], index=at, start=start, end=end, speaker=who, role=role, seconds=second)
        for at, (start, end, who, role, second) in enumerate(turns)
    )
    return people, texts


def _coded(
    doing: Act, study: Study, texts: list[Document], rosa: Researcher, tariq: Researcher
) -> tuple[list[Code], list[Span]]:
    """Codes in one another, one of them in the bin, on passages by two people."""
    look = {"created_by": rosa, "created_at": NOW}
    belonging = Code(study=study, name="belonging", kind="category", colour="#1d5c58", definition="to be part", **look)
    doing.add(belonging)
    meals = Code(study=study, parent=belonging, name="support", colour="#2a9d8f", include="tea", exclude="shopping",
                 example="“we cooked”", **look)  # fmt: skip
    talks = Code(study=study, name="supportive", colour="#9a7bbf", position=1, **look)
    binned = Code(study=study, name="Sentinel in the bin", colour="#9a7bbf", position=2, trashed_at=NOW, **look)
    doing.add_all([meals, talks, binned])
    places = [(meals, 0, "kettle", rosa), (meals, 0, "kettle", tariq), (talks, 0, "שלום", rosa),
              (talks, 0, "kettle", rosa), (binned, 0, "cooked", rosa)]  # fmt: skip
    spans = [
        Span(study=study, document=texts[at], code=code, start=TEXT.index(says), end=TEXT.index(says) + len(says),
             author=author, created_at=NOW)
        for code, at, says, author in places
    ]  # fmt: skip
    spans.append(Span(study=study, document=texts[2], code=meals, start=0, end=8, author=rosa, created_at=NOW))
    doing.add_all(spans)
    return [belonging, meals, talks], spans


def _thought(doing: Act, study: Study, codes: list[Code]) -> Theme:
    """A theme of these codes."""
    theme = Theme(study=study, name="A table of one's own", status="named", central_idea="sitting down",
                  definition="Where there is a table there is a group.", colour="#1d5c58")  # fmt: skip
    doing.add(theme)
    doing.add_all([ThemeCode(study=study, theme=theme, code=code) for code in codes])
    return theme
