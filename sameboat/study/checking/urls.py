"""Addresses of participant checking: the researchers' pages, and the one page that a private link opens."""

from __future__ import annotations

from django.urls import path

from sameboat.study.checking import views

PLACE = "studies/<uuid:sid>/checking"

urlpatterns = [
    path(PLACE, views.checking, name="study-checking"),
    path(f"{PLACE}/<uuid:pid>", views.send_back, name="study-check-send"),
    path(f"{PLACE}/links/<uuid:lid>/close", views.close, name="study-check-close"),
    path("check/<str:token>", views.check, name="study-check"),
]
