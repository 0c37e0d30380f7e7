"""Rival (b) as the web server loads it."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.rivals.plain_settings"

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
