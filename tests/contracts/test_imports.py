"""Who may lean on whom: what the import contracts say, and what they cannot see."""

import configparser
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tools.machine import ROOT


def test_the_import_contracts_hold():
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def layers() -> list[set[str]]:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:direction"]["layers"].split("\n")
    return [{name.strip("() ") for name in line.split("|")} for line in lines if line.strip()]


def test_the_study_is_a_stranger_to_every_module():
    """A module that is in neither list would be one that the two worlds could meet in, seen by no contract."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    named = {
        name: {line.rpartition(".")[2] for line in contract[f"importlinter:contract:{name}"][key].split()}
        for name, key in (("study", "forbidden_modules"), ("to-the-study", "source_modules"))
    }
    others = {name for names in layers() for name in names} - {"study"}
    assert named == {"study": others - {"web", "lib"}, "to-the-study": others}


def test_rows_point_only_downward():
    """A ForeignKey names its model in a string, which no import shows."""
    height = {name: -level for level, names in enumerate(layers()) for name in names}
    ours = [config for config in apps.get_app_configs() if config.name.startswith("sameboat.")]
    for config in ours:
        assert config.label in height, f"{config.label} has no layer in .importlinter"
        for model in config.get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                other = field.related_model if field.is_relation and field.concrete else None
                if other is None or other._meta.app_label not in height or other._meta.app_label == config.label:
                    continue
                below = height[other._meta.app_label] < height[config.label]
                assert below, f"{model.__name__}.{field.name} points up to {other._meta.label}"
