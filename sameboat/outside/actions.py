"""The verbs of a concern: raise, read, answer, close, forget."""

from datetime import datetime

from sameboat.lib.refusals import Refusal

from .models import Concern
from .words import kept_form, new_words


class NothingSaid(Refusal):
    """A concern without a word in it."""

    code = "nothing_said"
    sentence = "Please say a few words, so that somebody can answer."


class AlreadyClosed(Refusal):
    """Closed is closed; a new concern can be raised."""

    status = 409
    code = "already_closed"
    sentence = "This has been closed. A new one can be raised."


class ReadFirst(Refusal):
    """Nobody answers or closes what nobody has read."""

    status = 409
    code = "read_first"
    sentence = "Read it first. The person can see whether somebody has."


def raise_concern(said: str, *, kind: str, guessing_could_hurt: bool, now: datetime) -> str:
    """Stores a concern; returns six words that lead back to it, kept only as a hash. Raises NothingSaid."""
    if not said.strip():
        raise NothingSaid
    words = new_words()
    Concern.objects.create(
        words_hash=kept_form(words),
        kind=kind,
        said=said.strip(),
        guessing_could_hurt=guessing_could_hurt,
        received_at=now,
    )
    return words


def read(concern: Concern, *, now: datetime) -> None:
    """A person has read it, and says so. The first stamp stays."""
    Concern.objects.filter(pk=concern.pk, read_at__isnull=True).update(read_at=now)


def answer(concern: Concern, words: str, *, now: datetime) -> None:
    """Answers, or replaces an earlier answer. Raises NothingSaid, ReadFirst, AlreadyClosed."""
    if not words.strip():
        raise NothingSaid
    if concern.read_at is None:
        raise ReadFirst
    changed = Concern.objects.filter(pk=concern.pk, closed_at__isnull=True).update(
        answer=words.strip(), answered_at=now
    )
    if not changed:
        raise AlreadyClosed


def close(concern: Concern, *, now: datetime) -> None:
    """No more will be done. Raises ReadFirst."""
    if concern.read_at is None:
        raise ReadFirst
    Concern.objects.filter(pk=concern.pk, closed_at__isnull=True).update(closed_at=now)


def forget_old(*, now: datetime) -> int:
    """Deletes what was closed more than 90 days ago; returns how many."""
    _total, by_model = Concern.objects.forgotten_by(now).delete()
    return by_model.get("outside.Concern", 0)
