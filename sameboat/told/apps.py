from django.apps import AppConfig


class ToldConfig(AppConfig):
    name = "sameboat.told"
    label = "told"
    default_auto_field = "django.db.models.BigAutoField"
