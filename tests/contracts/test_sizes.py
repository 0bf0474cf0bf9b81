"""Small things: no long function or file, no hidden import, no cycle."""

import ast
import re

from tests.contracts.code import find_cycle, imports_of, python_files, text_of, tree
from tools.check import code_files, function_lengths, statements
from tools.machine import ROOT

LONGEST_FUNCTION = 60
LONGEST_FILE = 600
# Only a file with such a line is worth parsing for imports that hide.
MAY_HIDE = re.compile(r"(?:^|[:;])[ \t]+(?:import|from)\b|[:;](?:import|from)\b", re.M)


def test_no_python_function_is_long():
    for file in code_files():
        if file.suffix == ".py" and (text_of(file) or "").count("\n") > LONGEST_FUNCTION:
            for name, line, lines in function_lengths(file):
                assert lines <= LONGEST_FUNCTION, f"{file.relative_to(ROOT)}:{line} {name}: {lines} lines"


def test_no_file_is_long():
    for file in code_files():
        lines = file.read_text().count("\n")
        assert lines <= LONGEST_FILE, f"{file.relative_to(ROOT)}: {lines} lines"


def test_no_import_hides_in_a_function():
    files = [
        file for file in python_files("sameboat", "tools", "tests", "bench") if MAY_HIDE.search(text_of(file) or "")
    ]
    for file in files:
        for node in statements(file):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                hidden = [below.lineno for below in ast.walk(node) if isinstance(below, ast.Import | ast.ImportFrom)]
                assert not hidden, f"{file.relative_to(ROOT)}:{hidden[0]} imports inside {node.name}"


def module_imports(file, modules: set[str]) -> set[str]:
    """Modules that a file imports. `from package import module` counts as the module, not the package."""
    found = {}
    for name, statement in imports_of(file):
        found.setdefault(statement, []).append(name)
    longest = [[name for name in names[1:] if name in modules] or names for names in found.values()]
    return {name for names in longest for name in names if name in modules}


def test_no_python_module_imports_itself_in_a_circle():
    modules = {}
    for file in python_files("sameboat", "tools"):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        modules[name] = file
    graph = {
        name: {other for other in module_imports(file, set(modules)) if other != name} for name, file in modules.items()
    }
    assert find_cycle(graph) == []


TS_FUNCTION = re.compile(r"^(\s*)(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:function\b|const\s+\w+\s*=.*=>\s*\{$)")
TS_IMPORT = re.compile(r"""^(?:import|export)\s(?!type\b)[^;]*?from\s+["'](\.[^"']+)["']""", re.M)


def typescript() -> list:
    return [file for file in tree() if file.suffix in {".ts", ".tsx"} and "src" in file.parts]


def test_no_typescript_function_is_long():
    """A function ends at the first line that closes at its own indentation: the formatter's layout."""
    for file in typescript():
        if ".test." in file.name:
            continue
        lines = (text_of(file) or "").split("\n")
        for start, line in enumerate(lines):
            if found := TS_FUNCTION.match(line):
                closing = found[1] + "}"
                end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith(closing)), start)
                where = f"{file.relative_to(ROOT)}:{start + 1}"
                assert end - start + 1 <= LONGEST_FUNCTION, f"{where}: {end - start + 1} lines"


def test_no_typescript_module_imports_itself_in_a_circle():
    files = {str(file): file for file in typescript()}
    graph: dict[str, set[str]] = {}
    for name, file in files.items():
        wanted = {(file.parent / found[1].split("?")[0]).resolve() for found in TS_IMPORT.finditer(text_of(file) or "")}
        ends = ("", ".ts", ".tsx", "/index.ts")
        graph[name] = {found for path in wanted for end in ends if (found := f"{path}{end}") in files}
    assert [name.replace(f"{ROOT}/", "") for name in find_cycle(graph)] == []
