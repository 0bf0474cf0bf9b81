from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "sameboat.study.desk"
    label = "study_desk"
    default_auto_field = "django.db.models.BigAutoField"
