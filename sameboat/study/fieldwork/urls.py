"""Addresses of field work: who was asked, who takes part, what they agreed to, with which questions."""

from __future__ import annotations

from django.urls import path

from sameboat.study.fieldwork import consent_views, group_views, guide_views, recruiting_views

STUDY = "studies/<uuid:sid>"
GROUPS, CONSENT, ASKED = f"{STUDY}/groups", f"{STUDY}/consent", f"{STUDY}/recruitment"
PARTICIPANT = f"{GROUPS}/participants/<uuid:pid>"

urlpatterns = [
    path(GROUPS, group_views.groups, name="study-groups"),
    path(f"{GROUPS}/add", group_views.add_group, name="study-group-add"),
    path(f"{GROUPS}/<uuid:gid>/change", group_views.edit_group, name="study-group-change"),
    path(f"{GROUPS}/<uuid:gid>/remove", group_views.remove_group, name="study-group-remove"),
    path(f"{GROUPS}/participants/add", group_views.add_participant, name="study-participant-add"),
    path(PARTICIPANT, group_views.participant, name="study-participant"),
    path(f"{PARTICIPANT}/change", group_views.edit_participant, name="study-participant-change"),
    path(f"{PARTICIPANT}/remove", group_views.remove_participant, name="study-participant-remove"),
    path(f"{PARTICIPANT}/consent/<uuid:fid>", consent_views.sign, name="study-consent-sign"),
    path(CONSENT, consent_views.consent, name="study-consent"),
    path(f"{CONSENT}/add", consent_views.add_sheet, name="study-consent-add"),
    path(f"{CONSENT}/sheets/<uuid:fid>", consent_views.sheet, name="study-consent-sheet"),
    path(f"{CONSENT}/answers/<uuid:aid>/take-back", consent_views.take_back, name="study-consent-take-back"),
    path(ASKED, recruiting_views.recruitment, name="study-recruitment"),
    path(f"{ASKED}/criteria", recruiting_views.add_criterion, name="study-criterion-add"),
    path(f"{ASKED}/criteria/<uuid:cid>/remove", recruiting_views.remove_criterion, name="study-criterion-remove"),
    path(f"{ASKED}/add", recruiting_views.add_candidate, name="study-candidate-add"),
    path(f"{ASKED}/list", recruiting_views.bring_list, name="study-candidates-list"),
    path(f"{ASKED}/<uuid:cid>", recruiting_views.edit_candidate, name="study-candidate-change"),
    path(f"{ASKED}/<uuid:cid>/remove", recruiting_views.remove_candidate, name="study-candidate-remove"),
    path(f"{ASKED}/<uuid:cid>/take-on", recruiting_views.take_on, name="study-candidate-take-on"),
    path(f"{STUDY}/guide", guide_views.guide, name="study-guide"),
    path(f"{STUDY}/guide/add", guide_views.add_version, name="study-guide-add"),
    path(f"{STUDY}/guide/<uuid:vid>/remove", guide_views.remove_version, name="study-guide-remove"),
]
