from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "sameboat.study.exchange"
    label = "study_exchange"
    default_auto_field = "django.db.models.BigAutoField"
