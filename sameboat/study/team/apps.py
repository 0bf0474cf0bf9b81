from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "sameboat.study.team"
    label = "study_team"
    default_auto_field = "django.db.models.BigAutoField"
