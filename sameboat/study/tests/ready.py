"""Imported first by the fixtures: they are a plugin, which pytest loads before Django is set up."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "sameboat.study.tests.settings"
django.setup()
