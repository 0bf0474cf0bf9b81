"""Addresses of withdrawals: the record, and the page on which somebody is withdrawn."""

from __future__ import annotations

from django.urls import path

from sameboat.study.withdrawal import views

PLACE = "studies/<uuid:sid>/withdrawals"

urlpatterns = [
    path(PLACE, views.withdrawals, name="study-withdrawals"),
    path(f"{PLACE}/<uuid:pid>", views.withdraw, name="study-withdraw"),
]
