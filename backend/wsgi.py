"""The WSGI entry point that the web server loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from backend.web import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

limit_statements()
application = get_wsgi_application()
# What stays for good need not be looked through for garbage.
gc.collect()
gc.freeze()
