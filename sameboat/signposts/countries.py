"""The countries we have rows for, each with its emergency number."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Country:
    """`code` is ISO 3166-1 alpha-2, small letters, as in /help/ie. `emergency` is dialled as it stands."""

    code: str
    name: str | Promise
    emergency: str
    also: str = ""


COUNTRIES = (
    Country("gb", _("United Kingdom"), "999", "112"),
    Country("ie", _("Ireland"), "112", "999"),
    Country("us", _("United States"), "911"),
    Country("ca", _("Canada"), "911"),
    Country("au", _("Australia"), "000"),
    Country("nz", _("New Zealand"), "111"),
)
BY_CODE = {country.code: country for country in COUNTRIES}
