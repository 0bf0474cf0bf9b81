"""The doors to field work."""

from sameboat.study.fieldwork.models import Candidate, Consent, GuideVersion, Participant
from sameboat.study.team.access import Seat
from sameboat.study.team.doors import Door


def _people(seat: Seat) -> str:
    number = Participant.objects.filter(study=seat.study, withdrawn_at=None).count()
    return f"{number} participants" if number != 1 else "one participant"


def _asked(seat: Seat) -> str:
    number = Candidate.objects.filter(study=seat.study, invited_on__isnull=False).count()
    return f"{number} asked" if number else ""


def _signed(seat: Seat) -> str:
    signed = Consent.objects.filter(study=seat.study, participant__withdrawn_at=None)
    without = Participant.objects.filter(study=seat.study, withdrawn_at=None).exclude(consents__in=signed).count()
    return f"{without} without a signature" if without else ""


def _version(seat: Seat) -> str:
    newest = GuideVersion.objects.filter(study=seat.study).order_by("-dated", "-version").first()
    return f"version {newest.version}" if newest else ""


DOORS = [
    Door("Groups", "study-groups", 20, "The groups and who takes part, by letter and code", glance=_people),
    Door("Recruitment", "study-recruitment", 25, "Which groups could be asked, and what they said", glance=_asked),
    Door("Consent", "study-consent", 30, "What participants agreed to, and took back", glance=_signed),
    Door("Guide", "study-guide", 40, "The questions, in versions", glance=_version),
]
