"""Addresses under /konto/: the pages of allauth that make sense here, under German words.

Nobody signs up alone and nobody changes her own address: accounts come by invitation. `account_signup`
only says so.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.urls import include, path, re_path

from dreiklang.people.views import account as own

FACTOR = "zweiter-faktor/"

urlpatterns = [
    path("", own.profile, name="account_email"),
    path("demo/", own.demo_login, name="demo_login"),
    path("anmelden/", own.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("neu/", account.signup, name="account_signup"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("kennwort/", account.password_change, name="account_change_password"),
    path("kennwort/setzen/", account.password_set, name="account_set_password"),
    path("kennwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("kennwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "kennwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The key holds dashes itself, so only the first one parts it from the account.
    re_path(
        r"^kennwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(FACTOR, mfa.index, name="mfa_index"),
    path(FACTOR + "eingeben/", mfa.authenticate, name="mfa_authenticate"),
    path(FACTOR + "bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(FACTOR + "app/", totp.activate_totp, name="mfa_activate_totp"),
    path(FACTOR + "app/abschalten/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(FACTOR + "codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(FACTOR + "codes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(FACTOR + "codes/datei/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/bestaetigen/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/anmelden/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/entfernen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("verbunden/abgebrochen/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("verbunden/fehler/", social.login_error, name="socialaccount_login_error"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
