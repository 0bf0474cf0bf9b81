"""D1: nothing in the product has a place for what must never be asked (ETHOS, A different approach)."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from tests.contracts.code import python_files, text_of, tree
from tools.check import statements
from tools.machine import ROOT

NEVER = {
    "diagnosis", "diagnoses", "method", "injury", "injuries", "wound", "severity", "risk", "relapse", "recovered",
    "streak", "score", "ranking", "reputation", "attendance", "mood", "milestone", "patient", "moderator",
    "last time", "last harm", "days since", "last seen", "last login", "unread", "clean days", "days clean", "is clean",
}  # fmt: skip
VAGUE = {"utils", "util", "manager", "helper", "helpers"}


def words(name: str) -> str:
    """`daysSince`, `days_since` and `DaysSince` all read "days since"."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").replace("-", " ")
    return f" {spaced.lower()} "


def forbidden(name: str, never: set[str] = NEVER) -> str:
    spaced = words(name)
    return next((word for word in never if f" {word} " in spaced), "")


def model_names() -> Iterator[str]:
    for model in apps.get_models():
        if not model.__module__.startswith("sameboat."):
            continue
        yield model.__name__
        for field in model._meta.get_fields():
            yield field.name
            for value, label in getattr(field, "choices", None) or ():
                yield str(value)
                yield str(label)


def test_no_column_or_choice_has_such_a_name():
    assert [name for name in model_names() if forbidden(name)] == []


def python_names() -> Iterator[tuple[str, str]]:
    """Every class, function, field and enum member declared in the product's Python."""
    for file in python_files("sameboat"):
        place = str(file.relative_to(ROOT))
        for node in statements(file):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield place, node.name
            if isinstance(node, ast.ClassDef):
                for part in node.body:
                    targets = part.targets if isinstance(part, ast.Assign) else [getattr(part, "target", None)]
                    if _is_none(getattr(part, "value", None)):
                        continue  # `last_login = None` takes away a column that the framework would add
                    yield from ((place, target.id) for target in targets if isinstance(target, ast.Name))


def _is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def test_no_python_type_has_such_a_name():
    for place, name in python_names():
        assert not forbidden(name), f"{place}: {name}"
        assert not forbidden(name, VAGUE), f"{place}: {name} says nothing; name what it does"


TS_DECLARED = re.compile(
    r"(?:type|interface|enum|class|function|const|let)\s+(\w+)|^\s*(?:readonly\s+)?(\w+)\??:", re.M
)


def test_no_typescript_type_has_such_a_name():
    for file in tree():
        if file.suffix in {".ts", ".tsx"} and "src" in file.parts:
            for found in TS_DECLARED.finditer(text_of(file) or ""):
                name = found[1] or found[2]
                bad = forbidden(name)
                assert not bad or name == "method", f"{file.relative_to(ROOT)}: {name}"


def test_no_file_has_a_name_that_says_nothing():
    for file in tree():
        assert not any(forbidden(part.split(".")[0], VAGUE) for part in file.relative_to(ROOT).parts), file
