from django.apps import AppConfig


class StudyConfig(AppConfig):
    name = "sameboat.study"
    label = "study"
    default_auto_field = "django.db.models.BigAutoField"
