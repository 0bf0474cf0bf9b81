"""REFI-QDA, written strictly: element order of the schema, no empty containers, texts as UTF-8 files without a mark."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from sameboat.study.exchange.refi.elements import Elements, as_written, element_of
from sameboat.study.exchange.refi.grammar import fit
from sameboat.study.exchange.shapes import Case, Code, Coding, Kept, Project, Selection, Set, Source, Value, Variable
from sameboat.study.pace import along
from sameboat.study.readers.archive import xml_root
from sameboat.study.readers.later import etree
from sameboat.study.text.plain import storable

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Same Boat"
_SOURCES = ("TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource")
# Every archive of the same study is the same bytes: no clock in it.
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def write_project(project: Project) -> bytes:
    """A whole `.qdpx`: `project.qde` and the texts in `sources/`. The same project gives the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "project.qde", _bytes(_Writer(PROJECT).project(project)))
        for source in along(project.sources):
            _put(archive, f"sources/{source.guid}.txt", storable(source.text).encode("utf-8"))
    return made.getvalue()


def write_codebook(codes: list[Code], sets: list[Set]) -> bytes:
    """A `.qdc`. Raises ValueError without any code, which the schema does not allow."""
    if not codes:
        raise ValueError("a codebook needs a code")
    elements, known = Elements(CODEBOOK), {code.guid for code in codes}
    root = elements.make("CodeBook", {"origin": ORIGIN})
    root.append(elements.codes(codes, with_notes=False))
    made = []
    for one in sets:
        element = elements.described("Set", {"guid": one.guid, "name!": one.name}, one.description)
        element.extend([elements.make("MemberCode", {"guid": code}) for code in one.codes if code in known])
        made.append(element)
    elements.group(root, "Sets", made)
    return _bytes(root)


def set_as_kept(one: Set) -> Kept:
    """A set as a part that is kept as it was."""
    element = _Writer(PROJECT)._set(one)
    return Kept("Set", one.guid, one.name, etree.tostring(element, encoding="unicode"))


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _NO_DATE)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(info, content)


def _bytes(root: Any) -> bytes:
    etree.cleanup_namespaces(root)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written


class _Writer(Elements):
    """The elements of a project."""

    def project(self, project: Project) -> Any:
        """The root of `project.qde`."""
        made = {"creatingUserGUID": project.user, "creationDateTime": project.at}
        root = self.make("Project", {"name!": project.name, "origin": ORIGIN, **made})
        kept = {name: self._kept(project, name) for name in (*_SOURCES, "Link", "Set", "Graph")}
        self.group(root, "Users", [self.make("User", {"guid": one.guid, "name": one.name}) for one in project.users])
        self.group(root, "CodeBook", [self.codes(project.codes, with_notes=True)] if project.codes else [])
        self.group(root, "Variables", [self._variable(one) for one in project.variables])
        self.group(root, "Cases", [self._case(one) for one in project.cases])
        shown = [self._source(one, "TextSource") for one in along(project.sources)]
        self.group(root, "Sources", [*shown, *(one for name in _SOURCES for one in kept[name])])
        self.group(root, "Notes", [self._source(one, "Note") for one in project.notes])
        self.group(root, "Links", kept["Link"])
        self.group(root, "Sets", [*(self._set(one) for one in project.sets), *kept["Set"]])
        self.group(root, "Graphs", kept["Graph"])
        if project.description:
            root.append(self.make("Description", {}, project.description))
        root.extend(self.refs("NoteRef", project.own_notes))
        return root

    def _variable(self, one: Variable) -> Any:
        attributes = {"guid": one.guid, "name!": one.name, "typeOfVariable": one.kind}
        return self.described("Variable", attributes, one.description)

    def _case(self, case: Case) -> Any:
        element = self.described("Case", {"guid": case.guid, "name": case.name}, case.description)
        element.extend(self.refs("CodeRef", case.codes))
        element.extend([self._value(value) for value in case.values])
        element.extend(self.refs("SourceRef", case.sources))
        element.extend(self.refs("SelectionRef", case.selections))
        return element

    def _value(self, value: Value) -> Any:
        element = self.make("VariableValue", {})
        element.extend(self.refs("VariableRef", [value.variable]))
        element.append(self.make(element_of(value.value), {}, as_written(value.value)))
        return element

    def _source(self, source: Source, name: str) -> Any:
        """A text. That of a note stands in the XML, that of a source in a file of its own."""
        path = None if name == "Note" else f"internal://{source.guid}.txt"
        attributes = {"guid": source.guid, "name": source.name, "plainTextPath": path}
        made = {"creatingUser": source.user, "creationDateTime": source.at}
        element = self.described(name, {**attributes, **made}, source.description)
        if path is None:
            element.append(self.make("PlainTextContent", {}, source.text))
        element.extend([self._selection(one) for one in source.selections])
        element.extend([self._coding(one) for one in source.codings])
        element.extend(self.refs("NoteRef", source.notes))
        element.extend([self._value(value) for value in source.values])
        return element

    def _selection(self, one: Selection) -> Any:
        place = {"guid": one.guid, "name": one.name, "startPosition": one.start, "endPosition": one.end}
        made = {"creatingUser": one.user, "creationDateTime": one.at}
        element = self.described("PlainTextSelection", {**place, **made}, one.description)
        element.extend([self._coding(coding) for coding in one.codings])
        element.extend(self.refs("NoteRef", one.notes))
        return element

    def _coding(self, one: Coding) -> Any:
        element = self.make("Coding", {"guid": one.guid, "creatingUser": one.user, "creationDateTime": one.at})
        element.extend(self.refs("CodeRef", [one.code]))
        element.extend(self.refs("NoteRef", one.notes))
        return element

    def _set(self, one: Set) -> Any:
        element = self.described("Set", {"guid": one.guid, "name!": one.name}, one.description)
        for name, members in (("MemberCode", one.codes), ("MemberSource", one.sources), ("MemberNote", one.notes)):
            element.extend(self.refs(name, members))
        return element

    def _kept(self, project: Project, name: str) -> list[Any]:
        """What another program wrote and has no home here, made to keep to the rules."""
        parts = [xml_root("a kept part", one.element, one.xml.encode()) for one in project.kept if one.element == name]
        fitted = [fit(part, self._as_it_was) for part in parts]
        return [one for one in fitted if one is not None]

    def _as_it_was(self, name: str, attributes: dict[str, str]) -> Any:
        return self.make(name, {f"{key}!": value for key, value in attributes.items()})
