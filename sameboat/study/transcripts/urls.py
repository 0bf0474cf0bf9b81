"""Addresses of texts: the list, bringing some in, taking names out; interviews and recordings."""

from __future__ import annotations

from django.urls import path

from sameboat.study.transcripts import come_back_views, interview_views, name_views, recording_views, views

STUDY = "studies/<uuid:sid>/transcripts"
INTERVIEWS = "studies/<uuid:sid>/interviews"
RECORDING = "studies/<uuid:sid>/recordings/<uuid:recording_id>"

urlpatterns = [
    path(STUDY, views.transcripts, name="study-transcripts"),
    path(f"{STUDY}/bring-in", views.bring_in, name="study-bring-in"),
    path(f"{STUDY}/bring-in/<str:token>", views.look, name="study-look"),
    path(f"{STUDY}/bring-in/<str:token>/drop", views.drop, name="study-drop"),
    path(f"{STUDY}/names-back", come_back_views.come_back, name="study-names-back"),
    path(f"{STUDY}/<uuid:did>/title", views.title, name="study-title"),
    path(f"{STUDY}/<uuid:did>/put-away", views.put_away, name="study-put-away"),
    path(f"{STUDY}/<uuid:did>/names", name_views.names, name="study-names"),
    path(f"{STUDY}/<uuid:did>/no-names", name_views.no_names, name="study-no-names"),
    path(f"{STUDY}/<uuid:did>/recording", recording_views.keep, name="study-recording-keep"),
    path(RECORDING, recording_views.recording, name="study-recording"),
    path(f"{RECORDING}/remove", recording_views.remove, name="study-recording-remove"),
    path(INTERVIEWS, interview_views.interviews, name="study-interviews"),
    path(f"{INTERVIEWS}/add", interview_views.add, name="study-interview-add"),
    path(f"{INTERVIEWS}/<uuid:iid>", interview_views.interview, name="study-interview"),
    path(f"{INTERVIEWS}/<uuid:iid>/change", interview_views.edit, name="study-interview-change"),
    path(f"{INTERVIEWS}/<uuid:iid>/remove", interview_views.remove, name="study-interview-remove"),
]
