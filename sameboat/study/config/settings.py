"""Django's settings for the study, all from `env.py`. A setting that people may change has its row there."""

from __future__ import annotations

from urllib.parse import urlsplit

from sameboat import __version__
from sameboat.lib.database import database
from sameboat.study.config import env

VERSION = __version__
MODE = env.read("MODE")
TEAM = MODE == "team"
DATA = env.data_folder()
SECRET_KEY = env.secret()
DEBUG = False

PORT = env.read_port()
BIND = env.read_bind()
PROXIES = env.read("PROXIES")
ORIGIN = env.read_origin()
SECURE_ORIGIN = ORIGIN.startswith("https://")
# Strict, also on a laptop: a page of another site that makes its name point here is turned away.
ALLOWED_HOSTS = [urlsplit(ORIGIN).hostname or "localhost"]
if ALLOWED_HOSTS == ["localhost"]:
    ALLOWED_HOSTS.append("127.0.0.1")
SITE_NAME = "Study"
CLOCK_FILE = env.read("CLOCK_FILE")

STUDY_APPS = [
    "sameboat.study",
    "sameboat.study.team",
    "sameboat.study.ledger",
    "sameboat.study.desk",
    "sameboat.study.work",
    "sameboat.study.fieldwork",
    "sameboat.study.transcripts",
    "sameboat.study.coding",
    "sameboat.study.themes",
    "sameboat.study.analysis",
    "sameboat.study.checking",
    "sameboat.study.report",
    "sameboat.study.exchange",
    "sameboat.study.withdrawal",
]
# Signing in has tables of its own, which a laptop does without.
SIGN_IN_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
INSTALLED_APPS = [*STUDY_APPS, "django.contrib.staticfiles", "sameboat.web", *(SIGN_IN_APPS if TEAM else [])]

SIGN_IN_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.common.CommonMiddleware",
    "sameboat.web.middleware.RefusalsMiddleware",
    "sameboat.web.middleware.OwnOriginMiddleware",
    *(SIGN_IN_MIDDLEWARE if TEAM else []),
    "sameboat.study.team.middleware.ResearcherMiddleware",
    "sameboat.study.work.room.RoomMiddleware",
    "sameboat.study.work.memory.GiveBackMiddleware",
]

ROOT_URLCONF = "sameboat.study.config.urls"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "sameboat.study.team.context.study",
                "sameboat.study.ledger.context.turned",
            ],
        },
    },
]

DATABASES = {
    "default": database(env.read("DATABASE"), DATA, name="study", setting=f"{env.PREFIX}DATABASE"),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "study_team.Researcher"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sameboat.study.team.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "sameboat.study.team.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Study"
# A phone whose clock is half a minute off still opens the door.
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_NAME = "__Secure-study" if SECURE_ORIGIN else "study"
SESSION_COOKIE_SECURE = SECURE_ORIGIN
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.read("TIME_ZONE")
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

# Forms and JSON stay in memory; files go to a temporary folder beside the database, on the same disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
# A page that looks at 300 files has some fields for each of them, and one for each of their speakers.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "sameboat.study.work.uploads.CountingHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sameboat.study.work.uploads.DiskHandler",
]
# Counted by work/uploads.py, which reads a form to its end before it says that there were too many.
DATA_UPLOAD_MAX_NUMBER_FILES = None
FILE_UPLOAD_TEMP_DIR = DATA / "incoming"
LARGEST_UPLOAD = 2**30
# A study that is put back may bring its recordings.
LARGEST_BACKUP = 16 * 2**30

# What takes long is done beside the page that asked for it (sameboat/study/work).
WORK_BESIDE = True

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
