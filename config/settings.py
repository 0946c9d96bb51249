"""Every setting of the project. Each comes from the environment (see .env.example); without any it runs as it is."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.env import env_bool, env_choice, env_int, env_list, env_secret, env_text
from config.stores import folder_store, origin_of, s3_store

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env_text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Where people reach us. https here turns on Secure and __Host- cookies and HSTS.
PUBLIC_URL = env_text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0)

DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret("SECRET_KEY", VAR_DIR / "secret_key")
ALLOWED_HOSTS = [
    *env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]"),
    PUBLIC_URL.split("://", 1)[-1].rsplit(":", 1)[0] if IS_HTTPS else "localhost",
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_HTTPS else []

INSTALLED_APPS = [
    "config.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "ninja",
    "django_q",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "accounts",
    "credits",
    "generations",
]

MIDDLEWARE = [
    "config.middleware.RequestIdMiddleware",
    "config.response_headers.ResponseHeadersMiddleware",
    "config.refusals.RefusalLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.api_middleware.ApiEnvelopeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "accounts.sessions.RenewSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.AppErrorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.context_processors.site",
            ],
        },
    },
]

# --- Database -------------------------------------------------------------------------------------------------------
# IMMEDIATE makes every atomic() a writer from its first statement: without it simultaneous submissions fail with
# "database is locked". FULL because a power cut must not lose the last ledger rows.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;",
}
DATABASE_URL = env_text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
DATABASES: dict[str, Any] = {"default": dj_database_url.parse(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
# Workers keep their connection for ever (0 means a new one per poll, five times slower); the web keeps it a minute.
CONN_MAX_AGE = env_int("DATABASE_CONN_MAX_AGE", 60)
IS_WORKER = env_bool("IS_WORKER", default=sys.argv[1:2] == ["worker"])
DATABASES["default"]["CONN_MAX_AGE"] = None if IS_WORKER else CONN_MAX_AGE
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = VAR_DIR / "media"  # never served by path
S3_BUCKET = env_text("S3_BUCKET")
S3_PLACE = {
    "bucket": S3_BUCKET,
    "endpoint": env_text("S3_ENDPOINT_URL"),
    "region": env_text("S3_REGION", "us-east-1"),
}
S3_KEYS = {"key_id": env_text("S3_ACCESS_KEY_ID"), "secret": env_text("S3_SECRET_ACCESS_KEY")}
STORE_ORIGINS = [origin_of(**S3_PLACE)] if S3_BUCKET else []
STORAGES: dict[str, Any] = {
    "default": s3_store(**S3_PLACE, **S3_KEYS) if S3_BUCKET else folder_store(),
    "staticfiles": {"BACKEND": "config.static_files.HashedGzipStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# Slower senders are cut off (`config.web_worker`): seconds for the head of a request, and for its body.
REQUEST_HEAD_SECONDS = env_int("REQUEST_HEAD_SECONDS", 10, at_least=1)
REQUEST_BODY_SECONDS = env_int("REQUEST_BODY_SECONDS", 180, at_least=1)
DECODER_SLOTS_DIR = VAR_DIR / "decoders"
DECODER_WAIT_SECONDS = env_int("DECODER_WAIT_SECONDS", 50)  # in the line for one, before "come again"
UPLOAD_AGE = timedelta(minutes=10)  # from being asked for to being complete

# --- People ---------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["sesame.backends.ModelBackend"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "generations:library"
SIGN_IN_LINK_AGE = timedelta(minutes=10)
SESAME_MAX_AGE = SIGN_IN_LINK_AGE
SESAME_ONE_TIME = False  # single use is the SignInLink row's: one conditional UPDATE
SESAME_TOKENS = ["sesame.tokens_v2"]
SESAME_SIGNATURE_SIZE = 16  # bytes
SESAME_INVALIDATE_ON_EMAIL_CHANGE = True
SIGN_IN_MAILS_PER_ADDRESS_HOUR = env_int("SIGN_IN_MAILS_PER_ADDRESS_HOUR", 5)
SIGN_IN_MAILS_PER_NETWORK_HOUR = env_int("SIGN_IN_MAILS_PER_NETWORK_HOUR", 20)
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
STAFF_SESSION_AGE = timedelta(hours=12)
OTP_TOTP_ISSUER = "Scribblemachine"
API_KEYS_PER_USER = 10
ANONYMOUS_PHOTO_AGE = timedelta(hours=2)
ANONYMOUS_PHOTOS = 3
ANONYMOUS_UPLOADS_PER_NETWORK_HOUR = env_int("ANONYMOUS_UPLOADS_PER_NETWORK_HOUR", 10)

# --- Mail: to a folder and the console unless a mail server is named -------------------------------------------------
EMAIL_HOST = env_text("EMAIL_HOST")
EMAIL_PORT = env_int("EMAIL_PORT", 587)
EMAIL_HOST_USER = env_text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env_text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env_text("DEFAULT_FROM_EMAIL", "Scribblemachine <hello@localhost>")
MAIL_GOES_TO_FILES = not EMAIL_HOST
EMAIL_BACKEND = (
    "accounts.mail_folder.EmailBackend"
    if MAIL_GOES_TO_FILES
    else "django.core.mail.backends.smtp.EmailBackend"
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS = [("", address) for address in env_list("ALERT_EMAILS")]
EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Credits --------------------------------------------------------------------------------------------------------
SIGNUP_CREDITS = env_int("SIGNUP_CREDITS", 10)
# What a plan allows: uploads an hour, pages an hour and a day, plans and titles an hour, jobs at the same time,
# storage in bytes.
PLAN_LIMITS = {
    "free": {
        "uploads_an_hour": env_int("FREE_UPLOADS_AN_HOUR", 10),
        "pages_an_hour": env_int("FREE_PAGES_AN_HOUR", 5),
        "pages_a_day": env_int("FREE_PAGES_A_DAY", 10),
        "plans_an_hour": env_int("FREE_PLANS_AN_HOUR", 10),
        "titles_an_hour": env_int("FREE_TITLES_AN_HOUR", 20),
        "jobs_in_flight": env_int("FREE_JOBS_IN_FLIGHT", 1, at_least=1),
        "storage_bytes": 1_000_000_000,
    },
    "family": {
        "uploads_an_hour": 60,
        "pages_an_hour": 30,
        "pages_a_day": 100,
        "plans_an_hour": 30,
        "titles_an_hour": 60,
        "jobs_in_flight": 2,
        "storage_bytes": 5_000_000_000,
    },
    "classroom": {
        "uploads_an_hour": 200,
        "pages_an_hour": 60,
        "pages_a_day": 300,
        "plans_an_hour": 60,
        "titles_an_hour": 120,
        "jobs_in_flight": 4,
        "storage_bytes": 20_000_000_000,
    },
}
PLAN_PRIORITY = {"free": 1, "family": 5, "classroom": 5}

# --- Drawing --------------------------------------------------------------------------------------------------------
FACES = env_choice(
    "FACES", "notice", ("notice", "off")
)  # a word about faces on a photo before its page is saved
PROVIDERS = env_list("PROVIDERS", "embedded")  # in the order they are asked
# What each of them needs; money in micro-dollars, times in seconds for one call in all.
PROVIDER_OPTIONS: dict[str, dict[str, Any]] = {
    "gemini": {
        "api_key": env_text("GEMINI_API_KEY") or env_text("GOOGLE_AI_API_KEY"),
        "image_model": env_text("GEMINI_IMAGE_MODEL", "gemini-3.1-flash-image"),
        "price_micro_usd": env_int("GEMINI_PICTURE_MICRO_USD", 39_000),
        "seconds": env_int("GEMINI_SECONDS", 90, at_least=1),
        "calls_a_minute": env_int("GEMINI_CALLS_A_MINUTE", 60),
        "base_url": env_text("GEMINI_BASE_URL"),
    },
    "openai": {
        "api_key": env_text("OPENAI_API_KEY"),
        "image_model": env_text("OPENAI_IMAGE_MODEL", "gpt-image-1"),
        "price_micro_usd": env_int("OPENAI_PICTURE_MICRO_USD", 63_000),
        "seconds": env_int("OPENAI_SECONDS", 90, at_least=1),
        "calls_a_minute": env_int("OPENAI_CALLS_A_MINUTE", 60),
        "base_url": env_text("OPENAI_BASE_URL"),
    },
    "replicate": {
        "api_key": env_text("REPLICATE_API_TOKEN"),
        "image_model": env_text("REPLICATE_IMAGE_MODEL", "google/nano-banana"),
        "price_micro_usd": env_int("REPLICATE_PICTURE_MICRO_USD", 39_000),
        "create_seconds": env_int("REPLICATE_CREATE_SECONDS", 10, at_least=1),
        "look_seconds": env_int("REPLICATE_LOOK_SECONDS", 5, at_least=1),
        "calls_a_minute": env_int("REPLICATE_CALLS_A_MINUTE", 60),
        "base_url": env_text("REPLICATE_BASE_URL"),
    },
}
# The same for those who write: plans, titles.
TEXT_OPTIONS: dict[str, dict[str, Any]] = {
    "gemini": {
        "api_key": PROVIDER_OPTIONS["gemini"]["api_key"],
        "text_model": env_text("GEMINI_TEXT_MODEL", "gemini-3.1-flash-lite"),
        "price_micro_usd": env_int("GEMINI_TEXT_MICRO_USD", 3_000),
        "seconds": env_int("GEMINI_TEXT_SECONDS", 20, at_least=1),
        "calls_a_minute": env_int("GEMINI_TEXT_CALLS_A_MINUTE", 60),
        "base_url": PROVIDER_OPTIONS["gemini"]["base_url"],
    },
}
# What all of them together may cost between two midnights; 0 for any sum. The addresses are told when it is spent.
PROVIDER_DAILY_MICRO_USD = env_int("PROVIDER_DAILY_MICRO_USD", 10_000_000)
# Secrets with which providers sign what they tell us; several while one is being replaced.
WEBHOOK_SECRETS = {"replicate": env_list("REPLICATE_WEBHOOK_SECRET")}
PROMPT_RULES = Path(env_text("PROMPT_RULES", str(BASE_DIR / "generations/prompt_rules/rules.toml")))
ROOM_REGION = env_text("ROOM_REGION", "australia")  # of generations/modes/rooms.toml
RENDER_DEADLINE = timedelta(minutes=10)  # from the first claim
RENDER_LEASE = timedelta(seconds=env_int("RENDER_LEASE_SECONDS", 30, at_least=2))
NEVER_STARTED_AFTER = timedelta(hours=24)
SLOT_GIVEN_BACK_AFTER = timedelta(minutes=6)
RETENTION = {
    "original": timedelta(days=30),
    "intermediate": timedelta(hours=48),
    "picture": timedelta(days=90),
    "pdf": timedelta(days=90),
    "export": timedelta(hours=24),
    "plan": timedelta(hours=48),
}

# Hosts from which results may be fetched, besides those of the providers in use; `.example.org` is all below it.
OUTGOING_HOSTS = env_list("OUTGOING_HOSTS")
OUTGOING_LOOPBACK = env_bool("OUTGOING_LOOPBACK", default=False)

# Rows say what is to be done, messages only that there is something: any broker will do. Without REDIS_URL it is the
# database itself.
REDIS_URL = env_text("REDIS_URL")
if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured("REDIS_URL must be like redis://host:6379/0, rediss://... or unix://...")
BROKER = (
    {"broker_class": "generations.redis_broker.RedisBroker"}
    if REDIS_URL
    else {"broker_class": "generations.database_broker.DatabaseBroker", "orm": "default"}
)
WORKERS = env_int("WORKERS", 2, at_least=1)
WORKER_ID = uuid4() if IS_WORKER else None  # of a supervisor and the processes that it forks
TASK_TIMEOUT = env_int("TASK_TIMEOUT", 120, at_least=5)
# ack_failures and max_attempts: a task runs once; tries are counted in our own rows. `retry` is longer than anything
# can take, as django-q2 counts the time a message waits in memory as well.
Q_CLUSTER = {
    **BROKER,
    "name": "scribble",
    "workers": WORKERS,
    "queue_limit": WORKERS,
    "bulk": 1,
    "poll": 0.2,
    "timeout": TASK_TIMEOUT,
    "retry": TASK_TIMEOUT * 4,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": 50,
    "catch_up": False,
    "scheduler": False,  # the supervisor keeps the clock
    "recycle": 200,
    "max_rss": 1_200_000,
    "label": _("Queue messages"),
}

# --- Languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env_text("TIME_ZONE", "UTC")
USE_TZ = True

# --- Safety ---------------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True  # scripts take the token from the page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [
    r"^health/",
    r"^api/",
]  # the API refuses plain http: a redirect would hide the mistake
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS and TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF, *STORE_ORIGINS],  # photos are sent straight there
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- Logs -----------------------------------------------------------------------------------------------------------
LOG_FORMAT = env_choice("LOG_FORMAT", "text", ("text", "json"))
LOG_LEVEL = env_text("LOG_LEVEL", "INFO").upper()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"main": {"()": "config.logs.formatter", "style": LOG_FORMAT}},
    "filters": {
        "request_id": {"()": "config.logs.RequestIdFilter"},
        "redaction": {"()": "accounts.redaction.RedactionFilter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "main",
            "filters": ["request_id", "redaction"],
        },
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": []},  # one line an event: Django's own handlers print a second one
        "django.request": {"level": "ERROR"},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

# Who may have the queue worked off by a call of the API; unset: nobody.
QUEUE_PROCESSOR_SECRET = env_text("QUEUE_PROCESSOR_SECRET")
METRICS_TOKEN = env_text("METRICS_TOKEN")  # unset: /metrics answers this very machine only

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

if TRUSTED_PROXIES > 5:
    raise ImproperlyConfigured("TRUSTED_PROXIES counts the proxies in front of this server: 0 to 5.")
