"""`make check`: formatting, types, import contracts, and how large things are."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tools import machine, steps
from tools.steps import Step, here

CODE = ("sameboat", "tools", "tests", "bench", "frontend/src")
LARGE_FILE = 400


def check_steps() -> list[Step]:
    """What must hold before any test is worth running."""
    kept = machine.ROOT / ".stamps" / "check-data"
    settings = {"SAMEBOAT_DATA": str(kept), "SAMEBOAT_STUDY_DATA": str(kept / "study"), "SAMEBOAT_STUDY_MODE": "team"}
    frontend = machine.ROOT / "frontend"
    return [
        Step("ruff", [here("ruff"), "check", "."]),
        Step("mypy", [here("mypy")], settings=settings),
        Step("mypy, study", [here("mypy"), "--config-file", "mypy-study.toml"], settings=settings),
        Step("import contracts", [here("lint-imports")], settings=settings),
        Step("tsc", [str(frontend / "node_modules" / ".bin" / "tsc"), "--noEmit"], folder=frontend),
    ]


def code_files() -> list[Path]:
    """All Python and TypeScript of the project, without migrations and what tools made."""
    found = [file for top in CODE for file in (machine.ROOT / top).rglob("*") if file.suffix in {".py", ".ts", ".tsx"}]
    return sorted(file for file in found if not {"migrations", "node_modules"} & set(file.parts))


def statements(file: Path) -> Iterator[ast.AST]:
    """Every statement of a Python file, however deep. What stands inside of expressions is left out: it is most."""
    left: list[ast.AST] = [ast.parse(file.read_text(encoding="utf-8"))]
    while left:
        node = left.pop()
        for part in ("body", "orelse", "finalbody", "handlers", "cases"):
            below = getattr(node, part, None) or []
            yield from below
            left += below


def function_lengths(file: Path) -> Iterator[tuple[str, int, int]]:
    """Name, first line and number of lines of every function of a Python file."""
    for node in statements(file):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def percentile(numbers: list[int], share: float) -> int:
    """The smallest number that at least this share of the numbers does not exceed; 0 for none."""
    ordered = sorted(numbers)
    return ordered[max(0, -(-len(ordered) * int(share * 100) // 100) - 1)] if ordered else 0


def print_sizes() -> None:
    """Percentiles of function and file sizes, beside what we aim at."""
    files = {file: file.read_text(encoding="utf-8").count("\n") for file in code_files()}
    functions = [lines for file in files if file.suffix == ".py" for _, _, lines in function_lengths(file)]
    total = sum(files.values()) or 1
    large = sum(lines for lines in files.values() if lines > LARGE_FILE)
    print(
        f"Sizes: functions p50 {percentile(functions, 0.5)}, p90 {percentile(functions, 0.9)} (aim 22), "
        f"longest {max(functions, default=0)}; files p90 {percentile(list(files.values()), 0.9)} (aim 200); "
        f"{100 * large // total} % of code in files over {LARGE_FILE} lines (aim 15); {total} lines in all"
    )


def main() -> int:
    print_sizes()
    return 1 if steps.run_all(check_steps()) else 0


if __name__ == "__main__":
    sys.exit(main())
