from django.apps import AppConfig


class CheckingConfig(AppConfig):
    name = "sameboat.study.checking"
    label = "study_checking"
    default_auto_field = "django.db.models.BigAutoField"
