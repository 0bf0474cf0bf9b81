"""QualCoder's SQLite files (`data.qda`), read from its documented tables.

This was never run on a file that QualCoder itself wrote, and the account says so: it cannot be had from the package
index. See docs/decisions/0025-qualcoder-from-its-tables.md.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from sameboat.study.exchange.positions import Passage, settle
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.refi.parts import colour_of
from sameboat.study.exchange.shapes import (
    Account,
    Case,
    Code,
    Coding,
    Project,
    Selection,
    Source,
    User,
    Value,
    Variable,
)
from sameboat.study.exchange.sqlite_files import MAGIC, Tables, open_tables
from sameboat.study.readers.archive import open_zip, read_part
from sameboat.study.readers.shapes import LONGEST_TEXT, Unreadable
from sameboat.study.text.plain import storable

NEVER_TRIED = (
    "This was read from QualCoder's documented tables; it was never tried on a file that QualCoder wrote. Look twice."
)
_LARGEST = 200 * 1024 * 1024


def is_qualcoder(tables: Tables) -> bool:
    """Whether these are QualCoder's tables."""
    return {"source", "code_name", "code_cat", "code_text"} <= tables.names


def read_qualcoder(name: str, content: bytes) -> tuple[Project, Account]:
    """A `data.qda`, or a ZIP of the folder it lies in. Raises Unreadable."""
    if not content.startswith(MAGIC):
        with open_zip(name, content) as archive:
            found = [part for part in archive.namelist() if part.lower().endswith("data.qda")]
            if not found:
                raise Unreadable(f"{name} holds no data.qda, which is where QualCoder keeps a project.")
            content = read_part(name, archive, found[0], _LARGEST)
    account = Account()
    with open_tables(name, content) as tables:
        if not is_qualcoder(tables):
            raise Unreadable(f"{name} holds no tables of QualCoder.")
        account.mend(NEVER_TRIED)
        return _Reader(name, tables, account).project(), account


class _Reader:
    def __init__(self, name: str, tables: Tables, account: Account) -> None:
        self._name, self._tables, self._account = name, tables, account
        self._project = Project(name.rsplit(".", 1)[0])
        self._users: dict[str, User] = {}
        self._sources: dict[Any, Source] = {}

    def project(self) -> Project:
        """All of it: categories and codes, texts with passages, notes, cases with what is known of them."""
        about = next(iter(self._tables.rows("project", "memo", "date")), {})
        self._project.description = storable(about.get("memo") or "")
        codes = self._codes()
        self._texts(codes)
        self._notes()
        self._cases()
        for table, what in (("code_image", "Marks on pictures"), ("code_av", "Marks on sound and film")):
            if count := len(self._tables.rows(table, "cid")):
                self._account.leave_out(f"{what} are not kept ({count}).")
        self._project.users = list(self._users.values())
        self._count()
        return self._project

    def _codes(self) -> dict[Any, Code]:
        """Categories first. One whose category was deleted stands at the top, as does one that is its own parent."""
        categories, codes = self._tables.rows("code_cat", "catid", "name", "memo", "supercatid", order="catid"), {}
        rows = self._tables.rows("code_name", "cid", "name", "memo", "catid", "color", "supercid", order="cid")
        made: dict[tuple[str, Any], Code] = {}
        above: dict[tuple[str, Any], tuple[str, Any]] = {}
        for row in categories:
            made["cat", row["catid"]] = self._code("category", row["catid"], row, category=True)
            above["cat", row["catid"]] = ("cat", row["supercatid"])
        for row in rows:
            code = codes[row["cid"]] = made["code", row["cid"]] = self._code("code", row["cid"], row, category=False)
            code.colour = colour_of(str(row["color"] or ""))
            above["code", row["cid"]] = (
                ("code", row["supercid"]) if row["supercid"] is not None else ("cat", row["catid"])
            )
        self._project.codes = self._in_order(made, above)
        return codes

    def _code(self, kind: str, number: Any, row: dict[str, Any], category: bool) -> Code:
        name = storable(str(row["name"] or "")) or "Code without a name"
        return Code(derived(self._name, kind, str(number), name), name, storable(row["memo"] or ""), category=category)

    def _in_order(self, made: dict[Any, Code], above: dict[Any, Any]) -> list[Code]:
        """Each below its own; a ring of categories is opened, a missing one passed over, and both are said."""
        for key, code in made.items():
            seen, at = {key}, above[key]
            if at[1] is not None and at not in made:
                self._account.mend("Some codes were in a category that is gone; they stand at the top now.")
            while at in made and at not in seen:
                seen.add(at)
                at = above[at]
            if at in seen:
                above[key] = ("cat", None)
                self._account.mend("Some categories lay within themselves; they stand at the top now.")
            code.parent = made[above[key]].guid if above[key] in made else None
        children: dict[str | None, list[Code]] = defaultdict(list)
        for code in made.values():
            children[code.parent].append(code)
        ordered, waiting = [], list(reversed(children[None]))
        while waiting:
            ordered.append(waiting.pop())
            waiting.extend(reversed(children[ordered[-1].guid]))
        return ordered

    def _texts(self, codes: dict[Any, Code]) -> None:
        marks: dict[Any, list[dict[str, Any]]] = defaultdict(list)
        for row in self._tables.rows(
            "code_text", "ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", order="ctid"
        ):
            marks[row["fid"]].append(row)
        for row in self._tables.rows(
            "annotation", "anid", "fid", "pos0", "pos1", "memo", "owner", "date", order="anid"
        ):
            marks[row["fid"]].append({**row, "cid": None, "seltext": ""})
        for row in self._tables.rows(
            "source", "id", "name", "fulltext", "mediapath", "memo", "owner", "date", order="id"
        ):
            title = storable(str(row["name"] or "")) or "Text"
            if row["fulltext"] is None:
                self._account.leave_out(f"“{title}” has no text; pictures, sound and film are not kept.")
                continue
            if len(row["fulltext"]) > LONGEST_TEXT:
                raise Unreadable(f"{self._name}, “{title}”: the text is longer than {LONGEST_TEXT:,} characters.")
            self._sources[row["id"]] = self._source(title, row, marks[row["id"]], codes)
        self._project.sources = list(self._sources.values())

    def _source(self, title: str, row: dict[str, Any], marks: list[dict[str, Any]], codes: dict[Any, Code]) -> Source:
        guid = derived(self._name, "source", str(row["id"]), title)
        source = Source(
            guid, title, description=storable(row["memo"] or ""), user=self._user(row["owner"]), at=_time(row["date"])
        )
        passages = [Passage(_whole(one["pos0"]), _whole(one["pos1"]), str(one["seltext"] or "")) for one in marks]
        settled = settle(str(row["fulltext"]), passages)
        source.text = settled.text
        if settled.counted:
            self._account.mend(f"“{title}” counts {settled.counted}; its passages were put right.")
        for at, (one, place) in enumerate(zip(marks, settled.places, strict=True)):
            if place is None:
                self._account.leave_out(f"“{title}”: a passage lies outside of its text.")
            elif one["cid"] is not None and one["cid"] not in codes:
                self._account.leave_out(f"“{title}”: a passage has a code that is gone.")
            else:
                source.selections.append(self._selection(source, at, one, (place.start, place.end), codes))
        return source

    def _selection(
        self, source: Source, at: int, row: dict[str, Any], place: tuple[int, int], codes: dict[Any, Code]
    ) -> Selection:
        user, when, guid = self._user(row["owner"]), _time(row["date"]), derived(source.guid, "mark", str(at))
        made = Selection(guid, *place, user=user, at=when)
        if row["cid"] is not None:
            made.codings = [Coding(derived(guid, "coding"), codes[row["cid"]].guid, user, when)]
        if memo := storable(row["memo"] or "").strip():
            note = Source(derived(guid, "memo"), "Memo on a passage", memo, user=user, at=when)
            self._project.notes.append(note)
            (made.codings[0] if made.codings else made).notes.append(note.guid)
        return made

    def _notes(self) -> None:
        for row in self._tables.rows("journal", "jid", "name", "jentry", "owner", "date", order="jid"):
            guid = derived(self._name, "journal", str(row["jid"]))
            text, title = storable(row["jentry"] or ""), storable(row["name"] or "Journal")
            self._project.notes.append(Source(guid, title, text, user=self._user(row["owner"]), at=_time(row["date"])))
            self._project.own_notes.append(guid)

    def _cases(self) -> None:
        variables: dict[str, Variable] = {}
        known: dict[Any, Case] = {}
        for row in self._tables.rows("cases", "caseid", "name", "memo", order="caseid"):
            name = storable(str(row["name"] or "Case"))
            known[row["caseid"]] = Case(
                derived(self._name, "case", str(row["caseid"])), name, storable(row["memo"] or "")
            )
        for row in self._tables.rows("case_text", "caseid", "fid"):
            case, source = known.get(row["caseid"]), self._sources.get(row["fid"])
            if case and source and source.guid not in case.sources:
                case.sources.append(source.guid)
        for row in self._tables.rows("attribute", "name", "attr_type", "value", "id"):
            owner = known.get(row["id"]) if row["attr_type"] == "case" else self._sources.get(row["id"])
            if owner is not None and row["value"] not in (None, ""):
                name = storable(str(row["name"]))
                variable = variables.setdefault(name, Variable(derived(self._name, "variable", name), name))
                owner.values.append(Value(variable.guid, storable(str(row["value"]))))
        self._project.cases, self._project.variables = list(known.values()), list(variables.values())

    def _user(self, owner: Any) -> str | None:
        if not owner:
            return None
        return self._users.setdefault(owner, User(derived(self._name, "user", str(owner)), storable(str(owner)))).guid

    def _count(self) -> None:
        project, kept = self._project, self._account.kept
        kept["texts"], kept["codes"], kept["people"] = len(project.sources), len(project.codes), len(project.users)
        kept["passages"] = sum(len(one.selections) for one in project.sources)
        kept["notes"], kept["participants"] = len(project.notes), len(project.cases)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _time(written: Any) -> datetime.datetime | None:
    try:
        found = datetime.datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return (
        (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC).replace(microsecond=0)
    )
