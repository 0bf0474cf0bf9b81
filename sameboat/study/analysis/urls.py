"""Addresses of looking across the study."""

from __future__ import annotations

from django.urls import path

from sameboat.study.analysis import (
    agreement_views,
    comparing,
    covering,
    framework_views,
    memo_views,
    passages,
    search_views,
)

urlpatterns = [
    path("studies/<uuid:sid>/compare", comparing.compare, name="study-compare"),
    path("studies/<uuid:sid>/compare/coverage", covering.coverage, name="study-coverage"),
    path("studies/<uuid:sid>/compare/coverage/next", covering.uncoded, name="study-uncoded"),
    path("studies/<uuid:sid>/compare/coverage/open", covering.still_open, name="study-open"),
    path("studies/<uuid:sid>/compare/charts", comparing.charts, name="study-charts"),
    path("studies/<uuid:sid>/compare/framework", framework_views.framework, name="study-framework"),
    path("studies/<uuid:sid>/compare/framework/<uuid:tid>/<uuid:pid>", framework_views.cell, name="study-cell"),
    path("studies/<uuid:sid>/compare/agreement", agreement_views.agreement, name="study-agreement"),
    path("studies/<uuid:sid>/passages", passages.passages, name="study-extracts"),
    path("studies/<uuid:sid>/search", search_views.search, name="study-search"),
    path("studies/<uuid:sid>/search/keep", search_views.keep, name="study-search-keep"),
    path("studies/<uuid:sid>/search/<uuid:qid>/forget", search_views.forget, name="study-search-forget"),
    path("studies/<uuid:sid>/memos", memo_views.memos, name="study-memos"),
    path("studies/<uuid:sid>/memos/add", memo_views.add, name="study-memo-add"),
    path("studies/<uuid:sid>/memos/<uuid:mid>", memo_views.memo, name="study-memo"),
    path("studies/<uuid:sid>/memos/<uuid:mid>/bin", memo_views.to_bin, name="study-memo-bin"),
]
