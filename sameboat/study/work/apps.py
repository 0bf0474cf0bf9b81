from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "sameboat.study.work"
    label = "study_work"
    default_auto_field = "django.db.models.BigAutoField"
