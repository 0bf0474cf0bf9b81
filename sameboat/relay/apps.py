from django.apps import AppConfig


class RelayConfig(AppConfig):
    name = "sameboat.relay"
    label = "relay"
