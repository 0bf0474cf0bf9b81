"""A copy of the tree in which things are broken on purpose, and the tests that run there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import machine
from tools.mutant_rows import Row

PATIENCE = 420
# Tests that ask for nothing of the house: no server, no database, no browser. They begin in a quarter of the time.
PURE = "sameboat/protocol/tests/"
KEPT = ("sameboat/web/static/inside", ".stamps")
LINKED = (".venv", "frontend/node_modules")
FAILED = re.compile(r"^FAILED (.+?)(?: - .*)?$", re.M)


def _is_vitest(test: str) -> bool:
    return not test.partition("::")[0].endswith(".py")


@dataclass(frozen=True)
class Workshop:
    """`root` is the copy. What is installed is shared with the tree it came from."""

    root: Path

    @classmethod
    def of(cls, tree: Path, place: Path) -> Workshop:
        """Copies everything that git knows or would take, as it is on disk now."""
        asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(asked, cwd=tree, capture_output=True, text=True, check=True).stdout.split("\0")
        for name in filter(None, names):
            if (tree / name).is_file():
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(tree / name, place / name)
        for name in KEPT:
            if (tree / name).is_dir():
                ignore = shutil.ignore_patterns("wheel", "inside-old")
                shutil.copytree(tree / name, place / name, dirs_exist_ok=True, ignore=ignore)
        for name in LINKED:
            (place / name).symlink_to(tree / name)
        subprocess.run(["git", "init", "--quiet", str(place)], check=True)
        return cls(place)

    def twin(self, place: Path) -> Workshop:
        """A copy of this copy, so that two rows can be played at once."""
        shutil.copytree(self.root, place, symlinks=True)
        return Workshop(place)

    def failing_without(self, row: Row, by: Sequence[str] = ()) -> list[str]:
        """The row's tests that fail once its protection is gone; the copy is whole again afterwards.

        `by`: which noticed last time. Where a file has hundreds, that one is asked first.
        """
        file = self.root / row.file
        whole = file.read_bytes()
        file.write_bytes(whole.replace(row.before.encode(), row.after.encode()))
        try:
            if row.browser and not self._build():
                return []
            again = [f"{test.partition('::')[0]}::{name}" for test in row.tests if _is_vitest(test) for name in by]
            return self.failing(again, only_first=True) or self.failing(row.tests, only_first=True)
        finally:
            file.write_bytes(whole)
            if row.browser:
                self._build()

    def failing(self, tests: Sequence[str], *, only_first: bool = False) -> list[str]:
        """Of these tests, each one that fails, or the first. One that cannot even begin counts as none."""
        pure = [test for test in tests if test.startswith(PURE)]
        served = [test for test in tests if not _is_vitest(test) and test not in pure]
        others = [test for test in tests if test not in pure and test not in served]
        how = ["-x"] if only_first else []
        found = self._pytest(pure, "--noconftest", *how, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")
        found += self._pytest(served, "-p", "no:schemathesis", *how)
        stop = ["--bail=1"] if only_first else []
        return found + [name for test in others for name in self._vitest(test, *stop)]

    def _pytest(self, tests: Sequence[str], *how: str, **settings: str) -> list[str]:
        if not tests:
            return []
        command = [str(machine.VENV / "bin" / "python"), "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rf"]
        _, said = self._run([*command, "--tb=no", *how, *tests], self.root, **settings)
        return FAILED.findall(said)

    def _vitest(self, test: str, *how: str) -> list[str]:
        """`FILE::NAME`: the tests of a file, or those whose name holds NAME."""
        file, _, name = test.partition("::")
        told = self.root / "vitest.json"
        told.unlink(missing_ok=True)
        command = [str(self.root / "frontend/node_modules/.bin/vitest"), "run", file.removeprefix("frontend/")]
        only = ["-t", re.escape(name).replace("\\ ", " ")] if name else []
        self._run([*command, *only, *how, "--reporter=json", f"--outputFile={told}"], self.root / "frontend")
        results = json.loads(told.read_text(encoding="utf-8"))["testResults"] if told.exists() else []
        each = [one for file_result in results for one in file_result["assertionResults"]]
        return [one["fullName"] for one in each if one["status"] == "failed"]

    def _build(self) -> bool:
        status, _ = self._run([str(machine.VENV / "bin" / "python"), "-m", "tools.assets"], self.root)
        return status == 0

    def _run(self, command: list[str], folder: Path, **settings: str) -> tuple[int, str]:
        settings |= {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        settings = {**machine.with_node(machine.node() or "node"), **settings}
        try:
            done = subprocess.run(
                command, cwd=folder, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                timeout=PATIENCE,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return -1, ""
        return done.returncode, done.stdout + done.stderr
