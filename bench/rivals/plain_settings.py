"""Rival (b): what `startproject` and the REST framework's tutorial give, over the same tables."""

from backend.settings import (
    ALLOWED_HOSTS,
    DATABASES,
    DEFAULT_AUTO_FIELD,
    INSTALLED_APPS,
    LANGUAGE_CODE,
    LANGUAGES,
    LOGGING,
    OVERDUE_GRACE_DAYS_IMPLIED,
    OVERDUE_GRACE_DAYS_STATED,
    PGHISTORY_LEVEL,
    SECRET_KEY,
    TIME_ZONE,
    USE_TZ,
)

__all__ = [
    "ALLOWED_HOSTS",
    "DATABASES",
    "DEFAULT_AUTO_FIELD",
    "INSTALLED_APPS",
    "LANGUAGES",
    "LANGUAGE_CODE",
    "LOGGING",
    "OVERDUE_GRACE_DAYS_IMPLIED",
    "OVERDUE_GRACE_DAYS_STATED",
    "PGHISTORY_LEVEL",
    "SECRET_KEY",
    "TIME_ZONE",
    "USE_TZ",
]

ROOT_URLCONF = "bench.rivals.plain"
STATIC_URL = "static/"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "rest_framework.filters.SearchFilter",
    ],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.PageNumberPagination",
    "PAGE_SIZE": 50,
}
