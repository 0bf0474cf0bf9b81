"""Addresses of what goes for good: names everywhere, and people who withdraw."""

from __future__ import annotations

from django.urls import path

from sameboat.study.withdrawal import name_views, views

PLACE = "studies/<uuid:sid>/withdrawals"

urlpatterns = [
    path("studies/<uuid:sid>/names-gone", name_views.names_gone, name="study-names-gone"),
    path(PLACE, views.withdrawals, name="study-withdrawals"),
    path(f"{PLACE}/<uuid:pid>", views.withdraw, name="study-withdraw"),
]
