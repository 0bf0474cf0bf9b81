"""Imported first by whoever serves: models can only be imported once Django is set up."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sameboat.study.config.settings")
django.setup()
