"""Addresses of the front page, a study's first page, and who takes part."""

from __future__ import annotations

from django.urls import path

from sameboat.study.team import views

urlpatterns = [
    path("", views.studies, name="studies"),
    path("studies/new", views.new_study, name="study-new"),
    path("studies/<uuid:sid>/", views.home, name="study-home"),
    path("studies/<uuid:sid>/team", views.team, name="study-team"),
    path("studies/<uuid:sid>/about", views.properties, name="study-properties"),
]
