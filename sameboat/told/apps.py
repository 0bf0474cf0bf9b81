from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_delete

from sameboat.accounts.signals import renewed
from sameboat.told import here

# What somebody else could have set with a session that they took: where it is told, and the calendar's address.
# The wish goes along, so that its owner is asked anew and is not left untold without a word.
SET_BY_A_SESSION = ("told.Device", "told.Mailbox", "told.Wish", "meetings.Calendar")


class ToldConfig(AppConfig):
    name = "sameboat.told"
    label = "told"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follows what happens to accounts, which know nothing of telling."""
        post_delete.connect(nobody_here, sender="accounts.Session")
        renewed.connect(forget_ways)


def nobody_here(instance: Any, **_more: object) -> None:
    """A session has ended: whoever else of theirs looks at a page says so again within a minute."""
    here.go(bytes(instance.account_id))


def forget_ways(account: Any, **_more: object) -> None:
    """Nobody who held a session before learns from now on when something comes, or when the group meets."""
    for name in SET_BY_A_SESSION:
        apps.get_model(name)._default_manager.of(account).delete()
