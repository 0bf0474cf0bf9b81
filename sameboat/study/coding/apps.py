from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "sameboat.study.coding"
    label = "study_coding"
    default_auto_field = "django.db.models.BigAutoField"
