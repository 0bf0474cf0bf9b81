"""Taguette's SQLite files (1.5): pages with highlights, whose places are bytes of the page's text in UTF-8."""

from __future__ import annotations

import datetime
import html
import json
import re
from typing import Any

from sameboat.study.exchange.flow import flow
from sameboat.study.exchange.positions import Passage, settle
from sameboat.study.exchange.refi.guids import derived
from sameboat.study.exchange.shapes import Account, Code, Coding, Project, Selection, Source, User
from sameboat.study.exchange.sqlite_files import Tables, open_tables
from sameboat.study.readers.shapes import LONGEST_TEXT, Unreadable
from sameboat.study.text.plain import storable

_MARKUP = re.compile(r"<[^>]*>")


def is_taguette(tables: Tables) -> bool:
    """Whether these are Taguette's tables."""
    return {"projects", "documents", "highlights", "tags"} <= tables.names


def read_taguette(name: str, content: bytes) -> tuple[Project, Account]:
    """The first study of a Taguette file; further ones are named in the account. Raises Unreadable."""
    account = Account()
    with open_tables(name, content) as tables:
        if not is_taguette(tables):
            raise Unreadable(f"{name} holds no tables of Taguette.")
        studies = tables.rows("projects", "id", "name", "description", order="id")
        if not studies:
            raise Unreadable(f"{name} holds no study.")
        first, *others = studies
        if others:
            names = ", ".join(f"“{one['name']}”" for one in others[:5])
            account.leave_out(
                f"The file holds {len(others)} more: {names}. Export that one by itself to bring it here."
            )
        return _Reader(name, tables, account).project(first), account


class _Reader:
    def __init__(self, name: str, tables: Tables, account: Account) -> None:
        self._name, self._tables, self._account = name, tables, account
        self._users: dict[str, User] = {}

    def project(self, row: dict[str, Any]) -> Project:
        project = Project(storable(str(row["name"] or "")) or "Imported project", storable(row["description"] or ""))
        self._study = f"taguette:{row['name']}:{row['id']}"
        codes = self._codes(row["id"])
        project.codes = list(codes.values())
        on = self._tags_of_highlights()
        made = self._who_and_when()
        documents = self._tables.rows(
            "documents", "id", "name", "description", "filename", "project_id", "contents", order="id"
        )
        highlights = self._tables.rows(
            "highlights", "id", "document_id", "start_offset", "end_offset", "snippet", order="id"
        )
        for one in documents:
            if one["project_id"] == row["id"]:
                own = [highlight for highlight in highlights if highlight["document_id"] == one["id"]]
                project.sources.append(self._source(one, own, codes, on, made))
        project.users = list(self._users.values())
        self._count(project)
        return project

    def _codes(self, study: Any) -> dict[int, Code]:
        """Tags. `meals.soup` is below `meals` where there is such a tag."""
        rows = self._tables.rows("tags", "id", "project_id", "path", "description", order="path")
        rows = [row for row in rows if row["project_id"] == study]
        made: dict[int, Code] = {}
        paths: dict[str, Code] = {}
        for row in rows:
            path = storable(str(row["path"]))
            above, _, last = path.rpartition(".")
            parent = paths.get(above)
            code = Code(
                derived(self._study, "tag", path), last if parent and last else path, storable(row["description"] or "")
            )
            code.parent = parent.guid if parent else None
            made[row["id"]] = paths[path] = code
        return made

    def _tags_of_highlights(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row in self._tables.rows("highlight_tags", "highlight_id", "tag_id"):
            found.setdefault(row["highlight_id"], []).append(row["tag_id"])
        return found

    def _who_and_when(self) -> dict[int, tuple[str, datetime.datetime | None]]:
        """Who made which highlight, as far as the list of what was done tells."""
        found: dict[int, tuple[str, datetime.datetime | None]] = {}
        for row in self._tables.rows("commands", "date", "user_login", "payload", order="id"):
            try:
                payload = json.loads(row["payload"] or "{}")
            except (ValueError, TypeError):
                continue
            if isinstance(payload, dict) and payload.get("type") == "highlight_add" and row["user_login"]:
                found[payload.get("highlight_id", 0)] = (str(row["user_login"]), _time(row["date"]))
        return found

    def _user(self, login: str) -> str:
        return self._users.setdefault(login, User(derived(self._study, "user", login), storable(login))).guid

    def _source(self, row: dict[str, Any], highlights: list[dict[str, Any]], codes: dict[int, Code],
                on: dict[int, list[int]], made: dict[int, tuple[str, datetime.datetime | None]]) -> Source:  # fmt: skip
        title = storable(str(row["name"] or row["filename"] or "Text"))
        page = flow(f"{self._name}, “{title}”", str(row["contents"] or ""))
        if len(page.text) > LONGEST_TEXT:
            raise Unreadable(f"{self._name}, “{title}”: the text is longer than {LONGEST_TEXT:,} characters.")
        source = Source(
            derived(self._study, "document", str(row["id"])), title, page.text, storable(row["description"] or "")
        )
        passages = [
            Passage(_whole(one["start_offset"]), _whole(one["end_offset"]), _says(one["snippet"])) for one in highlights
        ]
        settled = settle(page.raw, passages, ("bytes", "UTF-16 units", "characters"), kept=(page.text, page.offsets))
        if settled.counted:
            self._account.mend(f"“{title}” counts {settled.counted}; its highlights were put right.")
        for one, place in zip(highlights, settled.places, strict=True):
            if place is None:
                self._account.leave_out(f"“{title}”: a highlight lies outside of its text.")
                continue
            guid = derived(self._study, "highlight", str(one["id"]))
            login, when = made.get(one["id"], ("", None))
            user = self._user(login) if login else None
            selection = Selection(guid, place.start, place.end, user=user, at=when)
            selection.codings = [
                Coding(derived(guid, codes[tag].guid), codes[tag].guid, user, when)
                for tag in on.get(one["id"], ())
                if tag in codes
            ]
            source.selections.append(selection)
        return source

    def _count(self, project: Project) -> None:
        kept = self._account.kept
        kept["texts"], kept["codes"], kept["people"] = len(project.sources), len(project.codes), len(project.users)
        kept["passages"] = sum(len(one.selections) for one in project.sources)
        kept["passages without a code"] = sum(
            not one.codings for source in project.sources for one in source.selections
        )
        self._account.leave_out("How the pages looked (bold, pictures, tables) is not kept; their words are.")


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _says(snippet: Any) -> str:
    return html.unescape(_MARKUP.sub(" ", str(snippet or "")))


def _time(written: Any) -> datetime.datetime | None:
    try:
        found = datetime.datetime.fromisoformat(str(written))
    except ValueError:
        return None
    return (
        (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC).replace(microsecond=0)
    )
