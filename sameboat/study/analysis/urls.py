"""Addresses of looking across the study."""

from __future__ import annotations

from django.urls import path

from sameboat.study.analysis import search_views

urlpatterns = [
    path("studies/<uuid:sid>/search", search_views.search, name="study-search"),
    path("studies/<uuid:sid>/search/keep", search_views.keep, name="study-search-keep"),
    path("studies/<uuid:sid>/search/<uuid:qid>/forget", search_views.forget, name="study-search-forget"),
]
