"""What happens to an account that layers above want to follow, without being known here."""

from django.dispatch import Signal

# Sent with `account`, inside the transaction: all its keys and ways in are new, because someone may know the old ones.
renewed = Signal()
