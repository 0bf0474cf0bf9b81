"""Themes built from codes, with their phases and what does not fit."""
