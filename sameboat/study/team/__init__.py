"""Researchers, studies, and who takes part in which study, as what."""
