"""The WSGI entry point that the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

from backend.web import limit_statements, quick

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

limit_statements()
application = quick(get_wsgi_application())
