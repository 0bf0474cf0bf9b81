"""REFI-QDA, read leniently: what can be understood is; an account says what was put right and what was not kept."""

from __future__ import annotations

import copy
import zipfile
from typing import Any

from sameboat.study.exchange.refi.grammar import local
from sameboat.study.exchange.refi.guids import Guids, derived, plain_guid
from sameboat.study.exchange.refi.parts import attribute, child_text, children, colour_of, time_of
from sameboat.study.exchange.refi.sources import TEXT_WITHIN, Sources, name_of
from sameboat.study.exchange.refi.texts import Texts
from sameboat.study.exchange.shapes import Account, Case, Code, Kept, Project, Set, Source, User, Variable
from sameboat.study.pace import along
from sameboat.study.readers.archive import open_zip, read_part, xml_root
from sameboat.study.readers.later import etree
from sameboat.study.readers.shapes import Unreadable

LARGEST_PROJECT = 200 * 1024 * 1024
_LARGEST_XML = 64 * 1024 * 1024
_KINDS = {"Text", "Boolean", "Integer", "Float", "Date", "DateTime"}
_LINKS = {"guid", "targetGUID", "originGUID", "representedGUID", "sourceVertex", "targetVertex", "creatingUser",
          "modifyingUser", "fromSyncPoint", "toSyncPoint"}  # fmt: skip


def read_refi(name: str, content: bytes) -> tuple[Project, Account]:
    """A `.qdpx`, `.qde` or `.qdc`, whatever it is called. Raises Unreadable with the file and the place."""
    if len(content) > LARGEST_PROJECT:
        raise Unreadable(f"{name} is larger than {LARGEST_PROJECT // 2**20} MB, which is the most for a project.")
    if not content.startswith(b"PK"):
        return _read(name, xml_root(name, "the file", content), None)
    with open_zip(name, content) as archive:
        found = [part for part in archive.namelist() if part.lower().endswith((".qde", ".qdc"))]
        if not found:
            raise Unreadable(f"{name} holds no project: there is no .qde file in it.")
        part = min(found, key=lambda part: (part.count("/"), len(part)))
        return _read(name, xml_root(name, part, read_part(name, archive, part, _LARGEST_XML)), archive)


def _read(name: str, root: Any, archive: zipfile.ZipFile | None) -> tuple[Project, Account]:
    account = Account()
    if local(root) not in {"Project", "CodeBook"}:
        raise Unreadable(f"{name} is not a project or codebook of REFI-QDA: it begins with “{local(root)[:40]}”.")
    reader = _Reader(account, Texts(name, archive, account))
    if local(root) == "CodeBook":
        reader.codebook(root)
        reader.sets(root)
    else:
        reader.whole(root)
    return reader.project, account


class _Reader:
    """Reads in the order of what refers to what, whatever the order in the file."""

    def __init__(self, account: Account, texts: Texts) -> None:
        self.project, self._account = Project(""), account
        self._guids = Guids(account)
        self._sources = Sources(self._guids, texts, account)
        # The text of a PDF or a film stands here for the PDF or film itself.
        self._stands_for: dict[str, str] = {}

    def whole(self, root: Any) -> None:
        """A project, part by part."""
        project = self.project
        project.name, project.at = name_of(root, "Imported project"), time_of(root)
        project.description = child_text(root, "Description")
        for one in _within(root, "Users", "User"):
            guid = self._guids.own("user", attribute(one, "guid"))
            project.users.append(User(guid, name_of(one, attribute(one, "id") or "Somebody")))
        project.user = self._guids.ref("user", attribute(root, "creatingUserGUID"))
        note_guids = [self._guids.own("note", attribute(one, "guid")) for one in _within(root, "Notes", "Note")]
        for book in children(root, "CodeBook"):
            self.codebook(book)
        self._variables(root)
        self._texts(root)
        self._notes(root, note_guids)
        self._cases(root)
        self.sets(root)
        self._keep(root)
        project.own_notes = self._sources.notes(root)
        self._count()

    def codebook(self, book: Any) -> None:
        """Codes in one another, parents first. Codes that stand beside `Codes` are taken too."""
        waiting: list[tuple[Any, str | None]] = [
            (one, None) for place in (*children(book, "Codes"), book) for one in children(place, "Code")
        ]
        waiting.reverse()
        while waiting:
            element, parent = waiting.pop()
            code = self._code(element, parent)
            self.project.codes.append(code)
            waiting.extend(reversed([(one, code.guid) for one in children(element, "Code")]))
        self._account.kept["codes"] = len(self.project.codes)

    def _code(self, element: Any, parent: str | None) -> Code:
        guid = self._guids.own("code", attribute(element, "guid"))
        colour = colour_of(attribute(element, "color"))
        if attribute(element, "color") and not colour:
            self._account.mend("Some colours of codes could not be read; they are given new ones.")
        made = Code(guid, name_of(element, "Code without a name"), child_text(element, "Description"), colour)
        made.category = attribute(element, "isCodable").lower() in {"false", "0"}
        made.parent, made.notes = parent, self._sources.notes(element)
        return made

    def _variables(self, root: Any) -> None:
        for one in _within(root, "Variables", "Variable"):
            kind = attribute(one, "typeOfVariable")
            guid = self._guids.own("variable", attribute(one, "guid"))
            made = Variable(
                guid, name_of(one, "Variable"), kind if kind in _KINDS else "Text", child_text(one, "Description")
            )
            self.project.variables.append(made)

    def _texts(self, root: Any) -> None:
        for one in along([element for part in children(root, "Sources") for element in part]):
            kind = local(one)
            if kind == "TextSource" or kind in TEXT_WITHIN:
                guid, name = self._guids.own("source", attribute(one, "guid")), name_of(one, "A text")
                self._text(one, guid, name) if kind == "TextSource" else self._other(one, guid, name)
            elif kind:
                self._account.leave_out(f"A source of an unknown kind ({kind[:40]}) was not read.")

    def _text(self, element: Any, guid: str, name: str) -> None:
        found = self._sources.source(element, guid, name)
        if found is None:
            self._account.leave_out(f"“{name}”: its text is not in the file, so its passages are kept but not shown.")
            self._hold(element, guid, name)
        else:
            self.project.sources.append(found)

    def _other(self, element: Any, guid: str, name: str) -> None:
        """A picture, PDF, sound or film: its text is read, what is marked in it is kept as it is."""
        within, rest = TEXT_WITHIN[local(element)], copy.deepcopy(element)
        for text, held in zip(list(children(element, within)), list(children(rest, within)), strict=True):
            own = self._guids.own("source", attribute(text, "guid") or derived(guid, within))
            found = self._sources.source(text, own, name)
            if found is not None and found.text.strip():
                self.project.sources.append(found)
                self._stands_for.setdefault(guid, own)
                rest.remove(held)
        self._hold(rest, guid, name)
        self._account.leave_out(f"“{name}”: what is marked in it is kept and given out again, but not shown here.")

    def _notes(self, root: Any, guids: list[str]) -> None:
        for element, guid in zip(_within(root, "Notes", "Note"), guids, strict=True):
            name = name_of(element, "Note")
            found = self._sources.source(element, guid, name)
            if found is None:
                self._account.leave_out(f"The words of the note “{name}” are not in the file.")
            self.project.notes.append(found or Source(guid, name))

    def _cases(self, root: Any) -> None:
        for one in _within(root, "Cases", "Case"):
            guid = self._guids.own("case", attribute(one, "guid"))
            made = Case(guid, name_of(one, "Case"), child_text(one, "Description"))
            made.codes = self._targets(one, "CodeRef", "code")
            made.values = self._sources.values(one)
            made.sources = [
                self._stands_for.get(source, source) for source in self._targets(one, "SourceRef", "source")
            ]
            made.selections = self._targets(one, "SelectionRef", "selection")
            self.project.cases.append(made)

    def sets(self, root: Any) -> None:
        """Sets of codes, sources and notes."""
        for one in _within(root, "Sets", "Set"):
            guid = self._guids.own("set", attribute(one, "guid"))
            made = Set(guid, name_of(one, "Set"), child_text(one, "Description"))
            made.codes = self._targets(one, "MemberCode", "code")
            made.sources = [
                self._stands_for.get(source, source) for source in self._targets(one, "MemberSource", "source")
            ]
            made.notes = self._targets(one, "MemberNote", "note")
            self.project.sets.append(made)

    def _targets(self, element: Any, name: str, kind: str) -> list[str]:
        """What an element refers to; in codebooks the attribute has another name."""
        written = [attribute(one, "targetGUID") or attribute(one, "guid") for one in children(element, name)]
        found = [self._guids.ref(kind, one) for one in written]
        if None in found:
            self._account.leave_out(f"Some references lead nowhere: there is no such {kind} in the file.")
        return list(dict.fromkeys(one for one in found if one is not None))

    def _keep(self, root: Any) -> None:
        """Links and drawings have no home here; they are kept and given out again."""
        for part, name, words in (("Links", "Link", "Links"), ("Graphs", "Graph", "Drawings of networks")):
            for one in _within(root, part, name):
                self._hold(one, self._guids.own(name, attribute(one, "guid")), name_of(one, ""))
                self._account.leave_out(f"{words} between things are kept and given out again, but not shown here.")

    def _hold(self, element: Any, guid: str, name: str) -> None:
        held = copy.deepcopy(element)
        for one in held.iter():
            for key in _LINKS & set(one.attrib):
                one.set(key, plain_guid(one.get(key)))
        held.set("guid", guid)
        held.tail = None
        etree.cleanup_namespaces(held)
        self.project.kept.append(Kept(local(element), guid, name, etree.tostring(held, encoding="unicode")))

    def _count(self) -> None:
        project, kept = self.project, self._account.kept
        texts = [*project.sources, *project.notes]
        kept["texts"], kept["notes"], kept["participants"] = (
            len(project.sources),
            len(project.notes),
            len(project.cases),
        )
        kept["sets"], kept["people"] = len(project.sets), len(project.users)
        kept["passages"] = sum(len(text.selections) for text in texts)
        kept["parts kept as they were"] = len(project.kept)


def _within(root: Any, part: str, name: str) -> list[Any]:
    return [one for container in children(root, part) for one in children(container, name)]
