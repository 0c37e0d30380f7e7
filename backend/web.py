"""What holds for web requests and for nothing else that uses the database."""

from django.conf import settings
from django.db import connections


def limit_statements() -> None:
    """Let PostgreSQL end each statement of this process that takes too long; call it before the first connection."""
    options = connections.settings["default"].setdefault("OPTIONS", {})
    timeout = f"-c statement_timeout={settings.STATEMENT_TIMEOUT_SECONDS}s"
    options["options"] = f"{options.get('options', '')} {timeout}".strip()
