from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    name = "sameboat.study.fieldwork"
    label = "study_fieldwork"
    default_auto_field = "django.db.models.BigAutoField"
