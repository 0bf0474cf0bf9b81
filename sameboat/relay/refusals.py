"""Why nobody can be rung."""

from sameboat.lib.refusals import Refusal


class NoRelay(Refusal):
    status = 409
    code = "no_relay"
    sentence = "This site has no relay for voices, so nobody can be rung here."
