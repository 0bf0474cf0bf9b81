"""The files in a `.qdpx`, found whatever the folder is called and however their names are written."""

from __future__ import annotations

import zipfile
from pathlib import PurePosixPath

from sameboat.study.exchange.positions import MARK
from sameboat.study.exchange.shapes import Account
from sameboat.study.readers.archive import is_outside, read_part
from sameboat.study.readers.encoding import decode
from sameboat.study.readers.shapes import LONGEST_TEXT, Unreadable


class Texts:
    """Texts of an archive, by the path that a source gives. `archive` is None for a bare `.qde`."""

    def __init__(self, name: str, archive: zipfile.ZipFile | None, account: Account) -> None:
        self._name, self._archive, self._account = name, archive, account
        self._parts: dict[str, str] = {}
        for part in archive.namelist() if archive else ():
            if is_outside(part):
                account.leave_out("Files whose names lead out of the archive were not opened.")
            else:
                self._parts.setdefault(_last(part), part)

    def raw(self, path: str) -> str | None:
        """The text of a file as it stands there, with its mark and line ends; None where there is no such file.

        Nothing outside the archive is ever opened, whatever the path says. Raises Unreadable where the file is broken.
        """
        if not path.startswith("internal:") and "://" in path:
            self._account.leave_out("Some texts lie outside of the file, on the machine it comes from.")
            return None
        part = self._parts.get(_last(path))
        if part is None or self._archive is None:
            return None
        content = read_part(self._name, self._archive, part, LONGEST_TEXT * 4)
        if not content:
            return ""
        text = decode(f"{self._name}, in {part}", content).text
        if len(text) > LONGEST_TEXT:
            raise Unreadable(f"{self._name}, in {part}: the text is longer than {LONGEST_TEXT:,} characters.")
        return MARK + text if _is_marked(content) else text


def _last(path: str) -> str:
    return PurePosixPath(path.replace("\\", "/")).name.lower().strip("{}").replace("{", "").replace("}", "")


def _is_marked(content: bytes) -> bool:
    return content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
