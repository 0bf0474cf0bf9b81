"""Every address of the study; each app names its own, in full."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from sameboat.study.config.api import api

# The study itself has no addresses; `team` comes first, because it answers the front page.
APPS = [name for name in settings.STUDY_APPS if name != "sameboat.study"]

urlpatterns = [path("api/", api.urls), *(path("", include(f"{name}.urls")) for name in APPS)]

handler400 = "sameboat.web.answers.not_understood"
handler404 = "sameboat.web.answers.not_here"
handler500 = "sameboat.web.answers.broken"
