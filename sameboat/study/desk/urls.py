"""Addresses of the front page, a study's first pages, and the ways in."""

from __future__ import annotations

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from sameboat.study.desk import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.studies, name="studies"),
    path("studies/new", views.new_study, name="study-new"),
    path("studies/<uuid:sid>/", views.home, name="study-home"),
    path("studies/<uuid:sid>/about", views.about, name="study-about"),
    path("studies/<uuid:sid>/about/change", views.properties, name="study-properties"),
    path("studies/<uuid:sid>/team", views.team, name="study-team"),
    path("studies/<uuid:sid>/team/invite", views.invite, name="study-invite"),
    path("studies/<uuid:sid>/team/<uuid:member_id>", views.member, name="study-member"),
    path("sitting", views.sit_down, name="study-sit-down"),
]
if apps.is_installed("allauth"):
    urlpatterns += [path("", include("sameboat.study.desk.sign_in_urls"))]
