"""The only ways to a concern: its words, or being an operator (which the mark on the page has checked)."""

from django.shortcuts import get_object_or_404

from .models import Concern
from .words import kept_form


def concern_by_words(words: str) -> Concern | None:
    """The concern these words were given for, or None; words never given and words long gone look alike."""
    return Concern.objects.filter(words_hash=kept_form(words)).first()


def concern_for_operator(number: int) -> Concern:
    """Raises Http404 where there is none."""
    return get_object_or_404(Concern, pk=number)
