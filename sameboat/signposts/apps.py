from django.apps import AppConfig


class SignpostsConfig(AppConfig):
    name = "sameboat.signposts"
    label = "signposts"
    default_auto_field = "django.db.models.BigAutoField"
