"""Settings, all from the environment, safe where nothing is set.

DEBUG           1 shows errors in the browser and allows any local host; off unless asked
SECRET_KEY      signs sessions; where unset, one is made and kept in ARCHIVE_DATA/secret-key
ALLOWED_HOSTS   comma-separated names this site answers to
DATABASE_URL    e.g. postgres://user:password@host/name; default: SQLite in ARCHIVE_DATA
SEARCH_URL      e.g. whoosh:///path/to/index; default: Whoosh in ARCHIVE_DATA
ARCHIVE_DATA    the one folder that holds all state; default: var/ beside manage.py
ARCHIVE_NAME    the archive's name in page titles and citations
ARCHIVE_EMAIL   whom those who harvest the archive may write to
HTTPS           1 where the site is served over TLS: secure cookies, HSTS, redirect
BEHIND_PROXY    1 where only a proxy reaches this server and sets X-Forwarded-Proto itself
"""

import fcntl
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
ARCHIVE_DATA = Path(env.str("ARCHIVE_DATA", str(BASE_DIR / "var"))).resolve()
ARCHIVE_NAME = env.str("ARCHIVE_NAME", "Diplomatic Interview Archive")
ARCHIVE_EMAIL = env.str("ARCHIVE_EMAIL", "curators@archive.invalid")


def kept_secret(path: Path) -> str:
    """Return the secret kept in `path`, for its owner only; made the first time, one for all processes."""
    if not path.exists() or not path.read_text():
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not file.read():
                file.write(secrets.token_urlsafe(50))
    return path.read_text()


DEBUG = env.bool("DEBUG", False)
try:
    ARCHIVE_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
    SECRET_KEY = env.str("SECRET_KEY", "") or kept_secret(ARCHIVE_DATA / "secret-key")
except OSError as error:
    unusable = f"ARCHIVE_DATA {ARCHIVE_DATA}: {error.strerror}. Name a folder that you may read and write."
    raise ImproperlyConfigured(unusable) from error
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

INSTALLED_APPS = [
    "interviews",  # before haystack: its commands that empty a live index are replaced by ours
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "haystack",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # It varies the length of what it sends, and form tokens are masked anew each time: nobody learns them by lengths.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "interviews.views.formats.OpenToProgramsMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "interviews.views.errors.DamagedIndexMiddleware",
]
ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "interviews.context.archive",
            ],
        },
    }
]

SQLITE = {"ENGINE": "django.db.backends.sqlite3", "NAME": ARCHIVE_DATA / "archive.sqlite3"}
DATABASES = {"default": env.db_url("DATABASE_URL") if env.str("DATABASE_URL", "") else SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for a writer, and two writers queue instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 60,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

SEARCH_URL = env.str("SEARCH_URL", "")
if SEARCH_URL and urlsplit(SEARCH_URL).scheme != "whoosh":
    raise ImproperlyConfigured(f"SEARCH_URL {SEARCH_URL!r}: only whoosh:///path/to/folder is supported so far.")
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "interviews.search.facade.backend.ArchiveEngine",
        "PATH": urlsplit(SEARCH_URL).path or str(ARCHIVE_DATA / "index"),
        "SILENTLY_FAIL": False,
    }
}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

STATIC_URL = "static/"
STATIC_ROOT = ARCHIVE_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "archive.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = ARCHIVE_DATA / "media"

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

HTTPS = env.bool("HTTPS", False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "interviews.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The largest form is the admin's page of one interview; a search takes some ten parameters.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# More files than a form takes: so many that it can still say so itself.
DATA_UPLOAD_MAX_NUMBER_FILES = 1_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"dated": {"format": "{asctime} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "defects": {"class": "interviews.ingest.defects.DefectsFile", "formatter": "dated"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"interviews.ingest.defects": {"handlers": ["defects"], "propagate": False}},
}
