"""Django's settings, all from `env.py`. A setting that people may change has its row there."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from sameboat import __version__
from sameboat.config import env
from sameboat.lib.database import database

VERSION = __version__
DATA = env.data_folder()
SECRET_KEY = env.secret()
DEBUG = False

PORT = env.read_port()
BIND = env.read("BIND")
PROXIES = env.read("PROXIES")
ORIGIN = env.read_origin()
SECURE_ORIGIN = ORIGIN.startswith("https://")
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "localhost"]
if ALLOWED_HOSTS == ["localhost"]:
    ALLOWED_HOSTS.append("127.0.0.1")

SITE_NAME = env.read("SITE_NAME")
EXIT_TO = env.read("EXIT_TO")
START_MODE = env.read("START_MODE")
OPERATOR_NAME = env.read("OPERATOR_NAME")
OPERATOR_CONTACT = env.read("OPERATOR_CONTACT")
CONTACT_KEY = env.read("CONTACT_KEY")
COUNTRY = env.read("COUNTRY")
API_DOCS = env.read("API_DOCS") == "on"
APP_NAME = env.read("APP_NAME")
TOLD_WORDS = env.read("TOLD_WORDS")
PUSH = env.read("PUSH") == "on"
PUSH_KEY = env.read("PUSH_KEY")
PUSH_HOSTS = [name.strip() for name in env.read("PUSH_HOSTS").split(",") if name.strip()]
PUSH_TEST_TO = env.read("PUSH_TEST_TO").rstrip("/")
SMTP_HOST = env.read("SMTP_HOST")
SMTP_PORT = env.read_port("SMTP_PORT")
SMTP_TLS = env.read("SMTP_TLS")
SMTP_USER = env.read("SMTP_USER")
SMTP_PASSWORD = env.read("SMTP_PASSWORD")
MAIL_FROM = env.read("MAIL_FROM")
TURN_URLS = [url.strip() for url in env.read("TURN_URLS").split(",") if url.strip()]
TURN_SECRET = env.read("TURN_SECRET")
CLOCK_FILE = env.read("CLOCK_FILE")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "sameboat.web",
    "sameboat.signposts",
    "sameboat.staff",
    "sameboat.accounts",
    "sameboat.circles",
    "sameboat.meetings",
    "sameboat.told",
    "sameboat.relay",
    "sameboat.oversight",
    "sameboat.outside",
]

MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sameboat.web.middleware.RefusalsMiddleware",
    "sameboat.web.middleware.OwnOriginMiddleware",
    "sameboat.accounts.middleware.MembersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]

ROOT_URLCONF = "sameboat.config.urls"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "sameboat.web.context.site",
            ],
        },
    },
]

DATABASES = {"default": database(env.read("DATABASE"), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "staff.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/operator/sign-in"

# Staff sessions only. A member's session is a row of `accounts`, with its own cookie under /api.
SESSION_COOKIE_NAME = "__Secure-operator" if SECURE_ORIGIN else "operator"
SESSION_COOKIE_PATH = "/operator"
SESSION_COOKIE_SECURE = SECURE_ORIGIN
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/assets/"
STATIC_ROOT = DATA / "assets"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "sameboat.web.assets.AssetStorage"},
}
WHITENOISE_MAX_AGE = 0
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"[.-][0-9a-zA-Z_-]{8,12}\.(?:js|css|woff2|svg|png|webmanifest)$"
SHELL_FILE = Path(__file__).parent.parent / "web" / "static" / "inside" / "index.html"
# The signed list of what this release serves: the operator's own, else the one that came with the program.
RELEASE_FILES = (DATA / "release.cbor", Path(__file__).parent.parent / "web" / "release.cbor")

# A sealed message is at most 64 KiB; a whole request has room for a few, and no more.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS: list[str] = []

# Unexpected errors are written to standard error with their place in the code and nothing that was sent.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": True,
    "formatters": {"place_only": {"()": "sameboat.lib.quiet.PlaceOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "place_only"}},
    "root": {"handlers": ["stderr"], "level": "ERROR"},
    "loggers": {
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "uvicorn.error": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
