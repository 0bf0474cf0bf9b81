"""A whole member client in Python: sign in, verify the log, read, send, follow.

`Member` is what others use. No Django, and no server module imports it: it holds keys, and the server never may.
"""

from sameboat.client.circle import Evidence, Stopped
from sameboat.client.http import Away, BadAnswer, Refused, Wire
from sameboat.client.member import Member, Said

__all__ = ["Away", "BadAnswer", "Evidence", "Member", "Refused", "Said", "Stopped", "Wire"]
