"""One flat page of settings. Everything a city changes comes from the environment."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from dreiklang.config.importers import IMPORTERS as IMPORTERS
from dreiklang.core.database import database_settings
from dreiklang.ui.csp import base_policy

PACKAGE = Path(__file__).resolve().parent.parent


def flag(name: str, default: bool = False) -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, "1" if default else "").lower() in {"1", "true", "yes", "ja", "on"}


DEBUG = flag("DREIKLANG_DEBUG")
DEMO = flag("DREIKLANG_DEMO")
SECRET_KEY = os.environ.get("DREIKLANG_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("DREIKLANG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SITE_URL = os.environ.get("DREIKLANG_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    # Before allauth, so that our templates of its pages are found first.
    "dreiklang.people",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "dreiklang.core",
    "dreiklang.ui",
    "dreiklang.places",
    "dreiklang.goals",
    "dreiklang.concepts",
    "dreiklang.measures",
    "dreiklang.monitoring",
    "dreiklang.papers",
    "dreiklang.conflicts",
    "dreiklang.opendata",
    "dreiklang.workspace",
    "dreiklang.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "dreiklang.ui.middleware.ConfiguredHosts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "dreiklang.people.middleware.ViewerMiddleware",
    "dreiklang.people.middleware.SecondFactorMiddleware",
    "dreiklang.ui.middleware.RefusedSigns",
]

ROOT_URLCONF = "dreiklang.config.urls"
WSGI_APPLICATION = "dreiklang.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "dreiklang.ui.context.page",
                "dreiklang.people.context.viewer",
                "dreiklang.places.context.city",
            ],
        },
    }
]

DATABASES = {"default": {**database_settings(), "ATOMIC_REQUESTS": True}}
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Of each process; an answer goes when the data change (core.kept), not with time.
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Drawn charts, for all processes and after a restart; each under the fingerprint of what it shows.
    "pictures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": os.environ.get("DREIKLANG_PICTURES", PACKAGE.parent / "var" / "pictures"),
        "TIMEOUT": 30 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGTRIGGER_SCHEMA = None

AUTH_USER_MODEL = "people.Account"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Beside each file its compressed twin: the script of the map goes over the wire as 0.3 instead of 1.1 MB.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("DREIKLANG_STATIC", PACKAGE.parent / "var" / "static"))

CONTENT_SECURITY_POLICY = base_policy()
# Dotted names of functions: hosts the city configured itself, per CSP directive, for pages with a map; and the sites
# that may show an embeddable page in a frame.
CSP_EXTRA_HOSTS = ["dreiklang.places.context.map_hosts"]
CSP_EMBEDDERS = "dreiklang.places.queries.embedders"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "dreiklang.ui.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/arbeit/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "dreiklang.people.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "dreiklang.people.forms.sign_in.SignInForm",
    "reauthenticate": "dreiklang.people.forms.sign_in.ConfirmForm",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":")[0]
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# A session ends with the browser, and at the latest after a working day.
ACCOUNT_SESSION_REMEMBER = False
SESSION_COOKIE_AGE = int(os.environ.get("DREIKLANG_SESSION_HOURS", "10")) * 3600
# How many proxies stand in front; only their X-Forwarded-For counts for the limits on failed logins.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DREIKLANG_PROXIES", "0"))
MFA_ADAPTER = "dreiklang.people.adapters.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Dreiklang"
# The invitation link went to the address: that is its verification.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Browsers allow passkeys on http://localhost; everywhere else they ask for https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://localhost")
# Coordinator and administrators need a second factor; the demo goes without and says so on every page.
SECOND_FACTOR_REQUIRED = flag("DREIKLANG_SECOND_FACTOR", default=not DEMO)
DEMO_ACCOUNTS_FILE = PACKAGE.parent / "demo" / "konten.csv"

# Single sign-on of the city (OpenID Connect); without an address there is none.
OIDC_URL = os.environ.get("DREIKLANG_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "dreiklang.people.adapters.SingleSignOnAdapter"
# A link, not a form: browsers apply our form-action policy to where the city's server sends us next.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "stadt",
                "name": os.environ.get("DREIKLANG_OIDC_NAME", "Anmeldung der Stadt"),
                "client_id": os.environ.get("DREIKLANG_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("DREIKLANG_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}

EMAIL_BACKEND = os.environ.get("DREIKLANG_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = os.environ.get("DREIKLANG_EMAIL_FOLDER", "")
EMAIL_HOST = os.environ.get("DREIKLANG_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("DREIKLANG_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("DREIKLANG_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("DREIKLANG_SMTP_PASSWORD", "")
EMAIL_USE_TLS = flag("DREIKLANG_SMTP_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("DREIKLANG_EMAIL_FROM", "dreiklang@localhost")

# Limits of imports, in bytes and seconds.
LIST_LIMIT_BYTES = int(os.environ.get("DREIKLANG_LIST_LIMIT_MB", "20")) * 1_000_000
DOCUMENT_LIMIT_BYTES = int(os.environ.get("DREIKLANG_DOCUMENT_LIMIT_MB", "100")) * 1_000_000
# Lists that somebody began to import and left: so many days they are kept.
UPLOAD_DAYS = int(os.environ.get("DREIKLANG_UPLOAD_DAYS", "30"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

PROCRASTINATE_IMPORT_PATHS = ["dreiklang.config.tasks"]
