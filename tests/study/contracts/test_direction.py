"""Rows point only downward: a ForeignKey names its model in a string, which no import shows."""

import configparser

from django.apps import apps

from sameboat.study.ledger.images import kinds
from sameboat.study.team.rows import SameStudy, StudyRow
from tools.machine import ROOT


def layers() -> list[set[str]]:
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    lines = contract["importlinter:contract:inside-the-study"]["layers"].split("\n")
    return [{f"study_{name.strip('() ')}" for name in line.split("|")} for line in lines if line.strip()]


def ours():
    return [model for model in apps.get_models() if model.__module__.startswith("sameboat.study.")]


def references(model):
    return [field for field in model._meta.concrete_fields if field.is_relation]


def test_rows_point_only_downward():
    height = {name: -level for level, names in enumerate(layers()) for name in names}
    for model in ours():
        for field in references(model):
            label = field.related_model._meta.app_label
            assert label in height, f"{model.__name__}.{field.name} points out of the study to {label}"
            assert height[label] <= height[model._meta.app_label], f"{model.__name__}.{field.name} points up"


def test_every_reference_to_a_row_of_a_study_stays_in_the_study():
    for model in ours():
        held = {rule.field for rule in model._meta.constraints if isinstance(rule, SameStudy)}
        wanted = {field.name for field in references(model) if issubclass(field.related_model, StudyRow)}
        assert held == wanted, model.__name__


def test_the_ledger_knows_every_row_of_a_study():
    assert {model for model in ours() if issubclass(model, StudyRow)} <= set(kinds.by_model)
