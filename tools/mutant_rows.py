"""The rows of `tests/hostile/mutants/*.toml`: one protection each, and how it looks without it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import machine

ROWS = machine.ROOT / "tests" / "hostile" / "mutants"
FIELDS = {"file", "before", "after", "property", "test"}


@dataclass(frozen=True)
class Row:
    """`place` says where the row itself stands; `tests` must fail once `before` has become `after` in `file`."""

    place: str
    file: str
    before: str
    after: str
    proves: str
    tests: tuple[str, ...]

    @property
    def id(self) -> str:
        """Names the row by all it says, so that a changed row is a new one."""
        said = "\0".join((self.file, self.before, self.after, self.proves, *self.tests))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def browser(self) -> bool:
        """Whether the browser part is built anew for it."""
        return self.file.startswith("frontend/") and any(test.startswith("tests/") for test in self.tests)

    @property
    def slow(self) -> bool:
        """Whether it takes a browser; a run for every commit leaves it out."""
        return any(test.startswith("tests/journeys") for test in self.tests)


def read_rows(folder: Path) -> list[Row]:
    """Every row, in the order of files and of what stands in them."""
    found = []
    for file in sorted(folder.glob("*.toml")):
        for number, told in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["mutant"], 1):
            if set(told) != FIELDS:
                raise ValueError(f"{file.stem} {number}: a row has {', '.join(sorted(FIELDS))}")
            tests = told["test"] if isinstance(told["test"], list) else [told["test"]]
            place = f"{file.stem} {number}"
            row = Row(place, told["file"], told["before"], told["after"], told["property"], tuple(tests))
            found.append(row)
    return found


def wrong_rows(rows: Sequence[Row], root: Path = machine.ROOT) -> list[str]:
    """A sentence for each row that cannot be played: what it takes out must stand there once."""
    wrong = []
    for row in rows:
        file = root / row.file
        times = file.read_text(encoding="utf-8").count(row.before) if file.exists() else 0
        if times != 1:
            wrong.append(f"{row.place}: its `before` stands {times} times in {row.file}")
        if row.before == row.after:
            wrong.append(f"{row.place}: it changes nothing")
        wrong += [f"{row.place}: no test {test}" for test in row.tests if not (root / test.split("::")[0]).exists()]
    seen = [row.id for row in rows]
    return wrong + [f"{row.place}: it stands twice" for row in rows if seen.count(row.id) > 1]
