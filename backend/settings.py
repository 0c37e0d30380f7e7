"""Settings of Duixian, read from the environment.

`make run` needs none of them; production sets SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL and CELERY_BROKER_URL.
Every variable is described in .env.example.
"""

import secrets
from pathlib import Path

import dj_database_url
import pghistory
import pgtrigger
from corsheaders.defaults import default_headers
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from backend.env import Environment

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
# What a running `make run` leaves for other commands of the same checkout: its databases and addresses.
DATA_DIR = env.path("DUIXIAN_DATA_DIR", BASE_DIR / ".duixian")


def _address(name: str, schemes: tuple[str, ...], file: str, default: str) -> str:
    """Return a URL: the environment's, else that of the running `make run`, else the usual local one."""
    note = DATA_DIR / file
    try:
        noted = note.read_text(encoding="utf-8").strip()
    except OSError:
        noted = ""
    return env.url(name, schemes, noted or default)


DEBUG = env.flag("DEBUG", default=False)
# Without SECRET_KEY every process makes one of its own: safe, but sessions end when it stops.
SECRET_KEY = env.text("SECRET_KEY", default=secrets.token_urlsafe(50))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# A proxy in front ends HTTPS and tells the client's address and protocol.
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
# The address under which the public reaches the site; answers, feeds and snapshots hold it.
SITE_URL = _address("SITE_URL", ("http", "https"), "site.url", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "backend.apps.TrackerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "corsheaders",
    "csp",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "pghistory",
    "projects",
    "seeds",
]

MIDDLEWARE = [
    "backend.request_id.RequestIdMiddleware",
    "corsheaders.middleware.CorsMiddleware",  # outside of the cache: a 304 needs its headers, too
    "projects.api.response_cache.ResponseCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "projects.api.throttling.ThrottleMiddleware",
    "backend.middleware.PageMiddleware",
]
# Reads of the API pass these by.
PAGE_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

# These look for them in MIDDLEWARE alone; a test looks for them here.
SILENCED_SYSTEM_CHECKS = ["admin.E408", "admin.E409", "admin.E410", "security.W002", "security.W003"]

ROOT_URLCONF = "backend.urls"
WSGI_APPLICATION = "backend.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the admin's own templates, some of which are replaced.
        "DIRS": [BASE_DIR / "projects" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# -- Data ------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        _address(
            "DATABASE_URL",
            ("postgresql", "postgres"),
            "database.url",
            "postgresql://duixian@127.0.0.1/duixian",
        ),
        conn_max_age=600,
        conn_health_checks=True,
    ),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One history row a statement, not a row: a load of a hundred thousand commitments keeps its speed.
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_APPEND_ONLY = True
# History is read by the row it belongs to, and by the request that made it; an index on each of its foreign keys would
# only slow down writing.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)
# Reading changes nothing: public pages do not ask who reads, so that shared caches may keep them.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

CACHE_URL = env.text("CACHE_URL", default="") and env.url("CACHE_URL", ("redis", "rediss"), "")
# A server that does not answer must not keep the public waiting.
_PATIENT = {"socket_timeout": 1, "socket_connect_timeout": 1}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # How often each client of the API has asked; with several web processes, only a shared cache counts rightly.
    "throttles": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL, "OPTIONS": _PATIENT}
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "throttles",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

MEDIA_ROOT = env.path("MEDIA_ROOT", DATA_DIR / "media")
MEDIA_URL = "media/"
# As much as a file that comes with evidence may hold, at the desk and through the API.
EVIDENCE_FILE_BYTES = env.number("EVIDENCE_FILE_BYTES", 32 * 1024 * 1024, at_least=1)
# The texts of the labelled reports, which are not part of the project; `make evaluate` finds them by their SHA-256.
CORPUS_DIR = env.path("CORPUS_DIR", DATA_DIR / "corpus")
# Where the nightly backups go, and how many of them stay; 0 makes none.
BACKUP_DIR = env.path("BACKUP_DIR", DATA_DIR / "backups")
BACKUP_KEEP = env.number("BACKUP_KEEP", 7, at_least=0)
# Whole copies of the public data: where they are, and for how many days each is kept; the first of a month stays.
SNAPSHOT_ROOT = env.path("SNAPSHOT_ROOT", DATA_DIR / "snapshots")
SNAPSHOT_NIGHTS = env.number("SNAPSHOT_NIGHTS", 30, at_least=1)
STATIC_ROOT = env.path("STATIC_ROOT", DATA_DIR / "static")
STATIC_URL = "static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# -- Language and time -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("英文"))]
LOCALE_PATHS = [BASE_DIR / "projects" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# -- Workers ---------------------------------------------------------------------------------------------------------

CELERY_BROKER_URL = _address("CELERY_BROKER_URL", ("redis", "rediss"), "broker.url", "redis://127.0.0.1:6379/0")
CELERY_RESULT_BACKEND = CELERY_BROKER_URL
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_TRACK_STARTED = True
# A task is acknowledged when it has ended, so that a killed worker's task runs again; all tasks are safe to repeat.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Above the hard limit of the longest task, or a slow task would be handed out twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3_600}
CELERY_TASK_SOFT_TIME_LIMIT = 1_500
CELERY_TASK_TIME_LIMIT = 1_800
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The most memory that one working process may take; 0 sets no bound.
WORKER_MEMORY_MB = env.number("WORKER_MEMORY_MB", 2_048)
# A run of the extractor without a heartbeat for so long is taken over by another worker.
EXTRACTION_STALE_SECONDS = env.number("EXTRACTION_STALE_SECONDS", 60, at_least=1)

# A language model that reads beside the rules, at an OpenAI-compatible address; none unless one is named.
SECOND_READER_URL = env.text("SECOND_READER_URL", default="") and env.url("SECOND_READER_URL", ("http", "https"), "")
SECOND_READER_MODEL = env.text("SECOND_READER_MODEL", default="default")
SECOND_READER_KEY = env.text("SECOND_READER_KEY", default="")
SECOND_READER_SECONDS = env.number("SECOND_READER_SECONDS", 120, at_least=1)
SECOND_READER_DAILY_TOKENS = env.number("SECOND_READER_DAILY_TOKENS", 2_000_000)

# -- Rules of the domain ---------------------------------------------------------------------------------------------

# Days after the due date before a commitment counts as overdue. An implied date waits for the next report,
# which is delivered in the following spring.
OVERDUE_GRACE_DAYS_STATED = env.number("OVERDUE_GRACE_DAYS_STATED", 0)
OVERDUE_GRACE_DAYS_IMPLIED = env.number("OVERDUE_GRACE_DAYS_IMPLIED", 90)
# The official rule of 序时进度: any shortfall against elapsed time trails. Else ten points are still on schedule.
LIGHT_OFFICIAL_RULE = env.flag("LIGHT_OFFICIAL_RULE", default=False)

# -- API -------------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "projects.api.problems.handler",
    # The lists read the parameter "format" themselves.
    "URL_FORMAT_OVERRIDE": None,
    # Proxies that append to X-Forwarded-For; what a client writes there itself does not count.
    "NUM_PROXIES": env.number("PROXIES", int(BEHIND_PROXY)),
}
# Requests of one address, or of one token, such as 600/minute; "off" counts nothing.
API_RATES = {
    "anonymous": env.text("API_RATE_ANONYMOUS", "600/minute"),
    "token": env.text("API_RATE_TOKEN", "1200/minute"),
}
# Seconds after which PostgreSQL ends a statement of a web request; 0 lets it run. Other programs are free.
STATEMENT_TIMEOUT_SECONDS = env.number("STATEMENT_TIMEOUT_SECONDS", 30)
# Rows that a workbook may hold: XLSX itself ends at 1,048,575. Nothing is sent before the last row is written, and
# until then each ten thousand take 16 MB of the temporary folder.
EXPORT_XLSX_ROWS = env.number("EXPORT_XLSX_ROWS", 100_000, at_least=1)
# Exports and long downloads under way at a time, in all web processes together; with more, clients shall come again.
EXPORTS_AT_ONCE = env.number("EXPORTS_AT_ONCE", 2, at_least=1)
SPECTACULAR_SETTINGS = {
    # Programs that write clients make the name of a package of it.
    "TITLE": "Duixian API",
    "SERVERS": [{"url": SITE_URL}],
    "VERSION": "1.0.0",
    "DESCRIPTION": _(
        "政府工作报告承诺了什么，后来怎样了。读取不需要账号；提出证据需要令牌。"
        "列表按 next 逐页读取，也可整个取成 CSV、XLSX 或 NDJSON。未知的参数和取值会被拒绝，并说明允许的值。"
        "错误是 RFC 9457 的问题文档，用 Accept-Language 所选的语言。"
    ),
    "CONTACT": {"name": "Duixian 兑现", "url": f"{SITE_URL}/about/"},
    "EXTERNAL_DOCS": {"description": _("程序可以依赖什么，变更怎样预告"), "url": f"{SITE_URL}/api/policy/"},
    "LICENSE": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "projects.api.schema.completed",
    ],
    # One name for each vocabulary, whichever field uses it.
    "ENUM_NAME_OVERRIDES": {
        "Category": "projects.choices.Category",
        "Comparator": "projects.choices.Comparator",
        "Coverage": "projects.choices.Coverage",
        "Confidence": "projects.choices.Confidence",
        "DelayReason": "projects.choices.DelayReason",
        "DueBasis": "projects.choices.DueBasis",
        "Level": "projects.choices.Level",
        "Light": "projects.choices.Light",
        "Milestone": "projects.choices.Milestone",
        "OverdueBasis": "projects.choices.OverdueBasis",
        "Phase": "projects.choices.RestatementPhase",
        "Precision": "projects.choices.Precision",
        "Role": "projects.choices.ResponsibilityRole",
        "SourceKind": "projects.choices.SourceKind",
        "Speaker": "projects.choices.Speaker",
        "DueState": "projects.choices.DueState",
        "Status": "projects.choices.Status",
        "Verdict": "projects.models.evidence.VERDICTS",
    },
}
# A browser asks again each time and mostly gets 304; a shared cache may answer by itself for a minute.
PUBLIC_CACHE_CONTROL = env.text(
    "PUBLIC_CACHE_CONTROL", default="public, max-age=0, s-maxage=60, stale-while-revalidate=300, stale-if-error=600"
)
# Answers that one web process keeps in memory; 0 keeps none.
PAGE_CACHE_BYTES = env.number("PAGE_CACHE_BYTES", 64 * 1024 * 1024)
# Hear of new versions of the data on a connection of its own instead of reading the version for each request.
DATASET_LISTEN = env.flag("DATASET_LISTEN", default=True)
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/(api|data)/.*$"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST", "DELETE"]
# What scripts of other sites may read besides the usual: how to go on, and what the file is called.
CORS_EXPOSE_HEADERS = [
    *("Accept-Ranges", "Content-Disposition", "Content-Range", "Deprecation", "ETag", "Link", "Location", "RateLimit"),
    *("RateLimit-Policy", "Retry-After", "Sunset", "X-Dataset-Version", "X-Request-ID"),
]
# A script of another site may name what it has, and make its writes safe to repeat.
CORS_ALLOW_HEADERS = [*default_headers, "idempotency-key", "if-modified-since", "if-none-match", "if-range", "range"]

# -- Security --------------------------------------------------------------------------------------------------------

# Set by production behind HTTPS; `make run` serves plain HTTP on the loopback address.
HTTPS = env.flag("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Over plain HTTP browsers refuse cookies of these names; over HTTPS no neighbour under the same domain can set them.
SESSION_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}sessionid"
CSRF_COOKIE_NAME = f"{'__Host-' if HTTPS else ''}csrftoken"
# For so long browsers insist on HTTPS; 0 while that may have to be taken back.
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000, at_least=0) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Probes of orchestrators speak plain HTTP to the container itself.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# -- Logs ------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "backend.request_id.RequestIdFilter"}},
    "formatters": {
        "line": {
            "format": "{asctime} {levelname} {name} [{request_id}] {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", default="INFO")},
}
