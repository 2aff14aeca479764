"""The site's settings, each read from the environment.

Names and meanings are in docs/how-to/run-the-site.md. No secret is kept in this file: without
FAIRGROUND_SECRET_KEY the key is read from the data folder, where `fairground demo` writes it once.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from fairground.web import database
from fairground.web.data_folder import data_folder

WEB = Path(__file__).resolve().parent


def _on(name: str) -> bool:
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _list(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _number(name: str, default: int, *, low: int, high: int) -> int:
    given = os.environ.get(name, "").strip() or str(default)
    if not (given.isdecimal() and low <= int(given) <= high):
        raise ImproperlyConfigured(f'{name} is "{given}"; allowed: a whole number, {low} to {high}.')
    return int(given)


def _one_of(name: str, default: str, allowed: tuple[str, ...]) -> str:
    given = os.environ.get(name, "").strip() or default
    if given not in allowed:
        raise ImproperlyConfigured(f'{name} is "{given}"; allowed: {", ".join(allowed)}.')
    return given


DATA = data_folder()
DEMO = _on("FAIRGROUND_DEMO")
HTTPS = _on("FAIRGROUND_HTTPS")
DEBUG = _on("FAIRGROUND_DEBUG")
TESTING = "pytest" in sys.modules or "mypy" in sys.modules


def _secret_key() -> str:
    given = os.environ.get("FAIRGROUND_SECRET_KEY", "")
    kept = DATA / "secret-key"
    key = given or (kept.read_text("ascii").strip() if kept.exists() else "")
    if key and (len(key) < 50 or len(set(key)) < 5 or key.startswith("django-insecure-")):
        raise ImproperlyConfigured(
            "FAIRGROUND_SECRET_KEY is too easy to guess. Set it to at least 50 random characters."
        )
    if key:
        return key
    if TESTING:
        return "only-for-tests-" + "0" * 40
    raise ImproperlyConfigured(
        "FAIRGROUND_SECRET_KEY is not set. Set it to at least 50 random characters "
        "(`fairground demo` makes one for a trial)."
    )


SECRET_KEY = _secret_key()
# Seals the pools of juries; without it the data folder keeps one (web/power/juries/sealing.py).
POOL_KEY = os.environ.get("FAIRGROUND_POOL_KEY", "only-for-tests" if TESTING else "")
LOCAL = ("127.0.0.1", "localhost", "[::1]")
ALLOWED_HOSTS = _list("FAIRGROUND_HOSTS", ",".join(LOCAL))
if "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured('FAIRGROUND_HOSTS is "*"; allowed: the names by which people reach the site.')
if DEBUG and not set(ALLOWED_HOSTS) <= set(LOCAL):
    raise ImproperlyConfigured(
        f'FAIRGROUND_DEBUG is on, but FAIRGROUND_HOSTS is "{",".join(ALLOWED_HOSTS)}". '
        f"Debugging shows the inside of the site: allowed only on {', '.join(LOCAL)}."
    )

# The site's own address, for links in emails, which are sent by no request that could tell it.
SITE_ADDRESS = os.environ.get("FAIRGROUND_ADDRESS", "").strip().rstrip("/") or (
    f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
)
if not re.fullmatch(r"https?://[^/\s]+", SITE_ADDRESS):
    raise ImproperlyConfigured(
        f'FAIRGROUND_ADDRESS is "{SITE_ADDRESS}"; allowed: an address such as https://fairground.example.org.'
    )
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",  # allauth tells when a passkey was last used
    "fairground.web.accounts",  # before allauth, whose templates it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "fairground.web.audit",
    "fairground.web.jobs",
    "fairground.web.pages",
    "fairground.web.places",
    "fairground.web.wealth.inequality",
    "fairground.web.wealth.funding",
    "fairground.web.wealth.property",
    "fairground.web.wealth.finance",
    "fairground.web.wealth.register",
    "fairground.web.wealth.requests",
    "fairground.web.wealth.matching",
    "fairground.web.participation",
    "fairground.web.ballots",
    "fairground.web.power.budgeting",
    "fairground.web.results",
    "fairground.web.power.juries",
    "fairground.web.power.lots",
    "fairground.web.power.sittings",
    "fairground.web.power.standing",
    "fairground.web.opportunity",
    "fairground.web.opportunity.greenspace",
    "fairground.web.opportunity.neighbourhoods",
]

MIDDLEWARE = [
    "fairground.web.middleware.SecurityHeaders",
    "fairground.web.middleware.Packed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "fairground.web.middleware.LimitedBody",
    "fairground.web.middleware.WithoutNul",
    "allauth.account.middleware.AccountMiddleware",
]

CSRF_FAILURE_VIEW = "fairground.web.pages.views.forbidden"
ROOT_URLCONF = "fairground.web.urls"
WSGI_APPLICATION = "fairground.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database.from_url(os.environ.get("DATABASE_URL", ""), data=DATA)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # so that counts of wrong guesses are not pushed out
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairground.web.middleware.site_facts",
            ]
        },
    }
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# Static files: hashed and compressed after `collectstatic` (demo and serve run it), else found in place.
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [WEB / "static"]
HASHED_STATIC = _on("FAIRGROUND_HASHED_STATIC")
WHITENOISE_USE_FINDERS = not HASHED_STATIC
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A background for moving maps: the address of tiles, such as https://tiles.example.org/{z}/{x}/{y}.png.
BASEMAP = os.environ.get("FAIRGROUND_BASEMAP", "").strip()
BASEMAP_CREDIT = os.environ.get("FAIRGROUND_BASEMAP_CREDIT", "").strip()
if BASEMAP and not all(part in BASEMAP for part in ("{z}", "{x}", "{y}")):
    raise ImproperlyConfigured(
        f'FAIRGROUND_BASEMAP is "{BASEMAP}"; allowed: an address of tiles with {{z}}, {{x}} and {{y}} in it.'
    )
if BASEMAP and not BASEMAP_CREDIT:
    raise ImproperlyConfigured(
        "FAIRGROUND_BASEMAP is set: say whose map it is with FAIRGROUND_BASEMAP_CREDIT."
    )
MEDIA_ROOT = DATA / "files"
# Whom to tell when a page cannot be used: words for the accessibility page, such as an email address.
CONTACT = os.environ.get("FAIRGROUND_CONTACT", "").strip()

# Accounts: an address and a code sent to it; passkeys for those who want them; no passwords.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fairground.web.accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "fairground.web.accounts.adapter.shown"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Fairground: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key",
    "confirm_login_code": "10/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "10/m/ip",
}
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG
ALLAUTH_TRUSTED_PROXY_COUNT = _number("FAIRGROUND_PROXIES", 0, low=0, high=10)

# Email: by SMTP when a host is given; in a demo it is kept in a folder that /demo/mailbox/ shows.
EMAIL_HOST = os.environ.get("FAIRGROUND_EMAIL_HOST", "")
EMAIL_PORT = _number("FAIRGROUND_EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = os.environ.get("FAIRGROUND_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FAIRGROUND_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
DEFAULT_FROM_EMAIL = os.environ.get("FAIRGROUND_EMAIL_FROM", "fairground@localhost")
EMAIL_FILE_PATH = DATA / "mailbox"
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend" if EMAIL_HOST else "filebased.EmailBackend" if DEMO else "console.EmailBackend"
)

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "fairground.web.passing.Unnamed",
]

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"

LOG_LEVEL = _one_of("FAIRGROUND_LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))

# Logs say what went wrong and where, never who: no request lines with addresses, no emails.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"nobody": {"()": "fairground.web.middleware.WithoutPersonalData"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["nobody"]}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
    },
}
