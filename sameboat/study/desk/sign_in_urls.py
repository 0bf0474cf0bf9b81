"""The ways into a team's server. Of django-allauth only what is used here has an address.

Nobody signs up by themselves, and no e-mail is sent.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from sameboat.study.desk import ways_in

urlpatterns = [
    path("invitation/<str:token>", ways_in.invitation, name="study-invitation"),
    path("sign-out", ways_in.sign_out, name="study-sign-out"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/over", account.logout, name="account_logout"),
    path("sign-in/closed", account.account_inactive, name="account_inactive"),
    path("sign-in/code", mfa.authenticate, name="mfa_authenticate"),
    path("me/", mfa.index, name="mfa_index"),
    path("me/passphrase", account.password_change, name="account_change_password"),
    path("me/again", account.reauthenticate, name="account_reauthenticate"),
    path("me/again/code", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("me/phone", totp.activate_totp, name="mfa_activate_totp"),
    path("me/phone/off", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/codes", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/codes/new", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/codes/file", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
